"""What one content file says that concerns others: the ids it writes, what it refers to, and its own problems.

Plain values that JSON can carry, so that the compiled library keeps them for files that did not change. Imports the
model and problems; goes in: what `read` found in a file. Comes out: values for `cross` and the compiled
library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kdquiz.library.model import Place, Synonyms, Topic
from kdquiz.library.problems import Problem
from kdquiz.library.works import Work

Word = Literal["needs", "then", "card", "topic", "path", "questions", "drill", "next"]
"""The key that a reference stands under; `next` is the `then` of a lesson."""
What = Literal["question", "drill", "lesson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The id of a question, drill or lesson as it stands in a file, whether or not the rest of it is sound."""

    id: str
    place: Place
    what: What = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An id that a file refers to. `owner` is the question, drill or lesson it stands in, empty in `pack.yaml`."""

    owner: str
    word: Word
    target: str
    place: Place
    key: str

    @property
    def what(self) -> Literal["question", "topic", "drill", "lesson"]:
        """What it refers to."""
        if self.word in ("drill", "next"):
            return "drill" if self.word == "drill" else "lesson"
        return "topic" if self.word in ("topic", "path") else "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one file, a drill's three being one. `whole` is whether all of it could be read: else an id may stand where
    nobody has seen it."""

    problems: tuple[Problem, ...] = ()
    whole: bool = True
    topic: Topic | None = None
    """Of a topic file, also where the file is not sound."""
    written: tuple[Written, ...] = ()
    references: tuple[Reference, ...] = ()
    path: tuple[str, ...] = ()
    """Of `pack.yaml`: the topics in the order a newcomer takes them."""
    synonyms: Synonyms = ()
    """Of `pack.yaml`."""
    works: tuple[Work, ...] = ()
    """Of `sources.yaml`."""


@dataclass(frozen=True, slots=True)
class PackFacts:
    """The facts of every file of a pack; `name` is its folder's."""

    name: str
    files: Sequence[Facts]

    @property
    def whole(self) -> bool:
        """Whether every file could be read."""
        return all(facts.whole for facts in self.files)

    @property
    def topic_ids(self) -> frozenset[str]:
        """Every id of a topic, also where its file is not sound."""
        return frozenset(facts.topic.id for facts in self.files if facts.topic)
