"""What the learner studies for, as the settings keep it."""

from datetime import date

import pytest

from kdquiz.memory.day import day_of
from kdquiz.memory.goal import DATE, FARTHEST, MINUTES, NEW, Goal

INTERVIEW = date(2026, 12, 15)


@pytest.mark.parametrize(
    "goal", [Goal(), Goal(interview=INTERVIEW), Goal(minutes=1, new_a_day=0), Goal(minutes=1440, new_a_day=1000)]
)
def test_settings_keep_a_goal(goal: Goal) -> None:
    assert Goal.from_settings(goal.as_settings().get) == goal


@pytest.mark.parametrize("written", ["", "soon", "2026-02-30", "15.12.2026"])
def test_a_date_that_cannot_be_read_is_none(written: str) -> None:
    assert Goal.from_settings({DATE: written}.get).interview is None


@pytest.mark.parametrize("written", ["", "0", "1441", "-5", "2.5", "1e2", "²", "٣", " 20", "9" * 5000])
def test_minutes_that_make_no_sense_were_never_set(written: str) -> None:
    assert Goal.from_settings({MINUTES: written}.get) == Goal()


@pytest.mark.parametrize(("written", "new"), [("0", 0), ("1000", 1000), ("1001", 10), ("many", 10)])
def test_new_questions_a_day(written: str, new: int) -> None:
    assert Goal.from_settings({NEW: written}.get).new_a_day == new


def test_days_are_counted_until_the_interview_and_not_beyond() -> None:
    goal = Goal(interview=INTERVIEW)
    today = day_of(INTERVIEW)
    assert [goal.ahead(today - 1), goal.ahead(today), goal.ahead(today + 1)] == [1, 0, None]
    assert Goal().ahead(today) is None
    assert [goal.passed(today), goal.passed(today + 1), Goal().passed(today)] == [False, True, False]


def test_a_day_that_nobody_could_have_typed_is_not_planned_for() -> None:
    goal = Goal(interview=INTERVIEW)
    assert goal.ahead(day_of(INTERVIEW) - FARTHEST) == FARTHEST
    assert goal.ahead(day_of(INTERVIEW) - FARTHEST - 1) is None
