"""Whether a misconception is unlearnt, and how long a drill took."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.grading.report import Verdict
from kdquiz.memory.trends import ACCEPTED, DrillRecord, Met, Trend, Try, drill_records, time_spent, trend


def met(times: int, recent: int, before: int) -> Met:
    return Met("T² is missing", "why", times, 100, recent, before)


@pytest.mark.parametrize(
    ("times", "recent", "before", "found"),
    [
        (2, 2, 0, Trend.NEW),
        (9, 0, 0, Trend.FADING),  # long ago
        (9, 0, 3, Trend.FADING),
        (9, 2, 4, Trend.FADING),
        (9, 3, 4, Trend.STEADY),
        (9, 1, 0, Trend.STEADY),  # once again is no trend
        (9, 2, 1, Trend.STEADY),
        (9, 2, 0, Trend.GROWING),
        (9, 4, 2, Trend.GROWING),
        (50, 12, 10, Trend.STEADY),
    ],
)
def test_trends(times: int, recent: int, before: int, found: Trend) -> None:
    assert trend(met(times, recent, before)) is found


def test_the_word_is_the_one_of_the_reports() -> None:
    assert Verdict.ACCEPTED.value == ACCEPTED


def test_a_drill_counts_until_it_was_first_accepted() -> None:
    tries = [
        Try("kd", "wrong-answer", 0, 120.0, 1000.0),
        Try("other", "wrong-answer", 0, 60.0, 1100.0),
        Try("kd", "runtime-error", 2, 200.0, 1080.0),  # the same sitting: 80 seconds more
        Try("kd", ACCEPTED, 0, 300.0, 90_000.0),
        Try("kd", ACCEPTED, 3, 50.0, 200_000.0),
    ]
    kd, other = drill_records(tries)
    assert kd == DrillRecord(drill_id="kd", attempts=4, tries=3, hints=2, seconds=500.0, solved=True)
    assert other == DrillRecord(drill_id="other", attempts=1, tries=1, hints=0, seconds=60.0, solved=False)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 60)), max_size=12))
def test_time_counts_once_however_often_was_submitted(spans: list[tuple[int, int]]) -> None:
    tries = [Try("kd", "wrong-answer", 0, float(seconds), float(at)) for at, seconds in spans]
    worked = {second for at, seconds in spans for second in range(at - seconds, at)}
    assert time_spent(tries) == pytest.approx(len(worked))
