"""What the Browse screen shows, as values without Textual: what the learner asks for, and the questions found, fetched
a page at a time, so that a hundred thousand of them cost no more than those in sight.

Imports the library, cards and wishes. Goes in: the library, what was learnt, what is asked for. Comes out: `Found`.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Literal

from kdquiz.library.filter import Filter, Hit
from kdquiz.library.library import HITS, Library
from kdquiz.library.problems import Problem
from kdquiz.memory.model import Card
from kdquiz.sessions.selection import Wish
from kdquiz.tui.words import interval

PAGE = 50
"""Rows fetched at a time: more than a tall terminal shows."""
PAGES_KEPT = 20
PRACTICE = 20
"""Questions of a session that is asked for whether or not they are due."""
Facet = Literal["topic", "kind", "level", "state"]
"""What can be asked for."""
FACETS: tuple[Facet, ...] = ("topic", "kind", "level", "state")


class State(Enum):
    """Where the learner stands with a question. A forgotten one is due or resting as well."""

    NEW = "new"
    DUE = "due"
    RESTING = "resting"
    FORGOTTEN = "forgotten"

    @property
    def meaning(self) -> str:
        """For somebody who meets the word."""
        return _MEANING[self]


_MEANING = {
    State.NEW: "never answered",
    State.DUE: "to be asked again now",
    State.RESTING: "answered, and not due yet",
    State.FORGOTTEN: "rated Again after it had been learnt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was learnt so far. `made_due` are questions that a drill asked for."""

    cards: Mapping[str, Card]
    made_due: frozenset[str]
    now: datetime

    def within(self, state: str, wanted: Filter) -> Filter:
        """Of the questions meant those in a state (a value of `State`; empty: all)."""
        if not state:
            return wanted
        if state == State.NEW.value:
            return replace(wanted, without=self.made_due.union(self.cards))
        return replace(wanted, only=self._ids(State(state)))

    def _ids(self, state: State) -> frozenset[str]:
        if state is State.FORGOTTEN:
            return frozenset(name for name, card in self.cards.items() if card.lapses)
        due = self.made_due.union(name for name, card in self.cards.items() if card.due <= self.now)
        return due if state is State.DUE else frozenset(self.cards) - due

    def told(self, question_id: str) -> str:
        """`new`, `due`, or the time until it comes back; with `!` before what was forgotten once."""
        card = self.cards.get(question_id)
        if card is None:
            return State.DUE.value if question_id in self.made_due else State.NEW.value
        due = card.due <= self.now or question_id in self.made_due
        said = State.DUE.value if due else interval(card.due - self.now)
        return f"! {said}" if card.lapses else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What there is to browse. `broken`: the first problem of a pack that was edited, and is shown as it was before."""

    library: Library
    learnt: Learnt
    broken: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the learner asks for; empty texts mean all."""

    topic: str = ""
    kind: str = ""
    level: str = ""
    state: str = ""
    words: str = ""

    def value(self, facet: Facet) -> str:
        """What is asked for in this respect."""
        return str(getattr(self, facet))

    def with_value(self, facet: Facet, value: str) -> "Asked":
        """The same, with another wish in this respect."""
        changed: Mapping[str, str] = {facet: value}
        return replace(self, **changed)

    def with_words(self, words: str) -> "Asked":
        """The same, searched for other words."""
        return replace(self, words=words)

    @property
    def everything(self) -> bool:
        """Nothing is asked for."""
        return self == Asked()

    @property
    def searches(self) -> bool:
        """Whether the words hold anything that can be searched for."""
        return bool(re.search(r"\w", self.words))

    def filter(self, learnt: Learnt) -> Filter:
        """The questions meant, but for the words."""
        topics, kinds, levels = ((value,) if value else () for value in (self.topic, self.kind, self.level))
        return learnt.within(self.state, Filter(topics=topics, kinds=kinds, levels=levels))


class Found:
    """The questions asked for, numbered from 0: the best first where words are searched for, else in reading order."""

    def __init__(self, shelf: Shelf, asked: Asked) -> None:
        self._library = shelf.library
        self._filter = asked.filter(shelf.learnt)
        self._hits = self._library.search(asked.words, self._filter) if asked.searches else None
        self._pages: OrderedDict[int, list[Hit]] = OrderedDict()
        self.count = self._library.count(self._filter) if self._hits is None else len(self._hits)

    @property
    def cut(self) -> bool:
        """Whether a search may have found more."""
        return self._hits is not None and len(self._hits) >= HITS

    def at(self, number: int) -> Hit | None:
        """The question of that number; None where there is none (any more)."""
        if self._hits is not None:
            return self._hits[number] if 0 <= number < len(self._hits) else None
        page, within = divmod(number, PAGE)
        rows = self._page(page) if 0 <= number < self.count else []
        return rows[within] if within < len(rows) else None

    def _page(self, page: int) -> list[Hit]:
        if page not in self._pages:
            rows = self._library.page(self._filter, start=page * PAGE, count=PAGE)
            self._pages[page] = [Hit(row, row.title) for row in rows]
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return self._pages[page]

    def number_of(self, question_id: str) -> int | None:
        """The number of a question; None where it is not among them."""
        if self._hits is not None:
            return next((number for number, hit in enumerate(self._hits) if hit.row.id == question_id), None)
        if self._filter.only is not None and question_id not in self._filter.only:
            return None
        rows = self._library.page(replace(self._filter, only=frozenset({question_id})), count=1)
        return self._library.before(rows[0].place, self._filter) if rows else None

    @property
    def wish(self) -> Wish:
        """A session of these questions, due or not."""
        wanted = self._filter
        if self._hits is not None:
            wanted = replace(wanted, only=frozenset(hit.row.id for hit in self._hits))
        return Wish(filter=wanted, everything=True, at_most=PRACTICE)
