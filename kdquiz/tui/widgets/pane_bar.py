"""The names of a screen's panes in one line, each with its key; the ones on show stand out. A click shows one."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from kdquiz.tui.widgets.prose import plain


class PaneName(Static):
    """One name."""

    DEFAULT_CSS = """
    PaneName { width: auto; padding: 0 1; margin: 0 1 0 0; color: $quiet; }
    PaneName:hover { background: $panel; }
    PaneName.-shown { background: $panel; color: $foreground; text-style: bold; }
    """

    def __init__(self, pane: str, key: str) -> None:
        super().__init__(plain(f"{key} {pane.title()}"), id=f"name-{pane}")
        self.pane = pane

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(PaneBar.Asked(self.pane))


class PaneBar(Horizontal):
    """All names."""

    DEFAULT_CSS = "PaneBar { height: 1; padding: 0 1; }"

    @dataclass
    class Asked(Message):
        """The learner clicked a name."""

        pane: str

    def __init__(self, panes: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._panes = panes

    def compose(self) -> ComposeResult:
        for pane, key in self._panes:
            yield PaneName(pane, key)

    def show(self, shown: set[str], offered: set[str]) -> None:
        """`shown` panes stand out; others than the `offered` are not named."""
        for name in self.query(PaneName):
            name.set_class(name.pane in shown, "-shown")
            name.display = name.pane in offered
