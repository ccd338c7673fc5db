"""The schedule: FSRS-6 as its authors compute it, pure, in UTC, and safe against clocks set back."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.model import Card, CardState, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCHEDULE = Schedule()


def reviewed(*ratings: Rating, start: datetime = NOON) -> Card:
    """The card after these ratings, each given when the card was due."""
    card: Card | None = None
    for rating in ratings:
        card = SCHEDULE.review(card, "why", rating, card.due if card else start)
    assert card is not None
    return card


def test_intervals_are_those_of_the_reference_implementation() -> None:
    """The history that the package's own golden test gives for FSRS-6 with its default parameters."""
    card: Card | None = None
    now, days = datetime(2022, 11, 29, 12, 30, tzinfo=UTC), []
    good, again = Rating.GOOD, Rating.AGAIN
    for rating in (good, good, good, good, good, good, again, again, good, good, good, good, good):
        card = SCHEDULE.review(card, "why", rating, now)
        days.append((card.due - card.last_review).days)
        now = card.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_a_new_question_goes_through_the_steps_of_learning() -> None:
    first = reviewed(Rating.GOOD)
    assert (first.id, first.state, first.step) == ("why", CardState.LEARNING, 1)
    assert first.due - NOON == timedelta(minutes=10)
    assert (first.reviews, first.lapses, first.last_review) == (1, 0, NOON)
    easy = reviewed(Rating.EASY)
    assert easy.state is CardState.REVIEW
    assert easy.due - NOON >= timedelta(days=1)


def test_only_a_card_in_review_that_is_forgotten_lapses() -> None:
    assert reviewed(Rating.AGAIN, Rating.AGAIN).lapses == 0
    forgotten = reviewed(Rating.GOOD, Rating.GOOD, Rating.AGAIN)
    assert (forgotten.state, forgotten.lapses, forgotten.reviews) == (CardState.RELEARNING, 1, 3)


def test_intervals_say_what_each_rating_would_give_and_change_nothing() -> None:
    card = reviewed(Rating.GOOD, Rating.GOOD, Rating.GOOD)
    offered = SCHEDULE.intervals(card, card.due)
    assert list(offered) == [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]
    assert sorted(offered.values()) == list(offered.values())
    for rating, interval in offered.items():
        assert SCHEDULE.review(card, "why", rating, card.due).due == card.due + interval
    assert SCHEDULE.intervals(None, NOON)[Rating.AGAIN] == timedelta(minutes=1)


def test_retrievability_falls_from_one_and_is_ninety_percent_after_the_stability() -> None:
    card = reviewed(Rating.EASY)
    assert SCHEDULE.retrievability(card, NOON) == 1.0
    after = [SCHEDULE.retrievability(card, NOON + timedelta(days=days)) for days in range(0, 60, 3)]
    assert after == sorted(after, reverse=True)
    whole = Card(
        id="why", state=card.state, step=None, stability=8.0, difficulty=5.0, due=card.due, last_review=card.last_review
    )
    assert SCHEDULE.retrievability(whole, NOON + timedelta(days=8)) == pytest.approx(0.9)


@pytest.mark.parametrize(
    "now",
    [datetime(2026, 3, 1), datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=1)))],
    ids=["naive", "another time zone"],
)
def test_times_that_are_not_utc_are_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        SCHEDULE.review(None, "why", Rating.GOOD, now)
    with pytest.raises(ValueError, match="UTC"):
        SCHEDULE.intervals(None, now)
    with pytest.raises(ValueError, match="UTC"):
        SCHEDULE.retrievability(reviewed(Rating.GOOD), now)


def test_a_card_takes_no_review_of_another_question() -> None:
    with pytest.raises(ValueError, match="'why' cannot take a review of 'how'"):
        SCHEDULE.review(reviewed(Rating.GOOD), "how", Rating.GOOD, NOON)


steps = st.lists(st.tuples(st.sampled_from(Rating), st.integers(-400 * 86400, 400 * 86400)), min_size=1, max_size=12)


@settings(deadline=None)
@given(steps)
def test_whatever_the_clock_does_every_interval_is_positive(history: list[tuple[Rating, int]]) -> None:
    card: Card | None = None
    now = NOON
    for number, (rating, seconds) in enumerate(history, 1):
        now += timedelta(seconds=seconds)
        assert all(interval > timedelta(0) for interval in SCHEDULE.intervals(card, now).values())
        card = SCHEDULE.review(card, "why", rating, now)
        assert card.due > now == card.last_review
        assert card.due.tzinfo is UTC
        assert card.reviews == number
        assert 0 <= card.lapses < number
        assert card.stability > 0
        assert 1 <= card.difficulty <= 10
        assert SCHEDULE.retrievability(card, now - timedelta(days=3)) == 1.0


logs = st.lists(
    st.builds(
        ReviewLog,
        card_id=st.sampled_from(["a", "b", "c"]),
        rating=st.sampled_from(Rating),
        reviewed_at=st.integers(0, 10**7).map(lambda seconds: NOON + timedelta(seconds=seconds)),
        seconds=st.just(3.0),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(logs)
def test_the_state_is_a_fold_over_the_log(history: list[ReviewLog]) -> None:
    cards: dict[str, Card] = {}
    for log in history:
        cards[log.card_id] = SCHEDULE.review(cards.get(log.card_id), log.card_id, log.rating, log.reviewed_at)
    assert SCHEDULE.fold(history) == cards
    assert Schedule().fold(iter(history)) == cards


def test_nothing_is_paid_for_the_package_before_the_first_review() -> None:
    code = "import sys; from kdquiz.memory.schedule import Schedule; Schedule(); print('fsrs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
