"""What the learner studies for: the interview date, the minutes a day, and how many new questions a day.

Imports `memory.day`. Goes in: the settings that the store keeps. Comes out: a `Goal`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kdquiz.memory.day import day_of

DATE, MINUTES, NEW = "interview-date", "minutes-a-day", "new-a-day"
MOST_MINUTES = 24 * 60
MOST_NEW = 1000
FARTHEST = 366
"""Days to the interview: nobody plans his evenings for longer, and each costs the plan some time."""
LEFT_FOR_QUESTIONS = 0.5
"""The part of the day's minutes that questions keep where drills would take more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """`interview` is its date, None where none is known."""

    interview: date | None = None
    minutes: int = 20
    new_a_day: int = 10

    @property
    def day(self) -> int | None:
        """The learner's day of the interview."""
        return None if self.interview is None else day_of(self.interview)

    def ahead(self, today: int) -> int | None:
        """How many days are left, 0 on the day itself; None where no interview is ahead.

        One farther ahead than anybody may type is none: the clock was set back, or the setting was edited.
        """
        return None if self.day is None or not today <= self.day <= today + FARTHEST else self.day - today

    def passed(self, today: int) -> bool:
        """Whether the day of the interview is over."""
        return self.day is not None and self.day < today

    @classmethod
    def from_settings(cls, setting: Callable[[str], str | None]) -> "Goal":
        """What the settings say; what cannot be read counts as never set."""
        return cls(
            interview=_date(setting(DATE)),
            minutes=_number(setting(MINUTES), 1, MOST_MINUTES, 20),
            new_a_day=_number(setting(NEW), 0, MOST_NEW, 10),
        )

    def as_settings(self) -> dict[str, str]:
        """The settings that say so; an empty date is none."""
        when = "" if self.interview is None else self.interview.isoformat()
        return {DATE: when, MINUTES: str(self.minutes), NEW: str(self.new_a_day)}


def _date(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written or "")
    except ValueError:
        return None


def _number(written: str | None, least: int, most: int, otherwise: int) -> int:
    if written is None or not written.isascii() or not written.isdigit() or len(written) > len(str(most)):
        return otherwise
    return int(written) if least <= int(written) <= most else otherwise
