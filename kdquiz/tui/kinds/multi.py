"""A multi: several options. Letters toggle them."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from kdquiz.tui.widgets.choosing import ChoosingArea


class Area(ChoosingArea):
    """Letters, digits, Space or a click toggle; Enter submits."""

    BOXES = ("☐", "☑")
    HOW = "a to f, 1 to 6 or a click tick and untick; ↑ and ↓ move, Space ticks; Enter hands it in."
    ADVICE = "Several are right. Tick each with its letter, then press Enter."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", tooltip="Tick or untick the option at the cursor", id="multi.toggle")
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "tick":
            return not self.revealed
        return super().check_action(action, parameters)

    def choose(self, place: int) -> None:
        self.chosen = self.chosen ^ {place}

    def action_tick(self) -> None:
        if self.cursor is not None:
            self.action_choose(self.cursor)
