"""The chances of recall as a table: in all and by topic, today and on the day of the interview. Values in, styled
content out."""

from collections.abc import Iterator

from textual.content import Content

from kdquiz.exchange.outlook import Chances, Prospect
from kdquiz.tui.widgets.columns import column
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.words import bar, percent

TODAY, UNTOUCHED, PLANNED = 9, 16, 22
"""Cells of the columns on the right."""
BAR = 14
LEAST_TITLE = 8


def chance_table(prospect: Prospect, width: int) -> Content:
    """A line for the whole, then one for each topic; with the last two columns where an interview is ahead."""
    return Content("\n").join(_lines(prospect, width))


def _lines(prospect: Prospect, width: int) -> Iterator[Content]:
    ahead = prospect.outlook is not None
    names = ("today", "without study", "with the plan") if ahead else ("today", "", "")
    yield _line(plain("Chance of recall", "bold"), tuple(plain(name, QUIET) for name in names), width)
    yield _chances(plain("All questions", "bold"), prospect.whole, width)
    for title, chances in prospect.topics.items():
        yield _chances(inline(title), chances, width)


def _chances(title: Content, chances: Chances, width: int) -> Content:
    today = plain(percent(chances.now.of_all))
    if chances.untouched is None or chances.planned is None:
        return _line(title, (today, Content(""), _bar(chances.now.of_all)), width)
    columns = (today, plain(percent(chances.untouched.of_all)), _bar(chances.planned.of_all))
    return _line(title, columns, width)


def _line(title: Content, columns: tuple[Content, ...], width: int) -> Content:
    today, untouched, planned = columns
    room = max(LEAST_TITLE, width - TODAY - UNTOUCHED - PLANNED)
    return Content.assemble(column(title, room), column(today, TODAY), column(untouched, UNTOUCHED), planned)


def _bar(chance: float) -> Content:
    return Content.assemble((bar(chance, BAR), "$primary"), f"  {percent(chance)}")
