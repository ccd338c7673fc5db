"""Shape and dtype before values, NaN never right, the tolerance scaled to what is expected."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.compare import (
    CLEARLY,
    TOLERANCES,
    Tolerance,
    alike,
    mismatch,
    number,
    tolerance_for,
    two_numbers,
)

DOUBLE = TOLERANCES[torch.float64]


def tensor(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def scalar(value: float) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64)


def words(expected: torch.Tensor, got: torch.Tensor | None, dtype: torch.dtype = torch.float64) -> str:
    found = mismatch(expected, dtype, got, tolerance_for(dtype))
    return "" if found is None else f"{found.kind}: {found.words}"


@pytest.mark.parametrize(
    ("expected", "got", "says"),
    [
        (scalar(1.0), tensor(1, 1, 1, 1), "shape: expected a scalar, got shape [4]"),
        (scalar(1.0), tensor(1.0), "shape: expected a scalar, got shape [1]"),
        (tensor(1.0), scalar(1.0), "shape: expected shape [1], got a scalar"),
        (scalar(1.0), torch.tensor(1.0), "dtype: expected float64, got float32"),
        (scalar(0.052), scalar(math.nan), "not finite: expected 0.052, got NaN"),
        (scalar(0.052), scalar(-math.inf), "not finite: expected 0.052, got -∞"),
        (scalar(0.052), scalar(0.053), "value: expected 0.052, got 0.053"),
        (scalar(1.0), scalar(1.0001), "value: expected 1, got 1.0001"),
        (
            torch.ones(2, 2, dtype=torch.float64),
            torch.tensor([[1, 1], [2, 1]], dtype=torch.float64),
            "value: at [1, 0] expected 1, got 2; 1 of 4 entries are wrong",
        ),
        (tensor(1, 2), None, "missing: no gradient arrived"),
    ],
)
def test_what_is_wrong_is_said_in_words(expected: torch.Tensor, got: torch.Tensor | None, says: str) -> None:
    assert words(expected, got) == says


def test_true_and_false_are_called_so() -> None:
    found = mismatch(torch.tensor([True, True]), torch.bool, torch.tensor([True, False]), tolerance_for(torch.bool))
    assert found is not None
    assert found.words == "at [1] expected True, got False; 1 of 2 entries are wrong"


def test_shape_comes_before_dtype_and_dtype_before_the_value() -> None:
    assert words(scalar(1.0), torch.full((2,), 9.0)).startswith("shape")
    assert words(scalar(1.0), torch.tensor(9.0)).startswith("dtype")


def test_no_gradient_is_right_where_it_is_zero() -> None:
    assert words(tensor(0, 0), None) == ""


def test_an_infinity_that_is_expected_is_right() -> None:
    assert words(tensor(math.inf, 1), tensor(math.inf, 1)) == ""
    assert words(tensor(math.inf, 1), tensor(1, 1)) != ""


def test_whole_numbers_are_exact() -> None:
    million = torch.tensor(10_000_000)
    assert words(million, million + 1, torch.int64) == "value: expected 10000000, got 10000001"
    assert words(million, million, torch.int64) == ""


def test_an_empty_tensor_is_right_only_where_one_is_expected() -> None:
    assert words(torch.empty(0, dtype=torch.float64), torch.empty(0, dtype=torch.float64)) == ""
    assert words(scalar(1.0), torch.empty(0, dtype=torch.float64)).startswith("shape")


def test_the_tolerance_grows_with_the_largest_entry_and_not_with_each() -> None:
    assert words(tensor(1000.0, 0.0), tensor(1000.0, 0.01)) == ""
    assert words(tensor(1.0, 0.0), tensor(1.0, 0.01)) != ""


def test_a_result_near_zero_has_a_floor_for_rounding_alone() -> None:
    assert words(scalar(0.0), scalar(1e-6)) == ""
    assert words(scalar(0.0), scalar(1e-5)) != ""


def test_what_is_right_is_always_closer_than_what_tells_a_mistake_apart() -> None:
    for scale in (0.0, 1e-6, 1e-3, 1.0, 1e6):
        for dtype in (torch.float64, torch.float32):
            assert TOLERANCES[dtype].allows(scale) * 4 < CLEARLY.allows(scale)


@given(st.floats(DOUBLE.floor, 1e6), st.floats(-0.9, 0.9))
def test_the_same_relative_error_is_judged_alike_at_every_size(size: float, share: float) -> None:
    right = scalar(size * (1 + share * DOUBLE.relative))
    wrong = scalar(size * (1 + 3 * DOUBLE.relative))
    assert mismatch(scalar(size), torch.float64, right, DOUBLE) is None
    assert mismatch(scalar(size), torch.float64, wrong, DOUBLE) is not None


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=1, max_size=6))
def test_every_behaviour_is_like_itself(values: list[float]) -> None:
    assert alike(Behaviour(tensor(*values)), Behaviour(tensor(*values)), (), DOUBLE)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True, width=32), min_size=1, max_size=6), st.data())
def test_nothing_finite_is_like_nan(values: list[float], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    left = [value if math.isfinite(value) else 1.0 for value in values]
    right = [math.nan if index == place else value for index, value in enumerate(left)]
    assert not alike(Behaviour(tensor(*left)), Behaviour(tensor(*right)), (), DOUBLE)
    assert mismatch(tensor(*left), torch.float64, tensor(*right), DOUBLE) is not None


def test_behaviours_differ_in_kind() -> None:
    one = Behaviour(scalar(1.0))
    assert not alike(one, Behaviour(raised="ValueError"), (), CLEARLY)
    assert not alike(one, Behaviour(tensor(1.0)), (), CLEARLY)
    assert not alike(one, Behaviour(torch.tensor(1.0)), (), CLEARLY)
    assert not alike(one, Behaviour(scalar(1.0), changed=frozenset({"x"})), (), CLEARLY)
    assert alike(Behaviour(raised="ValueError"), Behaviour(raised="ValueError"), (), CLEARLY)
    assert not alike(Behaviour(raised="ValueError"), Behaviour(raised="TypeError"), (), CLEARLY)


def test_gradients_tell_apart_only_where_they_are_named() -> None:
    left = Behaviour(scalar(1.0), gradients={"x": tensor(1, 2), "y": tensor(1, 2)})
    right = Behaviour(scalar(1.0), gradients={"x": tensor(1, 2), "y": None})
    assert alike(left, right, ("x",), DOUBLE)
    assert not alike(left, right, ("x", "y"), DOUBLE)


def test_loosely_one_kind_of_nonsense_is_like_another_and_nothing_else() -> None:
    nan, infinite, one = (Behaviour(scalar(value)) for value in (math.nan, math.inf, 1.0))
    assert not alike(nan, infinite, (), DOUBLE)
    assert alike(nan, infinite, (), DOUBLE, loosely=True)
    assert not alike(nan, one, (), DOUBLE, loosely=True)
    rows = [Behaviour(tensor(*values)) for values in ((math.nan, 1), (2, math.inf), (1, 1))]
    assert alike(rows[0], rows[1], (), DOUBLE, loosely=True)
    assert not alike(rows[0], rows[2], (), DOUBLE, loosely=True)


def test_numbers_are_written_with_the_digits_that_tell_them_apart() -> None:
    assert [number(value) for value in (0.0520431778, 3.0, 1e-9, math.nan, math.inf)] == [
        "0.0520432",
        "3",
        "1e-09",
        "NaN",
        "∞",
    ]
    assert two_numbers(1.0, 1.0000001) == ("1", "1.0000001")
    assert two_numbers(0.5, 0.25) == ("0.5", "0.25")


def test_a_tolerance_is_relative_above_its_floor() -> None:
    assert Tolerance(0.01, 1.0).allows(100.0) == pytest.approx(1.0)
    assert Tolerance(0.01, 1.0).allows(0.0) == pytest.approx(0.01)
