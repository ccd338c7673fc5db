"""The field's own words for scheduling: Rating, Card (the schedule state of one question), ReviewLog."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


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

    `stability` is in days (the interval after which recall has fallen to 90 %), `difficulty` from 1 to 10.
    """

    id: str
    state: CardState
    step: int | None
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int = 1
    lapses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLog:
    """One review, as it is kept for ever: the schedule is a fold over these. `reviewed_at` is UTC.

    `seconds` is the thinking time, stopped at the reveal; `response` is kept as JSON, for the learner and
    the statistics; `share` is the part of the marks reached, None where the learner rated themself.
    """

    card_id: str
    rating: Rating
    reviewed_at: datetime
    seconds: float
    response: str = "{}"
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One submission to a drill, as it is kept for ever. `report` is the report as JSON; `submitted_at` is UTC.

    `counts` is False where the verdict was our fault (internal-error): the code is kept, the attempt is not counted.
    """

    drill_id: str
    source: str
    verdict: str
    report: str
    hints_used: int
    seconds: float
    submitted_at: datetime
    counts: bool = True
