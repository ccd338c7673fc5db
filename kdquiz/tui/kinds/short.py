"""A short answer in the learner's own words; after the reveal its rubric, which the learner can overrule."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static, TextArea

from kdquiz.library.model import Question
from kdquiz.marking.model import Response, Typed
from kdquiz.sessions.view import QuizView
from kdquiz.tui.messages import PointOverruled
from kdquiz.tui.widgets.one_line import NAMED
from kdquiz.tui.widgets.prose import plain, safe
from kdquiz.tui.widgets.response import ResponseArea
from kdquiz.tui.widgets.rubric import Rubric

BOX_LINES = 6
"""What the box to write in gets even under a long question, its border included."""
EMPTY = "Nothing is written yet. Press Enter again if you don't know."


class AnswerBox(TextArea):
    """Prose, where Enter submits. Left to the screen: the page keys, and with nothing written Ctrl+U (undo)."""

    DEFAULT_CSS = """
    AnswerBox { height: 1fr; min-height: 4; max-height: 10; border: round $secondary; padding: 0 1; }
    AnswerBox:focus { border: round $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Submit", tooltip="Hand in the answer", id="short.submit"),
        Binding("ctrl+j,shift+enter", "new_line", "New line", show=False, tooltip="New line", id="short.new-line"),
    ]

    class Submitted(Message):
        """The learner pressed Enter."""

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.prevent_default()  # the base class would start a new line; the binding is meant

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = safe(event.text)  # a pasted escape sequence would reach the terminal

    def render_lines(self, crop: Region) -> list[Strip]:
        """A dialog may draw what is below it once more after this was removed, when its styles are gone."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        return key in NAMED or super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("cursor_page_up", "cursor_page_down"):
            return False  # they page the question
        if action == "delete_to_start_of_line" and not self.text:
            return False
        return super().check_action(action, parameters)

    def action_submit(self) -> None:
        self.post_message(self.Submitted())

    def action_new_line(self) -> None:
        self.insert("\n")


class Area(ResponseArea):
    """A box to write in, then the rubric."""

    HOW = "Write the answer in your words; Enter hands it in, Ctrl+J starts a new line."
    ADVICE = "Enter submits · Ctrl+J or Shift+Enter starts a new line"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "overrule", "Overrule", tooltip="Tick or untick the line at ▸", id="rubric.overrule"),
    ]

    def __init__(self, question: Question, order: tuple[int, ...]) -> None:
        super().__init__(question, order)
        self.can_focus = False  # the box has the keys until the reveal
        self._box = AnswerBox(highlight_cursor_line=False)
        self._begun = False
        self._rubric: Rubric | None = None

    def compose(self) -> ComposeResult:
        yield self._box
        yield self.advice

    @property
    def entry(self) -> Widget:
        return self._box

    @property
    def unfinished(self) -> bool:
        return not self.revealed and bool(self._box.text.strip())

    @property
    def wanted_height(self) -> int:
        return super().wanted_height if self.revealed else BOX_LINES + 1

    def not_known(self) -> Response | None:
        return Typed("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "overrule":
            return self.revealed
        return super().check_action(action, parameters)

    @on(TextArea.Changed)
    def _written(self) -> None:
        if self._begun is not bool(self._box.text):
            self._begun = not self._begun
            self.screen.refresh_bindings()  # Ctrl+U is undo only while nothing is written
        if self._box.text:
            self.advice.relax()

    @on(AnswerBox.Submitted)
    def _submitted(self, event: AnswerBox.Submitted) -> None:
        event.stop()
        if self._box.text.strip() or self.advice.insists:
            self.respond(Typed(self._box.text.strip()))
        else:
            self.advice.insist(EMPTY)

    async def show_mark(self, view: QuizView) -> None:
        written = view.response.text if isinstance(view.response, Typed) else ""
        await self._box.remove()
        self._rubric = Rubric(view.mark.points if view.mark else ())
        await self.mount_all(
            [
                Static("Your answer", classes="first label", markup=False),
                Static(plain(written or "(nothing)"), classes="quiet"),
                Static("What it should say  (x overrules the line at ▸)", classes="label", markup=False),
                self._rubric,
            ]
        )

    def remark(self, view: QuizView) -> None:
        if self._rubric and view.mark:
            self._rubric.draw(view.mark.points)

    def action_step(self, step: int) -> None:
        """Move among the rubric lines; beyond them, scroll."""
        if self._rubric and self._rubric.move(step):
            self.scroll_to_widget(self._rubric.line, animate=False)
        else:
            super().action_step(step)

    def action_overrule(self) -> None:
        if self._rubric:
            self._overrule(self._rubric.cursor)

    @on(Rubric.Overruled)
    def _clicked(self, event: Rubric.Overruled) -> None:
        event.stop()
        if self._rubric:
            self._rubric.move(event.place - self._rubric.cursor)
            self._overrule(event.place)

    def _overrule(self, place: int) -> None:
        if self._rubric:
            self.post_message(PointOverruled(self.question.id, place, not self._rubric.points[place].ticked))
