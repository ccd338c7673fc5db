"""A number, typed as people write numbers; how exact it must be is said before it is answered."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.library.kinds.numeric import Numeric, tolerance_in_words
from kdquiz.marking.model import Outcome, Response, Typed
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.lines import LinesArea
from kdquiz.tui.widgets.options import RIGHT, WRONG
from kdquiz.tui.widgets.prose import inline, plain

EMPTY = "Nothing is typed yet. Type a number, or press Ctrl+N if you don't know."


class Area(LinesArea):
    """A line to type in; then the mark, and the mistake that gives the number typed."""

    HOW = "Type the number as you would write it: 0.5, .5, 1/2, 50 % or 5e-1; Enter hands it in."
    ADVICE = "Enter submits · 0.5, .5, 0,5, 1/2, 50 % and 5e-1 are all read"
    ANSWER = "Explanation"
    DEFAULT_CSS = """
    .number-line { height: 1; }
    .number-line > Static { width: auto; }
    .number-line > AnswerLine { width: 28; margin: 0 1; }
    .slip { height: auto; margin: 1 0; padding: 0 1; border-left: thick $warning; }
    """

    def __init__(self, question: Numeric, order: tuple[int, ...]) -> None:
        super().__init__(question, order, count=1)
        self._exact = plain(f"Give it {tolerance_in_words(question)}.")
        self._unit = plain(question.unit)

    def compose(self) -> ComposeResult:
        with Horizontal(classes="number-line"):
            yield Static("Your number", markup=False)
            yield self.lines[0]
            yield Static(self._unit)
        yield Static(self._exact)
        yield self.advice.add_class("-apart")

    def not_known(self) -> Response | None:
        return Typed("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is but one line to type in."""
        if action == "step":
            return self.revealed
        return super().check_action(action, parameters)

    def enter(self, place: int) -> None:
        (typed,) = self.typed
        if typed:
            self.respond(Typed(typed))
        else:
            self.advice.insist(EMPTY)

    async def show_mark(self, view: QuizView) -> None:
        """What was typed, the slip that gives it, and how far it is off."""
        typed = view.response.text if isinstance(view.response, Typed) else ""
        right = view.mark is not None and view.mark.outcome is Outcome.RIGHT
        number = view.mark.number if view.mark else None
        sign = plain(RIGHT if right else WRONG, "$text-success" if right else "$text-error")
        parts: list[Widget] = [
            Static("Your answer", classes="first label", markup=False),
            Static(Hanging(Item(plain(typed or "(nothing)", "bold"), sign))),
        ]
        if number and number.slip:
            said = Content.assemble(plain("You did this: ", "bold"), inline(number.slip))
            parts.append(Static(said, classes="slip"))
        if number:
            parts.append(Static(Hanging(Item(plain(number.told)))))
        await self.remove_children("*")
        await self.mount_all(parts)
