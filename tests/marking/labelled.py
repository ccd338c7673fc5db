"""Answers to the shipped short questions as learners may type them, labelled by people with the points that they say.

Two sets, in `answers/`: `tuning`, which whoever writes phrases may read, and `held_out`, which nobody reads who writes
phrases or changes the marking. Different people wrote them; they saw the questions and the text of the points, and no
phrase. A file is a list of `{question: id, answers: [{say: text, points: [1, 3]}]}`; points count from 1.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kdquiz.library.folders import shipped_content
from kdquiz.library.kinds.short import Short
from kdquiz.library.load import load_library
from kdquiz.marking import mark
from kdquiz.marking.model import Typed

ANSWERS = Path(__file__).parent / "answers"
TUNING = "tuning"
HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer and the points it says, counted from 1."""

    question: str
    say: str
    points: frozenset[int]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a point, counted from 1, is said by an answer according to its label, and is ticked by the marking."""

    question: str
    point: int
    said: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many points were ticked and said, only ticked, only said, neither."""

    both: int
    ticked_only: int
    said_only: int
    neither: int

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Counts":
        """Count the decisions."""
        pairs = [(decision.ticked, decision.said) for decision in decisions]
        return cls(*(pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))))

    @property
    def precision(self) -> float:
        """The share of the ticks that are right; 1 where there is none."""
        return _share(self.both, self.both + self.ticked_only)

    @property
    def recall(self) -> float:
        """The share of the points said that are ticked; 1 where none is said."""
        return _share(self.both, self.both + self.said_only)

    @property
    def agreement(self) -> float:
        """The share of all decisions that equal the label."""
        return _share(self.both + self.neither, self.total)

    @property
    def kappa(self) -> float:
        """Cohen's kappa: the agreement beyond that of chance."""
        ticked, said = self.both + self.ticked_only, self.both + self.said_only
        by_chance = (ticked * said + (self.total - ticked) * (self.total - said)) / max(self.total, 1) ** 2
        return 1.0 if by_chance == 1 else (self.agreement - by_chance) / (1 - by_chance)

    @property
    def total(self) -> int:
        """All decisions."""
        return self.both + self.ticked_only + self.said_only + self.neither


@cache
def short_questions() -> dict[str, Short]:
    """The shipped short questions by id, with the synonyms of their packs."""
    library = load_library([shipped_content()]).library
    questions = (entry.question for entry in library.entries.values())
    return {question.id: question for question in questions if isinstance(question, Short)}


def files(name: str) -> list[Path]:
    """The files of a set."""
    return sorted((ANSWERS / name).glob("*.yaml"))


def read(path: Path) -> Any:
    """What a file holds, unchecked."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def labelled(name: str) -> tuple[Labelled, ...]:
    """All answers of a set; those to questions that are no longer shipped are left out."""
    return tuple(
        Labelled(entry["question"], answer["say"], frozenset(answer["points"]))
        for path in files(name)
        for entry in read(path)
        if entry["question"] in short_questions()
        for answer in entry["answers"]
    )


def decisions(answers: Iterable[Labelled]) -> Iterator[Decision]:
    """What the marking decides about every point of every answer."""
    for answer in answers:
        marked = mark(short_questions()[answer.question], Typed(answer.say))
        for number, point in enumerate(marked.points, 1):
            yield Decision(answer.question, number, number in answer.points, point.ticked)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
