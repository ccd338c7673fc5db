"""Numbers as people say them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.tui import words
from tests.tui.desk import NOON


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=5), "1 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=92), "3 mo"),
        (timedelta(days=438), "1.2 y"),
    ],
)
def test_an_interval_is_told_in_one_unit(span: timedelta, said: str) -> None:
    assert words.interval(span) == said


def test_a_step_out_of_order_at_its_own_place_is_not_sent_to_where_it_stands() -> None:
    assert words.belongs_at(0, 2) == "belongs at 3"
    assert words.belongs_at(2, 2) == "belongs at 3, but after and before other steps"


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (42.9, "0:42"), (725, "12:05"), (3723, "1:02:03")])
def test_a_stopwatch(seconds: float, said: str) -> None:
    assert words.stopwatch(seconds) == said


@pytest.mark.parametrize(("seconds", "said"), [(42, "42 s"), (540, "9 min"), (3600, "1 h"), (3900, "1 h 5 min")])
def test_time_that_was_spent(seconds: float, said: str) -> None:
    assert words.spent(seconds) == said


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (-1, "now"),
        (0.5, "within the hour"),
        (5, "later today"),
        (20, "tomorrow"),
        (120, "in 5 days"),
        (2400, "in 3 mo"),
    ],
)
def test_when_something_comes_back(hours: float, said: str) -> None:
    assert words.comes_back(NOON + timedelta(hours=hours), NOON) == said


@given(st.floats(-1, 2), st.integers(1, 80))
def test_a_bar_has_its_width_and_grows_with_the_share(share: float, width: int) -> None:
    drawn = words.bar(share, width)
    assert len(drawn) == width
    assert drawn.count(words.FULL) <= words.bar(share + 0.1, width).count(words.FULL)
