"""Chances on the day, with and without the plan."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.curve import Memory
from kdquiz.memory.forecast import MOST_MINUTES, Chance, Outlook, chance, chances, minutes_for, run
from kdquiz.memory.schedule import Schedule
from tests.bench.learners import Catalogue, Learner, planned
from tests.bench.plan import foretold

WEIGHTS = Schedule().weights


def outlook(known: list[Memory], new: list[str], days: int = 10, minutes: float = 20.0) -> Outlook:
    return run(known, new, weights=WEIGHTS, today=0, exam=days, minutes=minutes, cost=lambda _: 60.0)


def test_a_chance_is_of_what_was_seen_and_of_everything() -> None:
    known = [Memory("a", 5.0, 5.0, -5), Memory("b", 10.0, 5.0, -10)]
    of_both = chance(chances(known, WEIGHTS, 0), ["a", "b", "c", "d"])
    assert (of_both.total, of_both.seen) == (4, 2)
    assert of_both.of_seen == pytest.approx(0.9)
    assert of_both.of_all == pytest.approx(0.45)


def test_of_nothing_nothing_is_recalled() -> None:
    assert chance({}, []) == Chance(total=0, seen=0, recalled=0)
    assert chance({}, []).of_all == chance({}, []).of_seen == 0.0


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.1, 100), st.integers(1, 60)), max_size=12),
    st.integers(0, 12),
    st.integers(0, 25),
    st.sampled_from([1.0, 7.0, 20.0]),
)
def test_a_plan_keeps_to_its_minutes_and_counts_what_it_shows(
    cards: list[tuple[float, int]], unseen: int, days: int, minutes: float
) -> None:
    known = [Memory(f"k{number}", stability, 5.0, -ago) for number, (stability, ago) in enumerate(cards)]
    found = outlook(known, [f"n{number}" for number in range(unseen)], days, minutes)
    assert len(found.days) == days
    assert all(0.0 < its <= 1.0 for its in found.chances.values())
    assert all(day.minutes <= minutes + 2.5 for day in found.days)
    assert sum(day.new for day in found.days) == pytest.approx(unseen - found.unseen, abs=0.5)


def test_more_minutes_lead_further() -> None:
    known = [Memory(f"k{number}", 1.0 + number % 9, 5.0, -number % 20 - 1) for number in range(80)]
    new = [f"n{number}" for number in range(40)]
    nothing = sum(chances(known, WEIGHTS, 20).values())
    reached = [sum(outlook(known, new, 20, minutes).chances.values()) for minutes in (5, 10, 20, 40)]
    assert [nothing, *reached] == sorted([nothing, *reached])
    assert reached[-1] > 0.95 * 120


def test_what_cannot_be_seen_is_counted() -> None:
    new = [f"n{number}" for number in range(300)]
    scarce, enough = outlook([], new, minutes=10), outlook([], new, minutes=60)
    assert 190 < scarce.unseen < 230
    assert not scarce.seen_all
    assert enough.seen_all


def test_an_interview_today_leaves_everything_as_it_is() -> None:
    known = [Memory("a", 5.0, 5.0, -5)]
    found = outlook(known, ["b"], days=0)
    assert found.days == ()
    assert found.chances == pytest.approx({"a": 0.9})
    assert found.unseen == 1


@pytest.mark.parametrize("minutes", [10, 20])
@pytest.mark.parametrize("half_known", [False, True])
def test_the_forecast_is_what_learners_reach(minutes: int, half_known: bool) -> None:
    """Within two points of the mean of a few, who throw dice where the forecast does not."""
    catalogue, said, got = Catalogue.like_ours(166), [], []
    for seed in range(6):
        learner = Learner(catalogue, seed, half_known=half_known)
        said.append(foretold(learner, 21, minutes))
        for day in range(21):
            learner.study(planned(21, minutes), day, minutes)
        got.append(learner.recall(21))
    assert sum(said) / 6 == pytest.approx(sum(got) / 6, abs=0.02)


def test_the_minutes_that_reach_a_target_are_the_fewest() -> None:
    assert minutes_for(0.85, lambda minutes: minutes / 100) == 85
    assert minutes_for(0.01, lambda minutes: minutes / 100) == 5
    assert minutes_for(0.9, lambda minutes: 0.8) is None
    assert minutes_for(1.0, lambda minutes: float(minutes >= MOST_MINUTES)) == MOST_MINUTES
