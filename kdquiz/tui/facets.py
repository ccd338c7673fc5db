"""What can be chosen in each respect on the Browse screen, with how many questions each value has.

Values without Textual. Imports `browsing`. Goes in: the shelf, and what is asked for otherwise. Comes out: offers.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kdquiz.library.library import HITS
from kdquiz.library.model import LEVELS
from kdquiz.tui.browsing import Asked, Facet, Found, Shelf, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A value that can be chosen: its name, what it means if the name does not say it, its count if that is known."""

    value: str
    name: str
    about: str = ""
    count: int | None = None


def offers(shelf: Shelf, asked: Asked, facet: Facet) -> list[Offer]:
    """All values of a facet; the first stands for any of them."""
    counts = tally(shelf, asked, facet)
    return [
        Offer(value="", name="all"),
        *(
            Offer(value=value, name=name, about=about, count=None if counts is None else counts.get(value, 0))
            for value, name, about in _values(shelf, facet)
        ),
    ]


def _values(shelf: Shelf, facet: Facet) -> Iterator[tuple[str, str, str]]:
    """The values there are, as they are named, with what they mean."""
    if facet == "state":
        yield from ((state.value, state.value, state.meaning) for state in State)
    elif facet == "level":
        yield from ((level, level, "") for level in LEVELS)
    elif facet == "kind":
        yield from ((kind, kind, "") for kind in sorted(shelf.library.counts("kind")))
    else:
        yield from ((topic.id, topic.title, "") for topic in shelf.library.topics.values())


def tally(shelf: Shelf, asked: Asked, facet: Facet) -> Mapping[str, int] | None:
    """How many questions there would be for each value of a facet, whatever it is now; the rest as asked for.

    None where more are found than are looked at, so that nobody can tell.
    """
    others = asked.with_value(facet, "")
    if facet == "state":
        found = {state.value: Found(shelf, others.with_value("state", state.value)) for state in State}
        return None if any(each.cut for each in found.values()) else {name: one.count for name, one in found.items()}
    wanted = others.filter(shelf.learnt)
    if not others.searches:
        return shelf.library.counts(facet, wanted)
    hits = shelf.library.search(others.words, wanted)
    return None if len(hits) >= HITS else Counter(str(getattr(hit.row, facet)) for hit in hits)
