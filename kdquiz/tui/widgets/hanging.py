"""Text with a sign before it, whose further lines stand under its first: list items, options, keys and their meaning.

A visual, not a widget: a whole list is drawn by one `Static`, which is what makes a key press quick.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

EMPTY = Content("")


@dataclass(frozen=True)
class Item:
    """`body` starts at the column `indent`; `sign` stands in the columns before it."""

    body: Content
    sign: Content = EMPTY
    indent: int = 2


class Hanging(Visual):
    """Items below each other."""

    def __init__(self, *items: Item) -> None:
        self._items = items

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        strips = [strip for item in self._items for strip in _strips(item, width, style, options)]
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return max(
            (item.indent + item.body.get_optimal_width(rules, container_width) for item in self._items), default=0
        )

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(item.body.get_height(rules, max(1, width - item.indent)) for item in self._items)


def _strips(item: Item, width: int, style: Style, options: RenderOptions) -> Iterable[Strip]:
    room = max(1, width - item.indent)
    for place, line in enumerate(item.body.render_strips(room, None, style, options)):
        if item.sign and item.indent and not place:
            (sign, *_) = item.sign.render_strips(item.indent, 1, style, options)
            before = sign.adjust_cell_length(item.indent, style.rich_style)
        else:
            before = Strip.blank(item.indent, style.rich_style)
        yield Strip.join([before, line])
