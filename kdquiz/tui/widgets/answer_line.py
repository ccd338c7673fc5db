"""One line to type an answer in: what `numeric` and `cloze` share."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from kdquiz.tui.widgets.prose import safe

LONGEST = 200
"""Characters that a line takes. Nobody types more; a paste of megabytes would be drawn at every key press."""

SCROLLING = ("scroll_up", "scroll_down", "page_up", "page_down")
"""Keys that go among blanks, or page the question: there is nothing to scroll up or down in a line."""


class AnswerLine(Input):
    """Enter hands in. Left to the screen where `undoes` holds: Ctrl+U, which undoes there what was answered last."""

    DEFAULT_CSS = """
    AnswerLine { height: 1; border: none; padding: 0 1; background: $panel; }
    AnswerLine:focus { border: none; background: $panel; background-tint: $primary 20%; }
    AnswerLine > .input--placeholder { color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Submit", tooltip="Hand in the answer", id="line.submit"),
        Binding("enter", "next", "Next", tooltip="Go to the next line; on the last, hand in", id="line.next"),
    ]

    @dataclass
    class Entered(Message):
        """The learner pressed Enter in the line at `place`."""

        place: int

    def __init__(self, place: int = 0, *, last: bool = True) -> None:
        """`place` counts the lines of one question from 0; Enter in the `last` one hands in."""
        super().__init__(max_length=LONGEST, select_on_focus=False)
        self.place = place
        self._last = last
        self.undoes = True
        """Whether nothing is written that Ctrl+U could mean."""

    def _on_paste(self, event: events.Paste) -> None:
        """One line without what would steer the terminal; the base class inserts it."""
        event.text = " ".join(safe(event.text).split())[: LONGEST - len(self.value)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in SCROLLING or (action == "delete_left_all" and self.undoes):
            return False
        if action in ("submit", "next"):
            return self._last is (action == "submit")
        return super().check_action(action, parameters)

    async def action_submit(self) -> None:
        self.post_message(self.Entered(self.place))

    def action_next(self) -> None:
        self.post_message(self.Entered(self.place))
