"""What is typed on the plan's screen, as values without Textual: the goal that its lines say, and steps of each.

Imports `exchange.goal_reading`. Goes in: texts. Comes out: a `Goal`, or what is wrong with a line; texts.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from kdquiz.errors import UsageError
from kdquiz.exchange import goal_reading
from kdquiz.memory.day import date_of
from kdquiz.memory.goal import FARTHEST, MOST_MINUTES, MOST_NEW, Goal

WEEK = 7
DATE, MINUTES, NEW = "date", "minutes", "new"
"""The lines."""


def lines_of(goal: Goal, today: int) -> dict[str, str]:
    """What stands in the lines for a goal; an interview that has passed is not offered again."""
    ahead = goal.interview if goal.ahead(today) is not None else None
    return {DATE: ahead.isoformat() if ahead else "", MINUTES: str(goal.minutes), NEW: str(goal.new_a_day)}


def read(lines: Mapping[str, str], kept: Goal, today: int) -> tuple[Goal | None, dict[str, str]]:
    """The goal that the lines say, None where one of them cannot be meant; and what is wrong, by line.

    No date is none. The one that is `kept` may stay, also on the day itself.
    """
    readers: dict[str, Callable[[str], Any]] = {
        DATE: lambda written: interview(written, kept, today),
        MINUTES: goal_reading.minutes,
        NEW: goal_reading.new_a_day,
    }
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, reader in readers.items():
        try:
            found[name] = reader(lines[name].strip())
        except UsageError as error:
            wrong[name] = error.message
    if wrong:
        return None, wrong
    return Goal(interview=found[DATE], minutes=found[MINUTES], new_a_day=found[NEW]), wrong


def interview(written: str, kept: Goal, today: int) -> date | None:
    """The day that a line says, None where it is empty. Raises UsageError."""
    if not written:
        return None
    if kept.interview is not None and kept.ahead(today) is not None and written == kept.interview.isoformat():
        return kept.interview
    return goal_reading.interview_date(written, today)


def step_date(text: str, direction: int, far: bool, today: int) -> str:
    """A day or a week later or earlier, from tomorrow on; where no date stands, counted from today."""
    try:
        before = goal_reading.interview_date(text, today)
    except UsageError:
        before = date_of(today)
    days = (before - date_of(today)).days + direction * (WEEK if far else 1)
    return (date_of(today) + timedelta(days=max(1, min(FARTHEST, days)))).isoformat()


def step_minutes(text: str, direction: int, far: bool) -> str:
    """To the next five minutes, or by a quarter of an hour."""
    return _stepped(text, direction, 15 if far else 5, 5, MOST_MINUTES)


def step_new(text: str, direction: int, far: bool) -> str:
    """By one question, or by five."""
    return _stepped(text, direction, 5 if far else 1, 0, MOST_NEW)


def _stepped(text: str, direction: int, step: int, least: int, most: int) -> str:
    number = int(text) if text.isascii() and text.isdigit() else least
    rest = number % step
    if rest:
        number += (step - rest) if direction > 0 else -rest
    else:
        number += direction * step
    return str(max(least, min(most, number)))
