"""Weights are fitted to a log, measured on days that were held out, and said to be better only beyond chance."""

import math
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from kdquiz.memory.fit import ENOUGH, HELD_OUT, Fitted, TooFew, fit, predictions
from kdquiz.memory.model import EPOCH, Card, CardState, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from tests.memory.asking import NOW, TODAY

FORGETFUL = (0.01, 0.01, 0.05, 0.1, *DEFAULT_PARAMETERS[4:8], 0.5, *DEFAULT_PARAMETERS[9:20], 0.8)
"""Who forgets at once what others keep for days."""
USUAL = Schedule()


@cache
def simulated(weights: tuple[float, ...] | None, seed: int, days: int = 60) -> tuple[ReviewLog, ...]:
    """The log of somebody who remembers by these weights, and whose reviews the usual ones schedule."""
    rng = random.Random(seed)
    truth = Schedule(weights)
    logs: list[ReviewLog] = []
    cards: dict[str, Card] = {}
    memories: dict[str, Card] = {}
    for day in range(TODAY, TODAY + days):
        due = [name for name, card in cards.items() if card.due_day <= day]
        for name in (*due, *(f"card-{number}" for number in range(len(cards), min(120, len(cards) + 10)))):
            while name not in cards or cards[name].due_day <= day:
                rating = _rating(rng, truth, memories.get(name), day)
                when = EPOCH + timedelta(days=day, hours=12, minutes=len(logs) % 600)
                log = ReviewLog(card_id=name, rating=rating, reviewed_at=when, seconds=9.0, day=day)
                logs.append(log)
                cards[name] = USUAL.review(cards.get(name), log)
                memories[name] = truth.review(memories.get(name), log)
                if cards[name].state is CardState.REVIEW:
                    break
    return tuple(logs)


def _rating(rng: random.Random, truth: Schedule, card: Card | None, day: int) -> Rating:
    if card is None:
        return rng.choices((Rating.AGAIN, Rating.GOOD, Rating.EASY), (25, 60, 15))[0]
    if rng.random() >= (truth.recall(card, day) if card.day < day else 0.9):
        return Rating.AGAIN
    return rng.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (15, 70, 15))[0]


def fitted(logs: Sequence[ReviewLog], current: Schedule = USUAL) -> Fitted:
    found = fit(logs, current, NOW)
    assert isinstance(found, Fitted)
    return found


def test_somebody_who_forgets_faster_is_foretold_better() -> None:
    found = fitted(simulated(FORGETFUL, 1))
    assert found.better
    assert found.fit.loss_before is not None
    assert found.fit.loss_after is not None
    assert found.fit.loss_after < found.fit.loss_before
    assert found.fit.weights is not None
    assert all(low <= weight for low, weight in zip(LOWER_BOUNDS_PARAMETERS, found.fit.weights, strict=True))
    assert all(weight <= high for weight, high in zip(found.fit.weights, UPPER_BOUNDS_PARAMETERS, strict=True))
    assert Schedule(found.fit.weights).weights == found.fit.weights
    assert found.fit.fitted_at == NOW


def test_somebody_like_everybody_keeps_the_weights_in_use() -> None:
    assert sum(fitted(simulated(None, seed)).better for seed in range(4)) <= 1


def test_who_was_fitted_before_is_measured_against_those_weights() -> None:
    logs = simulated(FORGETFUL, 1)
    again = fitted(logs, Schedule(fitted(logs).fit.weights))
    assert again.fit.loss_before == again.fit.loss_after
    assert not again.better


def test_whole_days_are_held_out_and_not_learnt_from() -> None:
    logs = simulated(FORGETFUL, 1)
    found = fitted(logs)
    total = found.fit.reviews + found.held_out
    assert found.held_out == pytest.approx(HELD_OUT * total, rel=0.1)
    split = sorted(_tested_on(logs))[-found.held_out]
    turned = [log if log.counted_day < split else replace(log, rating=Rating(5 - log.rating)) for log in logs]
    assert fitted(turned).fit.weights == found.fit.weights
    assert fitted(turned).fit.loss_after != found.fit.loss_after


def _tested_on(logs: Sequence[ReviewLog]) -> list[int]:
    """The days of the reviews that test memory."""
    last: dict[str, int] = {}
    found = []
    for log in logs:
        if last.get(log.card_id, log.counted_day) < log.counted_day:
            found.append(log.counted_day)
        last[log.card_id] = log.counted_day
    return found


def reviews(days: Sequence[int], cards: int, rng: random.Random | None = None) -> list[ReviewLog]:
    """Every card reviewed on each of these days."""
    return [
        ReviewLog(
            card_id=f"card-{number}",
            rating=rng.choice(list(Rating)) if rng else Rating.GOOD,
            reviewed_at=NOW + timedelta(days=day),
            seconds=9.0,
            day=TODAY + day,
        )
        for day in days
        for number in range(cards)
    ]


def test_too_few_reviews_are_told_with_how_many_are_missing() -> None:
    assert fit([], USUAL, NOW) == TooFew(reviews=0, missing=ENOUGH)
    assert fit(reviews([0, 0, 3, 3, 9], 20), USUAL, NOW) == TooFew(reviews=40, missing=ENOUGH - 40)
    assert fit(reviews([0, 3], ENOUGH), USUAL, NOW) == TooFew(reviews=ENOUGH, missing=1)  # nothing can be held out


def test_a_log_that_the_optimiser_makes_nothing_of_is_no_error() -> None:
    rng = random.Random(1)
    scattered = [
        log
        for number in range(200)
        for log in [
            replace(one, card_id=f"card-{number}")
            for one in reviews([rng.randint(-500, 500) for _ in range(8)], 1, rng)
        ]
    ]
    found = fit(scattered, USUAL, NOW)
    assert isinstance(found, TooFew)
    assert (found.reviews > ENOUGH, found.missing) == (True, 1)


def test_only_a_review_on_a_later_day_tests_memory() -> None:
    back = reviews([0, 0, 5, 3, 4], 1)  # first; same day; later; the clock set back; one day later
    assert len(predictions(back, USUAL, TODAY)) == 2
    assert len(predictions(back, USUAL, TODAY + 5)) == 1


def test_what_is_predicted_is_the_recall_of_the_schedule() -> None:
    (told,) = predictions(reviews([0, 10], 1), USUAL, TODAY)
    card = USUAL.review(None, reviews([0], 1)[0])
    assert told == (USUAL.recall(card, TODAY + 10), True)
    assert told.loss == pytest.approx(-math.log(told.chance))
    assert told._replace(recalled=False).loss == pytest.approx(-math.log(1 - told.chance))


def test_luck_is_no_proof() -> None:
    """Nobody who forgot nothing in a few reviews is thereby shown to forget nothing."""
    logs = reviews(range(0, 12, 2), 80)
    found = fitted(logs)
    assert found.fit.loss_before is not None
    assert found.fit.loss_after is not None
    assert found.fit.loss_after < found.fit.loss_before
    assert not found.better


def test_nothing_is_paid_for_the_optimiser_before_something_is_fitted() -> None:
    code = "import sys, kdquiz.memory.fit; print({'fsrs_rs_python', 'fsrs', 'torch', 'numpy'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
