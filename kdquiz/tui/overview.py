"""What the home screen says, worked out of content, cards and attempts: values, without Textual.

Goes in: the library, what the store holds, the time. Comes out: an `Overview`.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from kdquiz.library.filter import Filter, Row
from kdquiz.library.library import Library
from kdquiz.memory.model import Attempt, Card
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import Wish, select
from kdquiz.tui.words import comes_back


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A step of the lesson path. `recall` is the mean chance to recall what was seen, now, None where none is."""

    id: str
    title: str
    seen: int
    total: int
    recall: float | None


class DrillState(Enum):
    """Where the learner stands with a drill."""

    NEW = "new"
    STARTED = "started"
    DUE = "due"
    RESTING = "resting"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRow:
    """A drill: `solved_at` is the last time it was solved, `due` when it comes back."""

    id: str
    title: str
    level: str
    minutes: int
    state: DrillState
    solved_at: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the home screen draws. `reviews` and `new` are what today's session would ask."""

    now: datetime
    reviews: int
    new: int
    waiting: int
    """New questions in all."""
    next_due: datetime | None
    """When the next review comes, where none is due."""
    topics: tuple[TopicRow, ...]
    drills: tuple[DrillRow, ...]

    @property
    def first_run(self) -> bool:
        """Nothing was ever answered or tried."""
        return not any(topic.seen for topic in self.topics) and all(
            drill.state is DrillState.NEW for drill in self.drills
        )


def overview(
    library: Library,
    cards: Mapping[str, Card],
    wanted: frozenset[str],
    attempts: Iterable[Attempt],
    schedule: Schedule,
    now: datetime,
) -> Overview:
    """The overview at `now` (UTC). `wanted` are questions that a drill made due; `attempts` are at any drill."""
    queue = select(library, Wish(), cards, wanted, now, random.Random(0))
    reviews = sum(question_id in cards for question_id in queue)
    seen = list(library.rows(Filter(only=frozenset(cards))))
    return Overview(
        now=now,
        reviews=reviews,
        new=len(queue) - reviews,
        waiting=len(library.entries) - len(seen),
        next_due=min((cards[row.id].due for row in seen), default=None),
        topics=_topics(library, seen, cards, schedule, now),
        drills=tuple(_drills(library, cards, attempts, now)),
    )


def _topics(
    library: Library, seen: Iterable[Row], cards: Mapping[str, Card], schedule: Schedule, now: datetime
) -> tuple[TopicRow, ...]:
    totals = library.totals()
    chances: dict[str, list[float]] = defaultdict(list)
    for row in seen:
        chances[row.topic].append(schedule.retrievability(cards[row.id], now))
    return tuple(
        TopicRow(
            id=topic.id,
            title=topic.title,
            seen=len(chances[topic.id]),
            total=totals[topic.id],
            recall=sum(chances[topic.id]) / len(chances[topic.id]) if chances[topic.id] else None,
        )
        for topic in library.topics.values()
    )


def _drills(library: Library, cards: Mapping[str, Card], attempts: Iterable[Attempt], now: datetime) -> list[DrillRow]:
    from kdquiz.grading.report import Verdict  # a quiz never needs it

    tries: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        tries[attempt.drill_id].append(attempt)
    rows = []
    for drill_id, entry in library.drills.items():
        card, tried = cards.get(drill_id), tries[drill_id]
        solved = [attempt.submitted_at for attempt in tried if attempt.verdict == Verdict.ACCEPTED.value]
        if card is not None:
            state = DrillState.DUE if card.due <= now else DrillState.RESTING
        else:
            state = DrillState.STARTED if tried else DrillState.NEW
        rows.append(
            DrillRow(
                id=drill_id,
                title=entry.drill.title,
                level=entry.drill.level,
                minutes=entry.drill.minutes,
                state=state,
                solved_at=max(solved, default=None),
                due=card.due if card else None,
            )
        )
    return rows


def why_nothing(library: Library, wish: Wish, cards: Mapping[str, Card], now: datetime) -> tuple[str, str]:
    """Why a session as wished would be empty: a title, and a sentence that offers what can be done."""
    if not library.entries:
        return "There are no questions", "No pack could be loaded: `kdquiz check` tells why."
    asked = library.count(wish.filter)
    if not asked:
        return "No question matches", f"No question has all of this: {_in_words(wish.filter)}. Ask any question?"
    seen = library.ids(replace(wish.filter, only=frozenset(cards)))
    if len(seen) < asked:
        return (
            "Not ready for these yet",
            "They build on questions that you have not seen; today's session asks those first. Ask these all the same?",
        )
    soonest = min(cards[question_id].due for question_id in seen)
    return (
        "Nothing is due",
        f"You are up to date here: the next review comes {comes_back(soonest, now)}. Ask questions all the same?",
    )


def _in_words(wanted: Filter) -> str:
    """`topic temperature; kind short or multi`."""
    named = (("topic", wanted.topics), ("level", wanted.levels), ("kind", wanted.kinds))
    return "; ".join(f"{name} {' or '.join(values)}" for name, values in named if values)
