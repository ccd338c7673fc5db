"""The forgetting curve and what a review does to it: FSRS-6 on plain numbers, for forecasts of thousands of reviews.

Imports `memory.model`. Cards are scheduled by the `fsrs` package (`memory.schedule`); a forecast asks some thousand
times as often, and this is the same arithmetic without its objects. A test holds the two against each other.

Stabilities are in days (after so many, recall has fallen to 90 %), difficulties go from 1 to 10, `weights` are the 21
of FSRS-6 in their order, and `days` is how many have passed since the last review, 0 or less for the same day.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import exp
from typing import NamedTuple

from kdquiz.memory.model import Rating

LEAST_STABILITY = 0.001
EASIEST, HARDEST = 1.0, 10.0
AGAIN, HARD, GOOD, EASY = map(int, Rating)


class Memory(NamedTuple):
    """What a forecast needs of a card. `stability` is in days, `day` the learner's day of the last review."""

    id: str
    stability: float
    difficulty: float
    day: int
    lapses: int = 0


class Curve:
    """FSRS-6 by some weights, with what does not change computed once."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = weights = tuple(weights)
        self._decay = -weights[20]
        self._factor = 0.9 ** (1.0 / self._decay) - 1.0
        self._growth = exp(weights[8])
        self._least_loss = exp(-weights[17] * weights[18])
        self._easiest = weights[4] - exp(weights[5] * (EASY - 1)) + 1.0
        self._bonus = {HARD: weights[15], GOOD: 1.0, EASY: weights[16]}
        self._same_day = {rating: exp(weights[17] * (rating - 3 + weights[18])) for rating in Rating}

    def recall(self, stability: float, days: int) -> float:
        """The chance, 0 to 1, of recalling it after so many days; 1.0 on the day of the review."""
        return float((1.0 + self._factor * days / stability) ** self._decay) if days > 0 else 1.0

    def first(self, rating: int) -> tuple[float, float]:
        """Stability and difficulty after the first review ever."""
        difficulty = self._weights[4] - exp(self._weights[5] * (rating - 1)) + 1.0
        return max(self._weights[rating - 1], LEAST_STABILITY), min(max(difficulty, EASIEST), HARDEST)

    def after(self, stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
        """Stability and difficulty after a review; one on the day of the last review counts as FSRS counts such."""
        if days <= 0:
            next_stability = stability * self._same_day_growth(stability, rating)
        else:
            chance = self.recall(stability, days)
            if rating == AGAIN:
                next_stability = self._forgotten(stability, difficulty, chance)
            else:
                next_stability = stability * (1.0 + self._gain(stability, difficulty, chance) * self._bonus[rating])
        return max(next_stability, LEAST_STABILITY), self._next_difficulty(difficulty, rating)

    def _same_day_growth(self, stability: float, rating: int) -> float:
        growth: float = self._same_day[Rating(rating)] * stability ** -self._weights[19]
        return growth if rating == AGAIN else max(growth, 1.0)

    def _forgotten(self, stability: float, difficulty: float, chance: float) -> float:
        weights = self._weights
        left: float = (
            weights[11]
            * difficulty ** -weights[12]
            * ((stability + 1.0) ** weights[13] - 1.0)
            * exp((1.0 - chance) * weights[14])
        )
        return min(left, stability * self._least_loss)

    def _gain(self, stability: float, difficulty: float, chance: float) -> float:
        slower: float = stability ** -self._weights[9]
        return self._growth * (11.0 - difficulty) * slower * (exp((1.0 - chance) * self._weights[10]) - 1.0)

    def _next_difficulty(self, difficulty: float, rating: int) -> float:
        weights = self._weights
        moved = difficulty - (HARDEST - difficulty) * weights[6] * (rating - 3) / 9.0
        back = weights[7] * self._easiest + (1.0 - weights[7]) * moved
        return min(max(back, EASIEST), HARDEST)


@lru_cache(maxsize=16)
def of(weights: tuple[float, ...]) -> Curve:
    """The curve by some weights, made once."""
    return Curve(weights)


def recall(weights: Sequence[float], stability: float, days: int) -> float:
    """`Curve.recall` by some weights."""
    return of(tuple(weights)).recall(stability, days)


def first(weights: Sequence[float], rating: int) -> tuple[float, float]:
    """`Curve.first` by some weights."""
    return of(tuple(weights)).first(rating)


def after(weights: Sequence[float], stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
    """`Curve.after` by some weights."""
    return of(tuple(weights)).after(stability, difficulty, days, rating)
