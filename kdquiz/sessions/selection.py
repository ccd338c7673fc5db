"""What a quiz asks: the library filtered as the learner wished, then the due queue."""

import random
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kdquiz.library.filter import EVERYTHING, Filter, Row
from kdquiz.library.library import Library
from kdquiz.memory.due import due_queue
from kdquiz.memory.model import Card

NEW_A_SESSION = 10
"""New questions a session by default: at about a minute each, they fit the candidate's twenty minutes with reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which questions are asked: at most so many of those that the filter allows (None: as many as there are).
    `everything` asks what is not due too."""

    filter: Filter = EVERYTHING
    at_most: int | None = None
    everything: bool = False


def select(
    library: Library,
    wish: Wish,
    cards: Mapping[str, Card],
    made_due: frozenset[str],
    now: datetime,
    rng: random.Random,
) -> tuple[str, ...]:
    """The queue of a session, as ids: what is due, then new questions, prerequisites first; with `everything`, all in
    random order."""
    if wish.everything:
        every = library.ids(wish.filter)
        rng.shuffle(every)
        return tuple(every[: wish.at_most])
    asked = _Asked(library, wish.filter)
    return due_queue(asked, cards, now=now, new_limit=NEW_A_SESSION, wanted=made_due, rng=rng)[: wish.at_most]


class _Asked:
    """The questions that a wish allows, read off the library as far as the due queue asks for them."""

    def __init__(self, library: Library, wanted: Filter) -> None:
        self._library = library
        self._wanted = wanted
        self._needs: dict[str, tuple[str, ...]] = {}

    def in_order(self) -> Iterator[str]:
        return map(self._seen, self._library.rows(self._wanted))

    def among(self, ids: Collection[str]) -> list[str]:
        wanted = frozenset(ids) if self._wanted.only is None else self._wanted.only.intersection(ids)
        return list(map(self._seen, self._library.rows(replace(self._wanted, only=wanted)))) if wanted else []

    def needs(self, card_id: str) -> tuple[str, ...]:
        """A prerequisite outside the wish does not hold back what the learner asked for."""
        needed = self._needs.get(card_id, ())
        unknown = [need for need in needed if need not in self._needs]
        if unknown:
            self.among(unknown)
        return tuple(need for need in needed if need in self._needs)

    def _seen(self, row: Row) -> str:
        self._needs[row.id] = row.needs
        return row.id
