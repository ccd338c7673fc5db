"""What the tests of the Browse screen do and look at: its list, its search, its filters."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.store.store import Store
from kdquiz.tui.dialogs.chooser import Chooser
from kdquiz.tui.screens.browse import BrowseScreen
from kdquiz.tui.widgets.line_list import LineList
from tests.tui.desk import NOON, Desk, settled


def screen(desk: Desk) -> BrowseScreen:
    assert isinstance(desk.app.screen, BrowseScreen), desk.app.screen
    return desk.app.screen


def at_cursor(desk: Desk) -> str:
    """The row that is marked."""
    return next((line for line in desk.text.splitlines() if line.lstrip().startswith("▸")), "")


def list_of(desk: Desk) -> LineList:
    return desk.one(LineList)


async def until(desk: Desk, holds: Callable[[], bool]) -> None:
    """For what comes of a timer alone, and posts no message."""
    async with asyncio.timeout(60):
        while not holds():
            await settled(desk.pilot)
    await settled(desk.pilot)


async def search(desk: Desk, words: str) -> None:
    """Type words, and wait until they were searched for."""
    await desk.press("slash", *words)
    await until(desk, lambda: screen(desk).asked.words == words)


async def choose(desk: Desk, key: str, typed: str) -> None:
    """Choose a value of a filter by typing a part of it."""
    await desk.press(key)
    assert isinstance(desk.app.screen, Chooser)
    await desk.press(*typed, "enter")


def review(store: Store, question_id: str, days_ago: float, rating: Rating = Rating.EASY) -> None:
    at = NOON - timedelta(days=days_ago)
    store.record(ReviewLog(card_id=question_id, rating=rating, reviewed_at=at, seconds=5.0))
