"""A flashcard: recall the answer, look at it, rate yourself."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from kdquiz.library.model import Pace, Question
from kdquiz.library.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Flashcard(Question):
    """A question and its model answer."""

    pace: ClassVar[Pace] = Pace(quick=5, slow=45)
    """A sentence is recalled; beyond that it is being made up."""
    kind: Literal["flashcard"]
    ask: Text
    answer: Text

    @property
    def title(self) -> str:
        return self.ask

    @property
    def model_answer(self) -> str:
        return self.answer

    def in_full(self, answer: bool) -> str:
        return f"{self.ask.rstrip()}\n\n{self.answer.rstrip()}" if answer else self.ask.rstrip()
