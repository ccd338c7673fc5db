"""The app over a real store in a folder of its own, with a clock that stands and a cursor that does not blink."""

import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from kdquiz.grading.client import Grader
from kdquiz.library.library import Library
from kdquiz.library.load import Loaded
from kdquiz.library.problems import Problem
from kdquiz.memory.schedule import Schedule
from kdquiz.store.store import Store
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.services import Services
from kdquiz.tui.start import Home, Start
from tests.tui.desk import Clock, Desk, SitDown, settled
from tests.tui.examples import QUESTIONS, PreparedGrader, library

HOME = Home()
CONTENT = library(*QUESTIONS)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days are told in UTC, and cursors do not blink."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setattr(Input, "cursor_blink", False)
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def services(
    store: Store,
    clock: Clock,
    content: Library = CONTENT,
    problems: tuple[Problem, ...] = (),
    grader: Grader | None = None,
    reload: Callable[[], Loaded] | None = None,
) -> Services:
    """Everything real but the clock and, unless given, the grader."""
    return Services(
        library=content,
        problems=problems,
        reload=reload or (lambda: Loaded(content, problems)),
        store=store,
        schedule=Schedule(),
        clock=clock,
        rng=random.Random(3),
        grader=lambda: grader or PreparedGrader(),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "kdquiz.sqlite", Schedule(), patience=0.01) as opened:
        yield opened


@asynccontextmanager
async def _sit_down(
    store: Store,
    clock: Clock,
    start: Start = HOME,
    *,
    size: tuple[int, int] = (80, 24),
    content: Library = CONTENT,
    problems: tuple[Problem, ...] = (),
    grader: Grader | None = None,
    reload: Callable[[], Loaded] | None = None,
) -> AsyncIterator[Desk]:
    app = KdquizApp(services(store, clock, content, problems, grader, reload), start)
    desk = Desk(app, store, clock)
    async with app.run_test(size=size, message_hook=desk.hear) as pilot:
        desk.sit_at(pilot)
        await settled(pilot)
        yield desk


@pytest.fixture
def sit_down(store: Store, clock: Clock) -> SitDown:
    """Opens the app; may be called again in one test, as a learner who comes back."""
    return partial(_sit_down, store, clock)
