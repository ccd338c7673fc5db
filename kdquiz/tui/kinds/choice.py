"""A choice: one option. Choosing another one lets go of the first."""

from kdquiz.tui.widgets.choosing import ChoosingArea


class Area(ChoosingArea):
    """Letters, digits, arrows or a click choose; Enter submits."""

    HOW = "a to f, 1 to 6, the arrow keys or a click choose; Enter hands it in."
    ADVICE = "One is right. Choose with its letter or the arrow keys, then press Enter."

    def choose(self, place: int) -> None:
        self.chosen = frozenset({place})

    def moved(self) -> None:
        if self.cursor is not None:
            self.choose(self.cursor)
