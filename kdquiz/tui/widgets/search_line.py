"""A line to search in: every change is told by Textual's `Changed`; Enter and Esc leave it."""

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from kdquiz.tui.widgets.prose import safe

LONGEST = 100
"""Characters that a search takes."""


class SearchLine(Input):
    """Arrow and page keys are left to the screen, which moves the cursor of the list below."""

    DEFAULT_CSS = """
    SearchLine { height: 1; border: none; padding: 0 1; background: $surface; }
    SearchLine:focus { border: none; background: $panel; background-tint: $primary 20%; }
    SearchLine > .input--placeholder { color: $quiet; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape", "leave", "Leave the search", tooltip="Leave the search line", id="search.leave"),
    ]

    class Done(Message):
        """The learner leaves the line."""

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, max_length=LONGEST, select_on_focus=False)

    def _on_paste(self, event: events.Paste) -> None:
        """One line without what would steer the terminal; the base class inserts it."""
        event.text = " ".join(safe(event.text).split())[: LONGEST - len(self.value)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action.startswith(("scroll_", "page_")) or action == "submit":
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        self.post_message(self.Done())
