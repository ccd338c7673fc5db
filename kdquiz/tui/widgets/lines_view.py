"""A page of lines that a function draws for the room there is; longer ones scroll. Spans get their colours here.

Knows nothing of what the lines say: `exchange.lines`.
"""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kdquiz.exchange.lines import Draw, Line, Part, Span
from kdquiz.tui.widgets.prose import QUIET, coded, plain

STYLES: dict[Part, str] = {
    "strong": "bold",
    "quiet": QUIET,
    "bar": "$primary",
    "good": "$text-success",
    "bad": "$text-warning",
}


class LinesView(VerticalScroll, can_focus=False):
    """One page. It is drawn anew when its size changes."""

    DEFAULT_CSS = """
    LinesView { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    LinesView > Static { text-wrap: nowrap; }
    """

    def __init__(self, *, widget_id: str | None = None) -> None:
        super().__init__(id=widget_id)
        self._draw: Draw | None = None
        self._page = Static()

    def compose(self) -> ComposeResult:
        yield self._page

    def show(self, draw: Draw) -> None:
        """Show a page, from its top."""
        self._draw = draw
        self.scroll_home(animate=False)
        self._redraw()

    def on_resize(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        room = self.scrollable_content_region
        if self._draw is not None and room.width:
            self._page.update(Content("\n").join(map(content, self._draw(room.width, room.height))))


def content(line: Line) -> Content:
    """A line with its colours."""
    return Content.assemble(*map(_styled, line))


def _styled(span: Span) -> Content:
    return coded(span.text) if span.part == "said" else plain(span.text, STYLES.get(span.part, ""))
