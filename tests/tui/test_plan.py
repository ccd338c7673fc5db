"""The plan's screen, what home says of it, and what is typed there, by values."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest

from kdquiz.memory.day import Calendar, date_of
from kdquiz.memory.goal import Goal
from kdquiz.memory.model import Standing
from kdquiz.store.store import Store
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.foreseeing import ThreadDone
from kdquiz.tui.planning import DATE, MINUTES, NEW, lines_of, read, step_date, step_minutes, step_new
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.plan import PlanScreen
from kdquiz.tui.widgets.step_line import StepLine
from tests.tui.browsing import review
from tests.tui.desk import NOON, Desk, SitDown, settled
from tests.tui.examples import CHOICE, FLASHCARD, SHORT, library

TODAY = Calendar().day(NOON)
SOON = Goal(interview=date(2026, 12, 15))


def goal(store: Store) -> Goal:
    return Goal.from_settings(store.setting)


def set_goal(store: Store, wanted: Goal) -> None:
    for name, value in wanted.as_settings().items():
        store.set_setting(name, value)


async def worked_out(desk: Desk, key: str) -> None:
    """Press a key, and wait until the thread has worked out what comes of it."""
    await desk.until(ThreadDone, after=lambda: desk.app.simulate_key(key))


async def opened(desk: Desk) -> None:
    await worked_out(desk, "p")
    assert isinstance(desk.app.screen, PlanScreen)


# ---- the screen ------------------------------------------------------------------------------------------------


async def test_a_date_is_typed_and_kept_and_home_counts_the_days(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 2)
    async with sit_down() as desk:
        assert "set a date: p" in desk.text
        await opened(desk)
        assert "without study" not in desk.text
        await desk.press(*"2026-12-1")
        await worked_out(desk, "5")
        assert "Tuesday, in 21 days" in desk.text
        assert "At 20 minutes a day you will reach" in desk.text
        assert "without study" in desk.text
        assert "with the plan" in desk.text
        assert goal(store).interview is None  # nothing is kept yet
        await worked_out(desk, "enter")
        assert isinstance(desk.app.screen, HomeScreen)
        assert goal(store) == SOON
        assert "interview in 21 days" in desk.text.splitlines()[1]
        assert "with 20 min a day" in desk.text
        assert "15 December, in 21 days · 2" in desk.text
        assert "chance on the day" in desk.text


async def test_keys_put_the_lines_up_and_down(sit_down: SitDown, store: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("pageup", "pageup", "minus", "plus", "plus")
        assert desk.app.screen.query_one("#date", StepLine).value == "2026-12-09"
        await desk.press("down", "plus", "down", "minus", "pageup", "enter")
        assert goal(store) == Goal(interview=date(2026, 12, 9), minutes=25, new_a_day=10)


async def test_escape_leaves_all_as_it_was_and_x_takes_the_date_away(sit_down: SitDown, store: Store) -> None:
    set_goal(store, SOON)
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("x", "escape")
        assert goal(store) == SOON
        await desk.press("p", "x")
        assert "x No date" not in desk.text
        await desk.press("enter")
        assert goal(store) == Goal()


@pytest.mark.parametrize("written", ["2026-02-30", "2026-11-23", "2031-01-01", "2026-1"])
async def test_a_date_that_cannot_be_meant_is_said_and_stays_to_be_mended(
    sit_down: SitDown, store: Store, written: str
) -> None:
    set_goal(store, SOON)
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("x", *written, "enter")
        assert isinstance(desk.app.screen, PlanScreen)
        assert desk.app.screen.query_one("#date", StepLine).value == written
        assert desk.app.screen.query_one("#date-told").has_class("-wrong")
        assert goal(store) == SOON


async def test_minutes_of_nothing_are_refused_at_their_line(sit_down: SitDown, store: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("down", "backspace", "backspace", "0", "up", "enter")
        assert "cannot be the minutes a day" in desk.text
        assert desk.app.screen.query_one("#minutes", StepLine).has_focus
        assert goal(store).minutes == 20


async def test_where_it_cannot_be_kept_the_learner_decides(sit_down: SitDown, store: Store) -> None:
    async with sit_down() as desk:
        await opened(desk)
        await desk.press("pageup")
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("enter")
            assert isinstance(desk.app.screen, FaultScreen)
            other.execute("ROLLBACK")
        await desk.press("y")
        assert isinstance(desk.app.screen, HomeScreen)
        assert goal(store).interview == date(2026, 12, 1)


async def test_leaving_at_once_ends_the_thread(sit_down: SitDown, store: Store) -> None:
    set_goal(store, SOON)
    async with sit_down() as desk:
        for _ in range(3):
            await desk.press("p", "plus", "plus", "escape")
        assert isinstance(desk.app.screen, HomeScreen)
        await desk.app.workers.wait_for_complete()


async def test_what_is_suspended_does_not_count(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 0)
    for question in (SHORT, FLASHCARD):
        store.stand(question.id, Standing(suspended=True))
    async with sit_down(content=library(CHOICE, SHORT, FLASHCARD)) as desk:
        await opened(desk)
        assert "100 %" in next(line for line in desk.text.splitlines() if "All questions" in line)


# ---- after the interview -------------------------------------------------------------------------------------------


async def test_that_the_day_has_passed_is_said_once(sit_down: SitDown, store: Store) -> None:
    set_goal(store, Goal(interview=date(2026, 11, 20)))
    async with sit_down() as desk:
        assert isinstance(desk.app.screen, ConfirmScreen)
        assert "Your interview was on 20 November." in desk.text
        await desk.press("enter")
        assert "set a date: p" in desk.text
        await opened(desk)
        assert "it was on 20 November" in desk.text
    async with sit_down() as desk:
        assert isinstance(desk.app.screen, HomeScreen)


async def test_on_the_day_itself_the_plan_is_still_shown(sit_down: SitDown, store: Store) -> None:
    set_goal(store, Goal(interview=date(2026, 11, 24)))
    async with sit_down() as desk:
        assert "interview today" in desk.text
        await opened(desk)
        assert "Tuesday, today" in desk.text
        await desk.press("enter")
        assert goal(store).interview == date(2026, 11, 24)


async def test_home_is_drawn_anew_when_another_day_begins(sit_down: SitDown, store: Store) -> None:
    set_goal(store, SOON)
    async with sit_down() as desk:
        for hours, days in ((15, 21), (2, 20), (-24 * 3, 23), (24 * 60, None)):
            desk.clock.forward(hours=hours)
            desk.app.look_at_clock()
            await settled(desk.pilot)
            assert ("interview in" in desk.text) is (days is not None)
            assert days is None or f"interview in {days} days" in desk.text


# ---- by values -----------------------------------------------------------------------------------------------------


def test_what_a_goal_looks_like_is_read_as_that_goal() -> None:
    for wanted in (Goal(), SOON, Goal(interview=date_of(TODAY), minutes=5, new_a_day=0)):
        assert read(lines_of(wanted, TODAY), wanted, TODAY) == (wanted, {})
    passed = Goal(interview=date_of(TODAY) - timedelta(days=1))
    assert lines_of(passed, TODAY)[DATE] == ""


def test_each_line_that_is_wrong_is_named() -> None:
    found, wrong = read({DATE: "2026-13-01", MINUTES: "", NEW: "99999"}, Goal(), TODAY)
    assert found is None
    assert set(wrong) == {DATE, MINUTES, NEW}
    assert all(wrong.values())


def test_steps_stay_within_what_can_be_meant() -> None:
    assert step_date("", 1, False, TODAY) == "2026-11-25"
    assert step_date("2026-11-25", -1, True, TODAY) == "2026-11-25"
    assert step_date("nonsense", 1, True, TODAY) == "2026-12-01"
    assert read({DATE: step_date("2028-11-20", 1, True, TODAY), MINUTES: "5", NEW: "5"}, Goal(), TODAY)[0]
    assert [step_minutes("22", direction, False) for direction in (1, -1)] == ["25", "20"]
    assert step_minutes("5", -1, True) == "5"
    assert step_minutes("", 1, False) == "10"
    assert [step_new("0", -1, False), step_new("4", 1, True), step_new("1000", 1, False)] == ["0", "5", "1000"]
