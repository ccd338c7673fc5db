"""The end of a quiz: how it went, which misconceptions were met, what comes back when.

Goes in: what was rated, and the time. Comes out: `Left`, `QuizWanted` for more, or `UndoWanted`.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kdquiz.marking.model import Outcome
from kdquiz.memory.model import Rating
from kdquiz.sessions.quiz import Settled
from kdquiz.sessions.selection import Wish
from kdquiz.tui.messages import Left, QuizWanted, UndoWanted
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.prose import QUIET, inline, one_line, plain
from kdquiz.tui.words import bar, comes_back, counted, spent

ROWS = (
    (Outcome.RIGHT, "✓", "right"),
    (Outcome.PARTLY, "◐", "partly right"),
    (Outcome.WRONG, "✗", "wrong"),
    (Outcome.UNMARKED, "•", "rated by yourself"),
)
BAR = 24
TITLE_LENGTH = 68
"""Characters of a question's text that remind of it."""


class SummaryScreen(Screen[None]):
    """What a sitting came to."""

    about = "The sitting is over, and everything is kept."
    AUTO_FOCUS = "#summary"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q", "go_on", "Done", tooltip="Back to where you came from", id="summary.go-on"),
        Binding("m", "more", "More", tooltip="Ask what is still due or new, as before", id="summary.more"),
        Binding("u", "undo", "Undo", tooltip="Take back the last answer and ask again", id="summary.undo"),
    ]

    def __init__(self, settled: Sequence[Settled], wish: Wish, now: datetime) -> None:
        super().__init__()
        self._settled = settled
        self._wish = wish
        self._now = now

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading("Session done", totals(self._settled))
            with VerticalScroll(id="summary"):
                yield Static(_outcomes(self._settled), classes="block")
                if met := misconceptions(self._settled):
                    yield Static(_met(met), classes="block")
                yield Static(_coming(self._settled, self._now), classes="block")
        yield KeyBar()

    def action_go_on(self) -> None:
        self.post_message(Left(self))

    def action_undo(self) -> None:
        self.post_message(UndoWanted())

    def action_more(self) -> None:
        self.post_message(QuizWanted(self._wish))


def totals(settled: Sequence[Settled]) -> str:
    """How many answers, to how many questions, in which time."""
    answers, questions = len(settled), len({each.entry.question.id for each in settled})
    again = f" in {counted(answers, 'answer')}" if answers != questions else ""
    return f"{counted(questions, 'question')}{again} · {spent(sum(each.reviewed.log.seconds for each in settled))}"


def misconceptions(settled: Sequence[Settled]) -> tuple[tuple[str, str], ...]:
    """Each misconception that was met, once, with the question it was met at."""
    met = {text: each.entry.question.title for each in settled for text in each.mark.misconceptions if text}
    return tuple((title, text) for text, title in met.items())


def coming_back(settled: Sequence[Settled], now: datetime) -> tuple[tuple[str, int], ...]:
    """When the questions come back, soonest first, with how many then."""
    last = {each.entry.question.id: each.reviewed.card.due for each in settled}
    return tuple(Counter(comes_back(due, now) for due in sorted(last.values())).items())


def _outcomes(settled: Sequence[Settled]) -> Content:
    counts = Counter(each.mark.outcome for each in settled)
    lines = []
    for outcome, sign, word in ROWS:
        if counts[outcome]:
            share = counts[outcome] / len(settled)
            lines.append(
                Content.assemble(
                    f"{sign} {word:<18}", f"{counts[outcome]:>3}  ", (bar(share, BAR).rstrip("░"), "$primary")
                )
            )
    again = sum(each.reviewed.log.rating is Rating.AGAIN for each in settled)
    if again:
        lines.append(plain(f"\n{counted(again, 'answer was', 'answers were')} rated Again.", QUIET))
    return Content("\n").join(lines)


def _met(met: Sequence[tuple[str, str]]) -> Hanging:
    items = [Item(plain("Misconceptions you met", "bold"), indent=0)]
    for title, text in met:
        items.append(Item(Content("\n").join([inline(text), inline(one_line(title, TITLE_LENGTH), QUIET)]), plain("✗")))
    return Hanging(*items)


def _coming(settled: Sequence[Settled], now: datetime) -> Content:
    lines = [plain("What comes back", "bold")]
    for when, count in coming_back(settled, now):
        lines.append(plain(f"{when:<20}{counted(count, 'question')}"))
    return Content("\n").join(lines)
