"""What is suggested for a word that is not known."""

import random

import pytest

from kdquiz.errors import did_you_mean, nearest

KEYS = ("ask", "answer", "because", "float16", "float32", "value", "within")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("valeu", "value"), ("ASK", "ask"), ("becuase", "because"), ("float31", "float32"), ("x", None), ("", None)],
)
def test_the_nearest_word_is_meant_if_one_is_near(word: str, meant: str | None) -> None:
    assert nearest(word, KEYS) == meant
    assert did_you_mean(word, KEYS) == (f"Did you mean '{meant}'?" if meant else "")


def test_the_order_of_what_is_known_does_not_matter() -> None:
    words = [f"question-{number}" for number in range(100)]
    shuffled = random.Random(1).sample(words, len(words))
    assert nearest("question", words) == nearest("question", shuffled) is not None
