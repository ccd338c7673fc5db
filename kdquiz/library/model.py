"""What a library holds: questions in topics, topics and drills in packs, each with the place it was written at.

Plain frozen dataclasses. A class under `library/kinds/` adds one kind of question; `library/drill.py` is the coding
drill. Constraints on a field stand in its `Annotated` type, where the validator and the JSON Schema read them.
"""

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Self

from kdquiz.library.text import Slug, Text

if TYPE_CHECKING:
    from kdquiz.library.drill import Drill

Level = Literal["warm-up", "core", "advanced"]
Synonyms = tuple[tuple[Text, ...], ...]
"""Groups of words or phrases that mean the same in a pack, such as `student` and `small model`."""
LEVELS: tuple[Level, ...] = ("warm-up", "core", "advanced")


class Pace(NamedTuple):
    """How long somebody thinks about a kind of question, in seconds without reading and typing.

    Up to `quick` the answer was known, not worked out; beyond `slow` an interviewer would have helped. The numbers are
    judgements, not measurements; each kind says what it judged by.
    """

    quick: float
    slow: float

    @property
    def usual(self) -> float:
        """What lies between the two, as often longer as shorter: times of thought are spread by factors."""
        return math.sqrt(self.quick * self.slow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every kind of question has. The `id` is authored and carries the history: it survives edits of the text."""

    pace: ClassVar[Pace] = Pace(quick=5, slow=45)
    """Of a kind that has none of its own: a sentence is begun within five seconds, or it is being made up."""

    id: Slug
    kind: str
    level: Level = "core"
    source: Text
    needs: tuple[Slug, ...] = ()
    """Questions that are asked before this one."""
    then: tuple[Slug, ...] = ()
    """The interviewer's follow-ups."""
    facts: tuple[Text, ...] = ()
    """What it asks about, by the ids of the pack's `facts.yaml`."""

    @property
    def title(self) -> str:
        """One line that names the question in a list."""
        raise NotImplementedError  # every kind says which of its texts that is

    @property
    def asked(self) -> str:
        """What is asked, Markdown, without the parts."""
        return self.title

    @property
    def parts(self) -> tuple[str, ...]:
        """What is shown below the question in a shuffled order, such as options; in authored order here."""
        return ()

    @property
    def model_answer(self) -> str:
        """What is shown as the answer besides the mark, Markdown; empty where the mark says it all."""
        return ""

    def with_synonyms(self, synonyms: "Synonyms") -> Self:
        """This question where its pack says which words mean the same; itself for kinds that do not look at words."""
        return self

    def drawn(self, seed: int) -> Self:
        """This question with its numbers drawn; itself where nothing is drawn. The same seed draws the same."""
        return self

    def shown_order(self, seed: int) -> tuple[int, ...]:
        """The authored positions of the parts, counted from 0, in an order to show them in."""
        order = list(range(len(self.parts)))
        random.Random(seed).shuffle(order)
        return tuple(order)

    def in_full(self, answer: bool) -> str:
        """The whole question as Markdown, in authored order; with the answer if asked."""
        raise NotImplementedError  # every kind writes itself out


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What several questions are about: one content file, or one in each of several packs (`Filter.topics`)."""

    id: Slug
    title: Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was written. `line` and `column` count from 1."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def as_data(self) -> dict[str, str | int]:
        """How `check --json` tells it."""
        return {"path": str(self.path), "line": self.line, "column": self.column}


@dataclass(frozen=True, slots=True)
class Entry:
    """A question together with where it stands in the library."""

    question: Question
    topic: Topic
    pack: str
    place: Place


@dataclass(frozen=True, slots=True)
class DrillEntry:
    """A coding drill together with where it stands in the library."""

    drill: "Drill"
    pack: str
    place: Place
