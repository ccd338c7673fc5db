"""A small library of values, and a clock that stands where it is put."""

from datetime import UTC, datetime, timedelta

from kdquiz.library.drill import Drill, Mistake
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.library import Library
from kdquiz.library.model import Question, Topic
from kdquiz.library.options import Option
from tests.libraries import library_of

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def flashcard(name: str = "card", needs: tuple[str, ...] = ()) -> Flashcard:
    return Flashcard(id=name, kind="flashcard", ask="What?", answer="That.", source="A paper", needs=needs)


def choice(name: str = "pick") -> Choice:
    wrong = (Option(wrong="too high", because="You took T for T²."), Option(wrong="too low", because="You forgot T."))
    return Choice(
        id=name, kind="choice", ask="How much?", options=(Option(right="just right"), *wrong), source="A paper"
    )


def short(name: str = "why") -> Short:
    points = (Point(text="It is peaked", any=("peaked",)), Point(text="It hides the rest", any=("hides",)))
    return Short(id=name, kind="short", ask="Why?", answer="Peaked, hides.", points=points, source="A paper")


def library(*questions: Question, topic: str = "alpha") -> Library:
    """A library of one topic."""
    return library_of(questions, topic=Topic(id=topic, title=topic.title()))


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
