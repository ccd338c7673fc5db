"""Statistics as values for every door: the screen, the shell's text, its JSON lines. Each is worked out when asked for.

Imports the library, the store's history and `memory`'s rules. Goes in: store, library, calendar, the time. Comes out:
values; every method raises StoreError where the store cannot be read. What is not in the library any more keeps its id
for a title.
"""

import statistics as numbers
from dataclasses import dataclass
from datetime import datetime

from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.library.wording import listed
from kdquiz.memory import curve
from kdquiz.memory.day import Calendar
from kdquiz.memory.leech import FIRST_AT, Leech, leech
from kdquiz.memory.model import Fit
from kdquiz.memory.statistics import (
    Calibration,
    DayTotals,
    Share,
    Streak,
    by_age,
    by_week,
    calibration,
    streak,
)
from kdquiz.memory.trends import DrillRecord, Met, Trend, drill_records, trend
from kdquiz.store.history import Totals
from kdquiz.store.store import Store

AHEAD = 30
"""Days of load that are shown."""
LAST_DAYS = 30
"""Days over which a review's usual time is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What was done on which day; `days` in order, those with a review alone."""

    today: int
    days: tuple[DayTotals, ...]
    totals: Totals
    streak: Streak


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How well recall was predicted, and what it was by the days since the last review and by week. `fit` is what is
    in use, None for the default weights; `weights` are its numbers."""

    calibration: Calibration
    ages: tuple[tuple[int, int | None, Share], ...]
    weeks: tuple[tuple[int, Share], ...]
    fit: Fit | None
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Cards that come back on each of the next days, `today` first (with those overdue); `seconds` is what a review
    took on average lately, 0 where there was none."""

    today: int
    cards: tuple[int, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFigures:
    """`seen` of `total` questions; the mean chance of recalling those now, and the median of their stabilities in
    days; None where none was seen."""

    id: str
    title: str
    seen: int
    total: int
    recall: float | None
    stability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """One that was met, its trend, and the title of the question or drill it was last met at."""

    met: Met
    trend: Trend
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeechFigures:
    """A question or drill that is forgotten again and again: how often it was, whether it is suspended, and what to do
    about it, in a sentence."""

    id: str
    title: str
    lapses: int
    suspended: bool
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillFigures:
    """How it went with a drill, and the minutes it is meant to take (0 where it is not in the library)."""

    title: str
    minutes: int
    record: DrillRecord


class Statistics:
    """All of it as of one moment. Use it from the thread that opened the store."""

    def __init__(self, store: Store, library: Library, calendar: Calendar, now: datetime) -> None:
        self._store = store
        self._library = library
        self._calendar = calendar
        self.today = calendar.day(now)

    @property
    def fit(self) -> Fit | None:
        """What is in use; None for the default weights."""
        fits = self._store.fits()
        return fits[-1] if fits and fits[-1].weights is not None else None

    def overview(self) -> Overview:
        """Days, totals, streak."""
        days = tuple(self._store.history.days())
        return Overview(
            today=self.today,
            days=days,
            totals=self._store.history.totals(),
            streak=streak([each.day for each in days], self.today),
        )

    def retention(self) -> Retention:
        """Predicted and true recall, and the weights that predict."""
        history = self._store.history
        return Retention(
            calibration=calibration(history.predicted()),
            ages=by_age(history.after_days()),
            weeks=by_week(history.days()),
            fit=self.fit,
            weights=self._store.schedule.weights,
        )

    def load(self) -> Load:
        """What comes back when."""
        history = self._store.history
        days = [each for each in history.days() if each.day > self.today - LAST_DAYS]
        reviews = sum(each.reviews for each in days)
        return Load(
            today=self.today,
            cards=tuple(history.load(self.today, AHEAD)),
            seconds=sum(each.seconds for each in days) / reviews if reviews else 0.0,
        )

    def topics(self) -> tuple[TopicFigures, ...]:
        """Every topic, along the lesson path."""
        memories = {memory.id: memory for memory in self._store.memories()}
        weights = self._store.schedule.weights
        totals = self._library.totals()
        figures = []
        for topic in self._library.topics.values():
            ids = self._library.ids(Filter(topics=(topic.id,)))
            seen = [memories[question_id] for question_id in ids if question_id in memories]
            chances = [curve.recall(weights, memory.stability, self.today - memory.day) for memory in seen]
            figures.append(
                TopicFigures(
                    id=topic.id,
                    title=topic.title,
                    seen=len(seen),
                    total=totals[topic.id],
                    recall=numbers.fmean(chances) if seen else None,
                    stability=numbers.median(memory.stability for memory in seen) if seen else None,
                )
            )
        return tuple(figures)

    def misconceptions(self) -> tuple[Misconception, ...]:
        """Those met most often lately first."""
        found = self._store.history.misconceptions(self.today, self._calendar)
        return tuple(Misconception(met=met, trend=trend(met), title=self._title(met.card_id)) for met in found)

    def leeches(self, at_most: int | None = None) -> tuple[LeechFigures, ...]:
        """Those forgotten most often first; the history of each is read, so that a screen asks for a few."""
        lapsed = sorted((-memory.lapses, memory.id) for memory in self._store.memories() if memory.lapses >= FIRST_AT)
        standings = self._store.standings()
        figures = []
        for _, card_id in lapsed[:at_most]:
            found = self._leech(card_id)
            if found is not None:
                suspended = card_id in standings and standings[card_id].suspended
                figures.append(
                    LeechFigures(
                        id=card_id,
                        title=self._title(card_id),
                        lapses=found.lapses,
                        suspended=suspended,
                        suggestion=self._suggestion(found),
                    )
                )
        return tuple(figures)

    def _leech(self, card_id: str) -> Leech | None:
        needs = self._library.entries[card_id].question.needs if card_id in self._library.entries else ()
        cards = {need: card for need in needs if (card := self._store.card(need)) is not None}
        return leech(self._store.reviews(card_id), needs, cards, self.today, self._store.schedule)

    def _suggestion(self, found: Leech) -> str:
        """The advice, with what it is about."""
        if found.study:
            return f"{found.advice.value} {listed(f'“{self._title(need)}”' for need in found.study)}"
        return found.advice.value if found.because is None else f"{found.advice.value} {found.because}"

    def drills(self) -> tuple[DrillFigures, ...]:
        """Drills that were tried, along the lesson path; those that are gone last."""
        records = {record.drill_id: record for record in drill_records(self._store.history.tries())}
        known = [drill_id for drill_id in self._library.drills if drill_id in records]
        gone = [drill_id for drill_id in records if drill_id not in self._library.drills]
        return tuple(
            DrillFigures(title=self._title(each), minutes=self._minutes(each), record=records[each])
            for each in [*known, *gone]
        )

    def _minutes(self, drill_id: str) -> int:
        entry = self._library.drills.get(drill_id)
        return entry.drill.minutes if entry else 0

    def _title(self, card_id: str) -> str:
        if card_id in self._library.drills:
            return self._library.drills[card_id].drill.title
        known = card_id in self._library.entries  # asked first: a look-up in vain makes the library check itself
        return self._library.entries[card_id].question.title if known else card_id
