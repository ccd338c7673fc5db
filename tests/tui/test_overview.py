"""What the home screen says, by values."""

from dataclasses import replace
from datetime import timedelta

from kdquiz.library.filter import Filter
from kdquiz.memory.model import Attempt, Card, Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import Wish
from kdquiz.tui.overview import DrillState, Overview, overview, why_nothing
from tests.tui.desk import NOON
from tests.tui.examples import CHOICE, FLASHCARD, MULTI, SHORT, library

CONTENT = library(CHOICE, SHORT, MULTI, FLASHCARD)
SCHEDULE = Schedule()


def card(question_id: str, days_ago: float, rating: Rating = Rating.EASY) -> Card:
    return SCHEDULE.review(None, question_id, rating, NOON - timedelta(days=days_ago))


def seen(*cards: Card, attempts: tuple[Attempt, ...] = ()) -> Overview:
    return overview(CONTENT, {each.id: each for each in cards}, frozenset(), attempts, SCHEDULE, NOON)


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
    assert (view.reviews, view.new, view.next_due) == (0, 4, None)
    assert view.topics[0].recall is None
    assert view.drills[0].state is DrillState.NEW


def test_recall_is_the_mean_over_what_was_seen() -> None:
    fresh, old = card(CHOICE.id, 0), card(SHORT.id, 9, Rating.GOOD)
    (topic,) = seen(fresh, old).topics
    chances = [SCHEDULE.retrievability(each, NOON) for each in (fresh, old)]
    assert (topic.seen, topic.total) == (2, 4)
    assert topic.recall == sum(chances) / 2
    assert 0 < topic.recall < 1


def test_what_is_due_is_counted_and_what_is_not_says_when() -> None:
    view = seen(card(CHOICE.id, 30), card(SHORT.id, 0))
    assert (view.reviews, view.new) == (1, 2)
    assert view.next_due == card(CHOICE.id, 30).due


def test_a_drill_goes_from_new_to_started_to_solved_to_due() -> None:
    assert seen(attempts=(attempt("wrong-answer"),)).drills[0].state is DrillState.STARTED
    resting = seen(card("double", 3), attempts=(attempt("accepted"),)).drills[0]
    assert (resting.state, resting.solved_at) == (DrillState.RESTING, NOON - timedelta(days=3))
    assert seen(card("double", 60)).drills[0].state is DrillState.DUE


def test_why_there_is_nothing_to_ask() -> None:
    nothing, _ = why_nothing(CONTENT, Wish(filter=Filter(topics=("unknown",))), {}, NOON)
    assert nothing == "No question matches"
    unready = library(replace(CHOICE, needs=("elsewhere",)))
    assert why_nothing(unready, Wish(), {}, NOON)[0] == "Not ready for these yet"
    cards = {CHOICE.id: card(CHOICE.id, 0)}
    title, reason = why_nothing(library(CHOICE), Wish(), cards, NOON)
    assert title == "Nothing is due"
    assert "in 8 days" in reason
