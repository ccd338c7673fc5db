"""What is listed, in a line: each filter with its key and what it is set to. A click on one is that key."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widget import Widget

from kdquiz.tui.widgets.prose import QUIET, inline, plain

GAP = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A filter: its key, its name, and what it is set to; empty where it lets everything through."""

    key: str
    name: str
    value: str

    @property
    def content(self) -> Content:
        """`t Topic all`."""
        value = inline(self.value, "bold") if self.value else plain("all", QUIET)
        return Content.assemble(plain(self.key, "bold $accent"), plain(f" {self.name} "), value)


class FilterLine(Widget):
    """All filters."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "FilterLine { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    def __init__(self) -> None:
        super().__init__()
        self._filters: Sequence[Shown] = ()

    def show(self, filters: Sequence[Shown]) -> None:
        """Draw them."""
        self._filters = filters
        self.refresh()

    def render(self) -> Content:
        return Content(" " * GAP).join(each.content for each in self._filters)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        start, column = 0, event.x - self.styles.padding.left
        for each in self._filters:
            end = start + each.content.cell_length
            if start <= column < end:
                self.app.simulate_key(each.key)
            start = end + GAP
