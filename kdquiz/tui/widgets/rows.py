"""The rows of the home screen: what each says at a given width. Values in, styled content out."""

from datetime import datetime

from textual.content import Content

from kdquiz.exchange.outlook import Chances
from kdquiz.library.wording import counted
from kdquiz.memory.day import date_of
from kdquiz.tui.overview import Aside, DrillRow, DrillState, LessonRow, Overview, TopicRow
from kdquiz.tui.widgets.columns import MARKER, column, marker
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.words import bar, comes_back, date_words, day, days_ahead, percent

SEEN, RECALL = 11, 21
"""Cells of the two columns on the right: as few as they need, for a title may be 36 wide and is not to be cut."""
BAR = 14
WORKING = "working it out…"


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
    parts += [counted(overview.drilled, "drill")] if overview.drilled else []
    if parts:
        text = f"{', '.join(parts)} · about {counted(overview.minutes, 'minute')}"
    elif overview.next_due is not None:
        text = f"nothing is due; next {comes_back(overview.next_due, overview.now)}"
    elif overview.topics:
        text = "done for today"
    else:
        text = "no questions are loaded"
    return _two(plain("Today's session", "bold" if marked else ""), plain(text), width, marked)


def interview(overview: Overview, chances: Chances | None, width: int, marked: bool) -> Content:
    """The day of the interview, and the chance of recall now and on that day, None while it is worked out."""
    left = overview.goal.ahead(overview.today)
    if left is None or overview.goal.interview is None:
        text = plain("set a date: p", QUIET)
    else:
        now_and_then = WORKING if chances is None else _now_and_then(chances, overview.goal.minutes)
        text = plain(
            f"{date_words(overview.goal.interview, date_of(overview.today))}, {days_ahead(left)} · {now_and_then}"
        )
    return _two(plain("Interview", "bold" if marked else ""), text, width, marked)


def _now_and_then(chances: Chances, minutes: int) -> str:
    now = f"{percent(chances.now.of_all)} now"
    return now if chances.planned is None else f"{now}, {percent(chances.planned.of_all)} with {minutes} min a day"


def aside(said: Aside, width: int, marked: bool) -> Content:
    """What is forgotten time and again, and what is not asked."""
    parts = [
        *([counted(said.leeches, "leech", "leeches")] if said.leeches else []),
        *([f"{said.suspended} suspended"] if said.suspended else []),
        *([f"{said.buried} buried until tomorrow"] if said.buried else []),
    ]
    name = "Put aside" if not said.leeches else "Look at these"
    return _two(plain(name, "bold" if marked else ""), plain(", ".join(parts), QUIET), width, marked)


def topic(
    row: TopicRow, page: LessonRow | None, then: Chances | None, ahead: bool, width: int, marked: bool
) -> Content:
    """A step of the lesson path, with its `page` to read: the chance now; where an interview is `ahead`, that on its
    day, None while it is worked out."""
    if ahead:
        recall = plain(WORKING, QUIET) if then is None or then.planned is None else _bar(then.planned.of_all)
    else:
        recall = plain("not seen", QUIET) if row.recall is None else _bar(row.recall)
    lesson = "" if page is None else " · lesson ✓" if page.is_read else " · lesson"
    name = Content.assemble(marker(marked), inline(row.title, "bold" if marked else ""), plain(lesson, QUIET))
    return columns(name, plain(f"{row.seen} of {row.total}"), recall, width)


def _bar(chance: float) -> Content:
    return Content.assemble((bar(chance, BAR), "$primary"), f"  {percent(chance)}")


def drill(row: DrillRow, now: datetime, width: int, marked: bool) -> Content:
    """A drill and where the learner stands with it, as far as its title leaves room."""
    title, state = inline(row.title, "bold" if marked else ""), drill_state(row, now)
    brief = f"back {comes_back(row.due, now)}" if row.state is DrillState.RESTING and row.due else row.state.value
    minutes = plain(f" · {row.minutes} min", QUIET)
    room = width - len(MARKER) - title.cell_length - 1
    said = (Content.assemble(plain(state), minutes), plain(state), Content.assemble(plain(brief), minutes))
    about = next((each for each in said if each.cell_length <= room), plain(brief))
    return _two(title, about, width, marked)


def statistics(offer: str, width: int, marked: bool) -> Content:
    """The way to the statistics, with what is offered there."""
    said = plain(offer) if offer else plain("what you did and remember", QUIET)
    return _two(plain("Statistics", "bold" if marked else ""), said, width, marked)


def drill_state(row: DrillRow, now: datetime) -> str:
    """Where the learner stands with a drill, in words."""
    solved = f"solved {day(row.solved_at)}" if row.solved_at else ""
    if row.state is DrillState.NEW:
        return "new"
    if row.state is DrillState.SUSPENDED:
        return "suspended"
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
