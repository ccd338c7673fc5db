"""Lines of lists in columns: the marker at the cursor, and a text in so many cells. Values in, styled content out."""

from textual.content import Content

MARKER = "▸ "


def marker(marked: bool) -> str:
    """What a line begins with: the cursor is at it or not."""
    return MARKER if marked else " " * len(MARKER)


def column(text: Content, cells: int, gap: int = 1) -> Content:
    """The text in exactly so many cells, cut with an ellipsis where it is too long; the last `gap` stay empty."""
    cut = text.truncate(cells - gap, ellipsis=True)
    return cut.pad_right(cells - cut.cell_length)
