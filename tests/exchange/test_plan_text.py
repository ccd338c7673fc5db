"""The plan in words."""

from dataclasses import replace
from datetime import date

import pytest

from kdquiz.errors import UsageError
from kdquiz.exchange import goal_reading, plan_text
from kdquiz.exchange.outlook import Chances, Prospect, Study, minutes_for, minutes_to_see_all, outlook, prospect
from kdquiz.memory.curve import Memory
from kdquiz.memory.day import day_of
from kdquiz.memory.forecast import Chance, Day
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import USUAL
from kdquiz.memory.schedule import Schedule

TODAY = day_of(date(2026, 11, 24))


def study(interview: date | None, *, questions: int = 40, known: int = 0, minutes: int = 20) -> Study:
    ids = [f"q{number}" for number in range(questions)]
    return Study(
        today=TODAY,
        goal=Goal(interview=interview, minutes=minutes),
        topics={"One": ids[: questions // 2], "Two": ids[questions // 2 :]},
        known=[Memory(name, 10.0, 5.0, TODAY - 10) for name in ids[:known]],
        new=ids[known:],
        due=frozenset(),
        seconds=dict.fromkeys(ids, 60.0),
        minutes_today=float(minutes),
        weights=Schedule().weights,
        habits=USUAL,
    )


@pytest.mark.parametrize(
    ("interview", "told"),
    [
        (None, "No interview date is set."),
        (date(2026, 12, 15), "21 days until the interview on Tuesday 15 December 2026."),
        (date(2026, 11, 25), "1 day until the interview on Wednesday 25 November 2026."),
        (date(2026, 11, 24), "The interview is today, Tuesday 24 November 2026."),
    ],
)
def test_how_far_the_interview_is(interview: date | None, told: str) -> None:
    assert plan_text.until(study(interview)) == told


def test_a_passed_interview_is_told_and_plans_nothing() -> None:
    passed = study(date(2026, 11, 20), known=10)
    assert plan_text.until(passed).startswith("The interview was on Friday 20 November 2026.")
    its = prospect(passed)
    assert its.outlook is None
    assert plan_text.planned(passed, its.whole) == plan_text.untouched(its.whole) == ""
    assert minutes_for(passed) == {}
    assert minutes_to_see_all(passed) is None


def test_of_everything_and_of_what_was_seen() -> None:
    whole = prospect(study(date(2026, 12, 15), known=20)).whole
    said = "Today you would recall 45 % of everything, 90 % of the 20 questions seen so far."
    assert plan_text.now(whole) == said
    assert "of everything" in plan_text.untouched(whole)


def test_what_there_is_to_do_today() -> None:
    assert plan_text.todays(Day(day=1, again=3.2, new=1, minutes=12.4, recalled=0)) == (
        "Today: 3 to repeat and 1 new, about 12 minutes."
    )
    assert plan_text.todays(Day(day=1, again=0, new=0, minutes=0, recalled=0)) == "Today: nothing more."


def test_where_not_everything_can_be_seen_the_minutes_are_said_that_are_enough() -> None:
    scarce = study(date(2026, 11, 28), questions=200, minutes=10)
    enough = minutes_to_see_all(scarce)
    assert enough is not None
    assert 60 <= enough <= 65
    said = plan_text.unseen(scarce, prospect(scarce), enough)
    assert said.startswith("At 10 minutes a day you cannot see everything before the day: 16")
    assert said.endswith(f"of 200 stay unseen. {enough} minutes a day are enough.")
    assert plan_text.unseen(scarce, prospect(scarce), None).endswith("Not even 240 are enough.")
    plenty = study(date(2026, 12, 28))
    assert plan_text.unseen(plenty, prospect(plenty), None) == ""


def test_which_minutes_reach_more() -> None:
    whole = Chances(now=Chance(total=100, seen=0, recalled=0), planned=Chance(total=100, seen=90, recalled=71))
    mine = study(date(2026, 12, 15))
    assert plan_text.more(mine, whole, {0.85: 35, 0.9: 50}) == (
        "At 20 minutes a day you will reach 71 %; 35 would reach 85 %, 50 would reach 90 %."
    )
    assert plan_text.more(mine, whole, {0.85: 35, 0.9: None}) == (
        "At 20 minutes a day you will reach 71 %; 35 would reach 85 %, not even 240 would reach 90 %."
    )
    assert plan_text.more(mine, whole, {0.85: 50, 0.9: 50}) == (
        "At 20 minutes a day you will reach 71 %; 50 would reach 90 %."
    )
    assert plan_text.more(mine, whole, {0.7: 15}) == ""


def test_other_minutes_a_day_are_used_up_today_as_far_as_the_own_ones() -> None:
    fresh = study(date(2026, 11, 25), minutes=20)
    done = replace(fresh, minutes_today=0.0)
    assert outlook(done, 20) == outlook(done)
    assert outlook(done, 15) == outlook(done)
    later = minutes_for(done, (0.3,))[0.3]
    assert later == (minutes_for(fresh, (0.3,))[0.3] or 0) + 20


def test_topics_are_lines_with_bars() -> None:
    half = Chances(now=Chance(total=10, seen=8, recalled=5), planned=Chance(total=10, seen=10, recalled=9))
    lines = list(plan_text.topic_lines(Prospect(whole=half, topics={"Temperature": half, "T" * 50: half})))
    assert lines[0] == f"Temperature{' ' * 25}  ████▒▒▒·   50 % →  90 %  (8 of 10 seen)"
    assert all(len(line) <= 80 for line in lines)
    (alone,) = plan_text.topic_lines(Prospect(whole=half, topics={"Temperature": half}))
    assert alone == "Temperature  █████████▒▒▒▒▒▒▒··   50 % →  90 %  (8 of 10 seen)"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-15", date(2026, 12, 15)),
        (" 2026-12-5 ", date(2026, 12, 5)),
        ("in 3 weeks", date(2026, 12, 15)),
        ("In 1 day", date(2026, 11, 25)),
    ],
)
def test_a_date_is_read(text: str, meant: date) -> None:
    assert goal_reading.interview_date(text, TODAY) == meant


@pytest.mark.parametrize(
    "text", ["2026-11-24", "2026-11-23", "2056-01-01", "", "15/12/2026", "in 0 days", "２０２６-12-15"]
)
def test_what_is_no_day_to_come_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(UsageError) as told:
        goal_reading.interview_date(text, TODAY)
    assert "2026-12-15" in told.value.hint
