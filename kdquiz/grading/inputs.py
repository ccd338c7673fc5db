"""How a drill's inputs are drawn, one function a distribution. torch.

Which distributions there are, with which keys, stands in `kdquiz/library/inputs.py`, where they are read and every
mistake of an author is told; here is what they mean. A further distribution is a line there and a function here.
"""

from collections.abc import Callable, Sequence

import torch

from kdquiz.grading.execution import Value
from kdquiz.library.inputs import DTYPES as NAMES_OF_DTYPES
from kdquiz.library.inputs import SCALE, Drawn, Scope

DTYPES: dict[str, torch.dtype] = {name: getattr(torch, name) for name in NAMES_OF_DTYPES}


def draw(drawn: Drawn, scope: Scope, generator: torch.Generator) -> Value:
    """A tensor of the distribution, in float64, int64 or bool, of the shape that the symbols of `scope` give it; or a
    seed, which is a number."""
    return DRAWN_BY[drawn.word](drawn, scope, generator)


def _normal(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    scale = scope.get(SCALE, drawn.options.get("scale", 1.0))
    return torch.randn(_shape(drawn.dims(), scope), generator=generator, dtype=torch.float64).mul_(float(scale))


def _classes(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    return torch.randint(_size(drawn.says, scope), _shape(drawn.dims(), scope), generator=generator)


def _uniform(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    low, high = bounds(drawn)
    return torch.rand(_shape(drawn.dims(), scope), generator=generator, dtype=torch.float64) * (high - low) + low


def bounds(drawn: Drawn) -> tuple[float, float]:
    """From where to where a uniform input lies."""
    return float(drawn.options.get("low", 0.0)), float(drawn.options.get("high", 1.0))


def _simplex(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    """Probabilities along the last dimension; `zeros` is the share of them that are 0, in each row, never all."""
    shape = _shape(drawn.dims(), scope)
    weights = torch.randn(shape, generator=generator, dtype=torch.float64).exp()
    last = shape[-1] if shape else 1
    none = min(round(float(drawn.options.get("zeros", 0.0)) * last), last - 1)
    if none > 0:
        order = torch.rand(shape, generator=generator, dtype=torch.float64).argsort(dim=-1)
        weights = weights.scatter(-1, order[..., :none], 0.0)
    return weights / weights.sum(dim=-1, keepdim=True) if shape else torch.ones((), dtype=torch.float64)


def _mask(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    return torch.rand(_shape(drawn.dims(), scope), generator=generator) < float(drawn.options.get("share", 0.5))


def _seed(_: Drawn, __: Scope, generator: torch.Generator) -> int:
    return int(torch.randint(2**31 - 1, (), generator=generator))


DRAWN_BY: dict[str, Callable[[Drawn, Scope, torch.Generator], Value]] = {
    "normal": _normal,
    "classes": _classes,
    "uniform": _uniform,
    "simplex": _simplex,
    "mask": _mask,
    "seed": _seed,
}


def _shape(dims: Sequence[str | int], scope: Scope) -> tuple[int, ...]:
    return tuple(_size(one, scope) for one in dims)


def _size(word: str | int, scope: Scope) -> int:
    return int(scope[word]) if isinstance(word, str) else word
