"""What the home screen says at once, worked out of content, cards and attempts: values, without Textual. What takes
longer to work out, the chances on the day of the interview, is in `foreseeing`.

Goes in: the library, what the store holds, the time. Comes out: an `Overview`.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.library.model import DrillEntry
from kdquiz.memory import curve
from kdquiz.memory.curve import Memory
from kdquiz.memory.due import is_due
from kdquiz.memory.fit import ENOUGH
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import USUAL
from kdquiz.memory.learner import Learner
from kdquiz.memory.leech import FIRST_AT
from kdquiz.memory.model import Attempt, Card, CardState
from kdquiz.sessions.selection import Wish, seconds_by_kind, select, usual_seconds

FEW = 500
"""Up to so many cards are looked for among the questions; where there are more, the questions of each topic are."""
FORGOTTEN = 0.1
"""Of what is due, so much is forgotten and asked again: FSRS lets recall fall to 90 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A step of the lesson path. `recall` is the mean chance to recall what was seen, now, None where none is."""

    id: str
    title: str
    seen: int
    total: int
    recall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRow:
    """A page to read. `seen` are those of its `questions` that were answered."""

    id: str
    title: str
    topic: str
    minutes: int
    questions: tuple[str, ...]
    seen: frozenset[str] = frozenset()

    @property
    def is_read(self) -> bool:
        """Each of its questions was answered once: nothing else is kept of it."""
        return self.seen.issuperset(self.questions)


class DrillState(Enum):
    """Where the learner stands with a drill."""

    NEW = "new"
    STARTED = "started"
    DUE = "due"
    RESTING = "resting"
    SUSPENDED = "suspended"


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
class Aside:
    """Questions that need a word: `leeches` are forgotten time and again, and asked all the same."""

    leeches: int = 0
    suspended: int = 0
    buried: int = 0

    def __bool__(self) -> bool:
        return bool(self.leeches or self.suspended or self.buried)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that the home screen draws at once. `reviews`, `new`, `drilled` and `minutes` are of today's session."""

    now: datetime
    today: int
    goal: Goal
    reviews: int
    new: int
    drilled: int
    minutes: int
    waiting: int
    """New questions in all."""
    next_due: datetime | None
    """When the next review comes, where none is due."""
    topics: tuple[TopicRow, ...]
    drills: tuple[DrillRow, ...]
    aside: Aside
    lessons: tuple[LessonRow, ...] = ()
    """The pages, as a newcomer takes them."""
    offer: str = ""
    """What the statistics have to offer just now."""

    def lesson_of(self, topic: str) -> LessonRow | None:
        """The page of a topic that is not read yet, else its first; None where it has none."""
        pages = [lesson for lesson in self.lessons if lesson.topic == topic]
        return _unread_first(pages)

    @property
    def next_lesson(self) -> LessonRow | None:
        """The first page that is not read yet, else the first."""
        return _unread_first(self.lessons)

    @property
    def first_run(self) -> bool:
        """Nothing was ever answered or tried."""
        return not any(topic.seen for topic in self.topics) and all(
            drill.state is DrillState.NEW for drill in self.drills
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the store holds: of the learner, `card` by its id, and all `cards`, called only where nothing is due."""

    learner: Learner
    memories: Sequence[Memory]
    weights: tuple[float, ...]
    attempts: Iterable[Attempt]
    card: Callable[[str], Card | None]
    cards: Callable[[], Mapping[str, Card]]
    tested: int = 0
    """Reviews that tell how well the schedule predicts."""
    offered: int = 0
    """How many of them there were when the learner last saw that the schedule can be fitted."""


def overview(library: Library, past: Past) -> Overview:
    """The overview at the moment, on the day, of the learner."""
    learner = past.learner
    queue = select(library, Wish(), learner, random.Random(0), lambda: past.memories, lambda: past.weights)
    new, drilled = sum(one not in learner.known for one in queue), sum(one in library.drills for one in queue)
    seen = seen_by_topic(library, past.memories)
    return Overview(
        now=learner.now,
        today=learner.today,
        goal=learner.goal,
        reviews=len(queue) - new - drilled,
        new=new,
        drilled=drilled,
        minutes=_minutes(library, queue, learner),
        waiting=len(library.entries) - sum(map(len, seen.values())),
        next_due=None if queue else next_due(past.cards(), learner, frozenset(one.id for one in _all(seen))),
        topics=_topics(library, seen, past.weights, learner.today),
        drills=tuple(_drills(library, past)),
        aside=_aside(library, seen, learner),
        lessons=_lessons(library, learner),
        offer=_offer_of_a_fit(past.tested, past.offered),
    )


def _unread_first(pages: Sequence[LessonRow]) -> LessonRow | None:
    return next((page for page in pages if not page.is_read), pages[0] if pages else None)


def _lessons(library: Library, learner: Learner) -> tuple[LessonRow, ...]:
    pages = [entry.lesson for entry in library.lessons.values()]
    return tuple(
        LessonRow(
            id=page.id,
            title=page.title,
            topic=page.topic,
            minutes=page.minutes,
            questions=page.questions,
            seen=frozenset(one for one in page.questions if one in learner.known),
        )
        for page in pages
    )


def seen_by_topic(library: Library, memories: Sequence[Memory]) -> dict[str, list[Memory]]:
    """The memories of the library's questions, by topic; drills, and questions that are no more, are left out."""
    if len(memories) <= FEW:
        by_id = {memory.id: memory for memory in memories}
        found: dict[str, list[Memory]] = {topic: [] for topic in library.topics}
        for row in library.rows(Filter(only=frozenset(by_id))):
            found[row.topic].append(by_id[row.id])
        return found
    by_id = {memory.id: memory for memory in memories}
    return {
        topic: [by_id[one] for one in library.ids(Filter(topics=(topic,))) if one in by_id] for topic in library.topics
    }


def _all(seen: Mapping[str, Sequence[Memory]]) -> Iterable[Memory]:
    return (memory for memories in seen.values() for memory in memories)


def _minutes(library: Library, queue: Sequence[str], learner: Learner) -> int:
    """How long a session takes, counted as its plan does: what is forgotten is asked again."""
    drills = [library.drills[one].drill.minutes for one in queue if one in library.drills]
    questions = [one for one in queue if one not in library.drills]
    again = sum(FORGOTTEN if one in learner.known else USUAL.first[0] for one in questions) / max(1, len(questions))
    if learner.answers.latest:
        seconds = sum(map(seconds_by_kind(library, learner.answers.latest), questions))
    else:
        kinds = library.counts("kind", Filter(only=frozenset(questions)))
        seconds = sum(takes * kinds[kind] for kind, takes in usual_seconds(kinds).items())
    return round(seconds * (1.0 + again) / 60 + sum(drills)) or min(1, len(queue))


def next_due(cards: Mapping[str, Card], learner: Learner, among: Iterable[str]) -> datetime | None:
    """When the first of some questions comes back that is not due now; None where none will be."""
    ahead = [
        card.due if card.state is not CardState.REVIEW else learner.now + timedelta(days=card.due_day - learner.today)
        for card in (cards[one] for one in among if one in cards and one not in learner.resting)
        if not is_due(card, learner.now, learner.today)
    ]
    return min(ahead, default=None)


def _topics(
    library: Library, seen: Mapping[str, Sequence[Memory]], weights: tuple[float, ...], today: int
) -> tuple[TopicRow, ...]:
    totals, recall = library.totals(), curve.of(weights).recall
    rows = []
    for topic in library.topics.values():
        chances = [recall(memory.stability, today - memory.day) for memory in seen[topic.id]]
        rows.append(
            TopicRow(
                id=topic.id,
                title=topic.title,
                seen=len(chances),
                total=totals[topic.id],
                recall=sum(chances) / len(chances) if chances else None,
            )
        )
    return tuple(rows)


def _aside(library: Library, seen: Mapping[str, Sequence[Memory]], learner: Learner) -> Aside:
    resting = library.count(Filter(only=learner.resting)) if learner.resting else 0
    suspended = frozenset(one for one in learner.resting if learner.standings[one].suspended)
    asleep = library.count(Filter(only=suspended)) if suspended else 0
    leeches = sum(memory.lapses >= FIRST_AT and memory.id not in learner.resting for memory in _all(seen))
    return Aside(leeches=leeches, suspended=asleep, buried=resting - asleep)


def _offer_of_a_fit(tested: int, offered: int) -> str:
    """Once there are enough reviews; then not before there are twice as many as when it was seen."""
    return f"the schedule can be fitted to your {tested:,} reviews" if tested >= max(ENOUGH, 2 * offered) else ""


def _drills(library: Library, past: Past) -> list[DrillRow]:
    """Along the lesson path, and the short ones of a topic first: so the first one suits a beginner."""
    from kdquiz.grading.report import Verdict  # a quiz never needs it

    tries: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in past.attempts:
        tries[attempt.drill_id].append(attempt)
    learner, rows = past.learner, []
    places = {topic: place for place, topic in enumerate(library.topics)}

    def as_learnt(entry: DrillEntry) -> tuple[int, int]:
        return places.get(entry.drill.topic, len(places)), entry.drill.minutes

    for entry in sorted(library.drills.values(), key=as_learnt):
        drill_id = entry.drill.id
        card, tried = past.card(drill_id) if drill_id in learner.known else None, tries[drill_id]
        solved = [attempt.submitted_at for attempt in tried if attempt.verdict == Verdict.ACCEPTED.value]
        rows.append(
            DrillRow(
                id=drill_id,
                title=entry.drill.title,
                level=entry.drill.level,
                minutes=entry.drill.minutes,
                state=_state(drill_id, card, bool(tried), learner),
                solved_at=max(solved, default=None),
                due=None if card is None else learner.now + timedelta(days=card.due_day - learner.today),
            )
        )
    return rows


def _state(drill_id: str, card: Card | None, tried: bool, learner: Learner) -> DrillState:
    if drill_id in learner.resting and learner.standings[drill_id].suspended:
        return DrillState.SUSPENDED
    if card is None:
        return DrillState.STARTED if tried else DrillState.NEW
    due = is_due(card, learner.now, learner.today) and drill_id not in learner.resting
    return DrillState.DUE if due else DrillState.RESTING
