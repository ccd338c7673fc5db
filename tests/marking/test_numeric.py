"""Marking numbers: right against their own key however typed, the edge of the tolerance, slips, and what is told."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kdquiz.library.kinds.numeric import Numeric, Slip
from kdquiz.library.shown import shown
from kdquiz.marking import how_to_type, mark, read_line
from kdquiz.marking.distance import what_counts
from kdquiz.marking.model import Chosen, NumberMark, Outcome, Typed, UnreadableError
from tests.library.examples import SOFTEN, numeric
from tests.marking.test_numbers import renderings

ACCURACY = numeric(value=37.5, within=0.5, unit="%")
BITS = numeric(value="log(2)", within="2 %", unit="nats")
SIZE = numeric(value=1234, within=0, unit="MB")
PARAMETERS = numeric(value=66e6, within="5 %")
NEGATIVE = numeric(value=-0.25, within=0.01)
ZERO = numeric(value=0, within=0.01)


def told_of(question: Numeric, text: str) -> tuple[str, str, str]:
    """Outcome, what is told, and the slip."""
    marked = mark(question, Typed(text))
    assert isinstance(marked.number, NumberMark)
    assert marked.share == (1.0 if marked.outcome is Outcome.RIGHT else 0.0)
    return marked.outcome.value, marked.number.told, marked.number.slip


def test_the_words_of_the_question_may_be_typed_behind_the_number() -> None:
    smaller = numeric(ask="How many times smaller is it?", value=50, within="2 %", unit="times")
    for typed in ("50 times smaller", "50 Times Smaller.", "50 times", "50-fold", "50x", "50"):
        assert told_of(smaller, typed) == ("right", "The value is 50 times; any answer from 49 to 51 counts.", "")
    for typed in ("50 times larger", "50 smaller"):
        with pytest.raises(UnreadableError, match="cannot be read here"):
            mark(smaller, Typed(typed))
    assert how_to_type(smaller) == "Type a number of times, to within 2 %."


T_IS_ONE = SOFTEN.slips[0].because
SOFTENED = "The value is 0.5761; any answer from 0.572 to 0.581 counts."


@pytest.mark.parametrize(
    ("question", "text", "outcome", "told"),
    [
        (SOFTEN, "0.5761", "right", SOFTENED),
        (SOFTEN, ".58", "right", SOFTENED),
        (SOFTEN, "0.581", "right", SOFTENED),
        (SOFTEN, "0,576", "right", f"Read as 0.576. {SOFTENED}"),
        (SOFTEN, "57.6 %", "right", f"Read as 0.576. {SOFTENED}"),
        (SOFTEN, "e/(e+2)", "right", f"Read as 0.5761. {SOFTENED}"),
        (SOFTEN, "softmax([a/T, 0, 0])[0]", "right", f"Read as 0.5761. {SOFTENED}"),
        (SOFTEN, "p ≈ 0.576", "right", f"Read as 0.576. {SOFTENED}"),
        (SOFTEN, "0.582", "wrong", f"That is 0.0059 too high, just outside the tolerance. {SOFTENED}"),
        (SOFTEN, "0.571", "wrong", f"That is 0.0051 too low, just outside the tolerance. {SOFTENED}"),
        (SOFTEN, "0.6", "wrong", f"That is 0.024 too high; that is about five times the tolerance. {SOFTENED}"),
        (SOFTEN, "0.7", "wrong", f"That is 0.12 too high. {SOFTENED}"),
        (SOFTEN, "-0.576", "wrong", f"The sign is wrong. {SOFTENED}"),
        (SOFTEN, "1.152", "wrong", f"That is twice the right value. {SOFTENED}"),
        (SOFTEN, "0.288", "wrong", f"That is half the right value. {SOFTENED}"),
        (SOFTEN, "5.76", "wrong", f"That is 10 times the right value. {SOFTENED}"),
        (SOFTEN, "57.6", "wrong", "That is 100 times the right value. If you meant percent, type 57.6 %."),
        (SOFTEN, "1e9", "wrong", "Read as 1000000000. That is far too high."),
        (ACCURACY, "37.5", "right", "The value is 37.5 %; any answer from 37 to 38 counts."),
        (ACCURACY, "37.5 %", "right", "The value is 37.5 %; any answer from 37 to 38 counts."),
        (ACCURACY, "38", "right", "any answer from 37 to 38 counts."),
        (ACCURACY, "37%", "right", "any answer from 37 to 38 counts."),
        (ACCURACY, "38.1", "wrong", "That is 0.6 percentage points too high, just outside the tolerance."),
        (ACCURACY, "0.375", "wrong", "That is a part of 1, and a percentage is asked for."),
        (ACCURACY, "3/8", "wrong", "Read as 0.375 %. That is a part of 1, and a percentage is asked for."),
        (BITS, "ln 2", "right", "Read as 0.6931 nats."),
        (BITS, "0.69 nats", "right", "The value is 0.6931 nats; any answer from 0.68 to 0.707 counts."),
        (BITS, "1", "wrong", "That is the value in bits, and it is asked in nats."),
        (BITS, "0.75", "wrong", "That is 8.2 % of the value too high; that is about four times the tolerance."),
        (BITS, "2", "wrong", "That is 1.3 nats too high."),
        (SIZE, "1,234 MB", "right", "Read as 1234 MB. The value is 1234 MB."),
        (SIZE, "1234", "right", "The value is 1234 MB."),
        (SIZE, "1235", "wrong", "That is 1 MB too high. The value is 1234 MB."),
        (SIZE, "1.234", "wrong", "That is a thousandth of the right value."),
        (numeric(value=1.234, within=0.001), "1,234", "right", "Read as 1.234. The value is 1.234"),
        (numeric(value=5, within=0.1), "1,234", "wrong", "Read as 1234. That is far too high."),
        (PARAMETERS, "66M", "right", "Read as 66000000."),
        (PARAMETERS, "66,000,000", "right", "Read as 66000000."),
        (PARAMETERS, "80 million", "wrong", "Read as 80000000. That is 21 % of the value too high"),
        (NEGATIVE, "−1/4", "right", "Read as −0.25. The value is −0.25; any answer from −0.26 to −0.24 counts."),
        (NEGATIVE, "0.25", "wrong", "The sign is wrong."),
        (ZERO, "0", "right", "The value is 0; any answer from −0.01 to 0.01 counts."),
        (ZERO, "-0.02", "wrong", "That is 0.02 too low; that is twice the tolerance."),
        (SOFTEN, "", "wrong", SOFTENED),
    ],
)
def test_this_answer_is_told_this(question: Numeric, text: str, outcome: str, told: str) -> None:
    found, said, _ = told_of(question, text)
    assert found == outcome, said
    assert said.startswith(told) or told in said, said


def test_a_typical_mistake_is_recognised_by_its_value() -> None:
    assert told_of(SOFTEN, "0.787")[2] == T_IS_ONE
    assert told_of(SOFTEN, "78.7 %")[2] == T_IS_ONE
    assert told_of(SOFTEN, "0.79")[2] == T_IS_ONE
    assert told_of(SOFTEN, "0.8")[2] == ""
    assert mark(SOFTEN, Typed("0.965")).misconceptions == ("That multiplies by T.",)


def test_what_is_right_is_no_slip() -> None:
    assert told_of(numeric(value=1, within=0.1, slips=(Slip(value=1.15, because="x"),)), "1.1")[2] == ""


def test_the_sentence_of_a_slip_is_filled_in() -> None:
    slips = (Slip(value="a", because="That is {a} itself; {2 * a} was asked for."),)
    question = numeric(ask="Twice {a}?", draw={"a": (3,)}, value="2 * a", within=0.2, slips=slips)
    assert told_of(question, "3")[2] == "That is 3 itself; 6 was asked for."
    assert "3: That is 3 itself; 6 was asked for." in question.in_full(answer=True)


def test_of_several_slips_the_nearest_is_named_and_of_equal_ones_the_first() -> None:
    slips = (Slip(value=2, because="two"), Slip(value=2.1, because="a bit more"), Slip(value=2.1, because="as well"))
    question = numeric(value=1, within=0.2, slips=slips)
    assert told_of(question, "2.02")[2] == "two"
    assert told_of(question, "2.1")[2] == "a bit more"


def test_an_answer_that_does_not_know_has_no_reading() -> None:
    number = mark(SOFTEN, read_line(SOFTEN, (), "  ")).number
    assert number is not None
    assert math.isnan(number.read)
    assert number.right == pytest.approx(0.57612, abs=1e-5)


def test_a_line_is_an_answer() -> None:
    assert read_line(SOFTEN, (), " 0.5 ") == Typed("0.5")


def test_what_is_no_number_is_not_marked() -> None:
    with pytest.raises(UnreadableError, match=r"'half' cannot be read here\. .* a and T may stand in it"):
        mark(SOFTEN, Typed("half"))
    with pytest.raises(TypeError, match="takes Typed text, not Chosen"):
        mark(SOFTEN, Chosen(frozenset({0})))


def test_the_variant_that_was_drawn_is_marked() -> None:
    variant = SOFTEN.drawn(0)
    assert variant.scope != SOFTEN.scope
    assert told_of(variant, "softmax([a/T, 0, 0])[0]")[0] == "right"
    assert told_of(variant, shown(variant.number))[0] == "right"


VALUES = st.floats(-1e9, 1e9).map(lambda value: value if abs(value) > 1e-9 else 0.0)


@given(VALUES, st.sampled_from((0, 1e-12, 0.005, "0.001 %", "2 %")))
def test_no_answer_is_wrong_against_its_own_key(value: float, within: float | str) -> None:
    question = numeric(value=value, within=within, unit="nats")
    for way in renderings(value):
        assert told_of(question, way)[0] == "right", way


@given(st.integers(-9999, 9999), st.integers(1, 500), st.integers(1, 4))
def test_the_edge_of_the_tolerance_counts(value: int, tolerance: int, places: int) -> None:
    def decimal(number: int) -> str:
        return f"{number / 10**places:.{places}f}"

    question = numeric(value=decimal(value), within=float(decimal(tolerance)))
    for edge in (value - tolerance, value + tolerance):
        assert told_of(question, decimal(edge))[0] == "right"
    for beyond in (value - tolerance - 1, value + tolerance + 1):
        assert told_of(question, decimal(beyond))[0] == "wrong"


@given(VALUES, st.floats(1e-6, 1e3))
def test_the_answers_that_are_said_to_count_do(value: float, tolerance: float) -> None:
    assume(tolerance > 1e-9 * abs(value))
    question = numeric(value=value, within=tolerance)
    said = what_counts(question).removesuffix(" counts.").split()
    lowest, highest = said[-3], said[-1]
    assert told_of(question, lowest)[0] == "right"
    assert told_of(question, highest)[0] == "right"
    assert told_of(question, said[3].removesuffix(";"))[0] == "right"


@given(VALUES, st.floats(-1e12, 1e12), st.sampled_from((0, 0.005, "2 %")), st.sampled_from(("", "%", "nats", "bits")))
def test_any_number_is_told_of(value: float, typed: float, within: float | str, unit: str) -> None:
    outcome, said, _ = told_of(numeric(value=value, within=within, unit=unit), repr(typed))
    assert outcome in ("right", "wrong")
    assert "The value is" in said
    assert "nan" not in said.replace("nats", "")
