"""What only the variants of a numeric question show, told once, at the first draw that shows it."""

from typing import Any

import pytest

from kdquiz.authoring.numeric_faults import numeric_faults
from kdquiz.library.kinds.numeric import NumericTest, Slip
from tests.library.examples import SOFTEN, numeric


def faults_of(**keys: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """Key and message of what the variants of a question show."""
    return [(fault.key, fault.message) for fault in numeric_faults(numeric(**keys))]


def test_a_sound_question_has_no_faults() -> None:
    tests = (
        NumericTest(say="{value}", expect="right"),
        NumericTest(say="{value * 100} %", expect="right"),
        NumericTest(say="{softmax([a, 0, 0])[0]}", expect="wrong", slip=1),
        NumericTest(say="0", expect="wrong"),
        NumericTest(say="about half", expect="unreadable"),
    )
    sound = {"ask": "{a} {T}", "draw": SOFTEN.draw, "value": SOFTEN.value, "within": 0.005, "slips": SOFTEN.slips[:1]}
    assert faults_of(**sound, tests=tests) == []


def test_what_only_some_draws_show_is_told_once_with_the_draw() -> None:
    found = faults_of(
        ask="{a}",
        draw={"a": (2, 1, 0)},
        value="1/a",
        within=0.01,
        slips=(Slip(value="a", because="x"), Slip(value="a * 3", because="y"), Slip(value="6", because="z")),
    )
    assert found == [
        (("value",), "in the formula `1/a` at character 1: it divides by 0 (at a = 0) in 1 of 3 draws"),
        (("slips", 2, "value"), "the slip gives 6, and slip 2 gives 6 (at a = 2) in 1 of 2 draws"),
        (("slips", 0, "value"), "the slip gives 1, which counts as the value 1 (at a = 1) in 1 of 2 draws"),
    ]


def test_a_percentage_of_nothing_is_told() -> None:
    assert faults_of(value=0, within="2 %") == [(("within",), "the value is 0, and a percentage of it is no tolerance")]


@pytest.mark.parametrize(
    ("say", "expect", "slip", "told"),
    [
        ("{value}", "wrong", None, "'1' is right, and is expected to be wrong: The value is 1; any answer"),
        ("2", "right", None, "'2' is wrong, and is expected to be right: That is twice the right value."),
        ("half", "right", None, "'half' cannot be read, and is expected to be right: 'half' cannot be read here"),
        ("{1/2}", "unreadable", None, "'0.5' is read as 0.5, and is expected to be unreadable"),
        ("3", "wrong", 2, "'3' is recognised as slip 1, and is expected to be slip 2: That is three times"),
        ("8", "wrong", 1, "'8' is recognised as no slip, and is expected to be slip 1: That is 7 too high"),
    ],
)
def test_a_test_that_fails_says_why(say: str, expect: Any, slip: int | None, told: str) -> None:
    slips = (Slip(value=3, because="x"), Slip(value=5, because="y"))
    ((key, message),) = faults_of(slips=slips, tests=(NumericTest(say=say, expect=expect, slip=slip),))
    assert key == ("tests", 0, "say")
    assert message.startswith(told)
