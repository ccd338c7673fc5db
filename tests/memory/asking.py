"""Questions in a list, and a learner who knows some of them, for tests of the due queue."""

import random
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime

from kdquiz.library.filter import Link
from kdquiz.memory.due import Choose, DueDrill, due_queue
from kdquiz.memory.goal import Goal
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Standing

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = 20513
SUSPENDED, BURIED = Standing(suspended=True), Standing(buried_on=TODAY)


@dataclass(frozen=True)
class Listed:
    """Questions in reading order; every one is a topic of its own unless `topics` says another."""

    ids: Sequence[str]
    needed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    """Of drills, whose ids are no questions."""

    def link(self, card_id: str) -> Link:
        place = list(self.ids).index(card_id)
        needs, then = self.needed.get(card_id, ()), self.follow_ups.get(card_id, ())
        return Link(place, card_id, self.topics.get(card_id, card_id), tuple(needs), tuple(then))

    def unknown(self, known: AbstractSet[str]) -> list[Link]:
        return [self.link(one) for one in dict.fromkeys(self.ids) if one not in known]

    def links(self, ids: Collection[str]) -> list[Link]:
        return [self.link(one) for one in dict.fromkeys(self.ids) if one in ids]

    def drills(self, ids: Collection[str]) -> list[DueDrill]:
        return [DueDrill(Link(0, one, ""), minutes) for one, minutes in self.minutes.items() if one in ids]

    def needs(self, link: Link) -> Sequence[str]:
        return link.needs


def learner(
    *,
    due: Sequence[str] = (),
    lateness: Sequence[float] = (),
    known: str = "",
    wanted: str = "",
    new: int = 10,
    minutes: int = 20,
    standings: Mapping[str, Standing] | None = None,
) -> Learner:
    """Who knows what is due, and what `known` says besides."""
    stand = standings or {}
    return Learner(
        now=NOW,
        today=TODAY,
        known=frozenset(due) | frozenset(known),
        due=due,
        lateness=lateness,
        due_count=len(due),
        resting=frozenset(one for one, standing in stand.items() if standing.rests(TODAY)),
        standings=stand,
        made_due=frozenset(wanted),
        goal=Goal(new_a_day=new, minutes=minutes),
    )


def queue(asked: Listed, who: Learner, seed: int = 0, choose: Choose | None = None) -> str:
    """The queue of one-letter ids, as a word."""
    return "".join(due_queue(asked, who, random.Random(seed), choose))
