"""The field's own words for scheduling: Rating, Card (the schedule state of one question), ReviewLog.

A day is the learner's day (`memory.day`), as a number: days since 1970-01-01.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Rating(IntEnum):
    """How well the answer was recalled, as FSRS counts it."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    @property
    def word(self) -> str:
        """Its name as the learner reads it: `Again`."""
        return self.name.capitalize()


class CardState(IntEnum):
    """Where a card is in its life, as FSRS counts it."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The schedule state of one question or drill that has been reviewed; a new one has no Card. Times are UTC.

    `stability` is in days (the interval after which recall has fallen to 90 %), `difficulty` from 1 to 10. `day` is the
    learner's day of the last review, `due_day` the one on which it is due; `due` is the moment, which counts for steps
    of minutes alone.
    """

    id: str
    state: CardState
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    due_day: int
    last_review: datetime
    day: int
    reviews: int = 1
    lapses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLog:
    """One review, as it is kept for ever: the schedule is a fold over these. `reviewed_at` is UTC.

    `day` is the learner's day; None where an earlier version recorded it, which counted days in UTC. `seconds` is the
    thinking time, stopped at the reveal; `response` is kept as JSON, for the learner and the statistics; `share` is the
    part of the marks reached, None where the learner rated themself. `fuzz`, 0 to 1, was drawn to say where in the
    range around the computed interval the next one falls; None: the computed one. `recall` is the chance, 0 to 1,
    that was predicted for this review; None for a new question, and for one that was answered before on that day.
    `misconceptions` are those the answer showed, each in its sentence.
    """

    card_id: str
    rating: Rating
    reviewed_at: datetime
    seconds: float
    response: str = "{}"
    share: float | None = None
    day: int | None = None
    fuzz: float | None = None
    recall: float | None = None
    misconceptions: tuple[str, ...] = ()

    @property
    def counted_day(self) -> int:
        """The day that the schedule counts it on."""
        return (self.reviewed_at - EPOCH).days if self.day is None else self.day


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the learner decided about a question or drill, besides rating it.

    `buried_on` is the learner's day on which it is not asked; `suspended`: it is not asked at all; `marked`: to be
    found again.
    """

    buried_on: int | None = None
    suspended: bool = False
    marked: bool = False

    def rests(self, today: int) -> bool:
        """Whether it is not asked today."""
        return self.suspended or self.buried_on == today


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Weights of FSRS-6 that were fitted to the learner's own log; `weights` is None for the default ones.

    `reviews` is how many reviews were learnt from. `loss_before` and `loss_after` are the mean log losses (nats a
    review) of the weights in use before and of these, on reviews that were held out; None where nothing was measured.
    """

    weights: tuple[float, ...] | None
    fitted_at: datetime
    reviews: int = 0
    loss_before: float | None = None
    loss_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One submission to a drill, as it is kept for ever. `report` is the report as JSON; `submitted_at` is UTC.

    `counts` is False where the verdict was our fault (internal-error): the code is kept, the attempt is not counted.
    `misconceptions` are the mistakes that were diagnosed, each in its sentence.
    """

    drill_id: str
    source: str
    verdict: str
    report: str
    hints_used: int
    seconds: float
    submitted_at: datetime
    counts: bool = True
    misconceptions: tuple[str, ...] = ()
