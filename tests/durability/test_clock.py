"""A clock that is set, another time zone, daylight saving: whatever the clock says, no interval is negative, no answer
is lost or doubled, and what is due on a day is asked on it.

Whole sittings as the app has them: its calendar and clock, the real store, what it selects, the session. The clock and
the zone are passed in; the machine's own stay as they are.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Card, CardState, Rating
from kdquiz.sessions.changes import Reviewed
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.store.store import Store
from kdquiz.tui.opening import open_quiz
from tests.sessions.examples import choice, flashcard, library
from tests.sessions.sitting import response_to

CONTENT = library(*(choice(f"choice-{n}") for n in range(6)), *(flashcard(f"card-{n}") for n in range(6)))
IDS = frozenset(CONTENT.entries)
READING, THINKING = timedelta(seconds=2), timedelta(seconds=7)
BERLIN, NEW_YORK, TOKYO, LOS_ANGELES, AUCKLAND, NIUE, KIRITIMATI, LORD_HOWE = map(
    ZoneInfo,
    (
        *("Europe/Berlin", "America/New_York", "Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland"),
        *("Pacific/Niue", "Pacific/Kiritimati", "Australia/Lord_Howe"),
    ),
)
ZONES = (BERLIN, NEW_YORK, TOKYO, LOS_ANGELES, AUCKLAND, NIUE, KIRITIMATI, LORD_HOWE)
ANSWERS_AT_MOST = 60
"""In a sitting: what is rated Again comes back."""


@dataclass
class Diary:
    """A learner's sittings over one store."""

    store: Store
    rng: random.Random = field(default_factory=lambda: random.Random(1))
    answers: int = 0

    def sit_down(self, now: datetime, zone: ZoneInfo, back: timedelta = timedelta(0)) -> set[str]:
        """Answer everything that is asked, and hold it against what must be true. Returns the ids that were asked.

        `back` is by how much the clock is set back between the first question and its answer.
        """
        calendar = Calendar(zone)
        today = calendar.day(now)
        due = {card.id for card in self.store.cards().values() if must_be_asked(card, today)}
        learner = self.store.learner(now, today)
        session = open_quiz(CONTENT, self.store, Wish(), learner, self.rng, calendar)
        asked: set[str] = set()
        for _ in range(ANSWERS_AT_MOST if session else 0):
            assert session is not None
            view = session.view(now)
            if view.phase is Phase.DONE or view.question is None:
                break
            asked.add(view.question.id)
            now, back = now + THINKING - back, timedelta(0)
            self._keep(session.answer(response_to(view.question, right=self.rng.random() < 0.8), now))
            now += READING
            intervals = session.view(now).intervals
            assert intervals is not None
            assert min(intervals.values()) > timedelta(0)
            self._keep(session.rate(self.rng.choices(list(Rating), (1, 1, 8, 2))[0], now))
            self.answers += 1
        assert due <= asked
        self._assert_whole()
        return asked

    def _keep(self, reviewed: Reviewed | None) -> None:
        if reviewed is not None:
            card = self.store.record(reviewed.log, replaces=reviewed.replaces)
            assert reviewed.log.seconds >= 0
            assert card.due > reviewed.log.reviewed_at
            assert card.due_day >= card.day == reviewed.log.day

    def _assert_whole(self) -> None:
        assert self.store.verify() == []
        assert len(self.store.reviews()) == self.answers == sum(card.reviews for card in self.store.cards().values())


def must_be_asked(card: Card, today: int) -> bool:
    """Said once more, and in other words than the product: its day has come, or the clock was days ahead."""
    over = card.due_day if card.state is CardState.REVIEW else card.day + 1
    return today >= over or card.day - today >= 2


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    with Store(tmp_path / "kdquiz.sqlite") as store:
        yield Diary(store)


def daily(first: date, days: int, at: Sequence[time], zone: ZoneInfo) -> Iterator[datetime]:
    """On each day at one of these times of the local clock, in turn, in UTC."""
    for number in range(days):
        yield datetime.combine(first + timedelta(days=number), at[number % len(at)], tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK, LORD_HOWE], ids=str)
@pytest.mark.parametrize("first", [date(2026, 3, 1), date(2026, 10, 1)], ids=["spring", "autumn"])
def test_daylight_saving(diary: Diary, zone: ZoneInfo, first: date) -> None:
    """Five weeks, on each day a sitting; at four in the morning as well, where days begin and clocks change."""
    days = [Calendar(zone).day(now) for now in daily(first, 35, [time(20), time(4), time(4, 30)], zone)]
    assert days == list(range(days[0], days[0] + 35))
    asked = [diary.sit_down(now, zone) for now in daily(first, 35, [time(20), time(4), time(4, 30)], zone)]
    assert set().union(*asked) == IDS
    assert sum(map(bool, asked[10:])) > 5


@pytest.mark.parametrize(("hours", "step"), [(12, -1), (24, 2)], ids=["it is yesterday again", "a day is left out"])
def test_flights_over_the_date_line(diary: Diary, hours: int, step: int) -> None:
    """There and back, twice, with a sitting every so many hours."""
    now = datetime(2026, 5, 1, 9, tzinfo=UTC)
    stays = [TOKYO, LOS_ANGELES, AUCKLAND, LOS_ANGELES, KIRITIMATI, NIUE, KIRITIMATI, TOKYO]
    days = []
    for zone in stays:
        for _ in range(5):
            now += timedelta(hours=hours)
            days.append(Calendar(zone).day(now))
            diary.sit_down(now, zone)
    assert step in {after - before for before, after in pairwise(days)}


def test_nothing_is_due_again_only_since_it_is_yesterday_once_more(diary: Diary) -> None:
    """What was answered in Tokyo this morning is not asked in Los Angeles a few hours later."""
    now = datetime(2026, 5, 1, 23, tzinfo=UTC)
    first = diary.sit_down(now, TOKYO)
    learnt = {card.id for card in diary.store.cards().values() if card.state is CardState.REVIEW}
    assert learnt
    again = diary.sit_down(now + timedelta(hours=10), LOS_ANGELES)
    assert not again & learnt
    assert first


def test_a_clock_ten_years_ahead_for_one_sitting(diary: Diary) -> None:
    start = datetime(2026, 5, 1, 18, tzinfo=UTC)
    for number in range(5):
        diary.sit_down(start + timedelta(days=number), BERLIN)
    ahead = diary.sit_down(start + timedelta(days=3650), BERLIN)
    assert ahead
    back = start + timedelta(days=6)
    asked = diary.sit_down(back, BERLIN)
    assert ahead <= asked  # nobody waits ten years for them
    for number in range(7, 30):
        diary.sit_down(start + timedelta(days=number), BERLIN)
    until = Calendar(BERLIN).day(start + timedelta(days=3650))
    assert all(card.due_day < until for card in diary.store.cards().values())


@pytest.mark.parametrize("back", [timedelta(seconds=20), timedelta(hours=3), timedelta(days=2), timedelta(days=4000)])
def test_a_clock_that_is_set_back_within_a_question(diary: Diary, back: timedelta) -> None:
    now = datetime(2026, 5, 1, 18, tzinfo=UTC)
    diary.sit_down(now, BERLIN)
    diary.sit_down(now + timedelta(days=1), BERLIN, back)
    for number in range(2, 5):
        diary.sit_down(now + timedelta(days=number), BERLIN)
    assert {log.card_id for log in diary.store.reviews()} == IDS


sittings = st.lists(
    st.tuples(
        st.one_of(st.integers(-72, 240), st.integers(-50_000, 50_000)),
        st.sampled_from(ZONES),
        st.one_of(st.just(0), st.integers(-90_000, 90_000)),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=12)
@given(sittings, st.integers(0, 99))
def test_whatever_the_clock_says(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[int, ZoneInfo, int]], seed: int
) -> None:
    """Jumps of hours between sittings, forwards and back, in any zone, and of seconds within a question."""
    now = datetime(2026, 5, 1, 18, tzinfo=UTC)
    with Store(tmp_path_factory.mktemp("clock") / "kdquiz.sqlite") as store:
        diary = Diary(store, random.Random(seed))
        for hours, zone, back in found:
            now += timedelta(hours=hours)
            diary.sit_down(now, zone, timedelta(seconds=back))
