"""A drill's inputs are read once, and every word that is not known is named."""

from collections.abc import Mapping
from typing import Any

import pytest
import torch

from kdquiz.grading.inputs import SCALE, check_edge, read_inputs

INPUTS: dict[str, Any] = {
    "N": (2, 3),
    "size": 4,
    "x": {"normal": ["N", "size"], "scale": 2.0, "grad": True},
    "y": {"classes": "size", "shape": ["N"]},
    "k": 2.0,
}
PARAMETERS = {"x": False, "y": False, "k": False}


def test_inputs_are_sorted_and_ordered_by_the_parameters() -> None:
    inputs = read_inputs(INPUTS, {"k": False, "y": False, "x": False})
    assert inputs.order == ("k", "y", "x")
    assert (dict(inputs.fixed), dict(inputs.chosen)) == ({"size": 4, "k": 2.0}, {"N": (2, 3)})
    assert [one.name for one in inputs.drawn] == ["x", "y"]
    assert inputs.symbols() == ("size", "k", "N")


def test_a_parameter_with_a_default_needs_no_input() -> None:
    assert read_inputs(INPUTS, {**PARAMETERS, "mode": True}).order == ("x", "y", "k")


@pytest.mark.parametrize(
    ("changes", "parameters", "says"),
    [
        ({"x": {"normall": ["N"]}}, {}, "input 'x' .* 'normall' .* Did you mean 'normal'?"),
        ({"x": {"normal": ["N"], "classes": 2, "shape": []}}, {}, "input 'x' names no distribution, or two"),
        ({"x": {"normal": ["N"], "scal": 2}}, {}, "unknown key 'scal'. Did you mean 'scale'?"),
        ({"y": {"classes": 3}}, {}, "input 'y' needs 'shape' beside 'classes'"),
        ({"y": {"classes": 3, "shape": ["N"], "grad": True}}, {}, "unknown key 'grad'"),
        ({"N": ()}, {}, "list of 'N' is empty"),
        ({}, {"z": False}, "takes 'z', which is not among the inputs"),
        ({}, {"mode": True, "x": False, "y": False, "k": False}, "called by position"),
    ],
)
def test_a_mistake_of_an_author_is_named(changes: Mapping[str, Any], parameters: Mapping[str, bool], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_inputs({**INPUTS, **changes}, parameters or PARAMETERS)


@pytest.mark.parametrize(
    ("dims", "says"),
    [
        (["N", "sice"], "dimension 'sice' is not among the inputs. Did you mean 'size'?"),
        (["k"], "dimension 'k' is 2.0, not a whole number"),
        ("N", "a shape is a list of dimensions such as"),
    ],
)
def test_a_dimension_that_is_none_is_named(dims: Any, says: str) -> None:
    (drawn, _) = read_inputs({**INPUTS, "x": {"normal": dims}}, PARAMETERS).drawn
    with pytest.raises(ValueError, match=says):
        drawn.distribution.draw(drawn.says, drawn.options, {"N": 2, "size": 4, "k": 2.0}, torch.Generator())


@pytest.mark.parametrize(
    ("edge", "says"),
    [
        ({"alpha": 0}, "overrides 'alpha', which is no symbol"),
        ({"x": 0}, "overrides 'x', which is no symbol"),
        ({"dtype": "float31"}, "unknown dtype 'float31'"),
    ],
)
def test_an_edge_overrides_symbols_alone(edge: Mapping[str, Any], says: str) -> None:
    inputs = read_inputs(INPUTS, PARAMETERS)
    with pytest.raises(ValueError, match=says):
        check_edge(inputs, edge)


def test_distributions_have_the_shape_scale_and_range_that_they_say() -> None:
    normal, labels = read_inputs(INPUTS, PARAMETERS).drawn
    generator = torch.Generator().manual_seed(1)
    scope: dict[str, Any] = {"N": 500, "size": 4}
    x = normal.distribution.draw(normal.says, normal.options, scope, generator)
    assert (x.shape, x.dtype) == ((500, 4), torch.float64)
    assert 1.8 < float(x.std()) < 2.2
    large = normal.distribution.draw(normal.says, normal.options, {**scope, SCALE: 1e4}, generator)
    assert 0.9e4 < float(large.std()) < 1.1e4
    y = labels.distribution.draw(labels.says, labels.options, scope, generator)
    assert (y.shape, y.dtype) == ((500,), torch.int64)
    assert set(y.tolist()) == {0, 1, 2, 3}
