"""Responses that a learner can give, and the mark that comes back: plain values that JSON can carry."""

from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


@dataclass(frozen=True, slots=True)
class Recalled:
    """The learner recalled the answer and then looked: there is nothing to mark but their own rating."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Positions of the chosen options, counted from 0 in *authored* order."""

    options: frozenset[int]


@dataclass(frozen=True, slots=True)
class Typed:
    """What the learner typed, and the rubric points they overruled (counted from 0, True: ticked by hand)."""

    text: str
    overruled: tuple[tuple[int, bool], ...] = ()


Response = Recalled | Chosen | Typed


def response_as_data(response: Response) -> dict[str, Any]:
    """A response as values that JSON can carry, for the review log."""
    data = asdict(response)
    if isinstance(response, Chosen):
        data["options"] = sorted(response.options)
    return {"response": type(response).__name__.lower(), **data}


class Outcome(Enum):
    """How a response did, in one word."""

    RIGHT = "right"
    PARTLY = "partly right"
    WRONG = "wrong"
    UNMARKED = "rate yourself"


@dataclass(frozen=True, slots=True)
class OptionMark:
    """One option after the reveal. `because` is the misconception of a wrong one, or why a right one is right."""

    text: str
    is_right: bool
    chosen: bool
    because: str = ""


@dataclass(frozen=True, slots=True)
class PointMark:
    """One rubric line: whether it is ticked, by which words of the answer, and whether the learner overruled."""

    text: str
    ticked: bool
    words: tuple[str, ...] = ()
    overruled: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one response. `share` is the part of the marks reached, 0 to 1; None where the learner rates
    themself."""

    outcome: Outcome
    share: float | None
    options: tuple[OptionMark, ...] = ()
    points: tuple[PointMark, ...] = ()

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """What the wrong options that were chosen stand for."""
        return tuple(option.because for option in self.options if option.chosen and not option.is_right)
