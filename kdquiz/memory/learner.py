"""What the store knows of the learner at one moment: values that the day's queue and the home screen are made from.

Imports `memory`'s values alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import Answers
from kdquiz.memory.model import Standing

T = TypeVar("T")

DUE_AT_MOST = 3000
"""Ids of due cards that are looked up: nobody answers more in a day."""
RUN = 500
"""How many ids are compared at once."""


class Ids(AbstractSet[str]):
    """Ids that were read as one text: taken apart only when somebody asks, which takes some time for a hundred thousand
    and is often not needed."""

    def __init__(self, together: str, separator: str) -> None:
        self._together = together
        self._separator = separator

    @cached_property
    def in_order(self) -> list[str]:
        """The ids, sorted; to hash them all would take three times as long."""
        return sorted(self._together.split(self._separator)) if self._together else []

    def __contains__(self, card_id: object) -> bool:
        if not isinstance(card_id, str):
            return False
        place = bisect_left(self.in_order, card_id)
        return place < len(self.in_order) and self.in_order[place] == card_id

    def __iter__(self) -> Iterator[str]:
        return iter(self.in_order)

    def __len__(self) -> int:
        return len(self.in_order)

    @classmethod
    def _from_iterable(cls, ids: Iterable[T]) -> frozenset[T]:
        """What `|` and `-` make."""
        return frozenset(ids)


def absent(ids: Sequence[str], known: AbstractSet[str]) -> list[str]:
    """Those of some sorted ids that are not among `known`.

    Runs that both have are told at once, which for a hundred thousand takes a third of the time of asking one by one.
    """
    there = known.in_order if isinstance(known, Ids) else sorted(known)
    found: list[str] = []
    start = 0
    for first in range(0, len(ids), RUN):
        run = ids[first : first + RUN]
        end = start + len(run)
        if there[start:end] != run:
            end = bisect_right(there, run[-1], start)
            found += sorted(set(run).difference(there[start:end]))
        start = end
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    """`known` are the ids that have a card; `due` those due today, the most overdue first (`memory.due`), at most
    `DUE_AT_MOST` of `due_count`, without what rests; `resting` are suspended, or buried today.

    `lateness` says how late each of `due` is, in stabilities, so that those equally late can be told; it may be empty,
    and then none are. `seconds_today` is how much of the day's minutes is used up: questions count with the reading of
    what came of them, drills with at most their part of the minutes.

    `made_due` are the questions that a diagnosis asked for, `new_today` is how many were first asked today.
    `answers` are the latest ones, by which a plan knows the learner's pace; empty where no interview is ahead.
    """

    now: datetime
    today: int
    known: AbstractSet[str] = frozenset()
    due: Sequence[str] = ()
    due_count: int = 0
    lateness: Sequence[float] = ()
    resting: frozenset[str] = frozenset()
    standings: Mapping[str, Standing] = field(default_factory=dict)
    made_due: frozenset[str] = frozenset()
    new_today: int = 0
    seconds_today: float = 0.0
    goal: Goal = field(default_factory=Goal)
    answers: Answers = field(default_factory=Answers)
