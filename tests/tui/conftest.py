"""The app over a real store in a folder of its own, with a clock that stands and a cursor that does not blink."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest
import textual.app
import textual.constants
from textual.widgets import Input, TextArea

from kdquiz.grading.client import Grader
from kdquiz.library.library import Library
from kdquiz.library.load import Loaded
from kdquiz.library.problems import Problem
from kdquiz.memory.day import Calendar
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
    """Days are told in UTC; cursors do not blink, and nothing glides. After a key, only messages are waited for."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.delenv("NO_COLOR", raising=False)
    time.tzset()
    monkeypatch.setattr(TextArea, "cursor_blink", False)
    monkeypatch.setattr(Input, "cursor_blink", False)
    monkeypatch.setattr(textual.constants, "TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setattr(textual.app, "wait_for_idle", _give_way)
    yield
    monkeypatch.undo()
    time.tzset()


async def _give_way(_: float) -> None:
    """In place of Textual's wait after each key, twice 20 ms at least, until the processor has little to do: that says
    nothing of the app, and `settled` waits for what does."""
    await asyncio.sleep(0)


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
        calendar=Calendar(UTC),
        clock=clock,
        rng=random.Random(3),
        grader=lambda: grader or PreparedGrader(),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "kdquiz.sqlite", patience=0.01) as opened:
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
