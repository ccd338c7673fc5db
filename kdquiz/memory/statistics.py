"""Statistics of a learner's past: what the numbers of the log say, with how sure they are. No SQL, no clock.

Imports `memory.model`'s notion of a day alone. Goes in: sums over the log (`store.history` makes them) and the day it
is. Comes out: values. Days are the learner's (`memory.day`): days since 1970-01-01. Chances and shares are 0 to 1.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

# ---- shares --------------------------------------------------------------------------------------------------------

CONFIDENCE = 1.96
"""Standard deviations of the normal distribution that hold 95 % of it."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of so many. What it tells of the true share lies between `low` and `high`, 19 times of 20."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """The share found; 0 where there was none to count."""
        return self.hits / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """The lower end of Wilson's interval, which stays honest where little was counted."""
        return max(0.0, self._middle - self._reach)

    @property
    def high(self) -> float:
        """The upper end."""
        return min(1.0, self._middle + self._reach)

    @property
    def _middle(self) -> float:
        z = CONFIDENCE * CONFIDENCE
        return (self.hits + z / 2) / (self.of + z)

    @property
    def _reach(self) -> float:
        if not self.of:
            return 0.5
        z = CONFIDENCE * CONFIDENCE
        spread = self.share * (1 - self.share) / self.of + z / (4 * self.of * self.of)
        return CONFIDENCE / (1 + z / self.of) * math.sqrt(spread)


# ---- predicted and true recall -------------------------------------------------------------------------------------


class Predicted(NamedTuple):
    """Reviews with nearly the same predicted chance of recall: the sum of the chances, how many, and how many of them
    were recalled (rated better than Again)."""

    chances: float
    reviews: int
    recalled: int


EDGES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""Where bins of predicted recall begin and end: finer where most reviews are."""
LEAST_CHANCE = 1e-6
"""What a prediction counts as at least, so that one miracle does not make the log loss infinite."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Reviews whose predicted chance was from `start` to `end`: their mean prediction, and what came of them."""

    start: float
    end: float
    predicted: float
    recalled: Share


class Verdict(Enum):
    """What a comparison of the predictions with the outcomes comes to."""

    TOO_FEW = "too few"
    AS_PREDICTED = "as predicted"
    MORE = "more"
    LESS = "less"


ENOUGH = 30
"""Reviews from which on a difference is called one."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well recall was predicted. `log_loss` is nats a review (0: every prediction certain and right; 0.693: no
    better than a coin); `rmse` the root of the mean squared distance of prediction and outcome over the bins, weighted
    by their reviews. All zero where nothing was predicted yet."""

    bins: tuple[Bin, ...]
    predicted: float
    recalled: Share
    log_loss: float
    rmse: float

    @property
    def verdict(self) -> Verdict:
        """Whether more or less was recalled than predicted: only where the prediction is outside the interval."""
        if self.recalled.of < ENOUGH:
            return Verdict.TOO_FEW
        if self.predicted < self.recalled.low:
            return Verdict.MORE
        return Verdict.LESS if self.predicted > self.recalled.high else Verdict.AS_PREDICTED


def calibration(groups: Iterable[Predicted]) -> Calibration:
    """Out of groups of reviews with nearly the same prediction; the finer they are, the exacter the log loss."""
    found = [group for group in groups if group.reviews]
    reviews = sum(group.reviews for group in found)
    if not reviews:
        return Calibration((), 0.0, Share(0, 0), 0.0, 0.0)
    by_bin: dict[int, list[Predicted]] = defaultdict(list)
    for group in found:
        by_bin[_bin_of(group.chances / group.reviews)].append(group)
    bins = tuple(_bin(place, by_bin[place]) for place in sorted(by_bin))
    squares = sum(each.recalled.of * (each.predicted - each.recalled.share) ** 2 for each in bins)
    return Calibration(
        bins=bins,
        predicted=sum(group.chances for group in found) / reviews,
        recalled=Share(sum(group.recalled for group in found), reviews),
        log_loss=sum(map(_loss, found)) / reviews,
        rmse=math.sqrt(squares / reviews),
    )


def _bin_of(chance: float) -> int:
    return max(place for place, edge in enumerate(EDGES[:-1]) if edge <= max(chance, 0.0))


def _bin(place: int, groups: Sequence[Predicted]) -> Bin:
    reviews = sum(group.reviews for group in groups)
    recalled = Share(sum(group.recalled for group in groups), reviews)
    return Bin(EDGES[place], EDGES[place + 1], sum(group.chances for group in groups) / reviews, recalled)


def _loss(group: Predicted) -> float:
    chance = min(1 - LEAST_CHANCE, max(LEAST_CHANCE, group.chances / group.reviews))
    return -group.recalled * math.log(chance) - (group.reviews - group.recalled) * math.log(1 - chance)


AGES = ((1, 6), (7, 20), (21, 59), (60, 179), (180, None))
"""Days since the last review, from and to; 21 is where the field calls a card mature."""


class AfterDays(NamedTuple):
    """Reviews so many days after the one before: how many, and how many of them were recalled."""

    days: int
    reviews: int
    recalled: int


def by_age(gaps: Iterable[AfterDays]) -> tuple[tuple[int, int | None, Share], ...]:
    """True retention by how long ago the last review was: from and to which day, and the share. Empty ages left out."""
    counted = list(gaps)
    ages = []
    for start, end in AGES:
        within = [gap for gap in counted if start <= gap.days and (end is None or gap.days <= end)]
        share = Share(sum(gap.recalled for gap in within), sum(gap.reviews for gap in within))
        if share.of:
            ages.append((start, end, share))
    return tuple(ages)


# ---- days ----------------------------------------------------------------------------------------------------------


class DayTotals(NamedTuple):
    """What was done on a day: `seconds` of thinking; `new` were asked for the first time; for `tested` a chance of
    recall had been predicted, and `recalled` of them were rated better than Again."""

    day: int
    reviews: int
    seconds: float
    new: int
    tested: int
    recalled: int


def by_week(days: Iterable[DayTotals]) -> tuple[tuple[int, Share], ...]:
    """True retention by week: its first day, a Monday, and the share; weeks in order, those without a test left out."""
    tested: dict[int, int] = defaultdict(int)
    recalled: dict[int, int] = defaultdict(int)
    for each in days:
        tested[monday(each.day)] += each.tested
        recalled[monday(each.day)] += each.recalled
    return tuple((week, Share(recalled[week], tested[week])) for week in sorted(tested) if tested[week])


def weekday(day: int) -> int:
    """0 for a Monday, 6 for a Sunday."""
    return (day + 3) % 7  # 1970-01-01 was a Thursday


def monday(day: int) -> int:
    """The Monday of a day's week."""
    return day - weekday(day)


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with a review: up to now, and the most there ever were."""

    current: int
    longest: int


def streak(days: Collection[int], today: int) -> Streak:
    """Out of the days with a review. A today on which nothing was answered yet breaks nothing; days after today (the
    clock was set back) are not counted."""
    longest = length = current = 0
    before: int | None = None
    for day in sorted(day for day in set(days) if day <= today):
        length = length + 1 if before == day - 1 else 1
        longest, before = max(longest, length), day
    if before is not None and before >= today - 1:
        current = length
    return Streak(current, longest)


SHADES = 4
USUAL = 0.9
"""The darkest shade begins at what nine days of ten do not exceed: one day of cramming does not pale all others."""


def shade_starts(reviews: Iterable[int]) -> tuple[int, ...]:
    """From how many reviews a day each of the four shades begins, in even steps; of days with at least one."""
    active = sorted(count for count in reviews if count > 0)
    most = active[int(USUAL * (len(active) - 1))] if active else SHADES
    return (1, *(max(place + 1, math.ceil(most * place / (SHADES - 1))) for place in range(1, SHADES)))


def shade(reviews: int, starts: Sequence[int]) -> int:
    """0 for a day without a review, 1 to 4 for the shade of one with so many."""
    return sum(reviews >= start for start in starts)
