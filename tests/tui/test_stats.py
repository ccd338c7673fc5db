"""The statistics: pages and their keys, what is read when, fitting and going back, the log as CSV."""

import asyncio
import csv
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from kdquiz.errors import StoreError
from kdquiz.exchange import fitting, review_log
from kdquiz.exchange.fitting import Outcome
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Fit
from kdquiz.memory.statistics import DayTotals
from kdquiz.store.history import History
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.stats import StatsScreen, WorkDone
from tests.histories import Past, write
from tests.tui.desk import NOON, Desk, SitDown
from tests.tui.examples import QUESTIONS

IDS = tuple(question.id for question in QUESTIONS)
TODAY = Calendar(UTC).day(NOON)


@pytest.fixture
def past(store: Store) -> Store:
    """A month of reviews."""
    write(store, Past(ids=IDS, reviews=80, today=TODAY, days=30, drills=("double",)))
    return store


async def opened(desk: Desk) -> StatsScreen:
    await desk.press("s")
    screen = desk.app.screen
    assert isinstance(screen, StatsScreen)
    return screen


async def test_home_opens_it_and_escape_goes_back(sit_down: SitDown, past: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        assert "Reviews a day, the last year" in desk.text
        assert f"In all {past.history.totals().reviews} reviews" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("1", "The last 30 days"),
        ("2", "Recalled against predicted"),
        ("3", "Cards that come back"),
        ("4", "recalled now"),
        ("5", "in the last 14 days"),
        ("6", "first accepted"),
    ],
)
async def test_each_page_has_its_number(sit_down: SitDown, past: Store, key: str, said: str) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press(key)
        assert said in desk.text


async def test_arrows_turn_the_pages_round_and_a_click_opens_one(sit_down: SitDown, past: Store) -> None:
    async with sit_down() as desk:
        screen = await opened(desk)
        seen = []
        for _ in range(6):
            await desk.press("right")
            seen.append(screen.page)
        assert seen == ["recall", "load", "topics", "mistakes", "drills", "overview"]
        await desk.press("left")
        assert screen.page == "drills"
        await desk.pilot.click("#name-load")
        assert screen.page == "load"


async def test_a_page_is_read_once_and_drawn_for_every_size(
    sit_down: SitDown, past: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    days = History.days

    def counted(history: History) -> list[DayTotals]:
        read.append(1)
        return days(history)

    monkeypatch.setattr(History, "days", counted)
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("4", "1")
        assert len(read) == 1
        before = desk.text
        await desk.pilot.resize_terminal(120, 40)
        await desk.press("4", "1")
        assert len(read) == 1
        assert desk.text.count("\n") > before.count("\n")
        assert "Reviews a day" in desk.text


async def test_what_is_longer_than_the_screen_scrolls(sit_down: SitDown, past: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("2")
        assert "More" in desk.text.splitlines()[-1]
        assert "You recalled" in desk.text
        await desk.press("down")
        assert "You recalled" not in desk.text
        await desk.press("pagedown")
        assert "default weights" in desk.text
        await desk.press("3", "2")
        assert "You recalled" in desk.text  # from the top again


async def test_with_nothing_answered_each_page_says_what_to_do(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await opened(desk)
        for key, said in (("1", "first"), ("2", "tomorrow"), ("3", "first"), ("4", "not seen"), ("6", "Open one")):
            await desk.press(key)
            assert said in desk.text


async def work(desk: Desk, key: str) -> WorkDone:
    """Press a key that begins work aside, and wait until it is done."""
    await desk.until(WorkDone, after=lambda: desk.app.simulate_key(key))
    return desk.all_heard(WorkDone)[-1]


async def test_too_few_reviews_are_counted(sit_down: SitDown, past: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("2")
        done = await work(desk, "f")
        assert not done.changed
        assert "more reviews are needed" in desk.text
        assert past.fits() == []
        await desk.press("3")
        assert "more reviews are needed" not in desk.text


def fitted(store: Store, now: object, stopped: Callable[[], bool]) -> Outcome:
    """As a fit that is better; what it takes to make one is the concern of other tests."""
    weights = tuple(weight * 1.01 for weight in store.schedule.weights)
    store.adopt(Fit(weights=weights, fitted_at=NOON, reviews=500, loss_before=0.4, loss_after=0.39))
    return Outcome(adopted=True, told="It is better.")


async def test_fitted_weights_are_told_and_may_be_given_up(
    sit_down: SitDown, past: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "refit", fitted)
    async with sit_down(size=(80, 40)) as desk:
        await opened(desk)
        await desk.press("w")
        assert not desk.all_heard(WorkDone)
        await desk.press("2")
        assert "Default weights" not in desk.text
        await work(desk, "f")
        assert "It is better." in desk.text
        assert "log loss 0.4000 before, 0.3900" in desk.text
        done = await work(desk, "w")
        assert done.changed
        assert past.fits()[-1].weights is None
        assert "uses the default weights" in desk.text
        assert "Default weights" not in desk.text.splitlines()[-1]


async def test_the_log_is_written_beside_the_database(sit_down: SitDown, past: Store, tmp_path: Path) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await work(desk, "x")
        (file,) = tmp_path.glob("*.csv")
        assert file.name == "reviews-2026-11-24.csv"
        assert file.name in desk.text.replace("\n  █ ", "")
    with file.open(encoding="utf-8", newline="") as lines:
        assert [row["id"] for row in csv.DictReader(lines)] == [log.card_id for log in past.reviews()]


async def test_a_file_that_cannot_be_written_is_told(sit_down: SitDown, past: Store, tmp_path: Path) -> None:
    (tmp_path / "reviews-2026-11-24.csv").mkdir()
    async with sit_down() as desk:
        await opened(desk)
        await work(desk, "x")
        assert "cannot be written: Is a directory" in " ".join(desk.text.replace("█", "").split())
        assert sorted(file.name for file in tmp_path.glob("reviews*")) == ["reviews-2026-11-24.csv"]
        assert isinstance(desk.app.screen, StatsScreen)


async def test_leaving_stops_what_is_done_aside(
    sit_down: SitDown, past: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def until_stopped(history: object, kinds: object, file: object, stopped: Callable[[], bool]) -> int:
        while not stopped():
            began.set()
        ended.set()
        return 0

    monkeypatch.setattr(review_log, "write", until_stopped)
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("x")
        assert "Writing the review log" in desk.text
        assert await asyncio.to_thread(began.wait, 60)
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)
        assert await asyncio.to_thread(ended.wait, 60)
        await desk.app.workers.wait_for_complete()
    assert not list(tmp_path.glob("reviews*"))
    assert not desk.all_heard(WorkDone)


async def test_a_store_that_cannot_be_read_is_told(sit_down: SitDown, past: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        with closing(sqlite3.connect(past.path)) as other:
            other.execute("ALTER TABLE attempt RENAME TO tried")
        await desk.press("6")
        assert isinstance(desk.app.screen, FaultScreen)
        with closing(sqlite3.connect(past.path)) as other:
            other.execute("ALTER TABLE tried RENAME TO attempt")
        await desk.press("y")
        assert isinstance(desk.app.screen, StatsScreen)
        assert "first accepted" in desk.text


async def test_the_palette_offers_it(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        desk.app.post_message(messages.StatsWanted())
        await desk.press("1")
        assert isinstance(desk.app.screen, StatsScreen)
        names = [command.title for command in desk.app.get_system_commands(desk.app.screen)]
        assert "Statistics" in names


@pytest.mark.parametrize("error", [StoreError("The disk is full.", "Free some space.")])
async def test_a_fault_aside_is_told(
    sit_down: SitDown, past: Store, monkeypatch: pytest.MonkeyPatch, error: StoreError
) -> None:
    def fails(*_: object) -> Outcome:
        raise error

    monkeypatch.setattr(fitting, "refit", fails)
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("2")
        await work(desk, "f")
        assert "! The disk is full." in desk.text
        assert "Fit weights" in desk.text.splitlines()[-1]
