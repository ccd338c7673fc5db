"""Marking an order: by pairs, and which steps stand in order."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.kinds.order import STEP_LETTERS, Order
from kdquiz.marking import mark, read_line
from kdquiz.marking.model import Chosen, Ordered, Outcome, Response, StepMark, UnreadableError
from kdquiz.marking.sequence import agreement, in_order


def order(count: int) -> Order:
    steps = tuple(f"step {number}" for number in range(count))
    return Order(id="sort", kind="order", source="A paper", ask="In which order?", steps=steps)


@pytest.mark.parametrize(
    ("steps", "share", "stand"),
    [
        ((0, 1, 2, 3), 1.0, "yyyy"),
        ((1, 0, 2, 3), 2 / 3, "y-yy"),
        ((3, 0, 1, 2), 0.0, "-yyy"),
        ((0, 3, 1, 2), 1 / 3, "y-yy"),
        ((1, 0, 3, 2), 1 / 3, "y-y-"),
        ((2, 3, 0, 1), 0.0, "yy--"),
        ((3, 2, 1, 0), 0.0, "y---"),
    ],
)
def test_the_share_is_by_pairs(steps: tuple[int, ...], share: float, stand: str) -> None:
    marked = mark(order(4), Ordered(steps))
    assert marked.share == pytest.approx(share)
    assert marked.outcome is (Outcome.RIGHT if share == 1 else Outcome.PARTLY if share else Outcome.WRONG)
    assert marked.steps == tuple(
        StepMark(f"step {belongs}", belongs, in_order=sign == "y") for belongs, sign in zip(steps, stand, strict=True)
    )


def test_who_does_not_know_is_shown_the_right_order() -> None:
    marked = mark(order(3), Ordered(()))
    assert (marked.outcome, marked.share) == (Outcome.WRONG, 0.0)
    assert marked.steps == tuple(StepMark(f"step {place}", place, in_order=False) for place in range(3))


@pytest.mark.parametrize("steps", [(0, 1), (0, 1, 1), (0, 1, 3), (-1, 0, 1), (0, 1, 2, 2)])
def test_what_is_not_every_step_once_is_refused(steps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="each of the 3 steps is named once"):
        mark(order(3), Ordered(steps))


def test_another_response_is_refused() -> None:
    with pytest.raises(TypeError, match="an order takes Ordered steps, not Chosen"):
        mark(order(3), Chosen(frozenset({1})))


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_guessing_earns_nothing_on_average(count: int) -> None:
    pairs = count * (count - 1) // 2
    every = [round(agreement(steps) * pairs) for steps in permutations(range(count))]
    assert Fraction(sum(every), pairs) == 0


def test_short_sequences_are_in_order() -> None:
    assert agreement(()) == agreement((0,)) == 1
    assert in_order(()) == ()
    assert in_order((0,)) == (True,)


@pytest.mark.parametrize(
    ("places", "stand"),
    [
        ((1, 0, 2), "y-y"),
        ((2, 1, 0), "-y-"),
        ((1, 2, 0, 3), "yy-y"),
        ((2, 1, 0, 3, 4), "-y-yy"),
        ((3, 2, 1, 0), "y---"),
    ],
)
def test_of_several_ways_to_mend_an_order_those_at_their_place_stay(places: tuple[int, ...], stand: str) -> None:
    assert in_order(places) == tuple(sign == "y" for sign in stand)


orders = st.integers(3, 9).flatmap(lambda count: st.permutations(range(count)))


def mended(steps: Sequence[int], stand: Sequence[bool]) -> list[int]:
    """The steps, with each that does not stand in order taken out and put where it belongs among those that do."""
    kept = [step for step, stands in zip(steps, stand, strict=True) if stands]
    for step in (step for step, stands in zip(steps, stand, strict=True) if not stands):
        kept.insert(sum(other < step for other in kept), step)
    return kept


@given(orders)
def test_promises_of_an_order(steps: list[int]) -> None:
    marked = mark(order(len(steps)), Ordered(tuple(steps)))
    assert marked.share is not None
    assert 0 <= marked.share <= 1
    assert (marked.outcome is Outcome.RIGHT) == (steps == sorted(steps)) == (marked.share == 1)
    assert (marked.outcome is Outcome.WRONG) == (marked.share == 0)
    stand = [step.in_order for step in marked.steps]
    assert [step.belongs for step in marked.steps] == steps
    assert mended(steps, stand) == sorted(steps)
    assert all(stand) == (steps == sorted(steps))


@given(st.integers(3, 7).flatmap(lambda count: st.permutations(range(count))))
def test_no_fewer_steps_could_be_moved(steps: list[int]) -> None:
    kept = sum(in_order(steps))
    assert not any(list(some) == sorted(some) for some in combinations(steps, kept + 1))


SHOWN = (2, 0, 3, 1)
"""As shown: a is authored step 2, b is 0, c is 3, d is 1."""


@pytest.mark.parametrize(
    "line", ["b d a c", "bdac", "B, D, A, C", "b > d > a > c", "b -> d -> a -> c", "2 4 1 3", "2413", "2. 4. 1. 3."]
)
def test_a_line_is_read(line: str) -> None:
    assert read_line(order(4), SHOWN, line) == Ordered((0, 1, 2, 3))


@pytest.mark.parametrize("line", ["", "  ", ","])
def test_an_empty_line_knows_nothing(line: str) -> None:
    assert read_line(order(4), SHOWN, line) == Ordered(())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("b d a", r"Step c is missing: name each of a, b, c, d once\."),
        ("b", r"Steps a, c, d are missing: name each of a, b, c, d once\."),
        ("b d a a", r"Step a is named twice: name each of a, b, c, d once\."),
        ("b d a c b", r"Step b is named twice"),
        ("b d a e", r"There is no step 'e': the steps are a, b, c, d\."),
        ("0 1 2 3", r"There is no step '0'"),
        ("1 2 3 5", r"There is no step '5'"),
        ("²", r"There is no step '²'"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(line: str, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_line(order(4), SHOWN, line)


@given(orders, st.randoms(use_true_random=False), st.sampled_from(["", " ", ", ", " > "]), st.booleans())
def test_any_order_can_be_typed(steps: list[int], random: Random, separator: str, letters: bool) -> None:
    shown = list(range(len(steps)))
    random.shuffle(shown)
    names = STEP_LETTERS if letters else "123456789"
    line = separator.join(names[shown.index(step)] for step in steps)
    assert read_line(order(len(steps)), shown, line) == Ordered(tuple(steps))


@given(st.text() | st.text("abcd1234 ,"))
def test_any_line_is_read_or_refused_in_words(line: str) -> None:
    response: Response = Ordered(())
    told = ""
    try:
        response = read_line(order(4), SHOWN, line)
    except UnreadableError as error:
        told = str(error)
    assert told.endswith(".") or mark(order(4), response).share is not None
