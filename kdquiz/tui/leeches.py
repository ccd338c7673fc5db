"""What is said of a question that is forgotten time and again, once its answer is shown: two lines, without Textual.

Imports `memory`, `store` and the library. Goes in: the question. Comes out: its history in a line, and a suggestion.
"""

from textwrap import shorten

from kdquiz.errors import StoreError
from kdquiz.library.library import Library
from kdquiz.library.model import Question
from kdquiz.memory.day import date_of
from kdquiz.memory.leech import FIRST_AT, Advice, Leech, leech
from kdquiz.memory.model import Rating
from kdquiz.store.store import Store
from kdquiz.tui.words import date_words

LATEST = 12
"""Reviews that are shown, a sign each."""
TITLE = 52
"""Characters of the title of what is to be studied first."""


def leech_lines(library: Library, store: Store, today: int, question: Question) -> tuple[str, ...]:
    """Nothing where it is no leech, and where the store cannot be read just now."""
    try:
        card = store.card(question.id)
        if card is None or card.lapses < FIRST_AT:
            return ()
        needed = {need: known for need in question.needs if (known := store.card(need)) is not None}
        found = leech(store.reviews(question.id), question.needs, needed, today, store.schedule)
    except StoreError:
        return ()
    return () if found is None else (_history(found, today), _suggestion(found, library))


def _history(found: Leech, today: int) -> str:
    """`Forgotten 4 times since 3 May: … ✓ ✗ ✓ ✗`, the last sign being the last answer."""
    steps = found.history[-LATEST:]
    signs = " ".join("✗" if step.rating is Rating.AGAIN else "✓" for step in steps)
    earlier = "… " if len(found.history) > LATEST else ""
    since = date_words(date_of(found.history[0].day), date_of(today))
    return f"Forgotten {found.lapses} times since {since}: {earlier}{signs}"


def _suggestion(found: Leech, library: Library) -> str:
    if found.advice is Advice.STUDY_NEEDS and found.study[0] in library.entries:
        title = shorten(library.entries[found.study[0]].question.title, TITLE, placeholder="…")
        return f"{found.advice.value.rstrip('.')}: {title}"
    return found.advice.value
