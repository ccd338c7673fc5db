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


@dataclass(frozen=True, slots=True)
class Filled:
    """What the learner typed into each blank, in the order of the text; empty where they left one open."""

    blanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The *authored* positions of all steps, counted from 0, in the order in which the learner put them; none where
    they do not know."""

    steps: tuple[int, ...]


Response = Recalled | Chosen | Typed | Filled | Ordered


class UnreadableError(ValueError):
    """An answer that cannot be read. Says, in words for the learner, what can be; it is not counted."""


def response_as_data(response: Response) -> dict[str, Any]:
    """A response as values that JSON can carry, for the review log."""
    data = asdict(response)
    if isinstance(response, Chosen):
        data["options"] = sorted(response.options)
    return {"response": type(response).__name__.lower(), **data}


def characters_typed(response: Response) -> int:
    """How much the learner typed, as far as the response keeps it."""
    match response:
        case Typed(text=text):
            return len(text)
        case Filled(blanks=blanks):
            return sum(map(len, blanks))
        case _:
            return 0


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
class NumberMark:
    """A number that was typed, and how far it is off.

    `told` says it to the learner in a sentence or two: what was read, the right value, the tolerance, the distance.
    `slip` is the sentence of a typical mistake that gives the typed value; empty where none does.
    """

    read: float
    right: float
    told: str
    slip: str = ""


@dataclass(frozen=True, slots=True)
class BlankMark:
    """One blank: what was typed, whether it is accepted, and all that would be; the first is the author's choice."""

    typed: str
    right: bool
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepMark:
    """One step where the learner put it: its text, the place it belongs to (from 0), and whether it stands in order
    with the others, so that moving those that do not would mend the whole."""

    text: str
    belongs: int
    in_order: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of one response. `share` is the part of the marks reached, 0 to 1; None where the learner rates
    themself."""

    outcome: Outcome
    share: float | None
    options: tuple[OptionMark, ...] = ()
    points: tuple[PointMark, ...] = ()
    number: NumberMark | None = None
    blanks: tuple[BlankMark, ...] = ()
    steps: tuple[StepMark, ...] = ()
    """In the learner's order."""

    @property
    def misconceptions(self) -> tuple[str, ...]:
        """What the wrong options that were chosen stand for, and the slip that gives the number typed."""
        chosen = tuple(option.because for option in self.options if option.chosen and not option.is_right)
        return (*chosen, self.number.slip) if self.number and self.number.slip else chosen
