"""The rows of the home screen: what each says at a given width. Values in, styled content out."""

from datetime import datetime

from textual.content import Content

from kdquiz.library.wording import counted
from kdquiz.tui.overview import DrillRow, DrillState, Overview, TopicRow
from kdquiz.tui.widgets.columns import column, marker
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.words import bar, comes_back, day, percent

SEEN, RECALL = 12, 24
"""Cells of the two columns on the right."""
BAR = 14


def columns(left: Content, middle: Content, right: Content, width: int) -> Content:
    """Three columns over `width` cells; the left one gives way."""
    room = max(8, width - SEEN - RECALL)
    return Content.assemble(column(left, room), middle.pad_right(SEEN - middle.cell_length), right)


def heading(title: str, middle: str, right: str, width: int) -> Content:
    """A section's name and what its columns mean."""
    return columns(plain(title, "bold"), plain(middle, QUIET), plain(right, QUIET), width)


def today(overview: Overview, width: int, marked: bool) -> Content:
    """Today's session: what it would ask."""
    parts = [counted(overview.reviews, "review")] if overview.reviews else []
    parts += [f"{overview.new} new"] if overview.new else []
    if parts:
        text = f"{', '.join(parts)} · about {counted(overview.reviews + overview.new, 'minute')}"
    elif overview.next_due is not None:
        text = f"nothing is due; next {comes_back(overview.next_due, overview.now)}"
    else:
        text = "no questions are loaded"
    return _two(plain("Today's session", "bold" if marked else ""), plain(text), width, marked)


def topic(row: TopicRow, width: int, marked: bool) -> Content:
    """A step of the lesson path."""
    if row.recall is None:
        recall = plain("not seen", QUIET)
    else:
        recall = Content.assemble((bar(row.recall, BAR), "$primary"), f"  {percent(row.recall)}")
    name = Content.assemble(marker(marked), inline(row.title, "bold" if marked else ""))
    return columns(name, plain(f"{row.seen} of {row.total}"), recall, width)


def drill(row: DrillRow, now: datetime, width: int, marked: bool) -> Content:
    """A drill and where the learner stands with it."""
    about = Content.assemble(plain(_state(row, now)), plain(f" · {row.minutes} min", QUIET))
    return _two(inline(row.title, "bold" if marked else ""), about, width, marked)


def _state(row: DrillRow, now: datetime) -> str:
    solved = f"solved {day(row.solved_at)}" if row.solved_at else ""
    if row.state is DrillState.NEW:
        return "new"
    if row.state is DrillState.STARTED:
        return "started, not solved yet"
    if row.state is DrillState.DUE:
        return "due" + (f"; {solved}" if solved else "")
    back = f"back {comes_back(row.due, now)}" if row.due else ""
    return f"{solved or 'not solved yet'}; {back}"


def _two(left: Content, right: Content, width: int, marked: bool) -> Content:
    """A name and a text; the text starts where the middle column does, if there is room for it."""
    room = max(8, width - max(SEEN + RECALL, right.cell_length))
    return Content.assemble(column(Content.assemble(marker(marked), left), room), right)
