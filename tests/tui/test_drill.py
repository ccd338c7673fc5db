"""A drill by keys: the editor, the draft, hints, the report, the solution; once with the real grader."""

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Raised, Verdict
from kdquiz.library.folders import content_folders
from kdquiz.library.load import load_library
from kdquiz.memory.model import Rating
from kdquiz.sessions.drill import DrillPhase
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.start import DrillStart, Home
from kdquiz.tui.widgets.code_editor import CodeEditor
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import RAISED, WRONG, HeldGrader, PreparedGrader, drill, library

START = DrillStart(drill_id="double")
STARTER = drill().starter


def screen(desk: Desk) -> DrillScreen:
    assert isinstance(desk.app.screen, DrillScreen)
    return desk.app.screen


def code(desk: Desk) -> CodeEditor:
    return screen(desk).panes.code


async def test_wide_terminals_show_the_editor_beside_the_task(sit_down: SitDown) -> None:
    async with sit_down(START, size=(120, 40)) as desk:
        assert screen(desk).panes.shown == {"task", "code"}
        assert code(desk).has_focus
        assert code(desk).region.x >= 59
        await desk.pilot.resize_terminal(80, 24)
        await settled(desk.pilot)
        assert screen(desk).panes.shown == {"code"}


async def test_narrow_terminals_show_one_pane_and_keys_go_between(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        for key, pane in (("f3", "code"), ("f2", "task"), ("f4", "report"), ("ctrl+t", "code"), ("ctrl+t", "report")):
            await desk.press(key)
            assert screen(desk).panes.shown == {pane}
        await desk.press("f5")  # there is no solution yet
        assert screen(desk).panes.shown == {"report"}
        await desk.pilot.click("#name-task")
        await settled(desk.pilot)
        assert screen(desk).panes.shown == {"task"}


async def test_the_editor_types_indents_and_follows_the_code(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        code(desk).move_cursor(code(desk).document.end)
        await desk.press("f3", *"if q:", "enter", "?", "enter", "tab", "1", "enter", "backspace", "u")
        assert code(desk).text == STARTER + "if q:\n    ?\n        1\n    u"
        assert code(desk).language == "python"
        assert code(desk)._highlights  # the grammar is there and was used


async def test_ctrl_home_and_end_go_through_the_whole_code(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("f3", "ctrl+end")
        assert code(desk).cursor_location == code(desk).document.end
        await desk.press("ctrl+home")
        assert code(desk).cursor_location == (0, 0)


async def test_long_lines_of_the_solution_are_read_without_scrolling(sit_down: SitDown) -> None:
    task = drill().with_sources(starter="", reference=f"# {'word ' * 40}the end\n")
    async with sit_down(START, content=library(task=task)) as desk:
        await desk.press("ctrl+o", "y")
        assert "the end" in desk.text


@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
async def test_pasted_code_keeps_its_lines(sit_down: SitDown, newline: str) -> None:
    """Terminals send a pasted line break as a carriage return."""
    async with sit_down(START) as desk:
        await desk.press("f3")
        await desk.paste(newline.join(["if x:", "\ty = '🎓'", "", ""]))
        assert code(desk).text == "if x:\n    y = '🎓'\n\n" + STARTER


async def test_a_draft_is_kept_on_leaving_and_restored(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("f3", "z", "escape")
        assert desk.app._exit
    async with sit_down(START) as desk:
        assert code(desk).text == "z" + STARTER


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_a_draft_that_cannot_be_kept_is_told_before_leaving(sit_down: SitDown, store: Store, key: str) -> None:
    async with sit_down(START) as desk:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("f3", "z")
            await desk.until(messages.Drafted, after=lambda: code(desk).insert("y"))
            assert isinstance(desk.app.screen, FaultScreen)  # told at the pause
            await desk.press("enter", key)
            assert isinstance(desk.app.screen, FaultScreen)  # and again on leaving
            assert not desk.app._exit
            other.execute("ROLLBACK")
        await desk.press("y")
        assert desk.app._exit
        assert store.draft("double") == "zy" + STARTER


async def test_a_draft_is_kept_at_a_pause(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("f3")
        await desk.until(messages.Drafted, after=lambda: code(desk).insert("y"))
        assert desk.store.draft("double") == "y" + STARTER


async def test_quitting_from_the_editor_keeps_the_draft(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("f3", "w", "ctrl+q")
        assert desk.app._exit
        assert desk.store.draft("double") == "w" + STARTER


async def test_hints_come_one_at_a_time(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("ctrl+g")
        assert "Hint 1 of 2. Think of a sum." in desk.text
        assert "Hint 2" not in desk.text
        await desk.press("ctrl+g")
        assert "Hint 2 of 2. x + x does it." in desk.text
        assert "Ctrl+G" not in desk.text  # there is none left


async def test_a_report_says_all_that_is_known(sit_down: SitDown) -> None:
    async with sit_down(START, size=(120, 60), grader=PreparedGrader(WRONG)) as desk:
        await desk.press("ctrl+r")
        for said in (
            "✗ Wrong answer",
            "f(*args)",
            "✓ compile",
            "✗ value  expected 0.5, got 0.75",
            "– stable, dtype float32  the ordinary cases come first",
            "i frozen teacher_logits (advice)  a gradient",
            "2 explanations fit the evidence equally well",
            "1. Three times x is not twice.",
            "Your code behaves as if line 2 of the reference,",
            "- return 2 * x",
            "+ return 3 * x",
            "2. One and a half too many.",
            "The smallest case that fails, by its value",
            "yours            [0.75]",
            "What your code printed",
            "shape (3,)",
            "seed 17 · 41 ms · no read protection",
            "Code in a drill could read your files",
            "1 question on what went wrong is due now.",
        ):
            assert said in desk.text, said
        assert desk.store.made_due() == {"why-soft"}
        assert [attempt.verdict for attempt in desk.store.attempts("double")] == ["wrong-answer"]
        assert code(desk).has_focus


async def test_the_line_that_raised_is_named(sit_down: SitDown) -> None:
    async with sit_down(START, grader=PreparedGrader(RAISED)) as desk:
        await desk.press("ctrl+r")
        assert screen(desk).panes.shown == {"report"}
        assert "Line 2 of your code\n" in desk.text


async def test_what_was_not_raised_is_not_said_to_be(sit_down: SitDown) -> None:
    invalid = replace(
        RAISED,
        verdict=Verdict.COMPILE_ERROR,
        summary="Line 2 is not valid Python: invalid syntax.",
        raised=Raised(error="SyntaxError: invalid syntax", line=2, text="  x = = 1"),
    )
    nameless = replace(
        RAISED,
        summary="The file defines no function named `double`.",
        raised=Raised(
            error="no function `double`", line=None, text="", plain="The file defines no function named `double`."
        ),
    )
    async with sit_down(START, grader=PreparedGrader(invalid, nameless), size=(80, 60)) as desk:
        await desk.press("ctrl+r")
        assert "Line 2 of your code\n" in desk.text
        assert "x = = 1" in desk.text
        await desk.press("ctrl+r")
        assert "The file defines no function named double." in desk.text
        assert "no function" not in desk.text.replace("defines no function", "")


async def test_the_solution_is_asked_about_and_counts_as_again(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("ctrl+o")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("n")
        assert screen(desk).view.phase is DrillPhase.WRITING
        await desk.press("ctrl+o", "y")
        assert screen(desk).view.phase is DrillPhase.GIVEN_UP
        assert "return 2 * x" in desk.text
        assert [log.rating for log in desk.store.reviews("double")] == [Rating.AGAIN]
        await desk.press("x")
        assert "return 2 * x" in desk.text  # it can be read only


async def test_starting_over_can_be_taken_back(sit_down: SitDown) -> None:
    async with sit_down(START) as desk:
        await desk.press("f3", "v", "ctrl+l", "y")
        assert code(desk).text == STARTER
        await desk.press("ctrl+z")
        assert code(desk).text == "v" + STARTER


async def test_without_grading_processes_the_editor_stays_usable(
    sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    async with sit_down(START, grader=Grader(), size=(120, 40)) as desk:
        assert "cannot be started: No such file or directory" in desk.text
        assert "F4 tells what to do." in desk.text
        await desk.press("t")
        assert code(desk).text == "t" + STARTER
        await desk.press("ctrl+r")
        assert len(desk.all_heard(messages.GraderFailed)) == 2
        assert "! Not graded" in desk.text
        assert "You can go on writing" in desk.text
        assert screen(desk).view.phase is DrillPhase.WRITING
        assert desk.store.attempts("double") == []


async def test_a_warm_up_that_fails_does_not_end_a_grade_under_way(sit_down: SitDown) -> None:
    grader = HeldGrader(cold=True, fault=GradingError("no processes"))
    async with sit_down(START, grader=grader, size=(120, 40)) as desk:
        await desk.press("ctrl+r")
        await desk.until(messages.GraderFailed, after=grader.warm.set)
        assert screen(desk).view.phase is DrillPhase.GRADING
        await desk.until(messages.Kept, after=grader.let_go)
        assert "This is on def double" in desk.text
        assert len(desk.store.attempts("double")) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the grading processes need Linux")
async def test_a_drill_is_failed_diagnosed_and_solved_for_real(sit_down: SitDown, store: Store) -> None:
    content = load_library(content_folders()).library
    reference = content.drills["distillation-loss"].drill.reference
    async with sit_down(
        DrillStart(drill_id="distillation-loss"), content=content, size=(120, 60), grader=Grader()
    ) as desk:
        code(desk).put_all(reference.replace(" * (T * T)", ""))
        await desk.until(messages.Kept, after=lambda: desk.app.simulate_key("ctrl+r"))
        assert "✗ Wrong answer" in desk.text
        assert "The soft term lacks its T²" in desk.text
        assert len(desk.all_heard(messages.CheckFinished)) >= 5
        assert store.made_due()
        code(desk).put_all(reference)
        await desk.until(messages.Kept, after=lambda: desk.app.simulate_key("ctrl+r"))
        assert "✓ Accepted" in desk.text
        assert screen(desk).view.phase is DrillPhase.SOLVED
        assert [log.rating for log in store.reviews("distillation-loss")] == [Rating.HARD]
        await desk.press("f5")
        assert screen(desk).panes.shown == {"code", "solution"}


async def test_reduced_protection_is_said_once(sit_down: SitDown) -> None:
    grader = PreparedGrader()
    grader.open = ("network", "read-files")
    async with sit_down(Home(), grader=grader) as desk:
        told = []
        for _ in range(2):
            await desk.app._open_drill("double")
            await settled(desk.pilot)
            told += [notice.message for notice in desk.app._notifications]
            desk.app.clear_notifications()
        assert told == [
            "Code in a drill could open network connections and read your files: grade only code that you trust."
        ]
