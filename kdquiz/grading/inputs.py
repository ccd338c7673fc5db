"""How a drill's inputs are drawn, one function a distribution. torch.

Which distributions there are, with which keys, stands in `kdquiz/library/inputs.py`, where they are read and every
mistake of an author is told; here is what they mean. A further distribution is a line there and a function here.
"""

from collections.abc import Callable, Sequence

import torch

from kdquiz.library.inputs import DTYPES as NAMES_OF_DTYPES
from kdquiz.library.inputs import SCALE, Drawn, Scope

DTYPES: dict[str, torch.dtype] = {name: getattr(torch, name) for name in NAMES_OF_DTYPES}


def draw(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    """A tensor of the distribution, in float64 or int64, of the shape that the symbols of `scope` give it."""
    return DRAWN_BY[drawn.word](drawn, scope, generator)


def _normal(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    scale = scope.get(SCALE, drawn.options.get("scale", 1.0))
    return torch.randn(_shape(drawn.dims(), scope), generator=generator, dtype=torch.float64).mul_(float(scale))


def _classes(drawn: Drawn, scope: Scope, generator: torch.Generator) -> torch.Tensor:
    return torch.randint(_size(drawn.says, scope), _shape(drawn.dims(), scope), generator=generator)


DRAWN_BY: dict[str, Callable[[Drawn, Scope, torch.Generator], torch.Tensor]] = {"normal": _normal, "classes": _classes}


def _shape(dims: Sequence[str | int], scope: Scope) -> tuple[int, ...]:
    return tuple(_size(one, scope) for one in dims)


def _size(word: str | int, scope: Scope) -> int:
    return int(scope[word]) if isinstance(word, str) else word
