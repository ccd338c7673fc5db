"""A question as a line of a list: its title, then kind, level, topic and where the learner stands, as far as they fit.

Values in, styled content out.
"""

from functools import lru_cache

from textual.content import Content

from kdquiz.library.filter import MARKS, Hit
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.widgets.rows import MARKER

KIND, LEVEL, TOPIC, STATE = 10, 9, 15, 8
"""Cells of the columns."""
TITLE = 30
"""Cells that a title keeps before the topic has a column; then before the level has one."""
FOUND = "bold underline"
_STANDS_FOR_MARKS = ("\ufdd0", "\ufdd1")
"""Characters that no text holds, and that may be drawn, unlike those of `MARKS`."""
_TURNED = str.maketrans(dict(zip(MARKS, _STANDS_FOR_MARKS, strict=True)))


def question_row(hit: Hit, state: str, width: int, marked: bool) -> Content:
    """The line of a question for a width in cells; `state` is what is said of the learner."""
    row = hit.row
    columns = [(row.kind, KIND), (row.level, LEVEL), (row.topic, TOPIC), (state, STATE)]
    for spare in (2, 1):  # the topic gives way first, then the level
        if width - sum(cells for _, cells in columns) < TITLE + len(MARKER):
            del columns[spare]
    room = max(8, width - sum(cells for _, cells in columns) - len(MARKER))
    title = _title(hit.title).truncate(room - 1, ellipsis=True)
    name = title.stylize_before("bold") if marked else title
    return Content.assemble(
        MARKER if marked else " " * len(MARKER),
        name.pad_right(room - name.cell_length),
        *(_column(text, cells) for text, cells in columns),
    )


def _column(text: str, cells: int) -> Content:
    cut = plain(text, QUIET).truncate(cells - 1, ellipsis=True)
    return cut.pad_right(cells - cut.cell_length)


@lru_cache(maxsize=512)
def _title(title: str) -> Content:
    """A title with the words that were searched for underlined."""
    content = inline(title.translate(_TURNED))
    opening, _ = _STANDS_FOR_MARKS
    parts = []
    start, found = 0, False
    for place, letter in enumerate(content.plain):
        if letter in _STANDS_FOR_MARKS:
            part = content[start:place]
            parts.append(part.stylize(FOUND) if found else part)
            start, found = place + 1, letter == opening
    return Content.assemble(*parts, content[start:]) if parts else content
