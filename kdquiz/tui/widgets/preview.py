"""A question as it is read, with its answer hidden or shown.

Goes in: an entry of the library. Knows no kind of question: it
lays out what a question writes of itself, lettered lines as the options they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kdquiz.library.model import Entry
from kdquiz.tui.widgets.hanging import EMPTY, Hanging, Item
from kdquiz.tui.widgets.options import RIGHT, WRONG
from kdquiz.tui.widgets.prose import QUIET, Prose, inline, plain

HIDDEN = "Space shows the answer."
COLOURS = {RIGHT: "$text-success", WRONG: ""}
_LETTERED = re.compile(r"(?:\A|\n\n)(a\. (?:(?!\n\n).)*\nb\. (?:(?!\n\n).)*)(?=\n\n|\Z)", re.DOTALL)
_LETTER = re.compile(r"([a-z])\. (?:([✓✗]) )?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Layout:
    """A question written out: the text before its lettered lines, these lines, and the text after them."""

    before: str
    lettered: str = ""
    after: str = ""


def layout(text: str) -> Layout:
    """Where the last lettered lines of a text are."""
    found = list(_LETTERED.finditer(text))
    if not found:
        return Layout(text)
    last = found[-1]
    return Layout(text[: last.start()], last[1], text[last.end() :].strip("\n"))


class Preview(VerticalScroll, can_focus=False):
    """Scrolled by keys of the screen."""

    DEFAULT_CSS = """
    Preview { padding: 0 1; scrollbar-size-vertical: 1; }
    Preview > #about { margin: 0 0 1 0; }
    Preview > #notice { margin: 0 0 1 0; padding: 0 1; border-left: thick $primary; }
    Preview > #lettered { margin: 1 0 0 0; }
    Preview > #answer { height: 1; margin: 1 0 0 0; text-style: bold; }
    Preview > #after { margin: 0; }
    Preview > #after.-apart { margin: 1 0 0 0; }
    Preview > #below { margin: 1 0 0 0; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._about = Static(id="about")
        self._notice = Static(id="notice")
        self._before = Prose(widget_id="before")
        self._lettered = Static(id="lettered")
        self._answer = Static("Answer", id="answer", markup=False)
        self._after = Prose(widget_id="after")
        self._below = Static(id="below")

    def compose(self) -> ComposeResult:
        yield from (self._about, self._notice, self._before, self._lettered)
        yield from (self._answer, self._after, self._below)

    async def show(self, entry: Entry, *, answer: bool, notice: str = "") -> None:
        """Draw a question, from its beginning unless only its answer is shown now; `notice` is what the learner should
        know of it."""
        question = entry.question
        hidden, full = question.in_full(answer=False), question.in_full(answer=True)
        goes_on = answer and full.startswith(hidden) and len(full) > len(hidden)
        drawn = layout(hidden if goes_on or not answer else full)
        after = full[len(hidden) :].strip("\n") if goes_on else drawn.after
        with self.app.batch_update():
            told = f" · {entry.topic.title} · {question.level} · {question.kind}"
            self._about.update(Content.assemble(plain(question.id, "bold"), plain(told, QUIET)))
            self._notice.update(plain(notice))
            self._notice.display = bool(notice)
            await self._before.show(drawn.before)
            self._lettered.update(Hanging(*_items(drawn.lettered)))
            self._lettered.display = bool(drawn.lettered)
            self._answer.display = goes_on
            await self._after.show(after)
            self._after.display = bool(after)
            self._after.set_class(not goes_on, "-apart")
            self._below.update(plain(f"Source: {question.source}" if answer else HIDDEN))
            for part in (self._about, self._before, self._below):
                part.display = True
        if not answer:
            self.scroll_home(animate=False)

    def show_nothing(self, why: str) -> None:
        """There is no question; `why` says so."""
        for part in self.children:
            part.display = part is self._about
        self._about.update(plain(why, QUIET))


def _items(lettered: str) -> Iterator[Item]:
    """The lines, each with its letter and mark before it, and what is said of it below it."""
    return chain.from_iterable(map(_line, _lines(lettered)))


def _lines(lettered: str) -> list[str]:
    return re.split(r"\n(?=[a-z]\. )", lettered) if lettered else []


def _line(line: str) -> Iterator[Item]:
    found = _LETTER.fullmatch(line)
    letter, mark, said = found.groups("") if found else ("", "", line)
    text, _, because = said.partition("\n   ")
    sign = plain(f"{mark} {letter}" if mark else letter, COLOURS.get(mark, ""))
    column = 4 if mark else 3
    yield Item(inline(text), sign if found else EMPTY, column)
    if because:
        yield Item(inline(because, QUIET), indent=column + 2)
