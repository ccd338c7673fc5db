"""A drill in an editor of the learner's own: what is graded and what is not, what is drawn, the keys, and the file."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.message import Message

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Report, Verdict
from kdquiz.memory.model import Rating
from kdquiz.sessions.drill import DrillPhase
from kdquiz.store.store import Store
from kdquiz.tui import messages, watching
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.screens import watch
from kdquiz.tui.screens.watch import WatchScreen
from kdquiz.tui.start import WatchStart
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import MARKUP, RAISED, WRONG, HeldGrader, PreparedGrader, drill

STARTER, REFERENCE = drill().starter, drill().reference
ACCEPTED = Report(drill="double", verdict=Verdict.ACCEPTED, summary="Right on all 6 cases.", elapsed_ms=20.0)
FAULT = replace(ACCEPTED, verdict=Verdict.INTERNAL_ERROR, summary="The grader stopped in the middle.")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The starter, in the working folder, which is looked at more often than for people."""
    monkeypatch.setattr(watching, "EVERY", 0.02)
    monkeypatch.chdir(tmp_path)
    made = Path("double.py")
    made.write_text(STARTER)
    return made


START = WatchStart(drill_id="double", file=Path("double.py"))


def screen(desk: Desk) -> WatchScreen:
    assert isinstance(desk.app.screen_stack[1], WatchScreen)
    return desk.app.screen_stack[1]


def save(file: Path, content: str | bytes) -> None:
    """By rename, as most editors do."""
    beside = file.with_suffix(".tmp")
    beside.write_bytes(content.encode() if isinstance(content, str) else content)
    beside.replace(file)


async def saved(desk: Desk, file: Path, content: str | bytes) -> None:
    """Save, and wait until that was noticed; what stood there before was noticed first."""
    await heard(desk)
    await desk.until(messages.Saved, after=lambda: save(file, content))


async def graded(desk: Desk, file: Path, content: str | bytes) -> None:
    """Save, and wait until it is graded and kept."""
    await desk.until(messages.Kept, after=lambda: save(file, content))


async def heard(desk: Desk, kind: type[Message] = messages.Saved) -> None:
    """Wait for a message that comes at the start: by itself the first look at the file."""
    if not desk.all_heard(kind):
        await desk.until(kind, after=lambda: None)
    await settled(desk.pilot)


async def until(desk: Desk, holds: Callable[[], bool]) -> None:
    """For what comes of a timer alone, and posts no message."""
    async with asyncio.timeout(60):
        while not holds():
            await settled(desk.pilot)


def attempts(desk: Desk) -> list[tuple[str, str]]:
    return [(attempt.source, attempt.verdict) for attempt in desk.store.attempts("double")]


# ---- what is graded ----------------------------------------------------------------------------------------


async def test_an_untouched_starter_is_not_graded_and_the_task_is_shown(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START) as desk:
        await heard(desk)
        assert "Save double.py to have it graded." in desk.text
        assert "Return twice x, unchanged in shape and dtype." in desk.text
        assert "Not graded" in desk.text
        await desk.press("r")  # is not offered
        assert attempts(desk) == []


async def test_what_stands_in_the_file_at_the_start_is_graded_at_once(sit_down: SitDown, file: Path) -> None:
    file.write_text("def double(x): return 3 * x")
    async with sit_down(START, grader=PreparedGrader(WRONG)) as desk:
        await heard(desk, messages.Kept)
        assert "✗ Wrong answer" in desk.text
        assert attempts(desk) == [("def double(x): return 3 * x", "wrong-answer")]


async def test_every_save_is_graded_reported_and_kept(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG, RAISED)) as desk:
        await graded(desk, file, "one")
        heading, line, *_ = desk.text.splitlines()
        assert heading.startswith(" Twice · core ")
        assert heading.endswith("1 attempt · 0:00 of 10 min")
        assert line.split() == ["double.py", "Graded", "12:00:00"]
        assert "Save double.py" not in desk.text
        for said in ("✗ Wrong answer", "Three times x is not twice.", "1 question on what went wrong is due now."):
            assert said in desk.text, said
        assert desk.store.made_due() == {"why-soft"}
        desk.clock.forward(seconds=184)
        await graded(desk, file, "two")
        assert "✗ Runtime error" in desk.text
        assert "✗ Wrong answer" not in desk.text
        assert "Graded 12:03:04" in desk.text
        assert "is due now" not in desk.text
        assert attempts(desk) == [("one", "wrong-answer"), ("two", "runtime-error")]


async def test_a_solve_counts_as_in_the_app(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(ACCEPTED)) as desk:
        await graded(desk, file, REFERENCE)
        assert "✓ Accepted" in desk.text
        assert "✓ Solved. It comes back in " in desk.text
        assert [log.rating for log in desk.store.reviews("double")] == [Rating.EASY]
        await desk.press("s")  # nothing is asked any more
        assert "return 2 * x" in desk.text
        await desk.press("s")
        assert "✓ Accepted" in desk.text


async def test_the_same_saved_again_is_no_attempt_and_r_is_one(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG, WRONG, WRONG)) as desk:
        await graded(desk, file, "one")
        await desk.press("t")
        await saved(desk, file, "one")
        assert "✗ Wrong answer" in desk.text  # a save leads back to the report, this one too
        assert len(attempts(desk)) == 1
        desk.clock.forward(seconds=5)
        await desk.press("r")
        assert len(attempts(desk)) == 2
        assert "Graded 12:00:05" in desk.text


async def test_of_saves_that_come_faster_than_grades_the_newest_is_graded(sit_down: SitDown, file: Path) -> None:
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        for content in ("one", "two", "three"):
            await saved(desk, file, content)
        assert grader.sources == ["one"]
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on" not in desk.text  # nobody waits for the report on `one` any more
        assert grader.sources == ["one", "three"]
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on three." in desk.text
        assert [source for source, _ in attempts(desk)] == ["one", "three"]


async def test_before_the_grader_is_warm_nothing_but_the_newest_waits_for_it(sit_down: SitDown, file: Path) -> None:
    grader = HeldGrader(cold=True)
    async with sit_down(START, grader=grader) as desk:
        for content in ("one", "two"):
            await saved(desk, file, content)
            assert "Warming up the grader…" in desk.text
        await desk.until(messages.GraderReady, after=grader.warm.set)
        assert "Grading…" in desk.text
        await desk.until(messages.Kept, after=grader.let_go)
        assert grader.sources == ["two"]
        assert "This is on two." in desk.text


# ---- what is drawn meanwhile -------------------------------------------------------------------------------


async def test_the_last_report_stays_while_the_next_is_made(
    sit_down: SitDown, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 600.0)
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        await saved(desk, file, "two")
        assert "Grading…" in desk.text.splitlines()[1]
        assert "This is on one." in desk.text
        patience = screen(desk)._patience
        await saved(desk, file, "three")
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on one." in desk.text
        assert screen(desk)._patience is patience  # it does not begin anew: who saves often sees no old report for long
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on three." in desk.text
        assert screen(desk)._patience is None


async def test_a_report_that_was_long_overtaken_gives_way(
    sit_down: SitDown, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        monkeypatch.setattr(watch, "PATIENCE", 0.01)
        await saved(desk, file, "two")
        await until(desk, lambda: "This is on one." not in desk.text)
        assert "✓ compile" in desk.text  # how far it is
        await saved(desk, file, "three")
        assert "Saved again meanwhile: that is graded next." in desk.text
        await desk.until(messages.Kept, after=grader.let_go)
        assert "Saved again" not in desk.text
        assert "This is on" not in desk.text
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on three." in desk.text


async def test_a_report_that_gave_way_is_made_again_where_its_source_returns(
    sit_down: SitDown, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        monkeypatch.setattr(watch, "PATIENCE", 0.01)
        await saved(desk, file, "two")
        await until(desk, lambda: "This is on one." not in desk.text)
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on one." in desk.text
        assert grader.sources == ["one", "two", "one"]


async def test_what_was_undone_while_it_was_graded_leaves_the_report_before_it(
    sit_down: SitDown, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", 600.0)
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        await saved(desk, file, "two")
        await saved(desk, file, "one")
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on one." in desk.text
        assert "Graded 12:00:00" in desk.text
        assert screen(desk)._patience is None  # or the report would soon give way to nothing
        assert grader.sources == ["one", "two"]


# ---- a file that cannot be graded --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.unlink(), "double.py is gone."),
        (lambda file: save(file, b"'\xe4'"), "double.py is not UTF-8: byte 0xe4 in line 1."),
        (lambda file: save(file, "x" * 70_000), "double.py is larger than the 64 KiB that are graded."),
        (lambda file: save(file, ""), "double.py is empty."),
        (lambda file: save(file, STARTER), "Save double.py to have it graded."),
    ],
    ids=["gone", "not UTF-8", "too large", "empty", "starter"],
)
async def test_what_cannot_be_graded_is_told_and_the_next_save_is_awaited(
    sit_down: SitDown, file: Path, spoil: Callable[[Path], None], told: str
) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG, ACCEPTED)) as desk:
        await graded(desk, file, "one")
        await desk.until(messages.Saved, after=lambda: spoil(file))
        assert told in desk.text
        assert "Not graded" in desk.text
        assert "✗ Wrong answer" not in desk.text  # that was on something else
        await saved(desk, file, "one")
        assert "✗ Wrong answer" in desk.text
        assert told not in desk.text
        assert len(attempts(desk)) == 1
        await graded(desk, file, REFERENCE)
        assert "✓ Accepted" in desk.text


@pytest.mark.parametrize("patience", [0.01, 600.0])
async def test_a_file_that_goes_while_it_is_graded_shows_no_report(
    sit_down: SitDown, file: Path, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr(watch, "PATIENCE", patience)
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        if patience < 1:
            await until(desk, lambda: "✓ compile" in desk.text)
        await desk.until(messages.Saved, after=file.unlink)
        assert screen(desk)._patience is None  # or the message would soon give way
        await desk.until(messages.Kept, after=grader.let_go)
        assert "double.py is gone." in desk.text
        assert "This is on" not in desk.text
        assert [source for source, _ in attempts(desk)] == ["one"]


# ---- faults of the grader ----------------------------------------------------------------------------------


async def test_a_fault_of_ours_counts_for_nothing_and_the_same_may_be_saved_again(
    sit_down: SitDown, file: Path
) -> None:
    async with sit_down(START, grader=PreparedGrader(FAULT, FAULT, ACCEPTED)) as desk:
        await graded(desk, file, REFERENCE)
        assert "! A fault of ours" in desk.text
        assert "Save again, or press r." in desk.text
        assert "attempt" not in desk.text.splitlines()[0]
        await desk.press("r")
        assert "! A fault of ours" in desk.text
        await graded(desk, file, REFERENCE)
        assert "✓ Accepted" in desk.text
        assert [log.rating for log in desk.store.reviews("double")] == [Rating.EASY]


async def test_without_grading_processes_it_is_said_what_to_do(
    sit_down: SitDown, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    async with sit_down(START, grader=Grader(), size=(120, 40)) as desk:
        await heard(desk)
        assert "No grading. The grading process" in desk.text
        assert "No such file or directory" in desk.text
        await desk.until(messages.GraderFailed, after=lambda: save(file, "one"))
        assert "! Not graded" in desk.text
        assert "You can go on writing" in desk.text
        assert attempts(desk) == []
        failures = len(desk.all_heard(messages.GraderFailed))
        await desk.until(messages.GraderFailed, after=lambda: desk.app.simulate_key("r"))
        assert len(desk.all_heard(messages.GraderFailed)) == failures + 1


async def test_processes_that_are_started_anew_are_said_to_be_ready(sit_down: SitDown, file: Path) -> None:
    """After a fault the next grade starts them, and nothing but the grader itself tells when they are warm."""
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await saved(desk, file, "one")
        grader.warm.clear()
        screen(desk).checks.clear()
        await until(desk, lambda: "Warming up the grader…" in desk.text.splitlines()[1])
        grader.warm.set()
        await until(desk, lambda: "Grading…" in desk.text.splitlines()[1])
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on one." in desk.text


# ---- the keys ----------------------------------------------------------------------------------------------


async def test_hints_come_one_at_a_time_and_make_a_solve_hard(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(ACCEPTED)) as desk:
        await desk.press("h")
        assert "Hint 1 of 2. Think of a sum." in desk.text
        assert "Hint 2" not in desk.text
        await desk.press("ctrl+g")
        assert "Hint 2 of 2. x + x does it." in desk.text
        assert "h Hint" not in desk.text  # there is none left
        await graded(desk, file, REFERENCE)
        assert [log.rating for log in desk.store.reviews("double")] == [Rating.HARD]


@pytest.mark.parametrize("key", ["s", "ctrl+o"])
async def test_the_solution_is_asked_about_and_counts_as_again(sit_down: SitDown, file: Path, key: str) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG, ACCEPTED)) as desk:
        await graded(desk, file, "one")
        await desk.press(key)
        assert isinstance(desk.app.screen, ConfirmScreen)
        assert "file stays as it is." in desk.text
        await desk.press("n")
        assert screen(desk).view.phase is DrillPhase.WRITING
        await desk.press(key, "y")
        assert screen(desk).view.phase is DrillPhase.GIVEN_UP
        assert "return 2 * x" in desk.text
        await desk.press(key)
        assert "✗ Wrong answer" in desk.text
        await desk.press(key)
        assert "return 2 * x" in desk.text
        assert "s goes back to the report." in desk.text
        await graded(desk, file, REFERENCE)
        assert "✓ Accepted" in desk.text  # a save leads to its report
        assert [log.rating for log in desk.store.reviews("double")] == [Rating.AGAIN]
    assert file.read_text() == REFERENCE


async def test_a_save_while_the_solution_is_asked_about_is_graded(sit_down: SitDown, file: Path) -> None:
    grader = HeldGrader()
    async with sit_down(START, grader=grader) as desk:
        await desk.press("s")
        await saved(desk, file, "one")
        await desk.press("y")
        assert "Your code is being graded: ask again when that is done." in desk.text
        assert desk.store.reviews("double") == []
        await desk.until(messages.Kept, after=grader.let_go)
        await desk.press("s", "y")
        assert "return 2 * x" in desk.text


async def test_a_save_while_the_solution_cannot_be_counted_is_graded_after_it(
    sit_down: SitDown, store: Store, file: Path
) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG)) as desk:
        await heard(desk)
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("s", "y")
            assert isinstance(desk.app.screen, FaultScreen)
            await saved(desk, file, "one")
            assert attempts(desk) == []
            other.execute("ROLLBACK")
        await desk.until(messages.Attempted, after=lambda: desk.app.simulate_key("y"))
        assert "✗ Wrong answer" in desk.text
        assert [log.rating for log in store.reviews("double")] == [Rating.AGAIN]
        assert attempts(desk) == [("one", "wrong-answer")]


async def test_the_task_is_shown_and_left_by_the_same_key(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG)) as desk:
        assert "t Task" not in desk.text  # it is there
        await graded(desk, file, "one")
        assert "t Task" in desk.text
        await desk.press("t")
        assert "Return twice x" in desk.text
        assert "t goes back to the report." in desk.text
        await desk.press("t")
        assert "✗ Wrong answer" in desk.text
        assert "1 question on what went wrong is due now." in desk.text


async def test_a_long_report_is_scrolled_by_keys(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG, WRONG)) as desk:
        await graded(desk, file, "one")
        assert "seed 17" not in desk.text
        await desk.press("end")
        assert "seed 17" in desk.text
        await graded(desk, file, "two")
        assert "✗ Wrong answer" in desk.text  # a new report is read from the top


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+q"])
async def test_leaving_asks_nothing_and_leaves_the_file(sit_down: SitDown, file: Path, key: str) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG)) as desk:
        await graded(desk, file, "one")
        await desk.press(key)
        assert desk.app._exit
        assert desk.app.return_code == 0
    assert file.read_text() == "one"
    assert sorted(path.name for path in Path().glob("double*")) == ["double.py"]


async def test_help_names_the_keys(sit_down: SitDown, file: Path) -> None:
    async with sit_down(START, grader=PreparedGrader(WRONG), size=(80, 40)) as desk:
        await graded(desk, file, "one")
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, HelpScreen)
        for said in ("h, Ctrl+G", "s, Ctrl+O", "r, Ctrl+R", "q, Esc", "Show the task", "in your own editor"):
            assert said in desk.text, said
        assert "What the ratings mean" not in desk.text


async def test_the_name_of_the_file_is_no_markup_and_its_end_is_seen(
    sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / f"{'long-' * 20}folder" / f"{MARKUP.replace('/', '')}\x1b\udce4.py"
    named.parent.mkdir()
    named.write_text(STARTER)
    async with sit_down(WatchStart(drill_id="double", file=named)) as desk:
        await heard(desk)
        assert "…/[bold]x[] [] [red]��.py" in desk.text
