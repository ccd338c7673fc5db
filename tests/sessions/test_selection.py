"""What a session asks."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kdquiz.library.filter import Filter
from kdquiz.library.library import AT_ONCE, Library
from kdquiz.library.model import Question, Topic
from kdquiz.memory.curve import Memory
from kdquiz.memory.day import date_of
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import CHECKING_SECONDS, ENOUGH, Answers
from kdquiz.memory.learner import Ids, Learner
from kdquiz.memory.model import EPOCH, Rating, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import READING_SECONDS, Wish, seconds_by_kind, select
from kdquiz.store.learning import Answered
from tests.libraries import library_of
from tests.sessions.examples import NOON, choice, drill, flashcard, library, short

TODAY = (NOON - EPOCH).days
LIBRARY = library_of((choice("a"), flashcard("b"), short("c")), drills=[drill()])
SUSPENDED = Standing(suspended=True)


def learner(
    *,
    due: Sequence[str] = (),
    known: Sequence[str] = ("a",),
    wanted: Sequence[str] = (),
    standings: dict[str, Standing] | None = None,
    goal: Goal | None = None,
) -> Learner:
    stand = standings or {}
    return Learner(
        now=NOON,
        today=TODAY,
        known=frozenset(due) | frozenset(known),
        due=due,
        due_count=len(due),
        resting=frozenset(one for one, standing in stand.items() if standing.rests(TODAY)),
        standings=stand,
        made_due=frozenset(wanted),
        goal=goal or Goal(),
    )


def ids(wish: Wish, who: Learner | None = None, seed: int = 1, of: Library = LIBRARY) -> list[str]:
    def unasked() -> Sequence[Memory]:
        raise AssertionError("nothing is forecast without a date")

    def unused() -> tuple[float, ...]:
        raise AssertionError("nothing is forecast without a date")

    return list(select(of, wish, who or learner(), random.Random(seed), unasked, unused))


def only(**parts: tuple[str, ...]) -> Wish:
    return Wish(filter=Filter(**parts))  # type: ignore[arg-type]


def test_filters() -> None:
    for everything in (False, True):
        kinds = Wish(filter=Filter(kinds=("choice", "short")), everything=everything)
        assert sorted(ids(kinds, learner(wanted=["a"]))) == ["a", "c"]
        assert ids(Wish(filter=Filter(topics=("beta",)), everything=everything)) == []
        assert ids(Wish(filter=Filter(levels=("advanced",)), everything=everything)) == []


def test_what_is_not_due_is_left_out() -> None:
    assert ids(Wish()) == ["b", "c"]
    assert sorted(ids(Wish(), learner(due=["a"]))) == ["a", "b", "c"]


def test_what_is_gone_from_the_library_is_left_out() -> None:
    assert ids(Wish(), learner(due=["gone"], known=["a", "b", "c"], wanted=["gone too"])) == []


def test_what_a_drill_made_due_comes_first() -> None:
    assert ids(Wish(), learner(wanted=["a"]))[0] == "a"


def test_what_rests_is_never_asked() -> None:
    resting = learner(due=["a", "double"], standings={"a": SUSPENDED, "b": SUSPENDED, "double": SUSPENDED})
    assert ids(Wish(), resting) == ["c"]
    assert ids(Wish(everything=True), resting) == ["c"]


def test_drills_are_asked_among_the_questions_where_no_kind_of_question_was_wished_for() -> None:
    who = learner(due=["a", "double"])
    assert sorted(ids(Wish(), who)) == ["a", "b", "c", "double"]
    assert ids(Wish(), who)[1:-1].count("double") == 1
    assert "double" in ids(only(topics=("alpha",)), who)
    assert "double" in ids(only(levels=("core",)), who)
    for wish in (only(topics=("beta",)), only(levels=("advanced",)), only(kinds=("choice",)), Wish(everything=True)):
        assert "double" not in ids(wish, who)


def test_everything_is_all_in_an_order_of_the_seed() -> None:
    assert sorted(ids(Wish(everything=True))) == ["a", "b", "c"]
    assert len({tuple(ids(Wish(everything=True), seed=seed)) for seed in range(30)}) == 6
    assert ids(Wish(everything=True), seed=5) == ids(Wish(everything=True), seed=5)


def test_at_most() -> None:
    assert len(ids(Wish(everything=True, at_most=2))) == 2
    assert len(ids(Wish(at_most=1))) == 1


def test_new_questions_are_limited_to_what_is_left_of_the_day() -> None:
    many = library(*(flashcard(f"q{number}") for number in range(30)))
    assert ids(Wish(), of=many) == [f"q{number}" for number in range(10)]
    assert len(ids(Wish(), replace(learner(), new_today=7), of=many)) == 3
    assert ids(Wish(), replace(learner(), new_today=70), of=many) == []


def test_a_prerequisite_that_was_not_wished_for_holds_nothing_back() -> None:
    two = library_of([choice("z"), flashcard("b", needs=("z",))])
    assert ids(Wish(), learner(), of=two) == ["z", "b"]
    assert ids(only(kinds=("flashcard",)), learner(), of=two) == ["b"]


@pytest.mark.parametrize("new", [3, AT_ONCE + 3])
def test_new_questions_are_found_at_the_end_of_a_long_library(new: int) -> None:
    names = [f"q{number}" for number in range(2 * AT_ONCE + 50)]
    many = library(*map(flashcard, names))
    for known in (frozenset(names[:-new]), Ids("\n".join(names[:-new]), "\n")):
        who = replace(learner(goal=Goal(new_a_day=1000)), known=known)
        assert ids(Wish(), who, of=many) == names[-new:]
        assert ids(only(topics=("alpha",)), who, of=many) == names[-new:]
    assert ids(Wish(), replace(learner(), known=frozenset(names)), of=many) == []


def follow_up(name: str, then: tuple[str, ...] = ()) -> Question:
    return replace(flashcard(name), then=then)


def test_relatives_of_a_topic_are_kept_apart() -> None:
    four = library_of(
        [follow_up("a", ("b",)), follow_up("b"), follow_up("c"), follow_up("d")], topic=Topic(id="t", title="T")
    )
    assert ids(Wish(), learner(due=["a", "b", "c"], known=["d"]), of=four) == ["a", "c", "b"]


def planned(who: Learner, weights: tuple[float, ...] = Schedule().weights, wish: Wish | None = None) -> list[str]:
    """With an interview ahead: what is chosen of the cards that are known."""
    memories = [Memory(one, 5.0, 5.0, TODAY - 6) for one in sorted(who.known)]
    return list(select(LIBRARY, wish or Wish(), who, random.Random(1), lambda: memories, lambda: weights))


def ahead(days: int = 20, minutes: int = 20) -> Goal:
    return Goal(interview=date_of(TODAY + days), minutes=minutes)


def test_with_an_interview_ahead_the_plan_chooses() -> None:
    chosen = planned(learner(due=["a"], goal=ahead()))
    assert set(chosen) == {"a", "b", "c"}
    assert planned(learner(due=["a"], goal=ahead())) == chosen
    assert planned(learner(due=["a"], goal=ahead()), wish=only(kinds=("flashcard",))) == ["b"]
    assert "a" not in planned(learner(due=["a"], goal=ahead(), standings={"a": SUSPENDED}))


def test_a_plan_keeps_to_the_minutes_that_are_left_of_the_day() -> None:
    who = learner(due=["a"], goal=ahead(minutes=10))
    assert planned(replace(who, seconds_today=600.0)) == []
    assert len(planned(replace(who, seconds_today=540.0))) < len(planned(who))


def test_a_drill_leaves_half_of_the_minutes_to_the_questions() -> None:
    chosen = planned(learner(due=["a", "double"], goal=ahead(minutes=10)))
    assert "double" in chosen
    assert len(chosen) > 1


def test_an_interview_that_has_passed_is_none() -> None:
    assert ids(Wish(), learner(goal=ahead(-1))) == ["b", "c"]


def test_what_was_being_learnt_today_is_asked_whatever_the_plan_says() -> None:
    memories = [Memory("a", 0.2, 5.0, TODAY)]
    who = learner(due=["a"], goal=ahead())
    asked = select(LIBRARY, Wish(), who, random.Random(1), lambda: memories, lambda: Schedule().weights)
    assert "a" in asked


def test_an_answer_takes_as_long_as_its_kind_usually_does() -> None:
    seconds = seconds_by_kind(LIBRARY)
    assert READING_SECONDS < seconds("a") < seconds("b") < seconds("c")
    assert seconds("gone") > READING_SECONDS


def test_who_answers_slowly_is_asked_less() -> None:
    slow = Answers([Answered("a", TODAY - 9, Rating.GOOD, 600.0)] * ENOUGH, {"a": TODAY - 10})
    assert seconds_by_kind(LIBRARY, slow.latest)("a") == 600.0 + CHECKING_SECONDS
    assert seconds_by_kind(LIBRARY, slow.latest)("b") == seconds_by_kind(LIBRARY)("b")
    who = learner(due=["a"], goal=ahead(minutes=3))
    assert len(planned(replace(who, answers=slow))) < len(planned(who))


def test_the_date_of_a_goal_is_a_day() -> None:
    assert ahead(3).interview == date(1970, 1, 1) + timedelta(days=TODAY + 3)
