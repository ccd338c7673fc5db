"""What the Browse screen shows, as values without Textual: what the learner asks for, and the questions found, fetched
a page at a time, so that a hundred thousand of them cost no more than those in sight.

Imports the library, cards and wishes. Goes in: the library, what was learnt, what is asked for. Comes out: `Found`.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal

from kdquiz.library.filter import Filter, Hit
from kdquiz.library.library import HITS, Library
from kdquiz.library.problems import Problem
from kdquiz.memory.due import is_due
from kdquiz.memory.leech import FIRST_AT
from kdquiz.memory.model import Card, CardState, Standing
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
    """Where the learner stands with a question: one of the first five, and any of the others besides."""

    NEW = "new"
    DUE = "due"
    RESTING = "resting"
    BURIED = "buried"
    SUSPENDED = "suspended"
    FORGOTTEN = "forgotten"
    LEECH = "leech"
    MARKED = "marked"

    @property
    def meaning(self) -> str:
        """For somebody who meets the word."""
        return _MEANING[self]


_MEANING = {
    State.NEW: "never answered",
    State.DUE: "to be asked again now",
    State.RESTING: "answered, and not due yet",
    State.BURIED: "put off until tomorrow",
    State.SUSPENDED: "not asked until you take that back",
    State.FORGOTTEN: "rated Again after it had been learnt",
    State.LEECH: "forgotten time and again",
    State.MARKED: "marked by you, to be found again",
}
NO_STANDING = Standing()
LEECH = "Forgotten {lapses} times. Read its source, write it anew in words of your own (e), or suspend it (@)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What was learnt so far, at `now` on the learner's day `today`. `made_due` are questions that a drill asked for;
    `standings` what the learner decided about any."""

    cards: Mapping[str, Card]
    made_due: frozenset[str]
    now: datetime
    today: int
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def within(self, state: str, wanted: Filter) -> Filter:
        """Of the questions meant those in a state (a value of `State`; empty: all)."""
        if not state:
            return wanted
        if state == State.NEW.value:
            return replace(wanted, without=self.made_due.union(self.cards, self._put_aside))
        return replace(wanted, only=self._ids(State(state)))

    def standing(self, question_id: str) -> Standing:
        """What the learner decided about a question."""
        return self.standings.get(question_id, NO_STANDING)

    def with_standing(self, question_id: str, standing: Standing) -> "Learnt":
        """The same, with another decision about one question."""
        return replace(self, standings={**self.standings, question_id: standing})

    def notice(self, question_id: str) -> str:
        """What the learner should know of a question, and what can be done; mostly nothing."""
        standing, card = self.standing(question_id), self.cards.get(question_id)
        if standing.suspended:
            return "Suspended: it is not asked. @ asks it again."
        if standing.rests(self.today):
            return "Buried until tomorrow. - asks it today after all."
        if card is not None and card.lapses >= FIRST_AT:
            return LEECH.format(lapses=card.lapses)
        return ""

    @property
    def _put_aside(self) -> frozenset[str]:
        return frozenset(name for name, standing in self.standings.items() if standing.rests(self.today))

    @property
    def _due(self) -> frozenset[str]:
        due = (name for name, card in self.cards.items() if is_due(card, self.now, self.today))
        return self.made_due.union(due) - self._put_aside

    def _ids(self, state: State) -> frozenset[str]:
        match state:
            case State.DUE:
                return self._due
            case State.RESTING:
                return frozenset(self.cards) - self._due - self._put_aside
            case State.FORGOTTEN:
                return frozenset(name for name, card in self.cards.items() if card.lapses)
            case State.LEECH:
                return frozenset(name for name, card in self.cards.items() if card.lapses >= FIRST_AT)
            case _:
                return frozenset(name for name, standing in self.standings.items() if self._is(state, standing))

    def _is(self, state: State, standing: Standing) -> bool:
        if state is State.MARKED:
            return standing.marked
        if state is State.SUSPENDED:
            return standing.suspended
        return standing.rests(self.today) and not standing.suspended

    def told(self, question_id: str) -> str:
        """`new`, `due`, `buried`, `suspended`, or the time until it comes back; before it `*` where it is marked, and
        `!` where it was forgotten, `!!` where that was time and again."""
        card, standing = self.cards.get(question_id), self.standing(question_id)
        signs = "*" if standing.marked else ""
        if card is not None and card.lapses and not standing.suspended:
            signs += "!!" if card.lapses >= FIRST_AT else "!"
        return f"{signs} {self._state(question_id, card, standing)}".lstrip()

    def _state(self, question_id: str, card: Card | None, standing: Standing) -> str:
        if standing.rests(self.today):
            return State.SUSPENDED.value if standing.suspended else State.BURIED.value
        if question_id in self.made_due or (card is not None and is_due(card, self.now, self.today)):
            return State.DUE.value
        if card is None:
            return State.NEW.value
        in_days = card.state is CardState.REVIEW
        return interval(timedelta(days=card.due_day - self.today) if in_days else card.due - self.now)


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
