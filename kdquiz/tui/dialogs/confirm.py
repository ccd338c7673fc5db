"""A question to confirm, and a fault that stays until it was read."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kdquiz.tui.dialogs.dialog import Dialog
from kdquiz.tui.widgets.prose import plain


class ConfirmScreen(Dialog[bool]):
    """Asks whether to go on. Dismissed with True where the learner says yes; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", id="confirm.yes"),
        Binding("n,escape", "answer(False)", "No", id="confirm.no"),
        Binding("left,right,up,down", "app.focus_next", "Other button", show=False, id="confirm.other"),
    ]

    def __init__(self, question: str, detail: str, yes: str, no: str = "Stay", *, safe: bool = False) -> None:
        """`safe`: nothing is lost by a yes, so that it has the focus. `no` may be empty: there is nothing to refuse."""
        super().__init__()
        self._question, self._detail, self._yes, self._no, self._safe = question, detail, yes, no, safe

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self._question), classes="dialog-title")
            yield Static(plain(self._detail), classes="dialog-text")
            with Horizontal(classes="dialog-buttons"):
                yield Button(plain(f"{self._yes}  (y)"), id="yes", compact=True)
                if self._no:
                    yield Button(plain(f"{self._no}  (n)"), id="no", compact=True)

    def on_mount(self) -> None:
        self.query_one("#yes" if self._safe else "#no").focus()

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")


class FaultScreen(ConfirmScreen):
    """Something could not be done: what, and what to do about it. True: try again."""

    def __init__(self, message: str, hint: str, *, yes: str = "Try again", no: str = "Go on without") -> None:
        super().__init__(message, hint, yes, no, safe=True)
