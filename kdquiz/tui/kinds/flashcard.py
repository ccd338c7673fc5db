"""A flashcard: recall the answer, have it shown, rate yourself."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kdquiz.marking.model import Recalled
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.response import ResponseArea


class Area(ResponseArea):
    """Asks for nothing but a key."""

    HOW = "Recall the answer, then have it shown and rate yourself."
    ADVICE = "Say the answer to yourself, then press Space to see it."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "show", "Show the answer", tooltip="Show the model answer", id="flashcard.show")
    ]

    def compose(self) -> ComposeResult:
        yield self.advice

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "show":
            return not self.revealed
        return super().check_action(action, parameters)

    def action_show(self) -> None:
        self.respond(Recalled())

    async def show_mark(self, view: QuizView) -> None:
        """There is no mark: the answer follows, and the learner rates themself."""
