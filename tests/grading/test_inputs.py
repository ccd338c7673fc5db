"""Every distribution that an author may name is drawn, with the shape, scale and range that it says."""

from typing import Any

import torch

from kdquiz.grading.inputs import DRAWN_BY, DTYPES, draw
from kdquiz.library.inputs import DISTRIBUTIONS, SCALE, Drawn, Scope, read_inputs
from kdquiz.library.inputs import DTYPES as NAMES

INPUTS: dict[str, Any] = {
    "N": (2, 3),
    "size": 4,
    "x": {"normal": ["N", "size"], "scale": 2.0, "grad": True},
    "y": {"classes": "size", "shape": ["N"]},
    "z": {"classes": 2, "shape": [3, "size"]},
}


def tensor(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    value = draw(drawn, scope, generator)
    assert isinstance(value, torch.Tensor)
    return value


def test_what_may_be_written_is_what_can_be_drawn() -> None:
    assert set(DRAWN_BY) == set(DISTRIBUTIONS)
    assert tuple(DTYPES) == NAMES


def test_distributions_have_the_shape_scale_and_range_that_they_say() -> None:
    (normal, labels, bits), generator = read_inputs(INPUTS, ["x", "y", "z"])[0].drawn, torch.Generator().manual_seed(1)
    scope: dict[str, Any] = {"N": 500, "size": 4}
    x = tensor(normal, scope, generator)
    assert (x.shape, x.dtype) == ((500, 4), torch.float64)
    assert 1.8 < float(x.std()) < 2.2
    large = tensor(normal, {**scope, SCALE: 1e4}, generator)
    assert 0.9e4 < float(large.std()) < 1.1e4
    y = tensor(labels, scope, generator)
    assert (y.shape, y.dtype) == ((500,), torch.int64)
    assert set(y.tolist()) == {0, 1, 2, 3}
    assert tensor(bits, scope, generator).shape == (3, 4)


MORE: dict[str, Any] = {
    "between": {"uniform": [400, 3], "low": -2.0, "high": 5.0},
    "unit": {"uniform": [400]},
    "spread": {"simplex": [300, 6]},
    "sparse": {"simplex": [300, 6], "zeros": 0.5},
    "sparsest": {"simplex": [300, 2], "zeros": 1.0},
    "some": {"mask": [400, 3], "share": 0.25},
    "seed": {"seed": True},
}


def more(seed: int) -> dict[str, Any]:
    generator = torch.Generator().manual_seed(seed)
    inputs, faults = read_inputs(MORE, list(MORE))
    assert faults == []
    return {one.name: draw(one, {}, generator) for one in inputs.drawn}


def test_uniform_inputs_fill_their_bounds_and_no_more() -> None:
    between, unit = more(1)["between"], more(1)["unit"]
    assert (between.shape, between.dtype) == ((400, 3), torch.float64)
    assert -2.0 <= float(between.min()) < -1.8
    assert 4.8 < float(between.max()) <= 5.0
    assert 0.0 <= float(unit.min()) < 0.05
    assert 0.95 < float(unit.max()) <= 1.0


def test_probabilities_sum_to_one_with_as_many_zeros_as_asked_for_and_never_all() -> None:
    drawn = more(2)
    for name in ("spread", "sparse", "sparsest"):
        assert torch.allclose(drawn[name].sum(dim=-1), torch.ones(300, dtype=torch.float64))
        assert bool((drawn[name] >= 0).all())
    zeros = {name: (drawn[name] == 0).sum(dim=-1).unique().tolist() for name in ("spread", "sparse", "sparsest")}
    assert zeros == {"spread": [0], "sparse": [3], "sparsest": [1]}
    assert bool((drawn["sparse"] == 0).any(dim=0).all())  # not always in the same places


def test_a_mask_has_its_share_and_a_seed_is_a_number_of_its_own() -> None:
    drawn = more(3)
    assert (drawn["some"].shape, drawn["some"].dtype) == ((400, 3), torch.bool)
    assert 0.2 < float(drawn["some"].double().mean()) < 0.3
    assert type(drawn["seed"]) is int
    assert drawn["seed"] == more(3)["seed"] != more(4)["seed"]
