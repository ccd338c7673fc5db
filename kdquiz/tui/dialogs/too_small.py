"""Covers a terminal that is too small to be comfortable, until it is enlarged or the learner goes on all the same."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widgets import Static

from kdquiz.tui.dialogs.dialog import Dialog
from kdquiz.tui.widgets.prose import plain

ENOUGH = Size(80, 24)


def is_too_small(size: Size) -> bool:
    """Whether screens laid out for 80x24 would be crowded."""
    return size.width < ENOUGH.width or size.height < ENOUGH.height


class TooSmallScreen(Dialog[bool]):
    """Dismissed with True where the learner goes on as it is, with False where the terminal has grown."""

    DEFAULT_CSS = "#too-small { width: auto; text-align: center; }"

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,escape", "go_on", "Go on as it is", id="small.go-on")]

    def compose(self) -> ComposeResult:
        yield Static(id="too-small")

    def on_resize(self, event: events.Resize) -> None:
        size = self.app.size
        if is_too_small(size):
            self.query_one("#too-small", Static).update(
                plain(
                    f"kdquiz needs {ENOUGH.width}x{ENOUGH.height}, this terminal is {size.width}x{size.height}:\n"
                    "enlarge it, or press Enter to go on as it is."
                )
            )
        elif self.is_current:
            self.dismiss(False)

    def action_go_on(self) -> None:
        self.dismiss(True)
