"""Formulas: what they give, what authors are told, and that no text does harm or takes long."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.arithmetic import FUNCTIONS, FormulaError
from kdquiz.library.formula import LONGEST, evaluate, evaluate_number, parse
from kdquiz.library.shown import as_authored, filled, names_in, shown

SCOPE = {"a": 2, "T": 4, "alpha": 0.1}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1/2", 0.5),
        ("-(2)**2", -4),
        ("2**-1", 0.5),
        ("2**3**2", 512),
        ("(1 - alpha) * a", 1.8),
        ("softmax([a/T, 0, 0])[0]", math.exp(0.5) / (math.exp(0.5) + 2)),
        ("softmax([1000, 0])[0]", 1),
        ("log_softmax([1000, 0])[1]", -1000),
        ("sum(softmax([a, 0, 0] / T))", 1),
        ("kl([1, 0], [0.5, 0.5])", math.log(2)),
        ("kl([0.5, 0.5], [0.5, 0.5])", 0),
        ("entropy([1, 0])", 0),
        ("entropy([0.25, 0.25, 0.25, 0.25])", math.log(4)),
        ("cross_entropy([0, 1], [0.5, 0.5])", math.log(2)),
        ("sum([1, 2] * [3, 4])", 11),
        ("([1, 2] - 1)[1]", 1),
        ("(2 / [1, 2])[-1]", 1),
        ("max([1, 3, 2]) + max(1, 2)", 5),
        ("mean([1, 2]) + mean(1, 2, 3)", 3.5),
        ("exp(0) + sqrt(4) + abs(-1)", 4),
        ("log(exp([1, 2]))[1]", 2),
        ("round(2.7) + round(0.126, 2)", 3.13),
        ("  a +\n T ", 6),
        ("1e3 + .5 + 5.", 1005.5),
        ("[5, 6, 7][a]", 7),
    ],
)
def test_a_formula_gives_this(formula: str, value: float) -> None:
    assert evaluate_number(formula, SCOPE) == pytest.approx(value, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("", "the formula is empty. Write it out."),
        ("softmx([a])", "at character 1: unknown function 'softmx'. Did you mean 'softmax'?"),
        ("1 + alpa", "at character 5: unknown name 'alpa'. Did you mean 'alpha'?"),
        ("q + 1", "unknown name 'q'. Drawn are: a, T, alpha."),
        ("log + 1", "the function log is not called. Write log( )."),
        ("2T", "at character 2: a number and a name run together. Put `*` between them."),
        ("a^2", "at character 2: '^' is not used in formulas. Write `**`."),
        ("a − 1", "'−' is not used in formulas. Write `-`."),
        ("(a + 1", "at character 1: the bracket ( is never closed"),
        ("a + 1)", "at character 6: the bracket ) closes none that is open"),
        ("a b", "cannot be read from here"),
        ("1, 2", "a comma stands outside of a list or a function"),
        ("[]", "a list is empty"),
        ("[[1], 2]", "a list stands in a list"),
        ("[1, 2] + [1]", "a list of 2 and a list of 1 have no `+` between them"),
        ("[1, 2]", "it gives a list of 2, and one number is needed. Choose an entry: […][0]."),
        ("[1][1]", "there is no entry 1: the list has 1, counted from 0"),
        ("[1][0.5]", "an entry is chosen by one whole number"),
        ("a[0]", "only a list has entries"),
        ("1 + log(a - 2)", "at character 5: there is no log of 0"),
        ("sqrt(-1)", "there is no sqrt of -1"),
        ("1/(a - 2)", "it divides by 0"),
        ("0**-1", "0 has no negative power"),
        ("(-8)**0.5", "a negative number has no such power"),
        ("9**9**9", "the value is too large"),
        ("exp(1000)", "the value of exp is too large"),
        ("1e999", "a number is too large"),
        ("9" * 399, "a number is too large"),
        ("kl([1, 0], [0, 1])", "kl is infinite"),
        ("kl([2, 0], [0, 1])", "kl takes probabilities"),
        ("entropy([-0.5, 1.5])", "entropy takes probabilities"),
        ("kl([1], [0.5, 0.5])", "two lists of one length"),
        ("kl([1])", "kl takes 2 arguments, not 1"),
        ("max(2)", "max takes a list, not a number"),
        ("max([1], 2)", "max takes one list, or several numbers"),
        ("round(1, 99)", "round takes a number"),
        ("(" * 210, "cannot be read"),
        ("-" * 100 + "1", "nested deeper"),
        ("+".join(["1"] * 190), "nested deeper"),
        ("[" + ",".join(["1"] * 100) + "]", "at most 64 entries"),
        ("1" * (LONGEST + 1), "it has 401 characters, and may have 400"),
        *[
            (harm, "not used in formulas|unknown function|run together")
            for harm in (
                "a.real", "().__class__", "a if 1 else 2", "[x for x in a]", "lambda: 1", "a < 1", "not a", "~a",
                "a @ a", "a // 1", "a % 2", "{1}", "'x'", "f(a)", "log(x=1)", "log(*[1])", "True", "None", "a := 1",
                "__import__(1)", "0x1f", "1_000", "1j", "[1, 2][0:1]", "log(1)(2)", "a\\\n", "1or 2", "[*[1]]",
            )
        ],
    ],
)  # fmt: skip
def test_an_author_is_told_this(formula: str, told: str) -> None:
    with pytest.raises(FormulaError) as raised:
        evaluate_number(formula, SCOPE)
    assert any(part in str(raised.value) for part in told.split("|")), str(raised.value)


@given(st.one_of(st.text(max_size=450), st.text("aT019.+-*/()[], elogsum", max_size=80)))
def test_any_text_is_a_formula_or_an_error(text: str) -> None:
    try:
        value = evaluate(text, SCOPE)
    except FormulaError:
        return
    assert all(map(math.isfinite, value if isinstance(value, tuple) else (value,)))


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=8))
def test_softmax_is_a_distribution_and_agrees_with_its_logarithm(logits: list[float]) -> None:
    listed = f"[{', '.join(f'{logit:.6f}' for logit in logits)}]"
    probabilities = evaluate(f"softmax({listed})", {})
    assert isinstance(probabilities, tuple)
    assert math.fsum(probabilities) == pytest.approx(1)
    logs = evaluate(f"log_softmax({listed})", {})
    assert isinstance(logs, tuple)
    assert [math.exp(log) for log in logs] == pytest.approx(list(probabilities), rel=1e-9, abs=1e-300)
    assert evaluate_number(f"kl(softmax({listed}), softmax({listed} / 1))", {}) == pytest.approx(0, abs=1e-12) or any(
        one == 0 for one in probabilities
    )


def test_every_function_of_the_format_is_there() -> None:
    promised = {"softmax", "log_softmax", "kl", "cross_entropy", "entropy", "exp", "log", "sqrt", "sum", "mean", "max"}
    assert promised | {"abs"} <= set(FUNCTIONS)


def test_a_formula_knows_its_names_and_where_they_stand() -> None:
    assert dict(parse(" softmax([a/T, a])[0]").names) == {"a": 11, "T": 13}


@pytest.mark.parametrize(
    ("number", "tolerance", "text"),
    [
        (2.0, math.inf, "2"),
        (-2.0, math.inf, "−2"),
        (-0.0, math.inf, "0"),
        (0.5761168, math.inf, "0.5761"),
        (0.1 + 0.2, math.inf, "0.3"),
        (524288.0, math.inf, "524288"),
        (12345.678, math.inf, "12346"),
        (12345.678, 0.005, "12345.678"),
        (1.23456e-5, math.inf, "1.235e-5"),
        (1e-4, math.inf, "0.0001"),
        (1e20, math.inf, "1e20"),
        (1 / 3, 1e-9, "0.3333333333"),
    ],
)
def test_a_number_for_people(number: float, tolerance: float, text: str) -> None:
    assert shown(number, tolerance) == text


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300), st.sampled_from((0, 1e-6)))
def test_rounding_stays_within_a_tenth_of_the_tolerance(number: float, tolerance: float) -> None:
    assert abs(float(shown(number, tolerance).replace("−", "-")) - number) <= tolerance / 10 or tolerance == 0
    assert float(shown(number, 0).replace("−", "-")) == number


def test_braces_are_filled_in() -> None:
    text = "At T = {T}: {a/3}, {softmax([a, 0])}, {{as is}}, {-a} and `{-a}`, {value}."
    written = "At T = 4: 0.6667, [0.8808, 0.1192], {as is}, −2 and `-2`, 0.1235."
    assert filled(text, SCOPE, computed={"value": 0.123456}) == written
    assert set(names_in(text)) == {"T", "a", "value"}


@pytest.mark.parametrize(("number", "text"), [(2, "2"), (2.0, "2.0"), (0.1, "0.1"), (-3, "−3"), (1e-5, "1e-5")])
def test_a_drawn_number_is_as_authored(number: float, text: str) -> None:
    assert as_authored(number) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("an {open one", "a brace opens and is never closed, near `an {open one`"),
        ("a closed} one", "a brace closes, and none is open"),
        ("{}", "the formula is empty"),
        ("{a +}", "in the formula `a +`"),
        ("a {set, of} things", "a comma stands outside"),
    ],
)
def test_braces_without_a_formula_are_told(text: str, told: str) -> None:
    with pytest.raises(FormulaError) as raised:
        filled(text, SCOPE)
    assert told in str(raised.value)
