"""A question as a line of a list: its title, then kind, level, topic and where the learner stands, as far as they fit.

Values in, styled content out.
"""

from functools import lru_cache

from textual.content import Content

from kdquiz.library.filter import MARKS, Hit
from kdquiz.tui.widgets.columns import MARKER, column, marker
from kdquiz.tui.widgets.prose import QUIET, inline, plain

KIND, LEVEL, TOPIC, STATE = 10, 9, 15, 12
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
    room = max(6, width - sum(cells for _, cells in columns) - len(MARKER))
    title = _title(hit.title)
    return Content.assemble(
        marker(marked),
        column(title.stylize_before("bold") if marked else title, room),
        *(column(plain(text, QUIET), cells) for text, cells in columns),
    )


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
