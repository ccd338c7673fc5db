"""A line to search in: every change is told by Textual's `Changed`; Enter and Esc leave it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from kdquiz.tui.widgets.one_line import OneLine

LONGEST = 100
"""Characters that a search takes."""


class SearchLine(OneLine):
    """Enter, which would submit, leaves it as Esc does: everything typed is searched for at once."""

    DEFAULT_CSS = "SearchLine { background: $surface; }  SearchLine:focus { background: $panel; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "leave", "Leave the search", tooltip="Leave the search line", id="search.leave"),
    ]

    class Done(Message):
        """The learner leaves the line."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(LONGEST, placeholder)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "submit":
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        self.post_message(self.Done())
