"""A prediction, made before an experiment runs: one right option among several, and what the experiment shows."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Len, Predicate

from kdquiz.library.kinds.choice import one_is_right
from kdquiz.library.model import Question
from kdquiz.library.options import LETTERS, Option, options_text
from kdquiz.library.text import Slug, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict(Question):
    """Options as of a choice, in authored order."""

    kind: Literal["predict"]
    ask: Text
    options: Annotated[tuple[Option, ...], Len(2, len(LETTERS)), Predicate(one_is_right)]
    answer: Text
    """What the experiment shows, Markdown."""
    lab: Slug | None = None
    """The experiment to run."""

    @property
    def title(self) -> str:
        return self.ask

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options)

    @property
    def model_answer(self) -> str:
        return self.answer

    def in_full(self, answer: bool) -> str:
        listed = options_text(self.ask, self.options, answer)
        return f"{listed}\n\n{self.answer.rstrip()}" if answer else listed
