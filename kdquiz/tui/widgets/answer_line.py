"""One line to type an answer in: what `numeric` and `cloze` share."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from kdquiz.tui.widgets.one_line import OneLine

LONGEST = 200
"""Characters that a line takes."""


class AnswerLine(OneLine):
    """Enter hands in. Left to the screen where `undoes` holds: Ctrl+U, which undoes there what was answered last."""

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
        super().__init__(LONGEST)
        self.place = place
        self._last = last
        self.undoes = True
        """Whether nothing is written that Ctrl+U could mean."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "delete_left_all" and self.undoes:
            return False
        if action in ("submit", "next"):
            return self._last is (action == "submit")
        return super().check_action(action, parameters)

    async def action_submit(self) -> None:
        self.post_message(self.Entered(self.place))

    def action_next(self) -> None:
        self.post_message(self.Entered(self.place))
