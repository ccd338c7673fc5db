"""A database of its own for every test, on the disk, and values to put in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kdquiz.memory.model import Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.store.store import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCHEDULE = Schedule()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database will be; neither it nor its folder exists yet."""
    return tmp_path / "data" / "kdquiz.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def log_of(card_id: str = "why", rating: Rating = Rating.GOOD, minutes: float = 0, response: str = "{}") -> ReviewLog:
    """A review so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return ReviewLog(card_id=card_id, rating=rating, reviewed_at=at, seconds=4.25, response=response, share=1.0)


def answer(store: Store, log: ReviewLog, replaces: ReviewLog | None = None) -> Card:
    """Record a review as a session does."""
    return store.record(log, replaces)
