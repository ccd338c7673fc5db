"""The learner's day: which one a moment belongs to, in the learner's own time zone.

Imports `memory.model` alone. A day is a number, the days since 1970-01-01; it begins at four in the morning, so that
somebody who studies past midnight is still in the same one. Goes in: a moment in UTC. Comes out: a day, and its bounds.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from kdquiz.memory.model import EPOCH

BEGINS_AT = time(4)
_FIRST = EPOCH.date()


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days as they are counted in `zone`; None is the zone of this machine, with its daylight saving time."""

    zone: tzinfo | None = None

    def day(self, moment: datetime) -> int:
        """The day that a moment belongs to."""
        local = moment.astimezone(self.zone)
        return (local.date() - _FIRST).days - (local.time() < BEGINS_AT)

    def begin(self, day: int) -> datetime:
        """The moment, in UTC, at which a day begins."""
        local = datetime.combine(date_of(day), BEGINS_AT, tzinfo=self.zone)
        return local.astimezone(UTC)

    def end(self, day: int) -> datetime:
        """The moment, in UTC, at which a day is over."""
        return self.begin(day + 1)


def date_of(day: int) -> date:
    """The date on which a day begins."""
    return _FIRST + timedelta(days=day)


def day_of(calendar_date: date) -> int:
    """The day that begins on a date."""
    return (calendar_date - _FIRST).days
