"""What a learner types as a goal: a date, minutes. Imports `memory` and `errors`.

Goes in: the text. Comes out: the value, or a UsageError that says what can be typed.
"""

import re
from datetime import date, timedelta

from kdquiz.errors import UsageError
from kdquiz.memory.day import date_of
from kdquiz.memory.goal import FARTHEST, MOST_MINUTES, MOST_NEW

DATES = "Type a date such as {example}, or `in 3 weeks`."
_AHEAD = re.compile(r"in\s+(\d{1,4})\s+(day|week)s?", re.IGNORECASE)


def interview_date(text: str, today: int) -> date:
    """A date from tomorrow on, as YYYY-MM-DD or `in 3 weeks`; `today` is the learner's day."""
    hint = DATES.format(example=(date_of(today) + timedelta(days=21)).isoformat())
    found = _date(text.strip(), date_of(today))
    if found is None:
        raise UsageError(f"'{text}' is no date", hint)
    days = (found - date_of(today)).days
    if days < 0:
        raise UsageError(f"{found.isoformat()} has passed", hint)
    if days == 0:
        raise UsageError("an interview today leaves no day for a plan", hint)
    if days > FARTHEST:
        farthest = date_of(today + FARTHEST).isoformat()
        raise UsageError(f"{text} is too far ahead for a plan", f"{hint} The last possible one is {farthest}.")
    return found


def _date(text: str, today: date) -> date | None:
    ahead = _AHEAD.fullmatch(text)
    if ahead:
        return today + timedelta(days=int(ahead[1]) * (7 if ahead[2].lower() == "week" else 1))
    if not re.fullmatch(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", text):
        return None
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return None


def minutes(text: str) -> int:
    """Minutes a day, at least 1."""
    return _whole(text, 1, MOST_MINUTES, "minutes a day")


def new_a_day(text: str) -> int:
    """New questions a day; 0 for none."""
    return _whole(text, 0, MOST_NEW, "new questions a day")


def _whole(text: str, least: int, most: int, what: str) -> int:
    number = int(text) if re.fullmatch(r"[0-9]{1,6}", text.strip()) else None
    if number is None or not least <= number <= most:
        raise UsageError(f"'{text}' cannot be the {what}", f"Type a whole number from {least} to {most}.")
    return number
