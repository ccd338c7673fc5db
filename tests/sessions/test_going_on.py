"""What is asked after a rating: the same again, the interviewer's follow-ups; and rating again what was rated."""

import pytest

from kdquiz.library.filter import Filter
from kdquiz.memory.day import date_of
from kdquiz.memory.goal import Goal
from kdquiz.memory.model import Rating, Standing
from kdquiz.sessions.changes import Reviewed
from kdquiz.sessions.queueing import AGAIN_AFTER
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import FollowUp, Phase
from tests.sessions.examples import NOON, UTC_DAYS, after, choice, flashcard
from tests.sessions.sitting import RIGHT, WRONG, open_id, queue_of, reviewed_before, session, settle

MANY = tuple(flashcard(f"q{number:02}") for number in range(20))
TODAY = UTC_DAYS.day(NOON)


def test_a_question_rated_again_comes_back_after_a_few_others_and_is_drawn_anew() -> None:
    quiz = session(choice("a"), *MANY)
    before = quiz._state.open_question
    settle(quiz, Rating.AGAIN)
    assert queue_of(quiz).index("a") == AGAIN_AFTER
    assert quiz.view(NOON).total == 1 + len(MANY) + 1
    for number in range(AGAIN_AFTER):
        assert open_id(quiz) == f"q{number:02}"
        settle(quiz)
    assert open_id(quiz) == "a"
    assert quiz._state.open_question.seed != before.seed


def test_the_last_one_comes_back_at_once() -> None:
    quiz = session(flashcard("a"))
    settle(quiz, Rating.AGAIN)
    assert open_id(quiz) == "a"


@pytest.mark.parametrize("rating", list(Rating))
def test_the_interviewer_goes_on_after_a_good_answer(rating: Rating) -> None:
    quiz = session(choice("a", then=("d", "c")), flashcard("b"), flashcard("c"), flashcard("d"))
    quiz.answer(RIGHT, after(20))
    told = quiz.view(after(20)).follow_ups
    assert [each.comes for each in told] == [True, True]
    quiz.rate(rating, after(21))
    goes_on = rating in (Rating.GOOD, Rating.EASY)
    assert queue_of(quiz)[:3] == (("d", "c", "b") if goes_on else ("b", "c", "d"))


def test_one_that_is_not_in_the_queue_is_put_in_where_it_is_new_or_due() -> None:
    asked = choice("a", then=("new", "due", "resting", "needy", "buried", "gone"))
    cards = {**reviewed_before("due", days=60), **reviewed_before("resting", days=1)}
    quiz = session(
        asked,
        flashcard("b"),
        flashcard("new", needs=("a",)),
        flashcard("due"),
        flashcard("resting"),
        flashcard("needy", needs=("b",)),
        flashcard("buried"),
        queue=("a", "b"),
        cards=cards,
        standings={"buried": Standing(buried_on=TODAY)},
    )
    quiz.answer(RIGHT, after(20))
    told = quiz.view(after(20)).follow_ups
    assert told == tuple(FollowUp(title="What?", comes=comes) for comes in (True, True, False, False, False))
    quiz.rate(None, after(21))
    assert queue_of(quiz) == ("new", "due", "b")
    assert quiz.view(NOON).total == 4
    quiz.undo(after(22))
    assert queue_of(quiz) == ("a", "b")


def test_new_ones_are_put_in_within_the_days_limit() -> None:
    questions = (choice("a", then=("x", "y")), flashcard("x"), flashcard("y"))
    one_left = session(*questions, queue=("a",), goal=Goal(new_a_day=2))
    settle(one_left)
    assert queue_of(one_left) == ("x",)
    settle(one_left)
    assert one_left.view(NOON).phase is Phase.DONE
    none_left = session(*questions, queue=("a",), goal=Goal(new_a_day=1))
    settle(none_left)
    assert none_left.view(NOON).phase is Phase.DONE
    planned = session(*questions, queue=("a", "y"), goal=Goal(interview=date_of(TODAY + 9)))
    settle(planned)
    assert queue_of(planned) == ("y",)  # the plan has chosen today's new ones


@pytest.mark.parametrize(
    "wish",
    [Wish(at_most=1), Wish(filter=Filter(kinds=("choice",))), Wish(filter=Filter(without=frozenset({"x"})))],
)
def test_nothing_is_put_in_beyond_what_the_learner_wished_for(wish: Wish) -> None:
    quiz = session(choice("a", then=("x",)), flashcard("x"), queue=("a",), wish=wish)
    settle(quiz)
    assert quiz.view(NOON).phase is Phase.DONE


def test_chains_end() -> None:
    quiz = session(flashcard("a", then=("b",)), flashcard("b", then=("a", "b")))
    settle(quiz)
    settle(quiz)
    assert quiz.view(NOON).phase is Phase.DONE


# ---- rating again ------------------------------------------------------------------------------------------------


def test_i_was_wrong_about_being_wrong() -> None:
    quiz = session(choice("a", then=("c",)), flashcard("b"), flashcard("c"))
    first = quiz.answer(WRONG, after(20))
    quiz.rate(None, after(21))
    assert queue_of(quiz) == ("b", "c", "a")
    again = quiz.rerate(Rating.GOOD, after(30))
    assert first is not None
    assert again is not None
    assert again.replaces == first.log
    assert (again.log.rating, again.log.share, again.log.misconceptions) == (
        Rating.GOOD,
        0.0,
        first.log.misconceptions,
    )
    assert queue_of(quiz) == ("b", "c"), "it leaves the queue, and the interviewer goes on behind what is open"
    assert quiz.view(NOON).ratings == (("a", Rating.GOOD),)
    assert again.card.due > first.card.due


def test_the_open_question_stays_open_and_its_clock_goes_on() -> None:
    quiz = session(choice("a"), flashcard("b"), flashcard("c"))
    settle(quiz, Rating.AGAIN, second=20)
    quiz.rerate(Rating.GOOD, after(30))
    assert quiz.view(after(30)).thinking(after(31)) == 10
    back = quiz.undo(after(40))
    assert isinstance(back, Reviewed)
    assert (back.log.rating, back.replaces is not None) == (Rating.AGAIN, True)
    assert quiz.view(after(40)).thinking(after(41)) == 20
    assert queue_of(quiz) == ("b", "c", "a")


def test_rated_again_as_again_it_comes_back_and_what_it_put_in_goes() -> None:
    quiz = session(choice("a", then=("x", "y")), flashcard("b"), flashcard("x"), flashcard("y"), queue=("a", "b"))
    settle(quiz)
    assert queue_of(quiz) == ("x", "y", "b")
    quiz.rerate(Rating.EASY, after(30))
    assert queue_of(quiz) == ("x", "y", "b")
    quiz.rerate(Rating.AGAIN, after(31))
    assert queue_of(quiz) == ("x", "b", "a"), "the open one stays"
    quiz.rerate(Rating.GOOD, after(32))
    assert queue_of(quiz) == ("x", "y", "b")


def test_at_the_end_too() -> None:
    quiz = session(choice("a"))
    settle(quiz)
    assert quiz.view(NOON).can_rerate
    quiz.rerate(Rating.AGAIN, after(30))
    assert open_id(quiz) == "a"
    quiz.rerate(Rating.HARD, after(31))
    assert quiz.view(NOON).phase is Phase.DONE
    assert quiz.rerate(Rating.HARD, after(32)) is None
    quiz.undo(after(33))
    assert open_id(quiz) == "a"


def test_there_is_nothing_to_rate_again_before_the_first_answer_nor_while_one_is_on_show() -> None:
    quiz = session(choice("a"), choice("b"))
    assert not quiz.view(NOON).can_rerate
    with pytest.raises(ValueError, match="nothing to rate again"):
        quiz.rerate(Rating.GOOD, NOON)
    settle(quiz)
    quiz.answer(RIGHT, after(40))
    assert not quiz.view(NOON).can_rerate
