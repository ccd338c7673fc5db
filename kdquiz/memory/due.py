"""The due queue: which questions and drills are asked today, and in which order.

Imports `library.filter`, and `memory`'s values and `spread`. Goes in: the questions that may be asked, what is known of
the learner, and a generator. Comes out: a tuple of ids. A library may hold a hundred thousand questions, so it is read
only as far as needed.
"""

import heapq
import random
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import islice
from typing import NamedTuple, Protocol

from kdquiz.library.filter import Link
from kdquiz.memory.learner import DUE_AT_MOST, Learner
from kdquiz.memory.model import Card, CardState
from kdquiz.memory.spread import spread

BEFORE_A_DRILL = 8
"""How many questions are asked before a drill, at most: a long queue shall not put it off for ever."""
A_FEW = 3
"""So many questions or more: then a drill is neither first nor last."""
CONSIDERED = 2000
"""How many new questions a plan chooses from: more than anybody learns before an interview."""


class DueDrill(NamedTuple):
    """A drill that may be asked; `minutes` is the time its author gives."""

    link: Link
    minutes: int


class Asked(Protocol):
    """The questions and drills that a session may ask."""

    def unknown(self, known: AbstractSet[str]) -> Iterable[Link]:
        """The questions that are not among `known`, in reading order; read only as far as needed."""

    def links(self, ids: Collection[str]) -> Sequence[Link]:
        """Those questions of `ids` that may be asked, in reading order."""

    def drills(self, ids: Collection[str]) -> Sequence[DueDrill]:
        """Those drills of `ids` that may be asked."""

    def needs(self, link: Link) -> Sequence[str]:
        """What a question needs; what may not be asked anyway may be left out."""


class Choose(Protocol):
    """A plan: which of today's questions are worth their time."""

    def __call__(self, due: Sequence[str], new: Sequence[str], drill_minutes: int) -> Sequence[str]:
        """The ids to ask, the best first, of those due, those new and any known ones.

        `due` has the most overdue first; of `new` each may be asked after those before it, and is chosen in that order.
        """


def is_due(card: Card, now: datetime, today: int) -> bool:
    """Whether a card is due on the day `today`, at `now`.

    What is in review is due from its day on. What is being learnt is due after its steps of minutes, and whatever is
    left of them on the next day. A card that was reviewed more than a day after today is due, too: the clock was far
    ahead then, and nobody shall wait until it comes true. One day ahead alone is a flight over the date line.
    """
    if card.day > today + 1:
        return True
    if card.state is CardState.REVIEW:
        return card.due_day <= today
    return card.due <= now or card.day < today


def due_queue(asked: Asked, learner: Learner, rng: random.Random, choose: Choose | None = None) -> tuple[str, ...]:
    """The ids to ask, each once, all of them from `asked`, none of which rests.

    1. What is wanted (a drill's diagnosis made it due), in reading order, each after the new questions it needs.
    2. Reviews that are due: the most overdue first, measured in stabilities, since a day late costs more of a memory
       that lasts a day than of one that lasts a year. `rng` orders those that are equally late.
    3. Evenly among them new questions, as many as are left of the day's, in reading order but prerequisites before
       dependants.

    `choose` decides in place of 2 and 3 where there is a plan. Either way questions are then moved by a few places, so
    that those about the same follow each other as little as possible (`memory.spread`). Drills that are due stand
    between them: as many as the day's minutes allow, at least one.

    A new question is never asked before everything it needs has been seen or stands earlier in this queue: one that
    needs a new question that may not be asked today, or itself in a circle, is left out. What the learner suspended
    holds nothing back: they have decided not to see it.
    """
    today = _Today(asked, learner)
    wanted = today.wanted()
    taken = {link.id for link in wanted}
    reviews = [link for link in today.reviews(rng) if link.id not in taken]
    drills = today.drills()
    if choose:
        new = list(islice(today.new(taken), CONSIDERED))
        minutes = sum(drill.minutes for drill in drills)
        chosen = choose([link.id for link in reviews], [link.id for link in new], minutes)
        others = today.among([*reviews, *new], [one for one in chosen if one not in taken])
    else:
        new = list(islice(today.new(taken), today.new_left(wanted)))
        others = evenly(reviews, new)
    order = spread([*wanted, *others], frozenset(link.id for link in (*today.never_seen(wanted), *new)))
    return tuple(link.id for link in _with_drills(order, [drill.link for drill in drills]))


def evenly(many: Sequence[Link], few: Sequence[Link]) -> list[Link]:
    """Both in their own order, each spread evenly over the whole."""
    if not few:
        return list(many)
    places = [((number + 0.5) / len(part), link) for part in (many, few) for number, link in enumerate(part)]
    return [link for _, link in sorted(places, key=lambda place: place[0])]


class _Today:
    """What may be asked of this learner today."""

    def __init__(self, asked: Asked, learner: Learner) -> None:
        self._asked = asked
        self._learner = learner
        standings = learner.standings
        self._suspended = {one for one in learner.resting if one in standings and standings[one].suspended}

    def never_seen(self, links: Iterable[Link]) -> list[Link]:
        return [link for link in links if link.id not in self._learner.known]

    def new_left(self, wanted: Iterable[Link]) -> int:
        """How many more new questions may be asked today; none where more is due than anybody answers in a day."""
        if self._learner.due_count > DUE_AT_MOST:
            return 0
        left = self._learner.goal.new_a_day - self._learner.new_today - len(self.never_seen(wanted))
        return max(0, left)

    def wanted(self) -> list[Link]:
        """What a diagnosis asked for, each with the new questions it needs before it."""
        found: dict[str, Link] = {}
        for link in self._asked.links(self._learner.made_due - self._learner.resting):
            if link.id in self._learner.known:
                before = [one for need in self._missing(link) for one in self._with_needs(need)]
                found |= {one.id: one for one in (*before, link) if one.id not in found}
            else:
                before = self._with_needs(link.id)
                if any(one.id == link.id for one in before):
                    found |= {one.id: one for one in before if one.id not in found}
        return list(found.values())

    def reviews(self, rng: random.Random) -> list[Link]:
        """The questions that are due, the most overdue first."""
        ids = [one for one in self._learner.due if one not in self._learner.resting]
        if len(self._learner.lateness) == len(self._learner.due):
            late = dict(zip(self._learner.due, self._learner.lateness, strict=True))
            rng.shuffle(ids)
            ids.sort(key=lambda one: -late[one])
        return self.among(self._asked.links(ids), ids)

    def among(self, links: Sequence[Link], ids: Sequence[str]) -> list[Link]:
        """The links of `ids` in their order: those given, and others that are looked up; what rests is left out."""
        known = {link.id: link for link in links}
        missing = [one for one in ids if one not in known]
        if missing:
            known |= {link.id: link for link in self._asked.links(missing)}
        rests = self._learner.resting
        return [known[one] for one in dict.fromkeys(ids) if one in known and one not in rests]

    def new(self, before: AbstractSet[str]) -> Iterator[Link]:
        """The new questions that can be asked, each after what it needs; those of `before` were."""
        links = (link for link in self._asked.unknown(self._learner.known) if link.id not in before)
        return _askable(links, self._askable_now, lambda link: self._missing(link, before))

    def drills(self) -> list[DueDrill]:
        """Those due, the most overdue first, as many as fit into the day's minutes."""
        drills = {drill.link.id: drill for drill in self._asked.drills(self._learner.due)}
        found: list[DueDrill] = []
        minutes = self._learner.goal.minutes
        for one in self._learner.due if drills else ():
            if one in drills and one not in self._learner.resting and (not found or drills[one].minutes <= minutes):
                found.append(drills[one])
                minutes -= drills[one].minutes
        return found

    def _askable_now(self, link: Link) -> bool:
        return link.id not in self._learner.resting

    def _missing(self, link: Link, before: AbstractSet[str] = frozenset()) -> set[str]:
        """What it needs that was never seen, and may not be passed over."""
        there = (self._learner.known, self._suspended, before)
        return {need for need in self._asked.needs(link) if not any(need in one for one in there)}

    def _with_needs(self, card_id: str) -> list[Link]:
        """A new question and the new ones it needs, directly or through others, in an order in which they can be asked.

        Those that cannot be are left out, `card_id` itself among them.
        """
        reached: dict[str, Link] = {}
        path = {card_id}
        while path:
            found = self._asked.links(path)
            reached |= {link.id: link for link in found}
            path = {need for link in found for need in self._missing(link)} - reached.keys()
        return list(_askable(sorted(reached.values()), self._askable_now, self._missing))


def _askable(
    links: Iterable[Link], may_be_asked: Callable[[Link], bool], missing: Callable[[Link], Collection[str]]
) -> Iterator[Link]:
    """The links that can be asked: each time the first in reading order of which nothing is missing any more.

    One that must wait is asked as soon as the last question it needs was; `links` is read no further than to the one
    that is yielded.
    """
    placed: set[str] = set()
    unmet: dict[str, set[str]] = {}
    waiting: dict[str, list[Link]] = {}
    for link in filter(may_be_asked, links):
        if link.id in placed or link.id in unmet:
            continue
        needed = {need for need in missing(link) if need not in placed}
        for need in needed:
            waiting.setdefault(need, []).append(link)
        if needed:
            unmet[link.id] = needed
            continue
        ready = [link]
        while ready:
            following = heapq.heappop(ready)
            placed.add(following.id)
            yield following
            for dependant in waiting.pop(following.id, ()):
                unmet[dependant.id].discard(following.id)
                if not unmet[dependant.id]:
                    heapq.heappush(ready, dependant)


def _with_drills(questions: Sequence[Link], drills: Sequence[Link]) -> list[Link]:
    """The drills between the questions: a drill takes long, so what is most overdue comes before it."""
    order = list(questions)
    count = len(order)
    for number in range(len(drills), 0, -1):
        place = min(round(number * count / (len(drills) + 1)), number * BEFORE_A_DRILL)
        if count >= A_FEW:
            place = min(max(1, place), count - 1)
        order.insert(place, drills[number - 1])
    return order
