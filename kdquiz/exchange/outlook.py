"""What the plan for the interview says of a learner and a library, for every door: the shell and the app.

Imports `library`, `sessions`, `store` and `memory`. Goes in: what the store and the library hold. Comes out: a `Study`,
the values that all is worked out from (it may be handed to a thread), and from it a `Prospect`. Questions count, drills
do not: a drill is done, not recalled. What is suspended does not count either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kdquiz.library.filter import EVERYTHING, Filter
from kdquiz.library.library import Library
from kdquiz.memory import forecast, habits
from kdquiz.memory.curve import Memory
from kdquiz.memory.forecast import Chance, Outlook
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import Habits
from kdquiz.memory.learner import Learner
from kdquiz.sessions.selection import usual_seconds
from kdquiz.store.store import Store

TARGETS = (0.85, 0.9)
"""Chances on the day, of everything, for which the minutes are said that reach them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """`topics` maps each topic's title to the ids of its questions; `new` are the ids without a card, in reading order;
    `seconds` is what an answer takes, by id; `minutes_today` is what is left of today's."""

    today: int
    goal: Goal
    topics: Mapping[str, Sequence[str]]
    known: Sequence[Memory]
    new: Sequence[str]
    due: frozenset[str]
    seconds: Mapping[str, float]
    minutes_today: float
    weights: Sequence[float]
    habits: Habits

    @property
    def minutes_used(self) -> float:
        """What is used up of today's minutes, as far as the goal's."""
        return self.goal.minutes - self.minutes_today

    def ids(self) -> Iterable[str]:
        """Every question that counts."""
        return self.seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """Of some questions: today, on the interview day with nothing more done, and there with the plan followed; the
    last two are None where no interview is ahead."""

    now: Chance
    untouched: Chance | None = None
    planned: Chance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """`topics` in reading order, by title; `outlook` is None where no interview is ahead."""

    whole: Chances
    topics: Mapping[str, Chances]
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the library says of the questions that count: the kind of each, in reading order, and the ids of each topic
    by its title."""

    kind_of: Mapping[str, str]
    topics: Mapping[str, Sequence[str]]


def content(library: Library, learner: Learner) -> Content:
    """The questions that this learner has not suspended."""
    suspended = frozenset(name for name, standing in learner.standings.items() if standing.suspended)
    kinds = {kind: library.ids(Filter(kinds=(kind,), without=suspended)) for kind in library.counts("kind", EVERYTHING)}
    kind_of = {name: kind for kind, names in kinds.items() for name in names}
    order = library.ids(Filter(without=suspended))
    return Content(kind_of={name: kind_of[name] for name in order}, topics=_topics(library, suspended))


def study(library: Library, store: Store, learner: Learner) -> Study:
    """What a plan is made from. Raises StoreError where the store cannot be read."""
    return study_of(content(library, learner), store, learner)


def study_of(content: Content, store: Store, learner: Learner) -> Study:
    """The same of what the library said. Another thread may do so, from a store of its own. Raises StoreError."""
    kind_of, answers = content.kind_of, store.answers()
    takes = habits.seconds(answers.latest, kind_of.get, usual_seconds(set(kind_of.values())))
    known = [memory for memory in store.memories() if memory.id in kind_of]
    seen = {memory.id for memory in known}
    return Study(
        today=learner.today,
        goal=learner.goal,
        topics=content.topics,
        known=known,
        new=[name for name in kind_of if name not in seen],
        due=frozenset(learner.due),
        seconds={name: takes[kind] for name, kind in kind_of.items()},
        minutes_today=max(0.0, learner.goal.minutes - learner.seconds_today / 60.0),
        weights=store.schedule.weights,
        habits=answers.habits(),
    )


def _topics(library: Library, suspended: frozenset[str]) -> dict[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for topic in library.topics.values():
        ids = library.ids(Filter(topics=(topic.id,), without=suspended))
        if ids:
            found[topic.title] = ids
    return found


def outlook(study: Study, minutes: float | None = None) -> Outlook | None:
    """Where the plan leads with the goal's minutes a day, or other ones from today on, of which as much is used up
    as of the goal's; None where no interview is ahead. 5,000 questions over 60 days take half a second."""
    exam = study.goal.day
    if exam is None or study.goal.ahead(study.today) is None:
        return None
    return forecast.run(
        study.known,
        study.new,
        weights=study.weights,
        today=study.today,
        exam=exam,
        minutes=study.goal.minutes if minutes is None else minutes,
        minutes_today=study.minutes_today if minutes is None else max(0.0, minutes - study.minutes_used),
        cost=study.seconds.__getitem__,
        due=study.due,
        habits=study.habits,
    )


def prospect(study: Study) -> Prospect:
    """The chances, of everything and by topic, and where the plan leads."""
    ahead, exam = outlook(study), study.goal.day
    today = forecast.chances(study.known, study.weights, study.today)
    untouched = None if ahead is None or exam is None else forecast.chances(study.known, study.weights, exam)

    def of(ids: Iterable[str]) -> Chances:
        names = list(ids)
        return Chances(
            now=forecast.chance(today, names),
            untouched=None if untouched is None else forecast.chance(untouched, names),
            planned=None if ahead is None else forecast.chance(ahead.chances, names),
        )

    return Prospect(
        whole=of(study.ids()), topics={title: of(ids) for title, ids in study.topics.items()}, outlook=ahead
    )


def minutes_for(study: Study, targets: Sequence[float] = TARGETS) -> dict[float, int | None]:
    """The minutes a day that reach each target, of everything, on the day; None where none do. Works out the plan some
    six times for each. Empty where no day is left to study."""
    if not study.goal.ahead(study.today):
        return {}
    reached: dict[int, float] = {}

    def reaches(minutes: int) -> float:
        if minutes not in reached:
            found = outlook(study, minutes)
            assert found is not None  # a day is ahead
            reached[minutes] = forecast.chance(found.chances, study.ids()).of_all
        return reached[minutes]

    return {target: forecast.minutes_for(target, reaches) for target in targets}


def minutes_to_see_all(study: Study) -> int | None:
    """The minutes a day in which every question is seen before the day; None where more would be needed than anybody
    studies, or no day is left."""
    if not study.goal.ahead(study.today):
        return None

    def sees(minutes: int) -> float:
        found = outlook(study, minutes)
        return float(found is not None and found.seen_all)

    return forecast.minutes_for(1.0, sees)
