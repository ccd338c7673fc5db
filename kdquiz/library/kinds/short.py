"""A short answer in the learner's own words, marked by a rubric whose lines are ticked one by one.

A phrase of `any` is a few words that an answer must hold close together, in any order: `gradient shrinks`. Inflections,
slips of the finger and synonyms are found by themselves. What may stand for one of its words stands in brackets:

    any: [teacher (wrong|mistaken), "(labels|ground truth) (win|take over)", not (needed|required), T = 1]

`not`, `no`, `without` make a phrase that is found where the answer negates it too. Write what fifty learners may say,
and say it so narrowly that nobody says it by chance: two words or three, rather than one.
"""

import re
from copy import copy
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, Self

from annotated_types import Ge, MinLen, Predicate

from kdquiz.library.model import Pace, Question, Synonyms
from kdquiz.library.problems import cut
from kdquiz.library.text import Text

ALTERNATIVES = re.compile(r"(?<!\w)\(([^()]*(?<!\|)\|(?!\|)[^()]*)\)")
"""Brackets around a single `|`; those of `eval()`, KL(p||q) and p(y|x) are none."""
LONGEST_PHRASE = 500
"""Characters; the brackets of a longer one would take seconds to be read."""
UNREADABLE = re.compile(r"(?<!\w)\((?:[^()]|\(\))*(?<!\|)\|(?!\|)")


def alternatives(phrase: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a phrase, each with its alternatives: `soft (target|label)` is (("soft ",), ("target", "label")).

    Raises ValueError where an alternative is empty, or has brackets of its own.
    """
    if UNREADABLE.search(ALTERNATIVES.sub("", phrase)):
        raise ValueError(
            f"the alternatives of the phrase '{cut(phrase)}' cannot be read: each ( needs its ), and holds no other"
        )
    parts: list[tuple[str, ...]] = []
    end = 0
    for match in ALTERNATIVES.finditer(phrase):
        choices = tuple(choice.strip() for choice in match[1].split("|"))
        if not all(choices):
            raise ValueError(f"an alternative of the phrase '{cut(phrase)}' is empty: write (this|that)")
        parts += [(phrase[end : match.start()],), choices]
        end = match.end()
    return (*parts, (phrase[end:],))


def is_readable(phrase: str) -> bool:
    """Raises ValueError as `alternatives` does, and for a phrase without end."""
    if len(phrase) > LONGEST_PHRASE:
        raise ValueError(f"the phrase '{cut(phrase)}' is longer than {LONGEST_PHRASE} characters: nobody would type it")
    return bool(alternatives(phrase))


Phrase = Annotated[Text, Predicate(is_readable)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A line of the rubric; it is ticked when one of the phrases in `any` stands in the answer."""

    text: Text
    """What the answer should say, as the learner reads it."""
    any: Annotated[tuple[Phrase, ...], MinLen(1)]
    """Phrases that tick the point: a few words each, in any order and inflection; `gradient (shrink|vanish)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerTest:
    """A learner's answer and the points it must tick, counted from 1; run by `kdquiz check`."""

    say: str
    points: tuple[Annotated[int, Ge(1)], ...]
    """The numbers of the points that it ticks, from 1; `[]` for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Question):
    """A question with its model answer, its rubric and the tests of that rubric."""

    pace: ClassVar[Pace] = Pace(quick=8, slow=90)
    """Several points are recalled and put into words, and pauses between sentences count as thinking."""
    kind: Literal["short"]
    ask: Text
    answer: Text
    """The model answer, Markdown."""
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

    def in_full(self, answer: bool) -> str:
        if not answer:
            return self.ask.rstrip()
        rubric = "\n".join(f"- {point.text.strip()}" for point in self.points)
        return f"{self.ask.rstrip()}\n\n{self.answer.rstrip()}\n\nPoints:\n\n{rubric}"
