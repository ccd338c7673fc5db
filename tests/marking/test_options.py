"""Marking what is chosen: flashcards, choices and multis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.model import Question
from kdquiz.marking import mark
from kdquiz.marking.model import Chosen, Mark, OptionMark, Outcome, Recalled, Response, Typed
from tests.marking.examples import choice, flashcard, multi, short


def chosen(*positions: int) -> Chosen:
    return Chosen(frozenset(positions))


def test_a_flashcard_is_not_marked() -> None:
    assert mark(flashcard(), Recalled()) == Mark(Outcome.UNMARKED, None)


def test_the_right_option_of_a_choice() -> None:
    marked = mark(choice("-+-"), chosen(1))
    assert (marked.outcome, marked.share, marked.misconceptions) == (Outcome.RIGHT, 1.0, ())
    assert marked.options == (
        OptionMark("wrong 0", is_right=False, chosen=False, because="misconception 0"),
        OptionMark("right 1", is_right=True, chosen=True, because="Quite so."),
        OptionMark("wrong 2", is_right=False, chosen=False, because="misconception 2"),
    )


def test_a_wrong_option_of_a_choice_names_its_misconception() -> None:
    marked = mark(choice("-+-"), chosen(2))
    assert (marked.outcome, marked.share, marked.misconceptions) == (Outcome.WRONG, 0.0, ("misconception 2",))


def test_no_option_of_a_choice_is_wrong() -> None:
    marked = mark(choice(), chosen())
    assert (marked.outcome, marked.share, marked.misconceptions) == (Outcome.WRONG, 0.0, ())


@pytest.mark.parametrize(
    ("signs", "positions", "outcome", "share"),
    [
        ("++-", (0, 1), Outcome.RIGHT, 1.0),
        ("++-", (0,), Outcome.PARTLY, 1 / 2),
        ("++-", (0, 2), Outcome.WRONG, 0.0),
        ("+++--", (0, 1, 3), Outcome.PARTLY, 2 / 3 - 1 / 2),
        ("+++--", (0, 1, 2, 3), Outcome.PARTLY, 1 / 2),
        ("+++---", (0, 3), Outcome.WRONG, 0.0),
        ("++++-", (0, 1, 2, 3, 4), Outcome.WRONG, 0.0),
        ("++++-", (), Outcome.WRONG, 0.0),
        ("++-", (2,), Outcome.WRONG, 0.0),
    ],
)
def test_each_option_of_a_multi_counts(signs: str, positions: tuple[int, ...], outcome: Outcome, share: float) -> None:
    marked = mark(multi(signs), chosen(*positions))
    assert marked.outcome is outcome
    assert marked.share == pytest.approx(share)


multis = st.permutations("++-").flatmap(
    lambda first: st.text("+-", max_size=3).map(lambda rest: multi("".join(first) + rest))
)


@given(multis, st.frozensets(st.integers(0, 5)), st.integers(0, 5))
def test_promises_of_a_multi(question: Question, positions: frozenset[int], extra: int) -> None:
    given_options = getattr(question, "options", ())
    every = frozenset(range(len(given_options)))
    right = frozenset(position for position in every if given_options[position].is_right)
    picked = positions & every
    marked = mark(question, Chosen(picked))
    assert marked == mark(question, Chosen(picked))
    assert marked.share is not None
    assert 0 <= marked.share <= 1
    assert (marked.outcome is Outcome.RIGHT) == (picked == right) == (marked.share == 1)
    assert (marked.outcome is Outcome.WRONG) == (marked.share == 0)
    assert mark(question, Chosen(every)).share == mark(question, Chosen(frozenset())).share == 0
    if extra in every - picked:
        other = mark(question, Chosen(picked | {extra})).share
        assert other is not None
        assert other >= marked.share if extra in right else other <= marked.share


@pytest.mark.parametrize("position", [-1, 3])
@pytest.mark.parametrize("question", [choice("-+-"), multi("+-+")], ids=["choice", "multi"])
def test_a_position_that_does_not_exist_is_refused(question: Question, position: int) -> None:
    with pytest.raises(ValueError, match=f"no option at position {position}"):
        mark(question, chosen(position))


def test_two_options_of_a_choice_are_refused() -> None:
    with pytest.raises(ValueError, match="takes one option, and 2 were chosen"):
        mark(choice(), chosen(0, 1))


@pytest.mark.parametrize(
    ("question", "response"),
    [
        (flashcard(), chosen(0)),
        (choice(), Typed("right 1")),
        (multi("++-"), Recalled()),
        (short(("blue",)), chosen(0)),
    ],
    ids=["flashcard", "choice", "multi", "short"],
)
def test_a_response_of_another_form_is_refused(question: Question, response: Response) -> None:
    with pytest.raises(TypeError, match=f"{question.kind} .*not {type(response).__name__}"):
        mark(question, response)
