"""A prediction, made before an experiment runs: one right option among several, and what the experiment shows."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Len, Predicate

from kdquiz.library.kinds.choice import one_is_right
from kdquiz.library.model import Pace, Question
from kdquiz.library.options import LETTERS, Option, Optioned
from kdquiz.library.text import Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict(Optioned, Question):
    """Options as of a choice, in authored order."""

    pace: ClassVar[Pace] = Pace(quick=10, slow=120)
    """It is to be reasoned out, not known: thinking about it is no sign of a weak memory."""
    kind: Literal["predict"]
    ask: Text
    options: Annotated[tuple[Option, ...], Len(2, len(LETTERS)), Predicate(one_is_right)]
    answer: Text
    """What the experiment shows, Markdown."""
    lab: Slug | None = None
    """The experiment to run."""

    @property
    def model_answer(self) -> str:
        return self.answer

    def in_full(self, answer: bool) -> str:
        listed = Optioned.in_full(self, answer)  # `super()` is lost where a dataclass has slots
        return f"{listed}\n\n{self.answer.rstrip()}" if answer else listed
