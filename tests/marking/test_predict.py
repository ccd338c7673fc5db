"""Marking a prediction: as a choice."""

import pytest

from kdquiz.library.kinds.predict import Predict
from kdquiz.marking import mark, read_line
from kdquiz.marking.model import Chosen, Outcome, Typed
from tests.marking.examples import choice, options

PREDICT = Predict(
    id="what-happens", kind="predict", source="A paper", ask="Which one?", options=options("-+-"), answer="The second."
)


@pytest.mark.parametrize("positions", [(), (0,), (1,), (2,)])
def test_it_is_marked_as_a_choice(positions: tuple[int, ...]) -> None:
    response = Chosen(frozenset(positions))
    assert mark(PREDICT, response) == mark(choice("-+-"), response)


def test_right_and_wrong() -> None:
    right, wrong = (mark(PREDICT, Chosen(frozenset({position}))) for position in (1, 2))
    assert (right.outcome, right.share, right.misconceptions) == (Outcome.RIGHT, 1.0, ())
    assert (wrong.outcome, wrong.share, wrong.misconceptions) == (Outcome.WRONG, 0.0, ("misconception 2",))


def test_another_response_is_refused_by_its_own_name() -> None:
    with pytest.raises(TypeError, match="a predict question takes Chosen options, not Typed"):
        mark(PREDICT, Typed("right 1"))
    with pytest.raises(ValueError, match="a predict takes one option, and 2 were chosen"):
        mark(PREDICT, Chosen(frozenset({0, 1})))


def test_a_line_is_read_as_of_a_choice() -> None:
    assert read_line(PREDICT, (2, 0, 1), "b") == Chosen(frozenset({0}))
    assert read_line(PREDICT, (2, 0, 1), "") == Chosen(frozenset())
    with pytest.raises(ValueError, match="Choose one option"):
        read_line(PREDICT, (2, 0, 1), "a b")
