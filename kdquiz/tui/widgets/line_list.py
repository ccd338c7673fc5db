"""A list of lines with a cursor, drawn as they come into sight: a hundred thousand cost no more than a screenful.

Knows nothing of what the lines say: it is given how many there are, and a function that draws one. It has no keys of
its own: the screen moves the cursor, whatever has the focus. Comes out: `Clicked`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Draw = Callable[[int, int, bool], Content]
"""Draws the line of a number, from 0, for a width in cells, with the cursor at it or not."""


class LineList(ScrollView, can_focus=False, inherit_bindings=False):
    """One line an item."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--line", "line-list--cursor"}
    DEFAULT_CSS = """
    LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    LineList > .line-list--cursor { background: $panel; }
    """

    @dataclass
    class Clicked(Message):
        """The learner clicked a line; the cursor is not moved yet."""

        number: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - named so by every widget
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self._draw: Draw = lambda number, width, marked: Content("")

    def show(self, count: int, draw: Draw, cursor: int = 0) -> None:
        """Show other lines, with the cursor at one of them."""
        self.count, self._draw = count, draw
        self.virtual_size = Size(1, count)
        self.cursor = self._nearest(cursor)
        self._bring_into_sight()
        self.refresh()

    def _nearest(self, number: int) -> int:
        return max(0, min(number, self.count - 1))

    def go_to(self, number: int) -> bool:
        """Put the cursor at a line, or the nearest there is. Whether it moved."""
        before, self.cursor = self.cursor, self._nearest(number)
        self._bring_into_sight()
        self.refresh()
        return self.cursor != before

    def go(self, lines: int = 0, pages: int = 0) -> bool:
        """Move the cursor by lines and pages. Whether it moved."""
        return self.go_to(self.cursor + lines + pages * max(1, self.scrollable_content_region.height - 1))

    def _bring_into_sight(self) -> None:
        height = self.scrollable_content_region.height
        if height and self.is_attached:
            top = min(max(self.scroll_offset.y, self.cursor - height + 1), self.cursor)
            self.scroll_to(y=top, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        self._bring_into_sight()

    def render_line(self, y: int) -> Strip:
        number, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        at_cursor = number == self.cursor
        style = self.get_visual_style("line-list--cursor" if at_cursor else "line-list--line")
        if number >= self.count or not width:
            return Strip.blank(width, self.rich_style)
        (strip, *_) = Visual.to_strips(self, self._draw(number, width, at_cursor), width, 1, style)
        return strip.adjust_cell_length(width, style.rich_style)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        number = self.scroll_offset.y + event.y - self.gutter.top
        if 0 <= number < self.count:
            self.post_message(self.Clicked(number))
