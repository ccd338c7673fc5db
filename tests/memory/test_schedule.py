"""The schedule: FSRS-6 as its authors compute it, pure, in the learner's days, and safe against clocks set back."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.due import is_due
from kdquiz.memory.model import EPOCH, Card, CardState, Rating, ReviewLog
from kdquiz.memory.schedule import LONGEST, Schedule, fuzzed

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = (NOON - EPOCH).days
SCHEDULE = Schedule()
AGAIN, HARD, GOOD, EASY = Rating


def log(rating: Rating = GOOD, now: datetime = NOON, day: int | None = None, fuzz: float | None = None) -> ReviewLog:
    """A review at this moment, on the day that it has in UTC unless another is given."""
    counted = (now - EPOCH).days if day is None else day
    return ReviewLog(card_id="why", rating=rating, reviewed_at=now, seconds=3.0, day=counted, fuzz=fuzz)


def reviewed(*ratings: Rating, start: datetime = NOON) -> Card:
    """The card after these ratings, each given when the card was due."""
    card: Card | None = None
    for rating in ratings:
        card = SCHEDULE.review(card, log(rating, card.due if card else start))
    assert card is not None
    return card


def test_intervals_are_those_of_the_reference_implementation() -> None:
    """The history that the package's own golden test gives for FSRS-6 with its default parameters."""
    card: Card | None = None
    now, days = datetime(2022, 11, 29, 12, 30, tzinfo=UTC), []
    for rating in (GOOD, GOOD, GOOD, GOOD, GOOD, GOOD, AGAIN, AGAIN, GOOD, GOOD, GOOD, GOOD, GOOD):
        card = SCHEDULE.review(card, log(rating, now))
        days.append((card.due - card.last_review).days)
        now = card.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 90)), min_size=1, max_size=10))
def test_it_is_the_package_wherever_whole_days_pass(history: list[tuple[Rating, int]]) -> None:
    scheduler, theirs = fsrs.Scheduler(enable_fuzzing=False), fsrs.Card(card_id=1)
    ours: Card | None = None
    now = NOON
    for rating, days in history:
        now += timedelta(days=days)
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(rating), now)
        ours = SCHEDULE.review(ours, log(rating, now))
        assert (ours.stability, ours.difficulty, ours.step) == (theirs.stability, theirs.difficulty, theirs.step)
        assert (ours.state.value, ours.due) == (theirs.state.value, theirs.due)
        assert ours.due_day == ours.day + (theirs.due - now).days
        assert SCHEDULE.recall(ours, ours.day + 9) == scheduler.get_card_retrievability(theirs, now + timedelta(days=9))


def test_a_new_question_goes_through_the_steps_of_learning() -> None:
    first = reviewed(GOOD)
    assert (first.id, first.state, first.step) == ("why", CardState.LEARNING, 1)
    assert first.due - NOON == timedelta(minutes=10)
    assert (first.reviews, first.lapses, first.last_review) == (1, 0, NOON)
    assert (first.day, first.due_day) == (TODAY, TODAY)
    easy = reviewed(EASY)
    assert easy.state is CardState.REVIEW
    assert easy.due_day == easy.day + (easy.due - NOON).days > TODAY


@pytest.mark.parametrize("hours", [8, 16], ids=["8 hours later", "16 hours later"])
def test_what_was_being_learnt_and_is_left_over_night_is_due_in_the_morning_and_forgotten_by_a_day(hours: int) -> None:
    """The package would count whole days of 24 hours, and take the next morning for the same day."""
    evening = log(now=NOON + timedelta(hours=10))
    card = SCHEDULE.review(None, evening)
    morning = log(now=evening.reviewed_at + timedelta(hours=hours), day=TODAY + 1)
    assert is_due(card, morning.reviewed_at, TODAY + 1)
    after = SCHEDULE.review(card, morning)
    assert (after.state, after.step, after.lapses) == (CardState.REVIEW, None, 0)
    assert after.due_day > TODAY + 1
    assert SCHEDULE.recall(card, TODAY + 1) < 1
    same_day = SCHEDULE.review(card, replace(morning, day=TODAY))
    assert after.stability > same_day.stability  # it was recalled after a night, not after ten minutes
    forgotten = SCHEDULE.review(card, replace(morning, rating=AGAIN))
    assert (forgotten.state, forgotten.step, forgotten.lapses) == (CardState.LEARNING, 0, 0)
    assert forgotten.due - morning.reviewed_at == timedelta(minutes=1)


def test_a_step_of_minutes_over_the_end_of_the_day_stays_due() -> None:
    last_minute = SCHEDULE.review(None, log(now=NOON, day=TODAY))
    assert not is_due(last_minute, NOON + timedelta(minutes=5), TODAY)
    assert is_due(last_minute, NOON + timedelta(minutes=5), TODAY + 1)


def test_only_a_card_in_review_that_is_forgotten_lapses() -> None:
    assert reviewed(AGAIN, AGAIN).lapses == 0
    forgotten = reviewed(GOOD, GOOD, AGAIN)
    assert (forgotten.state, forgotten.lapses, forgotten.reviews) == (CardState.RELEARNING, 1, 3)


def test_intervals_say_what_each_rating_would_give_and_change_nothing() -> None:
    card = reviewed(GOOD, GOOD, GOOD)
    offered = SCHEDULE.intervals(card, card.due, card.due_day, 0.3)
    assert list(offered) == [AGAIN, HARD, GOOD, EASY]
    assert sorted(offered.values()) == list(offered.values())
    for rating, interval in offered.items():
        assert SCHEDULE.review(card, log(rating, card.due, card.due_day, 0.3)).due == card.due + interval
    assert SCHEDULE.intervals(None, NOON, TODAY)[AGAIN] == timedelta(minutes=1)


def test_recall_falls_from_one_and_is_ninety_percent_after_the_stability() -> None:
    card = reviewed(EASY)
    assert SCHEDULE.recall(card, TODAY) == SCHEDULE.recall(card, TODAY - 3) == 1.0
    after = [SCHEDULE.recall(card, TODAY + days) for days in range(0, 60, 3)]
    assert after == sorted(after, reverse=True)
    assert SCHEDULE.recall(replace(card, stability=8.0), TODAY + 8) == pytest.approx(0.9)


def test_other_weights_give_other_cards() -> None:
    weights = (*DEFAULT_PARAMETERS[:3], 20.0, *DEFAULT_PARAMETERS[4:])
    assert SCHEDULE.weights == DEFAULT_PARAMETERS
    assert Schedule(weights).weights == weights
    assert Schedule(weights).review(None, log(EASY)).stability == 20.0
    for wrong in (DEFAULT_PARAMETERS[:-1], (-1.0, *DEFAULT_PARAMETERS[1:]), (float("nan"), *DEFAULT_PARAMETERS[1:])):
        with pytest.raises(ValueError, match="arameters"):
            Schedule(wrong)


@pytest.mark.parametrize(
    "now",
    [datetime(2026, 3, 1), datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=1)))],
    ids=["naive", "another time zone"],
)
def test_times_that_are_not_utc_are_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="UTC"):
        SCHEDULE.review(None, log(now=now, day=TODAY))
    with pytest.raises(ValueError, match="UTC"):
        SCHEDULE.intervals(None, now, TODAY)


def test_a_card_takes_no_review_of_another_question() -> None:
    with pytest.raises(ValueError, match="'why' cannot take a review of 'how'"):
        SCHEDULE.review(reviewed(GOOD), replace(log(), card_id="how"))


def test_an_interval_is_moved_within_the_range_of_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package draws the longest one and rounds, so that it may come out a day beyond its own range."""
    scheduler = fsrs.Scheduler()

    def theirs(days: int, drawn: float) -> int:
        monkeypatch.setattr("fsrs.scheduler.random", lambda: drawn)
        return scheduler._get_fuzzed_interval(interval=timedelta(days=days)).days

    almost = 1 - 1e-9
    for days in (*range(1, 130), 365, 4000, LONGEST):
        longest = theirs(days, almost) - (2 < days < LONGEST)
        assert (fuzzed(days, 0.0), fuzzed(days, almost), fuzzed(days, 1.0)) == (theirs(days, 0.0), longest, longest)


intervals, parts = st.integers(1, LONGEST), st.floats(0, 1)


@given(intervals, intervals, parts, parts)
def test_longer_stays_longer_however_it_is_moved(one: int, other: int, part: float, more: float) -> None:
    short, long = sorted((one, other))
    assert fuzzed(short, part) <= fuzzed(long, part)
    assert fuzzed(one, min(part, more)) <= fuzzed(one, max(part, more))
    assert 1 <= fuzzed(one, part) <= LONGEST
    assert fuzzed(one, None) == one


def test_every_interval_of_a_range_is_drawn_equally_often() -> None:
    drawn = [fuzzed(30, number / 1000) for number in range(1000)]
    often = [drawn.count(days) for days in range(min(drawn), max(drawn) + 1)]
    assert min(drawn) < 30 < max(drawn)
    assert max(often) - min(often) <= 1


steps = st.lists(
    st.tuples(st.sampled_from(Rating), st.integers(-400 * 86400, 400 * 86400), st.integers(-1, 1), st.floats(0, 1)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps)
def test_whatever_the_clock_and_the_time_zone_do_every_interval_is_positive(
    history: Sequence[tuple[Rating, int, int, float]],
) -> None:
    card: Card | None = None
    now = NOON
    for number, (rating, seconds, zone, fuzz) in enumerate(history, 1):
        now += timedelta(seconds=seconds)
        day = (now - EPOCH).days + zone
        assert all(interval > timedelta(0) for interval in SCHEDULE.intervals(card, now, day, fuzz).values())
        before, card = card, SCHEDULE.review(card, log(rating, now, day, fuzz))
        assert card.due > now == card.last_review
        assert card.due.tzinfo is UTC
        assert card.due_day >= card.day == day
        assert (card.due_day > day) == (card.state is CardState.REVIEW)
        assert card.reviews == number
        assert 0 <= card.lapses < number
        assert card.stability > 0
        assert 1 <= card.difficulty <= 10
        assert SCHEDULE.recall(card, day) == SCHEDULE.recall(card, day - 3) == 1.0
        assert before is None or 0 < SCHEDULE.recall(before, day) <= 1


logs = st.lists(
    st.builds(
        ReviewLog,
        card_id=st.sampled_from(["a", "b", "c"]),
        rating=st.sampled_from(Rating),
        reviewed_at=st.integers(0, 10**7).map(lambda seconds: NOON + timedelta(seconds=seconds)),
        seconds=st.just(3.0),
        day=st.none() | st.integers(TODAY - 3, TODAY + 200),
        fuzz=st.none() | st.floats(0, 1),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(logs)
def test_the_state_is_a_fold_over_the_log(history: list[ReviewLog]) -> None:
    cards: dict[str, Card] = {}
    for each in history:
        cards[each.card_id] = SCHEDULE.review(cards.get(each.card_id), each)
    assert SCHEDULE.fold(history) == cards
    assert Schedule().fold(iter(history)) == cards


def test_nothing_is_paid_for_the_package_before_the_first_review() -> None:
    code = "import sys; from kdquiz.memory.schedule import Schedule; Schedule(); print('fsrs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
