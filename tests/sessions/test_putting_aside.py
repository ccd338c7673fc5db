"""Burying, suspending, marking, drills among the questions; and undoing whatever was done."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.marking.model import Typed
from kdquiz.memory.model import Card, Rating, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Reviewed, Stood, Withdrawn
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.view import Aside, Phase
from tests.sessions.examples import NOON, UTC_DAYS, after, choice, drill, flashcard, short
from tests.sessions.sitting import (
    RIGHT,
    WRONG,
    Shelf,
    open_id,
    queue_of,
    response_to,
    reviewed_before,
    session,
)

TODAY = UTC_DAYS.day(NOON)


def test_buried_it_is_not_asked_again_today() -> None:
    quiz = session(choice("a"), choice("b"))
    assert quiz.bury(after(1)) == (Stood(card_id="a", standing=Standing(buried_on=TODAY)),)
    assert (open_id(quiz), quiz.view(NOON).total) == ("b", 1)
    assert quiz.undo(after(2)) == Stood(card_id="a", standing=Standing())
    assert queue_of(quiz) == ("a", "b")


def test_suspended_and_marked_are_kept_apart() -> None:
    quiz = session(choice("a"), standings={"a": Standing(marked=True)})
    assert quiz.view(NOON).marked
    assert quiz.suspend(after(1)) == (Stood(card_id="a", standing=Standing(suspended=True, marked=True)),)
    view = quiz.view(NOON)
    assert (view.phase, view.aside) == (Phase.DONE, (Aside(title="How much?", suspended=True),))
    quiz.undo(after(2))
    assert quiz.view(NOON).aside == ()


def test_after_the_reveal_the_answer_counts_and_does_not_come_back() -> None:
    quiz = session(choice("a"), choice("b"))
    quiz.answer(WRONG, after(20))
    assert quiz.bury(after(21)) == (Stood(card_id="a", standing=Standing(buried_on=TODAY)),)
    view = quiz.view(NOON)
    assert (view.ratings, queue_of(quiz)) == ((("a", Rating.AGAIN),), ("b",))
    assert quiz.rerate(Rating.HARD, after(22)) is not None
    assert quiz.rerate(Rating.AGAIN, after(23)) is not None
    assert queue_of(quiz) == ("b",), "not today, whatever its rating"
    quiz.undo(after(24))
    quiz.undo(after(25))
    assert quiz.undo(after(26)) == Stood(card_id="a", standing=Standing())
    assert quiz.view(NOON).phase is Phase.REVEALED, "the answer is still there"


def test_what_was_overruled_is_kept_when_it_is_put_aside() -> None:
    quiz = session(short("a"), choice("b"))
    first = quiz.answer(Typed("it is peaked"), after(20))
    quiz.overrule(1, ticked=True)
    changed, stood = quiz.suspend(after(21))
    assert first is not None
    assert isinstance(changed, Reviewed)
    assert (changed.replaces, changed.log.share) == (first.log, 1.0)
    assert stood == Stood(card_id="a", standing=Standing(suspended=True))
    quiz.undo(after(22))
    assert quiz.undo(after(23)) == Withdrawn(log=changed.log)


def test_a_flashcard_that_was_only_looked_at_is_put_aside_unrated() -> None:
    quiz = session(flashcard("a"), choice("b"))
    quiz.answer(response_to(flashcard()), after(5))
    assert quiz.bury(after(6)) == (Stood(card_id="a", standing=Standing(buried_on=TODAY)),)
    assert quiz.view(NOON).ratings == ()


def test_a_mark_is_toggled_and_leaves_the_question_as_it_is() -> None:
    quiz = session(choice("a"))
    assert quiz.mark() == Stood(card_id="a", standing=Standing(marked=True))
    assert quiz.view(after(9)).thinking(after(9)) == 9
    assert quiz.mark() == Stood(card_id="a", standing=Standing())
    assert quiz.undo(after(10)) == Stood(card_id="a", standing=Standing(marked=True))
    assert quiz.view(after(10)).marked
    assert quiz.view(after(10)).thinking(after(10)) == 10


def test_a_mark_between_answer_and_rating_stays_when_the_answer_is_taken_back() -> None:
    quiz = session(choice("a"), choice("b"))
    answered = quiz.answer(RIGHT, after(20))
    quiz.mark()
    quiz.rate(None, after(21))
    assert answered is not None
    assert quiz.undo(after(22)) == Withdrawn(log=answered.log), "one press for answer and rating"
    view = quiz.view(after(22))
    assert (view.phase, view.marked) == (Phase.ASKING, True)
    quiz.undo(after(23))
    assert not quiz.view(after(23)).marked


# ---- drills among the questions ----------------------------------------------------------------------------------


def drill_review(card: Card | None = None, rating: Rating = Rating.HARD) -> Reviewed:
    log = ReviewLog(card_id="double", rating=rating, reviewed_at=after(600), seconds=580.0, day=TODAY)
    return Reviewed(card=Schedule().review(card, log), log=log)


def test_a_drill_is_offered_and_done_when_it_was_settled() -> None:
    quiz = session(choice("a"), queue=("double", "a"))
    view = quiz.view(NOON)
    assert (view.phase, view.entry, view.tried) == (Phase.OFFERING, None, False)
    assert view.drill is not None
    assert view.drill.drill == drill()
    quiz.drilled(None, after(30))
    assert quiz.view(NOON).tried
    assert open_id(quiz) == "double"
    reviewed = drill_review()
    quiz.drilled(reviewed, after(700))
    assert (open_id(quiz), quiz.view(NOON).ratings) == ("a", (("double", Rating.HARD),))
    assert quiz.view(after(705)).thinking(after(705)) == 5
    assert [each.title for each in quiz.view(NOON).settled] == ["Twice"]
    assert quiz.undo(after(710)) == Withdrawn(log=reviewed.log)
    assert quiz.view(NOON).phase is Phase.OFFERING


def test_a_drill_is_put_off_or_put_aside_and_does_not_come_back_in_the_sitting() -> None:
    quiz = session(choice("a"), queue=("double", "a"))
    quiz.skip(after(1))
    assert queue_of(quiz) == ("a", "double")
    quiz.undo(after(2))
    assert quiz.bury(after(3)) == (Stood(card_id="double", standing=Standing(buried_on=TODAY)),)
    quiz.undo(after(4))
    quiz.drilled(drill_review(rating=Rating.AGAIN), after(700))
    assert queue_of(quiz) == ("a",)


def test_a_drill_is_rated_again_on_the_card_that_it_had() -> None:
    cards = reviewed_before("double", days=30)
    quiz = session(choice("a"), queue=("double", "a"), past=lambda each: cards.get(each), known=("double",))
    before = dict(cards)
    reviewed = drill_review(cards["double"])
    cards["double"] = reviewed.card  # the store has it by now
    quiz.drilled(reviewed, after(700))
    again = quiz.rerate(Rating.EASY, after(701))
    assert again is not None
    assert again.card == Schedule().review(before["double"], again.log)


# ---- whatever is pressed -----------------------------------------------------------------------------------------

PRESSES = ["right", "wrong", "rate", "again", "easy", "undo", "skip", "bury", "suspend", "mark", "rerate", "drilled"]
BEFORE = {"c": Standing(marked=True)}


def press(quiz: QuizSession, step: str, second: int, shelf: Shelf) -> None:
    """One key, if it does anything now."""
    now = after(second)
    view = quiz.view(now)
    match step, view.phase:
        case "undo", _:
            shelf.keep(quiz.undo(now))
        case "rerate", _ if view.can_rerate:
            shelf.keep(quiz.rerate(Rating(1 + second % 4), now))
        case (("bury" | "suspend"), (Phase.ASKING | Phase.REVEALED | Phase.OFFERING)):
            shelf.keep(*(quiz.bury(now) if step == "bury" else quiz.suspend(now)))
        case "mark", (Phase.ASKING | Phase.REVEALED | Phase.OFFERING):
            shelf.keep(quiz.mark())
        case "skip", (Phase.ASKING | Phase.OFFERING):
            quiz.skip(now)
        case "drilled", Phase.OFFERING:
            log = ReviewLog(card_id="double", rating=Rating.GOOD, reviewed_at=now, seconds=5.0, day=TODAY)
            reviewed = Reviewed(card=Schedule().review(None, log), log=log)
            shelf.keep(reviewed)
            quiz.drilled(reviewed, now)
        case (("right" | "wrong"), Phase.ASKING):
            assert view.question is not None
            shelf.keep(quiz.answer(response_to(view.question, step == "right"), now))
        case (("rate" | "again" | "easy"), Phase.REVEALED):
            rating = {"again": Rating.AGAIN, "easy": Rating.EASY}.get(step)
            shelf.keep(quiz.rate(rating, now))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PRESSES), max_size=40), st.integers(0, 9))
def test_the_store_can_follow_whatever_is_pressed_and_all_of_it_can_be_undone(steps: list[str], seed: int) -> None:
    """What is kept is what the session counts; undone to the end, nothing is left of it in either."""
    questions = (choice("a", then=("d",)), flashcard("b", then=("a",)), choice("c"), flashcard("d", then=("a", "b")))
    quiz = session(*questions, queue=("a", "b", "double", "c"), standings=BEFORE, seed=seed)
    start, shelf = queue_of(quiz), Shelf(standings=dict(BEFORE))
    for second, step in enumerate(steps, 1):
        press(quiz, step, second, shelf)
        view = quiz.view(after(second))
        assert len(set(queue_of(quiz))) == len(queue_of(quiz))
        counted = [each.reviewed.log for each in view.settled]
        if view.suggested is not None:
            assert quiz._state.recorded is not None
            counted.append(quiz._state.recorded.log)
        assert sorted(shelf.logs, key=repr) == sorted(counted, key=repr)
    for _ in range(len(steps) + 1):
        shelf.keep(quiz.undo(after(99)))
    assert (shelf.logs, shelf.decided, queue_of(quiz)) == ([], BEFORE, start)
    assert not quiz.view(NOON).can_undo
