"""What the numbers of the log say: shares with their intervals, calibration, days in a row, shades."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.memory.day import date_of
from kdquiz.memory.statistics import (
    AfterDays,
    DayTotals,
    Predicted,
    Share,
    Streak,
    Verdict,
    by_age,
    by_week,
    calibration,
    monday,
    shade,
    shade_starts,
    streak,
    weekday,
)

CHANCES = st.floats(0.001, 0.999)


def test_an_interval_is_wide_where_little_was_counted_and_never_leaves_0_to_1() -> None:
    few, many = Share(9, 10), Share(900, 1000)
    assert (round(few.low, 3), round(few.high, 3)) == (0.596, 0.982)  # Wilson's, from the literature
    assert (round(many.low, 3), round(many.high, 3)) == (0.880, 0.917)
    assert Share(3, 3).low < 0.45
    assert Share(3, 3).high == 1.0
    assert (Share(0, 0).low, Share(0, 0).high) == (0.0, 1.0)


@given(of=st.integers(1, 400), data=st.data())
def test_the_share_is_always_within_its_interval(of: int, data: st.DataObject) -> None:
    found = Share(data.draw(st.integers(0, of)), of)
    assert 0.0 <= found.low <= found.share + 1e-9
    assert found.share - 1e-9 <= found.high <= 1.0


def test_the_interval_holds_the_truth_19_times_of_20() -> None:
    rng, held = random.Random(1), 0
    for _ in range(1000):
        found = Share(sum(rng.random() < 0.85 for _ in range(40)), 40)
        held += found.low <= 0.85 <= found.high
    assert 920 <= held <= 980


def test_the_log_loss_and_the_bins_are_those_of_the_single_reviews() -> None:
    reviews = [(0.93, True), (0.97, True), (0.82, False), (0.55, True), (0.91, False)]
    found = calibration(Predicted(chance, 1, int(recalled)) for chance, recalled in reviews)
    losses = [-math.log(chance if recalled else 1 - chance) for chance, recalled in reviews]
    assert found.log_loss == pytest.approx(sum(losses) / 5)
    assert found.predicted == pytest.approx(sum(chance for chance, _ in reviews) / 5)
    assert found.recalled == Share(3, 5)
    assert [(each.start, each.end, each.recalled) for each in found.bins] == [
        (0.5, 0.6, Share(1, 1)),
        (0.8, 0.85, Share(0, 1)),
        (0.9, 0.95, Share(1, 2)),
        (0.95, 1.0, Share(1, 1)),
    ]
    squares = 0.45**2 + 0.82**2 + 2 * 0.42**2 + 0.03**2
    assert found.rmse == pytest.approx(math.sqrt(squares / 5))


@given(st.lists(st.tuples(CHANCES, st.booleans()), min_size=1, max_size=60))
def test_no_review_is_lost_in_the_bins(reviews: list[tuple[float, bool]]) -> None:
    found = calibration(Predicted(chance, 1, int(recalled)) for chance, recalled in reviews)
    assert sum(each.recalled.of for each in found.bins) == len(reviews)
    assert all(each.start <= each.predicted + 1e-12 and each.predicted - 1e-12 <= each.end for each in found.bins)
    assert found.log_loss >= 0.0
    assert 0.0 <= found.rmse <= 1.0


def test_certain_predictions_that_fail_cost_much_and_not_everything() -> None:
    assert 10 < calibration([Predicted(1.0, 1, 0)]).log_loss < 20
    assert calibration([Predicted(1.0, 1, 1)]).log_loss < 1e-5
    assert calibration([]).recalled.of == 0


@pytest.mark.parametrize(
    ("group", "verdict"),
    [
        (Predicted(90.0, 100, 80), Verdict.LESS),
        (Predicted(90.0, 100, 88), Verdict.AS_PREDICTED),
        (Predicted(80.0, 100, 95), Verdict.MORE),
        (Predicted(9.0, 10, 1), Verdict.TOO_FEW),
    ],
)
def test_a_difference_is_called_one_only_outside_the_interval(group: Predicted, verdict: Verdict) -> None:
    assert calibration([group]).verdict is verdict


def test_retention_by_age_and_by_week() -> None:
    gaps = [AfterDays(1, 10, 9), AfterDays(6, 10, 8), AfterDays(7, 4, 3), AfterDays(400, 2, 2)]
    assert by_age(gaps) == ((1, 6, Share(17, 20)), (7, 20, Share(3, 4)), (180, None, Share(2, 2)))
    days = [
        DayTotals(day, 9, 60.0, 1, tested, recalled) for day, tested, recalled in [(4, 2, 1), (10, 3, 3), (11, 0, 0)]
    ]
    assert by_week(days) == ((4, Share(4, 5)),)  # 1970-01-05 was a Monday; the week after has no test


@given(st.integers(-1000, 40000))
def test_weeks_begin_on_a_monday(day: int) -> None:
    assert date_of(monday(day)).weekday() == 0
    assert date_of(day).weekday() == weekday(day)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ([], Streak(0, 0)),
        ([100], Streak(1, 1)),
        ([99], Streak(1, 1)),  # today is not over
        ([98], Streak(0, 1)),
        ([90, 91, 92, 98, 99, 100], Streak(3, 3)),
        ([90, 91, 92, 99], Streak(1, 3)),
        ([99, 100, 101, 102], Streak(2, 2)),  # days ahead: the clock was set back
    ],
)
def test_days_in_a_row_up_to_day_100(days: list[int], found: Streak) -> None:
    assert streak(days, 100) == found


def test_shades_go_in_even_steps_and_one_day_of_cramming_does_not_pale_the_others() -> None:
    starts = shade_starts([*range(1, 31), 900])
    assert starts == (1, 10, 19, 28)
    assert [shade(reviews, starts) for reviews in (0, 1, 9, 10, 19, 28, 900)] == [0, 1, 1, 2, 3, 4, 4]


@given(st.lists(st.integers(0, 500)))
def test_shades_begin_one_after_the_other(reviews: list[int]) -> None:
    starts = shade_starts(reviews)
    assert starts[0] == 1
    assert sorted(set(starts)) == list(starts)
