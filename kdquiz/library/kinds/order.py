"""Steps to put in order. Authored in the right order, and never shown in it."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Len, Predicate

from kdquiz.library.faults import Fault, FaultyQuestionError
from kdquiz.library.model import Pace, Question
from kdquiz.library.problems import cut
from kdquiz.library.text import Text

STEP_LETTERS = "abcdefghi"
"""How steps are named where they are shown, in the order shown; so there are at most nine."""


def steps_read_differently(steps: Sequence[str]) -> bool:
    """Raises FaultyQuestionError, a ValueError, where two steps read the same: nobody could tell which comes first."""
    texts = [" ".join(step.split()).casefold() for step in steps]
    again = [position for position, text in enumerate(texts) if text in texts[:position]]
    if again:
        faults = [Fault(message=f"two steps read the same: '{cut(steps[one])}'", key=(one,)) for one in again]
        raise FaultyQuestionError(faults)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Question):
    """Steps are kept in the right order here; a session shuffles them."""

    pace: ClassVar[Pace] = Pace(quick=10, slow=75)
    """Several steps are compared with each other, and moved by keys, which is no typing."""
    kind: Literal["order"]
    ask: Text
    steps: Annotated[tuple[Text, ...], Len(3, len(STEP_LETTERS)), Predicate(steps_read_differently)]
    """In the right order, without numbers."""
    answer: Text | None = None
    """An explanation, Markdown."""

    @property
    def title(self) -> str:
        return self.ask

    @property
    def parts(self) -> tuple[str, ...]:
        return self.steps

    @property
    def model_answer(self) -> str:
        return self.answer or ""

    def shown_order(self, seed: int) -> tuple[int, ...]:
        """The authored positions in an order to show them in: every order but the right one is equally likely."""
        generator = random.Random(seed)
        order = list(range(len(self.steps)))
        while order == sorted(order):
            generator.shuffle(order)
        return tuple(order)

    def in_full(self, answer: bool) -> str:
        """Without the answer the steps stand in one shuffled order, always the same: the authored one is the answer."""
        if answer:
            steps = [f"{number}. {step.strip()}" for number, step in enumerate(self.steps, 1)]
        else:
            shown = zip(STEP_LETTERS, self.shown_order(0), strict=False)
            steps = [f"{letter}. {self.steps[position].strip()}" for letter, position in shown]
        explained = ["", self.answer.rstrip()] if answer and self.answer else []
        return "\n".join([self.ask.rstrip(), "", *steps, *explained])
