"""The arithmetic of forecasts is that of the `fsrs` package."""

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory import curve
from kdquiz.memory.curve import Curve
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.memory.schedule import Schedule

START = datetime(2026, 1, 1, tzinfo=UTC)
other_weights = st.tuples(
    *(st.floats(least, most) for least, most in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
)
some_weights = st.one_of(st.just(tuple(DEFAULT_PARAMETERS)), other_weights)
reviews = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(list(Rating))), min_size=1, max_size=12)


@settings(max_examples=80, deadline=None)
@given(some_weights, reviews)
def test_every_review_leads_where_the_package_leads(
    weights: tuple[float, ...], history: list[tuple[int, Rating]]
) -> None:
    scheduler = fsrs.Scheduler(weights, enable_fuzzing=False)
    card, moment, ours = fsrs.Card(card_id=0, due=START), START, None
    for days, rating in history:
        moment += timedelta(days=days)
        if ours is not None:
            theirs = scheduler.get_card_retrievability(card, moment)
            assert curve.recall(weights, ours[0], days) == pytest.approx(theirs, rel=1e-9)
        ours = curve.first(weights, rating) if ours is None else curve.after(weights, *ours, days, rating)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment)
        assert ours == pytest.approx((card.stability, card.difficulty), rel=1e-9)


@given(st.floats(0.001, 36500), st.integers(-5, 1000))
def test_recall_is_a_chance_that_only_falls(stability: float, days: int) -> None:
    of = Curve(DEFAULT_PARAMETERS)
    assert 0.0 < of.recall(stability, days + 1) <= of.recall(stability, days) <= 1.0


def test_a_stability_is_the_days_after_which_nine_of_ten_are_recalled() -> None:
    assert curve.recall(DEFAULT_PARAMETERS, 12.0, 12) == pytest.approx(0.9)


# ---- answering early -------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 120), min_size=1, max_size=6),
    st.integers(0, 60),
    st.sampled_from([Rating.HARD, Rating.GOOD, Rating.EASY]),
)
def test_a_right_answer_early_never_takes_a_card_back(gaps: list[int], early: int, rating: Rating) -> None:
    """Neither on the same day nor before it is due: whoever crams loses nothing of the schedule."""
    schedule, day, card = Schedule(), 0, None
    for gap in gaps:
        day += gap
        card = schedule.review(card, _log(day, Rating.GOOD))
    assert card is not None
    day += min(early, max(0, card.due_day - card.day))
    after = schedule.review(card, _log(day, rating))
    assert after.stability >= card.stability
    assert after.due_day >= card.due_day


@pytest.mark.parametrize(("days", "times"), [(0, 1.0), (1, 1.3), (3, 1.8), (10, 3.2), (20, 4.5)])
def test_the_earlier_a_right_answer_the_less_it_adds(days: int, times: float) -> None:
    """A memory of ten days: on the same day nothing is added, when it is due it lasts three times as long."""
    stability, _ = curve.after(DEFAULT_PARAMETERS, 10.0, 5.0, days, Rating.GOOD)
    assert stability / 10.0 == pytest.approx(times, abs=0.1)


def _log(day: int, rating: Rating) -> ReviewLog:
    at = datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    return ReviewLog(card_id="q", rating=rating, reviewed_at=at, seconds=1.0, day=day)
