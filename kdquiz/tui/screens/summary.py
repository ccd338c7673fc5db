"""The end of a quiz: how it went, which misconceptions were met, what else was wrong, what comes back when.

Goes in: how the quiz stands, and the time. Comes out: `Left`, `QuizWanted` for more, `UndoWanted`, or `RerateWanted`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kdquiz.library.wording import counted
from kdquiz.marking.model import Mark, Outcome
from kdquiz.memory.model import Rating
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Aside, QuizView, Settled
from kdquiz.tui.dialogs.rerate import RerateScreen
from kdquiz.tui.messages import Left, QuizWanted, RerateWanted, UndoWanted
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.prose import QUIET, inline, one_line, plain
from kdquiz.tui.words import bar, comes_back, spent

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

    DEFAULT_CSS = """
    #summary { margin: 1 0 0 0; padding: 0 1; scrollbar-size-vertical: 1; }
    #summary .block { margin: 0 0 1 0; }
    """

    about = "The sitting is over, and everything is kept."
    AUTO_FOCUS = "#summary"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape,q", "go_on", "Done", tooltip="Back to where you came from", id="summary.go-on"),
        Binding("m", "more", "More", tooltip="Ask what is still due or new, as before", id="summary.more"),
        Binding("u,ctrl+u", "undo", "Undo", tooltip="Take back the last step, and the one before", id="summary.undo"),
        Binding("r,ctrl+r", "rerate", "Re-rate", tooltip="Rate your last answer again", id="summary.rerate"),
    ]

    def __init__(self, view: QuizView, wish: Wish, now: datetime) -> None:
        super().__init__()
        self._view = view
        self._wish = wish
        self._now = now

    def compose(self) -> ComposeResult:
        settled = self._view.settled
        with Vertical(id="column"):
            yield Heading("Session done", totals(settled))
            with VerticalScroll(id="summary"):
                if settled:
                    yield Static(_outcomes(settled), classes="block")
                if met := misconceptions(settled):
                    known = [(title, inline(text)) for title, text in met]
                    yield Static(_listed("Misconceptions you met", known), classes="block")
                if wrong := mistakes(settled):
                    yield Static(_listed("What else was wrong", wrong), classes="block")
                if self._view.aside:
                    yield Static(_put_aside(self._view.aside), classes="block")
                if settled:
                    yield Static(_coming(settled, self._now), classes="block")
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """An answer can be rated again where there is one, and where it is not on show below this screen."""
        return self._view.can_rerate if action == "rerate" else True

    def action_go_on(self) -> None:
        self.post_message(Left(self))

    def action_undo(self) -> None:
        self.post_message(UndoWanted())

    def action_rerate(self) -> None:
        def decided(rating: Rating | None) -> None:
            if rating is not None:
                self.post_message(RerateWanted(rating))

        last = self._view.settled[-1]
        self.app.push_screen(RerateScreen(last.title, last.rating), decided)

    def action_more(self) -> None:
        self.post_message(QuizWanted(replace(self._wish, listed=())))


def totals(settled: Sequence[Settled]) -> str:
    """How many answers, to how many questions, in which time; how many drills."""
    answers = [each for each in settled if each.mark is not None]
    asked, drills = len({each.id for each in answers}), len(settled) - len(answers)
    again = f" in {counted(len(answers), 'answer')}" if len(answers) != asked else ""
    what = [f"{counted(asked, 'question')}{again}"] if asked or not drills else []
    what += [counted(drills, "drill")] if drills else []
    return f"{', '.join(what)} · {spent(sum(each.reviewed.log.seconds for each in settled))}"


def misconceptions(settled: Sequence[Settled]) -> tuple[tuple[str, str], ...]:
    """Each misconception that was met, once, with the question it was met at."""
    met = {text: each.title for each in settled for text in each.reviewed.log.misconceptions}
    return tuple((title, text) for text, title in met.items())


def mistakes(settled: Sequence[Settled]) -> tuple[tuple[str, Content], ...]:
    """What was wrong in a number, in blanks or in an order, where no misconception says it; each question once."""
    found = {each.id: (each.title, _amiss(each.mark)) for each in settled if each.mark is not None}
    return tuple((title, Content("\n").join(lines)) for title, lines in found.values() if lines)


def _amiss(mark: Mark) -> list[Content]:
    if mark.misconceptions or mark.outcome is Outcome.RIGHT:
        return []
    lines = [plain(mark.number.told)] if mark.number else []
    for number, blank in enumerate(mark.blanks, 1):
        if not blank.right:
            wrote = f"you wrote “{blank.typed}”" if blank.typed else "left open"
            lines.append(Content.assemble(plain(f"Blank {number}: {wrote}; it is "), inline(blank.accepted[0])))
    out = [step for step in mark.steps if not step.in_order]
    if out:
        lines.append(plain(f"{len(out)} of {counted(len(mark.steps), 'step')} not in order"))
    return lines


def coming_back(settled: Sequence[Settled], now: datetime) -> tuple[tuple[str, int], ...]:
    """When the questions come back, soonest first, with how many then."""
    last = {each.id: each.reviewed.card.due for each in settled}
    return tuple(Counter(comes_back(due, now) for due in sorted(last.values())).items())


def _outcomes(settled: Sequence[Settled]) -> Content:
    marks = [each.mark for each in settled if each.mark is not None]
    counts = Counter(mark.outcome for mark in marks)
    lines = []
    for outcome, sign, word in ROWS:
        if counts[outcome]:
            share = counts[outcome] / len(marks)
            filled = bar(share, BAR).rstrip("░")
            lines.append(Content.assemble(f"{sign} {word:<18}", f"{counts[outcome]:>3}  ", (filled, "$primary")))
    for each in settled:
        if each.mark is None:
            how = "not solved" if each.rating is Rating.AGAIN else f"solved, rated {each.rating.word}"
            lines.append(Content.assemble(plain("⌨ "), inline(one_line(each.title, TITLE_LENGTH)), plain(f" · {how}")))
    again = sum(each.rating is Rating.AGAIN and each.mark is not None for each in settled)
    if again:
        lines.append(plain(f"\n{counted(again, 'answer was', 'answers were')} rated Again.", QUIET))
    return Content("\n").join(lines)


def _listed(heading: str, wrong: Sequence[tuple[str, Content]]) -> Hanging:
    """What was wrong, each with the question it was wrong in."""
    items = [Item(plain(heading, "bold"), indent=0)]
    for title, said in wrong:
        items.append(Item(Content("\n").join([said, inline(one_line(title, TITLE_LENGTH), QUIET)]), plain("✗")))
    return Hanging(*items)


def _put_aside(aside: Sequence[Aside]) -> Hanging:
    """What was not asked, or will not be for some time."""
    items = [Item(plain("What you put aside", "bold"), indent=0)]
    for each in aside:
        until = "suspended, until you take that back in Browse" if each.suspended else "comes back tomorrow"
        said = Content.assemble(inline(one_line(each.title, TITLE_LENGTH)), plain(f"\n{until}", QUIET))
        items.append(Item(said, plain("–")))
    return Hanging(*items)


def _coming(settled: Sequence[Settled], now: datetime) -> Content:
    drills = {each.id for each in settled if each.mark is None}
    what = "question" if not drills else "card"
    lines = [plain("What comes back", "bold")]
    for when, count in coming_back(settled, now):
        lines.append(plain(f"{when:<20}{counted(count, what)}"))
    return Content("\n").join(lines)
