"""The weights of FSRS-6 fitted to the learner's own log, and whether they foretell better than those in use.

Imports `memory`'s values and `schedule`; and, only when something is fitted, `fsrs_rs_python`, the optimiser of the
Open Spaced Repetition project in Rust. Goes in: the log, the schedule in use, the time. Comes out: a `Fitted`, or how
many reviews are missing. Pure: adopting a fit is the store's matter.

A review tests memory where a day at least has passed since the card was answered before: the first one has no memory to
test, and a second one on the same day has nothing to forget. Only those are learnt from and measured; the others are
part of the history that leads there.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kdquiz.memory.model import Card, Fit, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule

if TYPE_CHECKING:
    import fsrs_rs_python

ENOUGH = 400
"""Reviews that test memory. Fewer than 320 to learn from let 21 weights follow chance, and fewer than 80 held out tell
no difference from it; Anki asked for as many when it fitted all weights."""
HELD_OUT = 0.2
"""The part of them, the latest, that is measured on and not learnt from."""
SURELY = 1.0
"""How many standard errors better than those in use the fitted weights must be. Of 30 simulated learners whom the
weights in use describe, 2 are given others by that; of 30 who forget faster 22 are, at 600 reviews, and more as the log
grows."""
RELEARNING_STEPS = 1
"""Of the schedule; the optimiser keeps weights by which that many steps cannot end above the memory before a lapse."""
LEAST_CHANCE = 1e-6
"""No prediction counts as certain, or one wrong answer would outweigh all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooFew:
    """There are `reviews` that test memory, and `missing` more are needed at least: one where they were enough, and yet
    all on one day, or so unlike each other that the optimiser can make nothing of them."""

    reviews: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """`fit` holds the weights and the mean log losses of those in use and of these, on the `held_out` reviews.

    `better`: by more than chance explains, so worth adopting. The weights are exactly those that were measured.
    """

    fit: Fit
    held_out: int
    better: bool


def fit(logs: Sequence[ReviewLog], current: Schedule, now: datetime) -> Fitted | TooFew:
    """Fit the weights to a log in the order recorded, and measure them on its last days.

    The weights are learnt from the reviews before those days, each loss is of a prediction made a review ahead, and
    `better` says that the mean loss falls by more than it scatters where the weights in use are right: one standard
    error of the paired difference.
    """
    days = sorted(log.counted_day for _, log in _tests(logs))
    split = _split(days)
    if len(days) < ENOUGH or split is None:
        return TooFew(reviews=len(days), missing=max(1, ENOUGH - len(days)))
    learnt_from = sum(day < split for day in days)
    try:
        weights = _weights(logs, split)
    except ValueError:  # every group of reviews with the same interval is too small for it
        return TooFew(reviews=len(days), missing=1)
    before, after = predictions(logs, current, split), predictions(logs, Schedule(weights), split)
    loss_before, loss_after = _mean([one.loss for one in before]), _mean([one.loss for one in after])
    return Fitted(
        fit=Fit(weights=weights, fitted_at=now, reviews=learnt_from, loss_before=loss_before, loss_after=loss_after),
        held_out=len(before),
        better=loss_before - loss_after > SURELY * _scatter(before, after),
    )


class Prediction(NamedTuple):
    """The chance of recall that was predicted for a review, and whether it was recalled."""

    chance: float
    recalled: bool

    @property
    def loss(self) -> float:
        """Log loss, in nats."""
        return -math.log(self.chance if self.recalled else 1 - self.chance)


def predictions(logs: Sequence[ReviewLog], schedule: Schedule, since: int) -> list[Prediction]:
    """What a schedule predicts, a review ahead, for each that tests memory on the day `since` or later."""
    cards: dict[str, Card] = {}
    found = []
    for tests, log in _marked(logs):
        card = cards.get(log.card_id)
        if tests and card is not None and log.counted_day >= since:
            chance = min(max(schedule.recall(card, log.counted_day), LEAST_CHANCE), 1 - LEAST_CHANCE)
            found.append(Prediction(chance, log.rating is not Rating.AGAIN))
        cards[log.card_id] = schedule.review(card, log)
    return found


def _marked(logs: Sequence[ReviewLog]) -> Iterator[tuple[bool, ReviewLog]]:
    """Each review with whether it tests memory."""
    last: dict[str, int] = {}
    for log in logs:
        day = log.counted_day
        yield log.card_id in last and last[log.card_id] < day, log
        last[log.card_id] = day


def _tests(logs: Sequence[ReviewLog]) -> Iterator[tuple[bool, ReviewLog]]:
    return ((tests, log) for tests, log in _marked(logs) if tests)


def _split(days: Sequence[int]) -> int | None:
    """The first day that is held out: whole days, as near to a fifth of the reviews as they allow; None where all are
    on one day."""
    total = len(days)
    later = {day: total - place for place, day in reversed(list(enumerate(days)))}  # how many are on it or after
    return min(
        (day for day in later if later[day] < total), key=lambda day: abs(later[day] - HELD_OUT * total), default=None
    )


def _weights(logs: Sequence[ReviewLog], split: int) -> tuple[float, ...]:
    """Learnt from the reviews before the day `split`, within the bounds of the scheduler."""
    import fsrs_rs_python  # lazily: see the module's docstring
    from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

    optimiser = fsrs_rs_python.FSRS(fsrs_rs_python.DEFAULT_PARAMETERS)
    found = optimiser.compute_parameters(
        _items(logs, split), enable_short_term=True, num_relearning_steps=RELEARNING_STEPS
    )
    bounds = zip(found, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    return tuple(min(max(weight, low), high) for weight, low, high in bounds)


def _items(logs: Sequence[ReviewLog], split: int) -> "list[fsrs_rs_python.FSRSItem]":
    """One a review that tests memory, in the order of time, for the optimiser gives later ones more weight: all reviews
    of its card up to it, each with the days since the one before."""
    import fsrs_rs_python  # lazily: see the module's docstring

    histories: dict[str, list[fsrs_rs_python.FSRSReview]] = {}
    last: dict[str, int] = {}
    items = []
    for tests, log in _marked(logs):
        day = log.counted_day
        history = histories.setdefault(log.card_id, [])
        passed = max(0, day - last.get(log.card_id, day))  # the clock may have been set back
        history.append(fsrs_rs_python.FSRSReview(log.rating.value, passed))
        last[log.card_id] = day
        if tests and day < split:
            items.append((day, fsrs_rs_python.FSRSItem(history)))
    return [item for _, item in sorted(items, key=lambda one: one[0])]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _scatter(before: Sequence[Prediction], after: Sequence[Prediction]) -> float:
    """The standard error that the mean gain has if the predictions before are right.

    Not that of the gains themselves: where by luck nothing was forgotten all gains are alike, and luck would be proof.
    """
    variance = 0.0
    for (chance, _), (other, _) in zip(before, after, strict=True):
        stake = math.log(other / chance) - math.log((1 - other) / (1 - chance))  # what right gains more than wrong
        variance += chance * (1 - chance) * stake * stake
    return math.sqrt(variance) / len(before)
