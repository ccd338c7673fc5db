"""Where an answer comes from: the source as the author wrote it, and the title of the work if both fit on one line.

Goes in: a source and the works that it names. The full reference is what `kdquiz show ID --answer` prints.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.widgets import Static

from kdquiz.tui.widgets.prose import plain

if TYPE_CHECKING:
    from kdquiz.library.works import Work


class SourceLine(Static):
    """One line, or as many as the source needs; the title comes and goes with the width."""

    DEFAULT_CSS = """
    SourceLine { height: auto; color: $quiet; margin: 1 0 0 0; }
    """

    def __init__(self, source: str, works: "Sequence[Work]" = ()) -> None:
        self._short = f"Source: {source}"
        self._titles = [work.title for work in works]
        super().__init__(plain(self._short))

    def on_resize(self, event: events.Resize) -> None:
        """Add the title where there is room for it; of several works none is told, since it would be one of them."""
        title = self._titles[0] if len(self._titles) == 1 else ""
        whole = plain(f"{self._short} · “{title}”") if title else plain(self._short)
        fits = whole.cell_length <= event.size.width
        self.update(whole if fits else plain(self._short))
