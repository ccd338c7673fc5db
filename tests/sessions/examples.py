"""A small library of values, and a clock that stands where it is put."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from kdquiz.library.drill import Drill, Mistake
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.library import Library
from kdquiz.library.model import Question, Topic
from kdquiz.library.options import Option
from kdquiz.memory.day import Calendar
from kdquiz.memory.goal import Goal
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Standing
from tests.libraries import library_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
UTC_DAYS = Calendar(UTC)


def after(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def flashcard(name: str = "card", needs: tuple[str, ...] = (), then: tuple[str, ...] = ()) -> Flashcard:
    return Flashcard(id=name, kind="flashcard", ask="What?", answer="That.", source="A paper", needs=needs, then=then)


def choice(name: str = "pick", then: tuple[str, ...] = ()) -> Choice:
    wrong = (Option(wrong="too high", because="You took T for T²."), Option(wrong="too low", because="You forgot T."))
    options = (Option(right="just right"), *wrong)
    return Choice(id=name, kind="choice", ask="How much?", options=options, source="A paper", then=then)


def short(name: str = "why") -> Short:
    points = (Point(text="It is peaked", any=("peaked",)), Point(text="It hides the rest", any=("hides",)))
    return Short(id=name, kind="short", ask="Why?", answer="Peaked, hides.", points=points, source="A paper")


def library(*questions: Question, topic: str = "alpha", drills: Sequence[Drill] = ()) -> Library:
    """A library of one topic."""
    return library_of(questions, topic=Topic(id=topic, title=topic.title()), drills=drills)


def learner(*known: str, goal: Goal | None = None, **standings: Standing) -> Learner:
    """Who has seen `known`, at noon in UTC."""
    return Learner(
        now=NOON,
        today=UTC_DAYS.day(NOON),
        known=frozenset(known),
        standings=standings,
        goal=goal or Goal(),
    )


def drill() -> Drill:
    made = Drill(
        id="double",
        title="Twice",
        topic="alpha",
        minutes=10,
        entry="double",
        ask="Return twice `x`.",
        hints=("Think.", "Multiply."),
        inputs={"x": {"normal": [3]}},
        checks=("value",),
        mistakes=(Mistake(id="thrice", find="2 *", put="3 *", because="Three times.", card="why"),),
    )
    return made.with_sources(
        starter="def double(x):\n    raise NotImplementedError\n",
        reference="def double(x):\n    return 2 * x\n",
    )


def multi(name: str = "which") -> Multi:
    options = (Option(right="this"), Option(right="that"), Option(wrong="neither", because="It is both."))
    return Multi(id=name, kind="multi", ask="Which?", options=options, source="A paper")
