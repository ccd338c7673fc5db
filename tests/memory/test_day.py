"""Days begin at four in the morning where the learner is, whatever the clocks do there."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.memory.day import Calendar, date_of, day_of
from kdquiz.memory.model import Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule

BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"
INSTANT = timedelta(microseconds=1)


def local(zone: str, *when: int) -> datetime:
    """The moment, in UTC, at which a clock there shows this for the first time."""
    return datetime(*when, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc, arg-type]


def day(zone: str, *when: int) -> date:
    """The date on which the learner's day began."""
    return date_of(Calendar(ZoneInfo(zone)).day(local(zone, *when)))


def test_a_day_begins_at_four_in_the_morning() -> None:
    assert day(BERLIN, 2026, 11, 24, 3, 59, 59) == date(2026, 11, 23)
    assert day(BERLIN, 2026, 11, 24, 4) == date(2026, 11, 24)
    assert day(BERLIN, 2026, 11, 25, 0, 30) == date(2026, 11, 24)


def test_the_same_moment_is_another_day_elsewhere() -> None:
    moment = datetime(2026, 11, 24, 20, tzinfo=UTC)
    days = [date_of(Calendar(ZoneInfo(zone)).day(moment)) for zone in (NEW_YORK, BERLIN, TOKYO)]
    assert days == [date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 25)]


@pytest.mark.parametrize(
    ("zone", "spring", "autumn"),
    [
        (BERLIN, date(2026, 3, 28), date(2026, 10, 24)),
        (NEW_YORK, date(2026, 3, 7), date(2026, 10, 31)),
        ("Australia/Lord_Howe", date(2026, 10, 3), date(2026, 4, 4)),  # by half an hour
    ],
)
def test_the_day_of_a_clock_change_is_shorter_or_longer_and_no_other(zone: str, spring: date, autumn: date) -> None:
    calendar = Calendar(ZoneInfo(zone))
    change = timedelta(minutes=30 if "Lord" in zone else 60)
    for changed, length in ((spring, timedelta(days=1) - change), (autumn, timedelta(days=1) + change)):
        number = day_of(changed)
        assert calendar.end(number) - calendar.begin(number) == length
        for other in (number - 1, number + 1):
            assert calendar.end(other) - calendar.begin(other) == timedelta(days=1)


def test_an_hour_that_comes_twice_is_in_one_day_both_times() -> None:
    calendar = Calendar(ZoneInfo(BERLIN))
    once = local(BERLIN, 2026, 10, 25, 2, 30)
    again = once + timedelta(hours=1)
    assert again.astimezone(ZoneInfo(BERLIN)).hour == 2
    assert calendar.day(once) == calendar.day(again) == day_of(date(2026, 10, 24))


def test_a_day_that_was_left_out_on_the_date_line_has_no_length() -> None:
    """On Samoa midnight of 29 December 2011 was that of the 31st: what is left of the 30th are the hours until four."""
    calendar = Calendar(ZoneInfo("Pacific/Apia"))
    left_out = day_of(date(2011, 12, 30))
    assert calendar.begin(left_out) == calendar.end(left_out)
    change = datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert calendar.day(change - INSTANT) == left_out - 1
    assert calendar.day(change) == left_out
    assert calendar.day(calendar.begin(left_out)) == left_out + 1


zones = st.sampled_from(
    [
        *(BERLIN, NEW_YORK, TOKYO, "UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Niue"),
        *("Australia/Lord_Howe", "Antarctica/Troll", "Antarctica/Casey", "America/St_Johns", "Africa/Casablanca"),
    ]
)


@given(zones, st.integers(day_of(date(2000, 1, 1)), day_of(date(2037, 1, 1))))
def test_every_moment_is_in_exactly_one_day(zone: str, number: int) -> None:
    calendar = Calendar(ZoneInfo(zone))
    begin = calendar.begin(number)
    assert calendar.day(begin) == number
    assert calendar.day(begin - INSTANT) == number - 1
    assert calendar.end(number) == calendar.begin(number + 1) > begin
    assert date_of(number).isoformat() == begin.astimezone(ZoneInfo(zone)).date().isoformat()


@given(st.dates())
def test_a_date_and_its_number_are_each_others(one: date) -> None:
    assert date_of(day_of(one)) == one


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands in New York."""
    monkeypatch.setenv("TZ", NEW_YORK)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_new_york")
@given(st.datetimes(datetime(2001, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)))
def test_without_a_zone_it_is_that_of_the_machine(moment: datetime) -> None:
    here, there = Calendar(), Calendar(ZoneInfo(NEW_YORK))
    assert here.day(moment) == there.day(moment)
    assert here.begin(here.day(moment)) == there.begin(there.day(moment))


def review(card: Card | None, calendar: Calendar, moment: datetime, rating: Rating = Rating.GOOD) -> Card:
    log = ReviewLog(card_id="why", rating=rating, reviewed_at=moment, seconds=3.0, day=calendar.day(moment))
    return Schedule().review(card, log)


def test_the_next_morning_is_a_day_later_and_past_midnight_is_not() -> None:
    calendar = Calendar(ZoneInfo(BERLIN))
    late = review(None, calendar, local(BERLIN, 2026, 11, 24, 23, 50), Rating.EASY)
    morning = review(late, calendar, local(BERLIN, 2026, 11, 25, 6))
    same_night = review(late, calendar, local(BERLIN, 2026, 11, 25, 1))
    assert morning.day == late.day + 1
    assert same_night.day == late.day
    assert Schedule().recall(late, morning.day) < 1 == Schedule().recall(late, same_night.day)


@pytest.mark.parametrize("changed", [(2026, 3, 28), (2026, 10, 24)], ids=["forward", "back"])
def test_no_day_is_lost_or_won_over_a_clock_change(changed: tuple[int, int, int]) -> None:
    calendar = Calendar(ZoneInfo(BERLIN))
    for hour in (4, 12, 23):
        card = review(None, calendar, local(BERLIN, *changed, hour), Rating.EASY)
        days = card.due_day - card.day
        due = date(*changed) + timedelta(days=days)
        for answered in (4, 12, 23):
            assert calendar.day(local(BERLIN, due.year, due.month, due.day, answered)) == card.due_day


def test_a_flight_over_the_date_line_makes_no_interval_negative() -> None:
    there, back = Calendar(ZoneInfo("Pacific/Kiritimati")), Calendar(ZoneInfo("Pacific/Niue"))
    moment = datetime(2026, 11, 24, 20, tzinfo=UTC)
    assert there.day(moment) == back.day(moment) + 1
    first = review(None, there, moment, Rating.EASY)
    after = review(first, back, moment + timedelta(hours=4))
    assert after.day == first.day - 1
    assert after.due_day > after.day
    assert after.stability >= first.stability
