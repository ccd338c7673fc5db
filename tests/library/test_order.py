"""An order as authors write it, and never shown as they wrote it."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kdquiz.library.kinds.order import Order

STEPS = ("Teacher forward", "Student forward", "Combine both losses", "Backward")


def order(steps: tuple[str, ...] = STEPS, answer: str | None = None) -> Order:
    return Order(id="sort", kind="order", source="A paper", ask="In which order?", steps=steps, answer=answer)


def test_what_is_asked() -> None:
    question = order(answer="Gradients last.\n")
    assert (question.title, question.asked, question.parts) == ("In which order?", "In which order?", STEPS)
    assert question.model_answer == "Gradients last.\n"
    assert order().model_answer == ""


def test_in_full_the_order_is_told_with_the_answer_alone() -> None:
    question = order(answer="Gradients last.\n")
    told = "In which order?\n\n1. Teacher forward\n2. Student forward\n3. Combine both losses\n4. Backward"
    assert question.in_full(answer=True) == f"{told}\n\nGradients last."
    ask, empty, *steps = question.in_full(answer=False).splitlines()
    assert (ask, empty) == ("In which order?", "")
    assert sorted(step[3:] for step in steps) == sorted(STEPS)
    assert tuple(step[3:] for step in steps) != STEPS
    assert [step[:3] for step in steps] == ["a. ", "b. ", "c. ", "d. "]


@given(st.integers(3, 9), st.integers(0, 2**32 - 1))
def test_the_right_order_is_never_shown(count: int, seed: int) -> None:
    question = order(tuple(f"step {number}" for number in range(count)))
    shown = question.shown_order(seed)
    assert sorted(shown) == list(range(count))
    assert shown != tuple(range(count))
    assert shown == question.shown_order(seed)


def test_every_other_order_is_shown() -> None:
    question = order(("one", "two", "three"))
    assert len({question.shown_order(seed) for seed in range(100)}) == 5


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        (["a", "b"], "at least 3 items"),
        (list("abcdefghij"), "at most 9 items"),
        (["Go  on", "stop", "go on"], "two steps read the same: 'go on'"),
        (["a", " ", "c"], "says_something"),
    ],
)
def test_the_author_is_told(steps: list[str], told: str) -> None:
    data = {"id": "sort", "kind": "order", "source": "A paper", "ask": "How?", "steps": steps}
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Order).validate_python(data)
    error = raised.value.errors()[0]
    assert error["loc"][0] == "steps"
    assert told in error["msg"]


def test_it_survives_plain_json() -> None:
    question = order(answer="So.")
    assert msgspec.convert(json.loads(msgspec.json.encode(question)), type=Order) == question
