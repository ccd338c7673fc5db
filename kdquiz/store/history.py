"""History: what the statistics ask the database, as sums that SQL makes over the whole log.

Imports values of `memory`. Goes in: a function that runs a query, and the day it is. Comes out: values of
`memory.statistics` and `memory.trends`. Nothing is written. Every method
raises what the function raises (StoreError). Days are the learner's; reviews that were undone or replaced do not count.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from kdquiz.memory.day import Calendar
from kdquiz.memory.model import EPOCH
from kdquiz.memory.statistics import AfterDays, DayTotals, Predicted
from kdquiz.memory.trends import TREND_DAYS, Met, Try

Read = Callable[..., list[tuple[Any, ...]]]
"""Called with a query and its values; all rows."""
STEPS = 1000
"""Predicted chances are counted in this many groups."""
AT_ONCE = 5000
"""Reviews that are fetched at a time."""


class Totals(NamedTuple):
    """All that was ever done: reviews, seconds of thinking, questions and drills reviewed, days with a review."""

    reviews: int
    seconds: float
    cards: int
    days: int
    first_day: int | None


class Logged(NamedTuple):
    """A review as it stands in the log; `at` is UTC, `response` JSON, `share` of the marks, `recall` predicted."""

    number: int
    card_id: str
    day: int
    at: datetime
    rating: int
    seconds: float
    share: float | None
    recall: float | None
    response: str


class History:
    """The learner's past in sums. Use it from the thread that opened the store."""

    def __init__(self, read: Read) -> None:
        self._read = read

    def totals(self) -> Totals:
        """Over the whole log; `first_day` is None where nothing was ever answered."""
        query = """
            SELECT count(*), ifnull(sum(seconds), 0.0), count(DISTINCT card_id), count(DISTINCT counted_day),
                   min(counted_day)
            FROM live_review
        """
        ((reviews, seconds, cards, days, first_day),) = self._read(query)
        return Totals(reviews, seconds, cards, days, first_day)

    def days(self) -> list[DayTotals]:
        """Every day with a review, in order."""
        query = """
            SELECT counted_day, count(*), sum(seconds),
                   sum(number IN (SELECT min(number) FROM live_review GROUP BY card_id)),
                   count(recall), sum(recall IS NOT NULL AND rating > 1)
            FROM live_review GROUP BY counted_day ORDER BY counted_day
        """
        return [DayTotals(*row) for row in self._read(query)]

    def predicted(self) -> list[Predicted]:
        """Reviews for which a chance of recall had been predicted, those with nearly the same chance together."""
        query = """
            SELECT sum(recall), count(*), sum(rating > 1) FROM live_review
            WHERE recall IS NOT NULL GROUP BY CAST(recall * ? AS INTEGER) ORDER BY 1
        """
        return [Predicted(*row) for row in self._read(query, STEPS)]

    def after_days(self) -> list[AfterDays]:
        """The same reviews by how many days after the one before they were, in order."""
        query = """
            SELECT gap, count(*), sum(recalled) FROM (
                SELECT recall, rating > 1 AS recalled,
                       counted_day - lag(counted_day) OVER (PARTITION BY card_id ORDER BY number) AS gap
                FROM live_review)
            WHERE recall IS NOT NULL AND gap > 0 GROUP BY gap ORDER BY gap
        """
        return [AfterDays(*row) for row in self._read(query)]

    def load(self, today: int, days: int) -> list[int]:
        """How many cards come back on each of the next `days`, today first; with today those that are overdue.

        Each card counts once, at its next review; suspended ones do not.
        """
        query = """
            SELECT CASE WHEN day > ?1 + 1 THEN ?1 ELSE max(due_day, ?1) END AS ahead, count(*) FROM card
            WHERE id NOT IN (SELECT card_id FROM standing WHERE suspended)
            GROUP BY ahead HAVING ahead < ?1 + ?2
        """
        found: dict[int, int] = dict(self._read(query, today, days))
        return [found.get(today + each, 0) for each in range(days)]

    def misconceptions(self, today: int, calendar: Calendar) -> list[Met]:
        """Each sentence once, the most frequent of the last weeks first, then the most frequent of all.

        The day of an attempt is told by `calendar`.
        """
        query = """
            SELECT sentence, card_id, count(*), max(counted_day), sum(counted_day > ?),
                   sum(counted_day BETWEEN ? AND ?)
            FROM misconception JOIN live_review ON live_review.number = misconception.review GROUP BY sentence
        """
        since = today - TREND_DAYS
        met = {row[0]: Met(*row) for row in self._read(query, since, since - TREND_DAYS + 1, since)}
        for sentence, drill_id, at in self._read("""
            SELECT sentence, drill_id, submitted_at FROM misconception JOIN attempt ON attempt.number = attempt
            WHERE counts ORDER BY attempt.number
        """):
            day = calendar.day(_moment(at))
            before = met.get(sentence, Met(sentence, drill_id, 0, day, 0, 0))
            met[sentence] = Met(
                sentence,
                drill_id if day >= before.last_day else before.card_id,
                before.times + 1,
                max(day, before.last_day),
                before.recent + (day > since),
                before.before + (since - TREND_DAYS < day <= since),
            )
        return sorted(met.values(), key=lambda each: (-each.recent, -each.times, each.sentence))

    def tries(self) -> list[Try]:
        """Every submission to a drill that counts, in order."""
        query = """
            SELECT drill_id, verdict, hints_used, seconds, submitted_at / 1e6 FROM attempt WHERE counts ORDER BY number
        """
        return [Try(*row) for row in self._read(query)]

    def log(self) -> Iterator[Logged]:
        """The review log in order, fetched as it is read."""
        query = """
            SELECT number, card_id, counted_day, reviewed_at, rating, seconds, share, recall, response
            FROM live_review WHERE number > ? ORDER BY number LIMIT ?
        """
        last = 0
        while found := self._read(query, last, AT_ONCE):
            for number, card_id, day, at, *rest in found:
                yield Logged(number, card_id, day, _moment(at), *rest)
            last = found[-1][0]


def _moment(microseconds: int) -> datetime:
    return (EPOCH + timedelta(microseconds=microseconds)).astimezone(UTC)
