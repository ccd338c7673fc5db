"""Every distribution that an author may name is drawn, with the shape, scale and range that it says."""

from typing import Any

import torch

from kdquiz.grading.inputs import DRAWN_BY, DTYPES, draw
from kdquiz.library.inputs import DISTRIBUTIONS, SCALE, read_inputs
from kdquiz.library.inputs import DTYPES as NAMES

INPUTS: dict[str, Any] = {
    "N": (2, 3),
    "size": 4,
    "x": {"normal": ["N", "size"], "scale": 2.0, "grad": True},
    "y": {"classes": "size", "shape": ["N"]},
    "z": {"classes": 2, "shape": [3, "size"]},
}


def test_what_may_be_written_is_what_can_be_drawn() -> None:
    assert set(DRAWN_BY) == set(DISTRIBUTIONS)
    assert tuple(DTYPES) == NAMES


def test_distributions_have_the_shape_scale_and_range_that_they_say() -> None:
    (normal, labels, bits), generator = read_inputs(INPUTS, ["x", "y", "z"])[0].drawn, torch.Generator().manual_seed(1)
    scope: dict[str, Any] = {"N": 500, "size": 4}
    x = draw(normal, scope, generator)
    assert (x.shape, x.dtype) == ((500, 4), torch.float64)
    assert 1.8 < float(x.std()) < 2.2
    large = draw(normal, {**scope, SCALE: 1e4}, generator)
    assert 0.9e4 < float(large.std()) < 1.1e4
    y = draw(labels, scope, generator)
    assert (y.shape, y.dtype) == ((500,), torch.int64)
    assert set(y.tolist()) == {0, 1, 2, 3}
    assert draw(bits, scope, generator).shape == (3, 4)
