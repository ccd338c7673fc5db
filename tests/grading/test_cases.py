"""Cases vary in everything that hides a mistake when it is constant, and come from their own generator."""

from typing import Any

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.grading.cases import DrawnCase, draw_benign, draw_edge, in_dtype
from kdquiz.library.inputs import Inputs, read_inputs

INPUTS: dict[str, Any] = {
    "N": (1, 4, 7, 16),
    "C": (2, 5, 10, 33),
    "x": {"normal": ["N", "C"], "scale": 2.0, "grad": True},
    "y": {"classes": "C", "shape": ["N"]},
    "T": (1.5, 3.0, 4.0, 7.0),
    "mode": "mean",
}
ORDER = ("x", "y", "T", "mode")


def inputs(**changes: Any) -> Inputs:
    return read_inputs({**INPUTS, **changes}, ORDER)[0]


def generator(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def values(drawn: DrawnCase) -> list[Any]:
    return [one.value for one in drawn.case.arguments]


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_every_listed_value_is_shown_and_rows_are_never_as_many_as_classes(seed: int) -> None:
    cases = draw_benign(inputs(), generator(seed))
    assert len(cases) >= 5
    for name in ("N", "C", "T"):
        assert {case.symbols[name] for case in cases} == set(INPUTS[name])
    assert sum(case.symbols["N"] >= 2 for case in cases) > len(cases) / 2
    for case in cases:
        x, y, T, mode = values(case)
        assert x.shape == (case.symbols["N"], case.symbols["C"])
        assert (x.dtype, y.dtype, y.shape, mode) == (torch.float64, torch.int64, x.shape[:1], "mean")
        assert (case.case.arguments[0].grad, T) == (True, case.symbols["T"])


def test_dimensions_of_one_tensor_differ_where_the_lists_allow_it() -> None:
    for seed in range(50):
        cases = draw_benign(inputs(N=(2, 3, 4), C=(3, 4, 5)), generator(seed))
        assert all(case.symbols["N"] != case.symbols["C"] for case in cases)


def test_where_the_lists_do_not_allow_it_cases_are_drawn_all_the_same() -> None:
    assert len(draw_benign(inputs(N=(3,), C=(3,)), generator(0))) >= 5


def test_a_long_list_is_shown_in_full() -> None:
    cases = draw_benign(inputs(T=tuple(float(t) for t in range(1, 9))), generator(0))
    assert {case.symbols["T"] for case in cases} == set(range(1, 9))


def test_the_seed_decides_everything_and_the_global_generator_nothing() -> None:
    torch.manual_seed(0)
    first = draw_benign(inputs(), generator(5))
    state = torch.get_rng_state()
    torch.manual_seed(99)
    again = draw_benign(inputs(), generator(5))
    for left, right in zip(first, again, strict=True):
        assert all(
            torch.equal(a, b) if isinstance(a, torch.Tensor) else a == b
            for a, b in zip(values(left), values(right), strict=True)
        )
    torch.manual_seed(0)
    assert torch.equal(torch.get_rng_state(), state)


def test_an_edge_overrides_a_symbol() -> None:
    edge = draw_edge(inputs(), {"T": 0.5, "N": 3}, generator(1))
    assert (edge.case.name, edge.kind) == ("T = 0.5, N = 3", "edge")
    x, y, T, _ = values(edge)
    assert (x.shape[0], y.shape[0], T) == (3, 3, 0.5)
    assert set(edge.symbols) == {"C"}


def test_scale_and_dtype_are_for_all_that_is_normal_or_floating_point() -> None:
    edge = draw_edge(inputs(), {"scale": 1.0e4, "dtype": "float32", "N": 16, "C": 33}, generator(1))
    x, y, T, _ = values(edge)
    assert (x.dtype, y.dtype, type(T), edge.dtype) == (torch.float32, torch.int64, float, torch.float32)
    assert 0.8e4 < float(x.std()) < 1.2e4
    assert edge.where() == f"T = {T:g}, scale = 10000, dtype = float32, N = 16, C = 33"


def test_the_same_case_in_another_dtype() -> None:
    benign = draw_benign(inputs(), generator(1))[0]
    single = in_dtype(benign, "float32")
    assert (single.case.name, single.kind, single.dtype) == ("in float32", "dtype", torch.float32)
    assert torch.equal(values(single)[0], values(benign)[0].float())
    assert torch.equal(values(single)[1], values(benign)[1])
    assert values(single)[2:] == values(benign)[2:]


def test_a_symbol_may_be_called_scale() -> None:
    edge = draw_edge(inputs(scale=(1.0, 2.0)), {"scale": 100.0, "N": 16, "C": 33}, generator(1))
    assert float(values(edge)[0].std()) < 3
