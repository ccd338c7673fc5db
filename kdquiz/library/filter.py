"""Which questions are meant, and how they are listed: values that the compiled library understands.

Imports nothing. Goes in: what a learner wishes to see. Comes out: rows, one a question.
"""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Questions that meet all of it; empty tuples and None mean any.

    `only` and `without` are ids, for what the library cannot know, such as what was learnt.
    """

    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    without: frozenset[str] = frozenset()


EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Row:
    """A question in a list, without its text. `place` orders all questions in reading order."""

    place: int
    id: str
    pack: str
    topic: str
    kind: str
    level: str
    title: str
    needs: tuple[str, ...]
    then: tuple[str, ...] = ()


class Link(NamedTuple):
    """What ties a question, or a drill, to others; `place` orders all in reading order."""

    place: int
    id: str
    topic: str
    needs: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


MARKS = ("\x02", "\x03")
"""What stands before and after a word that was searched for in `Hit.title`; content never holds these characters."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A question found by its words: `title` is the row's with the words marked by `MARKS`."""

    row: Row
    title: str
