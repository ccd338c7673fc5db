"""The rules of a quiz, without a terminal: what is recorded when, what it costs in time, overruling, undo."""

import json
import random
from dataclasses import replace

import pytest

from kdquiz.marking.model import Chosen, Outcome, Recalled, Typed
from kdquiz.memory.model import Card, Rating
from kdquiz.sessions.changes import Withdrawn
from kdquiz.sessions.view import Phase
from tests.sessions.examples import NOON, after, choice, flashcard, library, short
from tests.sessions.sitting import RIGHT, WRONG, reviewed_before, session


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
    assert quiz.undo(after(50)) == Withdrawn(log=second.log)
    assert quiz.view(after(50)).phase is Phase.ASKING
    assert quiz.undo(after(60)) == Withdrawn(log=first.log)
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


def test_the_seconds_are_those_until_the_reveal_however_late_it_is_rated() -> None:
    quiz = session(choice("a"), choice("b"))
    first = quiz.answer(RIGHT, after(20))
    assert first is not None
    assert first.log.seconds == 20
    late = after(3600)
    assert quiz.view(late).thinking(late) == 20
    rated = quiz.rate(Rating.HARD, late)
    assert rated is not None
    assert (rated.log.seconds, rated.log.reviewed_at) == (20, after(20))
    again = quiz.rerate(Rating.EASY, after(9999))
    assert again is not None
    assert (again.log.seconds, again.log.reviewed_at) == (20, after(20))
    assert quiz.view(late).asked_at == late, "the next one is asked once this is rated"


def test_time_under_a_dialog_is_not_thinking_time() -> None:
    quiz = session(choice("a"), choice("b"))
    quiz.pause(after(10))
    quiz.pause(after(20))  # a dialog over a dialog
    view = quiz.view(after(500))
    assert view.thinking(after(500)) == 10, "the clock stands"
    quiz.resume(after(510))
    quiz.resume(after(520))
    assert quiz.view(after(515)).thinking(after(515)) == 15
    answered = quiz.answer(RIGHT, after(530))
    assert answered is not None
    assert answered.log.seconds == 30


def test_what_is_asked_or_answered_under_a_dialog_takes_no_time_of_it() -> None:
    quiz = session(choice("a"), choice("b"))
    quiz.pause(after(10))
    quiz.skip(after(60))  # it was asked whether to
    quiz.resume(after(61))
    assert quiz.view(after(65)).thinking(after(65)) == 4
    quiz.pause(after(70))
    answered = quiz.answer(RIGHT, after(90))
    assert answered is not None
    assert answered.log.seconds == 9
    quiz.resume(after(95))
    assert quiz.view(after(95)).seconds == 9


def test_a_clock_set_back_under_a_dialog_loses_nothing() -> None:
    quiz = session(choice())
    quiz.pause(after(10))
    quiz.resume(after(-3600))
    answered = quiz.answer(RIGHT, after(20))
    assert answered is not None
    assert answered.log.seconds == 20


def test_the_log_keeps_the_misconceptions_of_a_wrong_answer_alone() -> None:
    wrong = session(choice()).answer(WRONG, after(20))
    right = session(choice()).answer(RIGHT, after(20))
    unknown = session(choice()).answer(Chosen(frozenset()), after(20))
    assert wrong is not None
    assert right is not None
    assert unknown is not None
    assert wrong.log.misconceptions == ("You took T for T².",)
    assert right.log.misconceptions == unknown.log.misconceptions == ()


def test_the_chance_predicted_is_kept_for_a_review_of_another_day() -> None:
    quiz = session(choice(), cards=reviewed_before("pick", days=30))
    answered = quiz.answer(RIGHT, after(20))
    assert answered is not None
    assert answered.log.recall is not None
    assert 0 < answered.log.recall < 1
    new = session(choice()).answer(RIGHT, after(20))
    assert new is not None
    assert new.log.recall is None


def test_cards_are_looked_up_when_they_are_needed_and_one_that_cannot_be_is_asked_for_again() -> None:
    asked: list[str] = []
    cards = reviewed_before("a", days=30)
    readable: list[bool] = []

    def past(card_id: str) -> Card | None:
        asked.append(card_id)
        return cards.get(card_id) if readable else None

    quiz = session(choice("a"), choice("b"), known=("a",), past=past)
    assert asked == []
    first = quiz.answer(RIGHT, after(20))
    assert first is not None
    assert first.log.recall is None, "the session goes on"
    quiz.undo(after(21))
    readable.append(True)
    second = quiz.answer(RIGHT, after(40))
    assert second is not None
    assert second.log.recall is not None
    assert set(asked) == {"a"}


def test_an_edited_question_is_asked_as_it_is_now() -> None:
    quiz = session(choice("a"), choice("b"))
    order = quiz.view(NOON).order
    edited = replace(choice("a"), ask="How much now?")
    quiz.look_up_in(library(edited, choice("b")), after(5))
    view = quiz.view(after(5))
    assert view.question == edited
    assert view.order == order
    assert view.thinking(after(5)) == 5
    quiz.answer(RIGHT, after(10))
    quiz.rate(None, after(11))
    quiz.look_up_in(library(replace(edited, ask="And now?")), after(12))
    assert quiz.view(after(12)).phase is Phase.DONE, "the open one is gone"
    quiz.undo(after(13))
    asked = quiz.view(after(13)).question
    assert asked is not None
    assert asked.title == "And now?"
