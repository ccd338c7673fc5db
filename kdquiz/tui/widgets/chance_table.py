"""The chances of recall as a table: in all and by topic, today and on the day of the interview. Values in, styled
content out."""

from collections.abc import Iterator

from textual.content import Content

from kdquiz.exchange.outlook import Chances, Prospect
from kdquiz.tui.widgets.columns import column
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.words import bar, percent

TODAY, UNTOUCHED, PERCENT = 7, 15, 7
"""Cells of the columns on the right; the last one begins with a bar."""
BAR, LEAST_BAR = 14, 7
"""Cells of a bar, and of one that gives way to a long title."""
LEAST_TITLE = 8


def chance_table(prospect: Prospect, width: int) -> Content:
    """A line for the whole, then one for each topic; with the last two columns where an interview is ahead."""
    return Content("\n").join(_lines(prospect, width))


def _lines(prospect: Prospect, width: int) -> Iterator[Content]:
    ahead = prospect.outlook is not None
    names = ("today", "without study", "with the plan") if ahead else ("today", "", "")
    titles = [inline(title) for title in prospect.topics]
    left = width - TODAY - UNTOUCHED - PERCENT
    cells = max(LEAST_BAR, min(BAR, left - 1 - max((title.cell_length for title in titles), default=0)))
    room = max(LEAST_TITLE, left - cells)
    yield _line(plain("Chance of recall", "bold"), tuple(plain(name, QUIET) for name in names), room)
    yield _chances(plain("All questions", "bold"), prospect.whole, room, cells)
    for title, chances in zip(titles, prospect.topics.values(), strict=True):
        yield _chances(title, chances, room, cells)


def _chances(title: Content, chances: Chances, room: int, cells: int) -> Content:
    today = plain(percent(chances.now.of_all))
    if chances.untouched is None or chances.planned is None:
        return _line(title, (today, Content(""), _bar(chances.now.of_all, cells)), room)
    columns = (today, plain(percent(chances.untouched.of_all)), _bar(chances.planned.of_all, cells))
    return _line(title, columns, room)


def _line(title: Content, columns: tuple[Content, ...], room: int) -> Content:
    today, untouched, planned = columns
    return Content.assemble(column(title, room), column(today, TODAY), column(untouched, UNTOUCHED), planned)


def _bar(chance: float, cells: int) -> Content:
    return Content.assemble((bar(chance, cells), "$primary"), f"  {percent(chance)}")
