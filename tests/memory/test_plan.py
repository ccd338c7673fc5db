"""What is asked until the interview, and that it leads further than other orders."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.curve import Memory
from kdquiz.memory.plan import todays
from kdquiz.memory.schedule import Schedule
from tests.bench.plan import FILLED, OURS, PLAIN, RANDOM, Setting, difference, reached

WEIGHTS = Schedule().weights
TODAY = 100


def plan(
    known: Sequence[Memory] = (),
    new: Sequence[str] = (),
    *,
    due: frozenset[str] = frozenset(),
    days: int = 20,
    minutes: float = 20.0,
    seconds: float = 60.0,
) -> list[str]:
    return list(
        todays(
            known,
            due,
            new,
            weights=WEIGHTS,
            today=TODAY,
            exam=TODAY + days,
            minutes=minutes,
            cost=lambda _: seconds,
        )
    )


def memory(name: str, stability: float = 10.0, ago: int = 5) -> Memory:
    return Memory(name, stability, 5.0, TODAY - ago)


names = st.text("abcdef", min_size=1, max_size=3)
memories = st.lists(
    st.builds(Memory, names, st.floats(0.01, 1000.0), st.floats(1.0, 10.0), st.integers(TODAY - 400, TODAY + 3)),
    unique_by=lambda one: one.id,
    max_size=30,
)


@settings(max_examples=80, deadline=None)
@given(
    memories,
    st.lists(st.text("xyz", min_size=1, max_size=4), unique=True, max_size=30),
    st.integers(-3, 90),
    st.floats(0, 60),
    st.floats(1, 900),
)
def test_a_plan_may_be_asked_as_it_stands_and_fits_the_minutes(
    known: list[Memory], new: list[str], days: int, minutes: float, seconds: float
) -> None:
    due = frozenset(one.id for one in known[::2])
    asked = plan(known, new, due=due, days=days, minutes=minutes, seconds=seconds)
    assert len(set(asked)) == len(asked)
    fresh = [name for name in asked if name in set(new)]
    assert fresh == new[: len(fresh)]
    assert not set(asked) & {one.id for one in known if one.day >= TODAY}
    assert set(asked) <= {one.id for one in known} | set(new)
    assert len(asked) <= 1 + (minutes * 60.0 + seconds) / seconds
    assert asked == plan(known, new, due=due, days=days, minutes=minutes, seconds=seconds)
    if minutes > 0 and (new or any(one.day < TODAY for one in known)) and days >= 0:
        assert asked


def test_far_from_the_day_the_weakest_that_has_fallen_below_nine_in_ten_comes_first() -> None:
    known = [memory("strong", 90.0), memory("weak", 2.0), memory("weaker", 1.0)]
    assert plan(known, days=60) == ["weaker", "weak", "strong"]


def test_what_the_schedule_calls_due_counts_as_weak() -> None:
    known = [memory("early", 6.0), memory("due", 9.0)]
    assert plan(known, due=frozenset({"due"}), days=60)[0] == "due"


def test_new_questions_are_spread_and_reviews_stand_between() -> None:
    known = [memory(f"k{number:02}", 1.0) for number in range(30)]
    new = [f"n{number:03}" for number in range(100)]
    asked = plan(known, new, days=60)
    fresh = [name for name in asked if name.startswith("n")]
    assert 2 <= len(fresh) <= 8
    assert len(asked) > len(fresh)


def test_where_time_is_scarce_new_questions_take_all_of_it() -> None:
    known = [memory(f"k{number:02}", 1.0) for number in range(5)]
    new = [f"n{number:03}" for number in range(300)]
    assert all(name.startswith("n") for name in plan(known, new, days=14))


def test_in_the_last_days_what_gains_most_on_the_day_comes_first() -> None:
    """A strong memory gains nothing; a hopeless one (it is forgotten by tomorrow) less than one in between."""
    known = [memory("strong", 500.0), memory("between", 3.0, ago=8), *(memory(f"k{n}", 60.0, ago=1) for n in range(60))]
    asked = plan(known, days=1, minutes=5)
    assert asked[0] == "between"
    assert "strong" not in asked


def test_on_the_eve_what_was_never_seen_is_shown_if_there_is_time() -> None:
    known = [memory(f"k{number:02}", 1.0) for number in range(40)]
    asked = plan(known, ["n1", "n2", "n3"], days=1, minutes=10)
    assert asked[:3] == ["n1", "n2", "n3"]


def test_cheap_questions_come_before_dear_ones_that_gain_as_much() -> None:
    known = [memory("dear", 2.0), memory("cheap", 2.0)]
    asked = todays(
        known,
        frozenset(),
        (),
        weights=WEIGHTS,
        today=TODAY,
        exam=TODAY + 1,
        minutes=0.5,
        cost={"dear": 120.0, "cheap": 20.0}.__getitem__,
    )
    assert asked == ("cheap",)


def test_after_the_day_only_what_is_due_and_then_what_is_new_is_asked() -> None:
    known = [memory("due", 4.0), memory("later", 4.0, ago=1), memory("overdue", 1.0)]
    asked = plan(known, ["new"], due=frozenset({"due", "overdue"}), days=-1)
    assert asked == ["overdue", "due", "new"]


def test_no_minutes_ask_nothing_and_a_single_long_question_is_asked_though_it_does_not_fit() -> None:
    assert plan([memory("a")], ["b"], minutes=0) == []
    assert plan([], ["a", "b"], minutes=1, seconds=900) == ["a"]


@pytest.mark.parametrize("noisy", [False, True])
def test_the_plan_beats_plain_fsrs_and_random_order(noisy: bool) -> None:
    """One cell of the benchmark, with few learners."""
    found = reached(Setting(100, False, noisy), 14, 10, 5)
    for name in (*PLAIN, *FILLED, RANDOM):
        mean, error = difference(found[OURS].recalls, found[name].recalls)
        assert mean > max(0.002, 2.0 * error), name
