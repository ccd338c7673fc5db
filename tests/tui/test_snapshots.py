"""How screens are laid out, at 80x24 and 120x40.

`pytest tests/tui --snapshot-update` redraws them; look at what changed.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from kdquiz.memory.model import Rating, ReviewLog, Standing
from kdquiz.sessions.selection import Wish
from kdquiz.store.store import Store
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.screens.watch import WatchScreen
from kdquiz.tui.start import DrillStart, Home, Quiz, Start, WatchStart
from tests.tui.conftest import services
from tests.tui.desk import NOON, Clock, settled
from tests.tui.examples import CHOICE, MULTI, QUESTIONS, SHORT, WRONG, PreparedGrader, drill, library
from tests.tui.questions import CLOZE, NUMERIC, ORDER, PREDICT

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
SnapCompare = Callable[..., bool]


@pytest.fixture
def app(store: Store, clock: Clock) -> Callable[..., KdquizApp]:
    def make(start: Start, *questions: object) -> KdquizApp:
        content = library(*(questions or QUESTIONS))  # type: ignore[arg-type]
        return KdquizApp(services(store, clock, content, grader=PreparedGrader(WRONG)), start)

    return make


def press(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)

    return run


@SIZES
def test_home(snap_compare: SnapCompare, app: Callable[..., App[None]], store: Store, size: tuple[int, int]) -> None:
    """Some of the lesson is seen, the drill is due."""
    for question, days in ((CHOICE.id, 12.0), (MULTI.id, 3.0), ("double", 60.0)):
        at = NOON - timedelta(days=days)
        log = ReviewLog(card_id=question, rating=Rating.EASY, reviewed_at=at, seconds=5.0)
        store.record(log)
    assert snap_compare(app(Home()), terminal_size=size, run_before=press("down"))


def worked_out(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Press keys, and wait until the threads have worked out what comes of them."""

    async def run(pilot: Pilot[None]) -> None:
        await press(*keys)(pilot)
        await pilot.app.workers.wait_for_complete()
        await settled(pilot)

    return run


@pytest.fixture
def interview(store: Store) -> None:
    """It is in three weeks; two questions are seen, one is suspended."""
    for question, days in ((CHOICE.id, 12.0), (MULTI.id, 3.0)):
        at = NOON - timedelta(days=days)
        store.record(ReviewLog(card_id=question, rating=Rating.EASY, reviewed_at=at, seconds=5.0))
    store.stand(SHORT.id, Standing(suspended=True))
    store.set_setting("interview-date", "2026-12-15")


@SIZES
@pytest.mark.usefixtures("interview")
def test_home_before_an_interview(
    snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]
) -> None:
    """The days left, the chances on the day, what is put aside."""
    assert snap_compare(app(Home()), terminal_size=size, run_before=worked_out())


@SIZES
@pytest.mark.usefixtures("interview")
def test_the_plan(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """The lines to set it by, and what comes of it."""
    assert snap_compare(app(Home()), terminal_size=size, run_before=worked_out("p"))


@SIZES
def test_questions_are_browsed(
    snap_compare: SnapCompare, app: Callable[..., App[None]], store: Store, size: tuple[int, int]
) -> None:
    """A search with the words found underlined; one question is due; its answer is shown."""
    at = NOON - timedelta(days=60)
    log = ReviewLog(card_id=CHOICE.id, rating=Rating.EASY, reviewed_at=at, seconds=5.0)
    store.record(log)
    keys = ("b", "slash", *"expect", "enter", "space")
    assert snap_compare(app(Home()), terminal_size=size, run_before=press(*keys))


@SIZES
def test_a_filter_is_chosen(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """Each kind with its count."""
    assert snap_compare(app(Home()), terminal_size=size, run_before=press("b", "down", "k", "down"))


@SIZES
def test_a_choice_is_asked(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """The second option is chosen."""
    assert snap_compare(app(Quiz(wish=Wish()), CHOICE, MULTI), terminal_size=size, run_before=press("b"))


@SIZES
def test_a_choice_is_answered(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """Verdict, misconceptions, source, follow-up, ratings."""
    quiz = app(Quiz(wish=Wish()), CHOICE, SHORT)
    assert snap_compare(quiz, terminal_size=size, run_before=press("b", "enter"))


@SIZES
def test_a_short_answer_is_marked(
    snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]
) -> None:
    """The rubric with the words that ticked it, and one line overruled."""
    keys = (*"too peaked", "enter", "down", "x")
    assert snap_compare(app(Quiz(wish=Wish()), SHORT), terminal_size=size, run_before=press(*keys))


@SIZES
def test_a_slip_in_a_number_is_told(
    snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]
) -> None:
    """What was typed, the mistake that gives it, how far it is off."""
    assert snap_compare(app(Quiz(wish=Wish()), NUMERIC), terminal_size=size, run_before=press(*"0.965", "enter"))


@SIZES
def test_blanks_are_filled(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """Each blank in its text; the second has the keys."""
    assert snap_compare(app(Quiz(wish=Wish()), CLOZE), terminal_size=size, run_before=press(*"both", "enter"))


@SIZES
def test_blanks_are_marked(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """One right, one wrong, one left open."""
    keys = (*"both", "enter", *"T", "enter", "enter", "enter")
    assert snap_compare(app(Quiz(wish=Wish()), CLOZE), terminal_size=size, run_before=press(*keys))


@SIZES
def test_a_step_is_carried(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """The second step is held, at the third place."""
    assert snap_compare(app(Quiz(wish=Wish()), ORDER), terminal_size=size, run_before=press("b", "space", "down"))


@SIZES
def test_an_order_is_marked(snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]) -> None:
    """The learner's order, then the right one."""
    assert snap_compare(app(Quiz(wish=Wish()), ORDER), terminal_size=size, run_before=press("b", "3", "enter"))


@SIZES
def test_a_prediction_is_answered(
    snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]
) -> None:
    """The misconception, and what the experiment shows."""
    assert snap_compare(app(Quiz(wish=Wish()), PREDICT), terminal_size=size, run_before=press("a", "enter"))


@SIZES
def test_a_drill_is_reported_on(
    snap_compare: SnapCompare, app: Callable[..., App[None]], size: tuple[int, int]
) -> None:
    """Verdict, checks, diagnosis, smallest case; beside the editor where there is room."""
    assert snap_compare(app(DrillStart(drill_id="double")), terminal_size=size, run_before=press("ctrl+r"))


def watched(pilot: Pilot[None]) -> WatchScreen:
    assert isinstance(pilot.app.screen, WatchScreen)
    return pilot.app.screen


async def noticed(pilot: Pilot[None]) -> None:
    """Wait until the file was looked at, and nothing in it is to be graded."""
    while not watched(pilot).query_one("#notice").display:
        await settled(pilot)
    await settled(pilot)


async def reported(pilot: Pilot[None]) -> None:
    """Wait until the file was graded."""
    while watched(pilot).pages.home != "report":
        await settled(pilot)
    await settled(pilot)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter, in the working folder."""
    monkeypatch.chdir(tmp_path)
    made = Path("double.py")
    made.write_text(drill().starter)
    return made


@SIZES
def test_a_file_is_watched(
    snap_compare: SnapCompare, app: Callable[..., App[None]], file: Path, size: tuple[int, int]
) -> None:
    """It holds the starter: what to do, and the task."""
    start = WatchStart(drill_id="double", file=file)
    assert snap_compare(app(start), terminal_size=size, run_before=noticed)


@SIZES
def test_a_save_is_reported_on(
    snap_compare: SnapCompare, app: Callable[..., App[None]], file: Path, size: tuple[int, int]
) -> None:
    """Verdict, diagnosis, smallest case, checks; when it was graded."""
    file.write_text("def double(x):\n    return 3 * x\n")
    start = WatchStart(drill_id="double", file=file)
    assert snap_compare(app(start), terminal_size=size, run_before=reported)
