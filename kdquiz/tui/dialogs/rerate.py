"""Asks for another rating of the last answer: "I was wrong about being wrong"."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from kdquiz.memory.model import Rating
from kdquiz.tui.dialogs.dialog import Dialog
from kdquiz.tui.widgets.prose import QUIET, inline, one_line, plain

TITLE_LENGTH = 120


class RerateScreen(Dialog[Rating | None]):
    """Names what was answered and how it is rated. Dismissed with None where that stays."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(rating.value), f"choose({rating.value})", rating.word, id=f"rerate.{rating.value}")
            for rating in Rating
        ),
        Binding("left,up", "app.focus_previous", "Other rating", show=False, id="rerate.left"),
        Binding("right,down", "app.focus_next", "Other rating", show=False, id="rerate.right"),
        Binding("escape,q", "leave", "Leave it", id="rerate.leave"),
    ]
    DEFAULT_CSS = """
    RerateScreen .dialog-buttons { align-horizontal: left; margin: 0 0 1 0; }
    RerateScreen .dialog-buttons Button { width: 11; min-width: 11; margin: 0 2 0 0; }
    """

    def __init__(self, title: str, rating: Rating) -> None:
        super().__init__()
        self._title, self._rating = title, rating

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static("Rate your last answer again", classes="dialog-title", markup=False)
            yield Static(inline(one_line(self._title, TITLE_LENGTH)), classes="dialog-text")
            yield Static(plain(f"It is rated {self._rating.word}. What should it be?"), classes="dialog-text")
            with Horizontal(classes="dialog-buttons"):
                for rating in Rating:
                    yield Button(plain(f"{rating.value} {rating.word}"), id=f"rating-{rating.value}", compact=True)
            yield Static(plain("1 to 4 choose, Esc leaves it as it is", QUIET))

    def on_mount(self) -> None:
        self.query_one(f"#rating-{self._rating.value}").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_choose(int(str(event.button.id).rpartition("-")[2]))

    def action_choose(self, rating: int) -> None:
        self.dismiss(Rating(rating))

    def action_leave(self) -> None:
        self.dismiss(None)
