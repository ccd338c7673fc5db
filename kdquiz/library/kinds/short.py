"""A short answer in the learner's own words, marked by a rubric whose lines are ticked one by one."""

from copy import copy
from dataclasses import dataclass, field
from typing import Annotated, Literal, Self

from annotated_types import Ge, MinLen

from kdquiz.library.model import Question, Synonyms
from kdquiz.library.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of the rubric; it is ticked when one of the phrases in `any` stands in the answer."""

    text: Text
    any: Annotated[tuple[Text, ...], MinLen(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTest:
    """A learner's answer and the points it must tick, counted from 1; run by `kdquiz check`."""

    say: str
    points: tuple[Annotated[int, Ge(1)], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Question):
    """A question with its model answer, its rubric and the tests of that rubric."""

    kind: Literal["short"]
    ask: Text
    answer: Text
    points: Annotated[tuple[Point, ...], MinLen(1)]
    tests: tuple[AnswerTest, ...] = ()
    synonyms: Synonyms = field(default=(), init=False)
    """Of its pack; no key of the question."""

    def with_synonyms(self, synonyms: Synonyms) -> Self:
        whole = copy(self)
        object.__setattr__(whole, "synonyms", synonyms)  # frozen for everyone else
        return whole

    @property
    def title(self) -> str:
        return self.ask

    @property
    def model_answer(self) -> str:
        return self.answer

    def text(self, answer: bool) -> str:
        if not answer:
            return self.ask.rstrip()
        rubric = "\n".join(f"- {point.text.strip()}" for point in self.points)
        return f"{self.ask.rstrip()}\n\n{self.answer.rstrip()}\n\nPoints:\n\n{rubric}"
