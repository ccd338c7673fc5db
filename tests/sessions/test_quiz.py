"""The rules of a quiz, without a terminal: what is recorded when, requeueing, overruling, undo."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.library.model import Question
from kdquiz.marking.model import Chosen, Outcome, Recalled, Response, Typed
from kdquiz.memory.model import Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.quiz import Phase, QuizSession, Reviewed
from tests.sessions.examples import NOON, after, choice, flashcard, library, short

RIGHT, WRONG = Chosen(frozenset({0})), Chosen(frozenset({1}))


def session(*questions: Question, cards: dict[str, Card] | None = None, seed: int = 1) -> QuizSession:
    entries = library(*questions).entries
    return QuizSession(tuple(entries), entries, cards or {}, Schedule(), random.Random(seed), NOON)


def test_a_marked_answer_is_recorded_at_once_with_the_suggested_rating() -> None:
    quiz = session(choice())
    reviewed = quiz.answer(RIGHT, after(20))
    assert reviewed is not None
    assert (reviewed.log.card_id, reviewed.log.rating, reviewed.log.seconds) == ("pick", Rating.GOOD, 20)
    seed = random.Random(1).getrandbits(32)
    assert json.loads(reviewed.log.response) == {"response": "chosen", "options": [0], "seed": seed}
    assert reviewed.log.share == 1
    assert reviewed.card.due > after(20)
    assert quiz.rate(None, after(50)) is None, "nothing new to record"
    assert quiz.view(after(50)).phase is Phase.DONE


def test_another_rating_replaces_what_was_recorded() -> None:
    quiz = session(choice())
    first = quiz.answer(RIGHT, after(20))
    assert first is not None
    second = quiz.rate(Rating.HARD, after(30))
    assert second is not None
    assert second.replaces == first.log
    assert second.log.rating is Rating.HARD
    assert second.log.reviewed_at == first.log.reviewed_at, "the clock stopped at the reveal"


def test_a_flashcard_is_recorded_when_it_is_rated() -> None:
    quiz = session(flashcard())
    assert quiz.answer(Recalled(), after(5)) is None
    assert quiz.view(after(6)).suggested is None
    reviewed = quiz.rate(Rating.EASY, after(9))
    assert reviewed is not None
    assert (reviewed.log.rating, reviewed.log.seconds, reviewed.replaces) == (Rating.EASY, 5, None)


def test_the_wrong_answer_names_the_misconception_and_comes_back() -> None:
    quiz = session(choice(), flashcard())
    quiz.answer(WRONG, after(20))
    view = quiz.view(after(20))
    assert view.mark is not None
    assert view.mark.outcome is Outcome.WRONG
    assert view.mark.misconceptions == ("You took T for T².",)
    assert view.suggested is Rating.AGAIN
    quiz.rate(None, after(21))
    quiz.answer(Recalled(), after(22))
    quiz.rate(Rating.GOOD, after(23))
    again = quiz.view(after(23))
    assert again.entry is not None
    assert again.entry.question.id == "pick"
    assert (again.number, again.total) == (3, 3)
    quiz.answer(RIGHT, after(40))
    quiz.rate(None, after(41))
    assert quiz.view(after(41)).phase is Phase.DONE


def test_overruling_a_rubric_line_changes_the_mark_and_is_kept() -> None:
    quiz = session(short())
    first = quiz.answer(Typed("it is peaked"), after(20))
    assert first is not None
    assert first.log.share == 0.5
    quiz.overrule(1, ticked=True)
    view = quiz.view(after(25))
    assert view.mark is not None
    assert view.mark.outcome is Outcome.RIGHT
    settled = quiz.rate(None, after(30))
    assert settled is not None
    assert settled.replaces == first.log
    assert settled.log.share == 1
    assert json.loads(settled.log.response)["overruled"] == [[1, True]]


def test_options_are_shuffled_by_the_seed_and_kept_on_undo() -> None:
    orders = {session(choice(), seed=seed).view(NOON).order for seed in range(40)}
    assert len(orders) == 6
    assert session(choice(), seed=3).view(NOON).order == session(choice(), seed=3).view(NOON).order
    quiz = session(choice())
    before = quiz.view(NOON).order
    quiz.answer(WRONG, after(1))
    quiz.undo(after(2))
    assert quiz.view(after(2)).order == before


def test_undo_takes_back_one_answer_at_a_time() -> None:
    quiz = session(choice("a"), choice("b"))
    first = quiz.answer(RIGHT, after(20))
    quiz.rate(None, after(21))
    second = quiz.answer(WRONG, after(40))
    assert first is not None
    assert second is not None
    assert quiz.undo(after(50)) == second.log
    assert quiz.view(after(50)).phase is Phase.ASKING
    assert quiz.undo(after(60)) == first.log
    view = quiz.view(after(60))
    assert view.entry is not None
    assert (view.entry.question.id, view.can_undo, view.ratings) == ("a", False, ())
    assert quiz.undo(after(61)) is None


def test_undo_of_a_flashcard_on_show_takes_nothing_back() -> None:
    quiz = session(flashcard())
    quiz.answer(Recalled(), after(5))
    assert quiz.undo(after(6)) is None
    assert quiz.view(after(6)).phase is Phase.ASKING


def test_skip_puts_the_question_last() -> None:
    quiz = session(choice("a"), choice("b"))
    quiz.skip(after(1))
    view = quiz.view(after(1))
    assert view.entry is not None
    assert view.entry.question.id == "b"


def test_no_rating_before_the_reveal_and_no_second_answer() -> None:
    quiz = session(choice())
    with pytest.raises(ValueError, match="the question is open"):
        quiz.rate(Rating.GOOD, after(1))
    quiz.answer(RIGHT, after(1))
    with pytest.raises(ValueError, match="the answer is shown"):
        quiz.answer(RIGHT, after(2))


def test_an_empty_queue_is_done() -> None:
    assert session().view(NOON).phase is Phase.DONE


def test_a_clock_set_back_gives_no_negative_time() -> None:
    reviewed = session(choice()).answer(RIGHT, after(-100))
    assert reviewed is not None
    assert reviewed.log.seconds == 0
    assert reviewed.log.rating is Rating.GOOD  # a time that says nothing is not a quick one


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["right", "wrong", "rate", "again", "undo", "skip"]), max_size=40), st.integers(0, 9))
def test_the_store_can_follow_whatever_is_pressed(steps: list[str], seed: int) -> None:
    """Whatever keys are pressed, keeping what is handed back leaves exactly the reviews that the session counts."""
    quiz = session(choice("a"), flashcard("b"), choice("c"), seed=seed)
    kept: list[ReviewLog] = []

    def keep(reviewed: Reviewed | None) -> None:
        if reviewed:
            if reviewed.replaces:
                kept.remove(reviewed.replaces)
            kept.append(reviewed.log)

    for second, step in enumerate(steps, 1):
        now = after(second)
        view = quiz.view(now)
        if step == "undo":
            log = quiz.undo(now)
            if log:
                kept.remove(log)
        elif view.phase is Phase.ASKING and view.entry:
            response: Response = RIGHT if step == "right" else WRONG
            if step == "skip":
                quiz.skip(now)
            else:
                keep(quiz.answer(Recalled() if view.entry.question.kind == "flashcard" else response, now))
        elif view.phase is Phase.REVEALED:
            keep(quiz.rate(Rating.AGAIN if step == "again" else None, now))
    view = quiz.view(after(99))
    counted = list(view.ratings)
    if view.phase is Phase.REVEALED and view.entry and view.suggested:
        counted.append((view.entry.question.id, view.suggested))
    assert [(log.card_id, log.rating) for log in kept] == counted
