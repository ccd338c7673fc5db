"""What the home screen says at once, by values."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from kdquiz.library.facts import Facts
from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.library.model import Topic
from kdquiz.library.read import FileRead
from kdquiz.memory.curve import Memory
from kdquiz.memory.day import Calendar
from kdquiz.memory.due import is_due
from kdquiz.memory.fit import ENOUGH
from kdquiz.memory.goal import Goal
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Attempt, Card, Rating, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import Wish
from kdquiz.tui import overview as overviews
from kdquiz.tui.nothing import Nothing, why_nothing
from kdquiz.tui.overview import Aside, DrillState, Overview, Past, overview
from tests.libraries import PACK, library_of, library_of_files
from tests.tui.desk import NOON
from tests.tui.examples import CHOICE, FLASHCARD, MULTI, SHORT, drill, library

CONTENT = library(CHOICE, SHORT, MULTI, FLASHCARD)
SCHEDULE = Schedule()
TODAY = Calendar().day(NOON)
NO_GOAL = Goal()


def card(question_id: str, days_ago: int, rating: Rating = Rating.EASY, lapses: int = 0) -> Card:
    at = NOON - timedelta(days=days_ago)
    log = ReviewLog(card_id=question_id, rating=rating, reviewed_at=at, seconds=5.0, day=TODAY - days_ago)
    return replace(SCHEDULE.review(None, log), lapses=lapses)


def learner_of(cards: Sequence[Card], standings: dict[str, Standing] | None = None, goal: Goal = NO_GOAL) -> Learner:
    decided = standings or {}
    resting = frozenset(name for name, standing in decided.items() if standing.rests(TODAY))
    due = tuple(each.id for each in cards if is_due(each, NOON, TODAY) and each.id not in resting)
    return Learner(
        now=NOON,
        today=TODAY,
        known=frozenset(each.id for each in cards),
        due=due,
        due_count=len(due),
        resting=resting,
        standings=decided,
        goal=goal,
    )


def seen(
    *cards: Card,
    attempts: tuple[Attempt, ...] = (),
    standings: dict[str, Standing] | None = None,
    goal: Goal = NO_GOAL,
    tested: int = 0,
    offered: int = 0,
    content: Library = CONTENT,
) -> Overview:
    by_id = {each.id: each for each in cards}
    past = Past(
        learner=learner_of(cards, standings, goal),
        memories=[Memory(one.id, one.stability, one.difficulty, one.day, one.lapses) for one in cards],
        weights=SCHEDULE.weights,
        attempts=attempts,
        card=by_id.get,
        cards=lambda: by_id,
        tested=tested,
        offered=offered,
    )
    return overview(content, past)


def attempt(verdict: str) -> Attempt:
    return Attempt(
        drill_id="double",
        source="",
        verdict=verdict,
        report="{}",
        hints_used=0,
        seconds=1.0,
        submitted_at=NOON - timedelta(days=3),
    )


def test_a_first_run_has_everything_new() -> None:
    view = seen()
    assert view.first_run
    assert (view.reviews, view.new, view.drilled, view.next_due) == (0, 4, 0, None)
    assert view.topics[0].recall is None
    assert view.drills[0].state is DrillState.NEW
    assert not view.aside


@pytest.mark.parametrize("few", [500, 0])
def test_recall_is_the_mean_over_what_was_seen(monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(overviews, "FEW", few)  # both ways to find the questions of the cards
    fresh, old = card(CHOICE.id, 0), card(SHORT.id, 9, Rating.GOOD)
    (topic,) = seen(fresh, old, card("double", 1), card("gone", 1)).topics
    chances = [SCHEDULE.recall(each, TODAY) for each in (fresh, old)]
    assert (topic.seen, topic.total) == (2, 4)
    assert topic.recall == pytest.approx(sum(chances) / 2)
    assert topic.recall is not None
    assert 0 < topic.recall < 1


def test_what_is_due_is_counted_and_what_is_not_says_when() -> None:
    view = seen(card(CHOICE.id, 30), card(SHORT.id, 0), card("double", 60))
    assert (view.reviews, view.new, view.drilled) == (1, 2, 1)
    assert view.minutes >= 10 + 1  # the drill's own, and some for the questions
    assert view.next_due is None
    only = library(CHOICE)
    rested = card(CHOICE.id, 1)
    assert seen(rested, content=only).next_due == NOON + timedelta(days=rested.due_day - TODAY)


def test_the_plan_decides_once_an_interview_is_ahead() -> None:
    goal = Goal(interview=date(2026, 12, 1), minutes=60)
    view = seen(card(CHOICE.id, 2), goal=goal)
    assert view.reviews + view.new == 4
    assert view.goal.ahead(view.today) == 7


def test_a_drill_goes_from_new_to_started_to_solved_to_due() -> None:
    assert seen(attempts=(attempt("wrong-answer"),)).drills[0].state is DrillState.STARTED
    resting = seen(card("double", 3), attempts=(attempt("accepted"),)).drills[0]
    assert (resting.state, resting.solved_at) == (DrillState.RESTING, NOON - timedelta(days=3))
    assert seen(card("double", 60)).drills[0].state is DrillState.DUE
    away = {"double": Standing(suspended=True)}
    assert seen(card("double", 60), standings=away).drills[0].state is DrillState.SUSPENDED
    buried = {"double": Standing(buried_on=TODAY)}
    assert seen(card("double", 60), standings=buried).drills[0].state is DrillState.RESTING


def test_what_was_put_aside_and_what_keeps_being_forgotten_is_counted() -> None:
    standings = {
        CHOICE.id: Standing(suspended=True),
        MULTI.id: Standing(buried_on=TODAY),
        FLASHCARD.id: Standing(buried_on=TODAY - 1, marked=True),
        "double": Standing(suspended=True),
        "gone": Standing(suspended=True),
    }
    view = seen(card(SHORT.id, 9, lapses=4), card(CHOICE.id, 9, lapses=9), standings=standings)
    assert view.aside == Aside(leeches=1, suspended=1, buried=1)
    assert view.aside


@pytest.mark.parametrize(
    ("tested", "offered", "told"),
    [(ENOUGH - 1, 0, False), (ENOUGH, 0, True), (ENOUGH + 1, ENOUGH, False), (2 * ENOUGH, ENOUGH, True)],
)
def test_a_fit_is_offered_once_there_are_enough_reviews_and_not_again_at_once(
    tested: int, offered: int, told: bool
) -> None:
    assert bool(seen(tested=tested, offered=offered).offer) is told


# ---- nothing to ask ----------------------------------------------------------------------------------------


def why(content: Library, wish: Wish, *cards: Card, **known: object) -> Nothing:
    learner = replace(learner_of(cards), **known)  # type: ignore[arg-type]
    return why_nothing(content, wish, learner, lambda: {each.id: each for each in cards})


def test_why_there_is_nothing_to_ask() -> None:
    unknown = why(CONTENT, Wish(filter=Filter(topics=("unknown",))))
    assert unknown.title == "No question matches"
    assert unknown.instead == Wish(everything=True, at_most=20)
    unready = library(replace(CHOICE, needs=("elsewhere",)))
    assert why(unready, Wish()).title == "Not ready for these yet"
    up_to_date = why(library(CHOICE), Wish(at_most=3), card(CHOICE.id, 0))
    assert up_to_date.title == "Nothing is due"
    assert "in 8 days" in up_to_date.reason
    assert up_to_date.instead == Wish(everything=True, at_most=3)
    empty = why(library_of(), Wish())
    assert (empty.title, empty.instead) == ("There are no questions", None)


def test_what_was_put_aside_is_brought_back_in_browse() -> None:
    suspended = {each.id: Standing(suspended=True) for each in (CHOICE, SHORT)}
    known = {"standings": suspended, "resting": frozenset(suspended)}
    aside = why(library(CHOICE, SHORT), Wish(), **known)
    assert "Browse (b)" in aside.reason
    assert aside.instead is None  # nothing else is there
    choices = why(CONTENT, Wish(filter=Filter(kinds=("choice",))), **known)
    assert choices.instead == Wish(everything=True, at_most=20)


def test_a_day_may_be_done() -> None:
    assert "today's 10 new questions" in why(CONTENT, Wish(), new_today=10).reason
    assert "0 a day" in why(CONTENT, Wish(), goal=Goal(new_a_day=0)).reason
    goal = Goal(interview=date(2026, 12, 1), minutes=5)
    assert "today's 5 minutes" in why(CONTENT, Wish(), goal=goal, seconds_today=301.0).reason


def test_drills_stand_in_the_order_of_the_path_and_the_short_ones_first() -> None:
    tasks = (("a", "last", 5), ("b", "first", 9), ("c", "first", 3))
    drills = [replace(drill(), id=name, topic=topic, minutes=minutes) for name, topic, minutes in tasks]
    files = [
        FileRead(path=PACK / f"{each}.yaml", facts=Facts(topic=Topic(id=each, title=each)))
        for each in ("first", "last")
    ]
    asked = [
        replace(file, questions=((replace(CHOICE, id=f"of-{file.facts.topic.id}"), ()),))
        for file in files
        if file.facts.topic
    ]
    done = [FileRead(path=PACK / "drills" / each.id / "drill.yaml", facts=Facts(), drill=each) for each in drills]
    view = seen(content=library_of_files([*asked, *done]))
    assert [row.id for row in view.drills] == ["c", "b", "a"]
