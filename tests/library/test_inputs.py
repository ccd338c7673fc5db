"""Inputs as values: sorted, in the order of the call; what an author gets wrong stands under `mistakes/drills/`."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.library.inputs import SCALE, read_inputs
from kdquiz.library.plan import drill_faults
from tests.library.drills import weigh

INPUTS: dict[str, Any] = {
    "N": (2, 3),
    "size": 4,
    "x": {"normal": ["N", "size"], "scale": 2.0, "grad": True},
    "y": {"classes": "size", "shape": ["N"]},
    "k": 2.0,
}

written = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.sampled_from(["N", "x", "normal", "no", ""]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["normal", "classes", "shape", "scale", "grad", "z"]), inner, max_size=4)
    ),
    max_leaves=6,
)


def test_inputs_are_sorted_and_ordered_by_the_parameters() -> None:
    inputs, faults = read_inputs(INPUTS, ["k", "y", "x"])
    assert faults == []
    assert inputs.order == ("k", "y", "x")
    assert (dict(inputs.fixed), dict(inputs.chosen)) == ({"size": 4, "k": 2.0}, {"N": (2, 3)})
    assert [(one.name, one.word, one.grad) for one in inputs.drawn] == [("x", "normal", True), ("y", "classes", False)]
    assert [tuple(one.dims()) for one in inputs.drawn] == [("N", "size"), ("N",)]
    assert inputs.symbols() == ("size", "k", "N")


def test_a_parameter_with_a_default_needs_no_input() -> None:
    inputs, _ = read_inputs(INPUTS, ["x", "y", "k", "mode"])
    assert inputs.order == ("x", "y", "k")


def test_the_scale_of_an_edge_is_for_all_that_is_normal_unless_it_is_a_symbol() -> None:
    inputs, _ = read_inputs(INPUTS, ["x"])
    assert inputs.overridden({"k": 2.0}, {"scale": 10.0}) == {"k": 2.0, "scale": 10.0, SCALE: 10.0}
    own, _ = read_inputs({**INPUTS, "scale": (1.0, 2.0)}, ["x"])
    assert own.overridden({"k": 2.0}, {"scale": 10.0}) == {"k": 2.0, "scale": 10.0}


@given(
    st.dictionaries(st.sampled_from(["N", "x", "w", "k", "z"]), written, max_size=5),
    st.lists(st.dictionaries(st.sampled_from(["N", "k", "scale", "dtype"]), written, max_size=2), max_size=2),
    st.lists(st.sampled_from(["value", "gradient x", "dtype", "stable", "frozen N", "no"]), max_size=3),
)
def test_whatever_is_written_ends_in_faults_with_a_place_and_words(
    inputs: dict[str, Any], edges: list[dict[str, Any]], checks: list[str]
) -> None:
    for fault in drill_faults(weigh(inputs=inputs, edges=tuple(edges), checks=tuple(checks))):
        assert fault.key
        assert fault.message
