"""A prediction as authors write it: a choice, what the experiment shows, and the experiment."""

import json
from typing import Any

import msgspec
import pytest
from pydantic import TypeAdapter, ValidationError

from kdquiz.library.kinds.predict import Predict

WRITTEN: dict[str, Any] = {
    "id": "what-happens",
    "kind": "predict",
    "source": "A paper",
    "ask": "What does a high temperature do?",
    "options": [{"right": "It flattens"}, {"wrong": "It sharpens", "because": "That is a low one."}],
    "answer": "The entropy rises.\n",
    "lab": "entropy-against-temperature",
}


def written(**changes: Any) -> Predict:
    question: Predict = TypeAdapter(Predict).validate_python({**WRITTEN, **changes})
    return question


def test_what_is_asked_and_told() -> None:
    question = written()
    assert question.title == question.asked == "What does a high temperature do?"
    assert question.parts == ("It flattens", "It sharpens")
    assert question.model_answer == "The entropy rises.\n"
    assert question.lab == "entropy-against-temperature"
    asked = "What does a high temperature do?\n\na. It flattens\nb. It sharpens"
    assert question.in_full(answer=False) == asked
    assert question.in_full(answer=True) == (
        "What does a high temperature do?\n\na. ✓ It flattens\nb. ✗ It sharpens\n   That is a low one.\n\n"
        "The entropy rises."
    )


def test_the_experiment_may_come_later() -> None:
    assert written(lab=None).lab is None


@pytest.mark.parametrize(
    ("changes", "key", "told"),
    [
        ({"options": [{"right": "a"}, {"right": "b"}]}, "options", "exactly one right option, this one has 2"),
        ({"options": [{"right": "a"}, {"wrong": "A", "because": "c"}]}, "options", "two options read the same"),
        ({"answer": " "}, "answer", "says_something"),
        ({"lab": "No Slug"}, "lab", "is_slug"),
    ],
)
def test_the_author_is_told(changes: dict[str, Any], key: str, told: str) -> None:
    with pytest.raises(ValidationError) as raised:
        written(**changes)
    (error,) = raised.value.errors()
    assert error["loc"][0] == key
    assert told in error["msg"]


def test_the_answer_is_required() -> None:
    with pytest.raises(ValidationError, match="answer"):
        TypeAdapter(Predict).validate_python({key: value for key, value in WRITTEN.items() if key != "answer"})


def test_it_survives_plain_json() -> None:
    question = written()
    assert msgspec.convert(json.loads(msgspec.json.encode(question)), type=Predict) == question
