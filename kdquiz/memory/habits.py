"""How a learner answers: how often each rating is given, and how many seconds an answer takes.

Imports `memory.curve`, `memory.model`. Goes in: the answers of the learner's own log, in order. Comes out: values that
a plan counts with, those of the population where the log says too little.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kdquiz.memory.curve import AGAIN, GOOD, Curve
from kdquiz.memory.model import Rating

ENOUGH = 20
"""Answers of a kind from which their own time is believed rather than the usual one."""
PRIOR = 50
"""The usual ratings count as so many of the learner's own."""
LATEST = 200
"""The latest answers of a kind alone are looked at: one gets faster."""
MOST_MEDIANS = 5.0
"""An answer counts as at most so many times what half of them take."""
CHECKING_SECONDS = 10.0
"""From the reveal, where the clock of an answer stops, to the next question."""


class Answer(Protocol):
    """What is looked at of a review."""

    @property
    def card_id(self) -> str:
        """Of which question."""

    @property
    def day(self) -> int:
        """On which of the learner's days."""

    @property
    def rating(self) -> int:
        """1 to 4."""

    @property
    def seconds(self) -> float:
        """Until the reveal."""


@dataclass(frozen=True, slots=True)
class Habits:
    """`first` are the shares of Again, Hard, Good and Easy when a question is seen for the first time, `recalled` those
    of Hard, Good and Easy when it was recalled. The defaults are what the makers of FSRS found among users of Anki.
    """

    first: tuple[float, ...] = (0.24, 0.094, 0.495, 0.171)
    recalled: tuple[float, ...] = (0.224, 0.631, 0.145)


USUAL = Habits()


@dataclass(frozen=True, slots=True)
class Answers:
    """The latest answers to questions, in order; `before` are the questions among them that were answered before these,
    with the day of the last time."""

    latest: Sequence[Answer] = ()
    before: Mapping[str, int] = field(default_factory=dict)

    def habits(self) -> Habits:
        """That they show."""
        return learnt(self.latest, self.before)


def learnt(logs: Iterable[Answer], before: Mapping[str, int] | None = None) -> Habits:
    """The habits that a log shows, in its order; the fewer reviews, the nearer to the usual ones.

    `before`: the questions that were answered before the log begins, with the day of the last time.
    """
    seen = dict(before or {})
    first, recalled = Counter[int](), Counter[int]()
    for log in logs:
        if log.card_id not in seen:
            first[log.rating] += 1
        elif log.day > seen[log.card_id] and log.rating != AGAIN:
            recalled[log.rating] += 1
        seen[log.card_id] = log.day
    return Habits(
        _shares(first, USUAL.first, list(Rating)),
        _shares(recalled, USUAL.recalled, [rating for rating in Rating if rating != AGAIN]),
    )


def _shares(counted: Mapping[int, int], usual: Sequence[float], ratings: Sequence[int]) -> tuple[float, ...]:
    total = sum(counted.values()) + PRIOR
    return tuple((counted[rating] + PRIOR * share) / total for rating, share in zip(ratings, usual, strict=True))


def seconds(
    logs: Iterable[Answer], kind_of: Callable[[str], str | None], usual: Mapping[str, float]
) -> dict[str, float]:
    """How many seconds an answer of each kind takes, until the next question: by the log where it has enough of the
    kind (the mean of the latest, with the reading of the answer), else as in `usual`.

    `kind_of` gives the kind by id, None for what is not there any more; a review without a time (0 s) says nothing.
    """
    spent = defaultdict[str, list[float]](list)
    for log in logs:
        kind = kind_of(log.card_id)
        if kind is not None and kind in usual and log.seconds > 0:
            spent[kind].append(log.seconds)
    own = {kind: CHECKING_SECONDS + _mean(times[-LATEST:]) for kind, times in spent.items() if len(times) >= ENOUGH}
    return {**usual, **own}


def _mean(times: Sequence[float]) -> float:
    """What an evening's answers add up to. Times are skewed, so that the median would promise too much for the minutes;
    but who was called away was not thinking all the while."""
    most = MOST_MEDIANS * sorted(times)[len(times) // 2]
    return sum(min(time, most) for time in times) / len(times)


def first_seen(curve: Curve, habits: Habits = USUAL) -> tuple[tuple[float, float, float], ...]:
    """What comes of a question seen for the first time: share, stability and difficulty for each rating.

    What was not known is asked again on the same day, and known then.
    """
    found = []
    for share, rating in zip(habits.first, Rating, strict=True):
        stability, difficulty = curve.first(rating)
        if rating == AGAIN:
            stability, difficulty = curve.after(stability, difficulty, 0, GOOD)
        found.append((share, stability, difficulty))
    return tuple(found)


def reviewed(curve: Curve, stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
    """Stability and difficulty after a review and, where it was forgotten, the second asking on the same day."""
    stability, difficulty = curve.after(stability, difficulty, days, rating)
    return curve.after(stability, difficulty, 0, GOOD) if rating == AGAIN else (stability, difficulty)
