"""A drill's `inputs`, read once: what is fixed, what is chosen from a list, what is drawn from a distribution. torch.

    N: [1, 4, 7]                                      a list: one value is chosen for each case
    T: 2.0                                            a fixed value
    logits: {normal: [N, C], scale: 2.0, grad: true}  a distribution of DISTRIBUTIONS, drawn for each case

What bears the name of a parameter of the reference is passed to the function; the rest are symbols. A word that is not
known is a ValueError that names it. A further distribution is one function and one line of DISTRIBUTIONS.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from kdquiz.errors import did_you_mean

Scope = dict[str, Any]
"""What the symbols of one case stand for."""

SCALE = "(scale)"
"""Where a scope holds the scale that an edge sets for all normal inputs; no symbol can have this name."""
EDGE_WORDS = ("scale", "dtype")
DTYPES = {
    "float64": torch.float64,
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
}


def _normal(dims: Any, options: Mapping[str, Any], scope: Scope, generator: torch.Generator) -> torch.Tensor:
    scale = scope.get(SCALE, options.get("scale", 1.0))
    drawn = torch.randn(_shape(dims, scope), generator=generator, dtype=torch.float64)
    return drawn.mul_(float(scale))


def _classes(count: Any, options: Mapping[str, Any], scope: Scope, generator: torch.Generator) -> torch.Tensor:
    return torch.randint(_dimension(count, scope), _shape(options["shape"], scope), generator=generator)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How a tensor is drawn, the keys that must and may stand beside the distribution's own, and where its dimensions
    stand."""

    draw: Callable[[Any, Mapping[str, Any], Scope, torch.Generator], torch.Tensor]
    needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    dims: str = ""


DISTRIBUTIONS = {
    "normal": Distribution(_normal, options=("scale", "grad"), dims="normal"),
    "classes": Distribution(_classes, needs=("shape",), dims="shape"),
}


def _shape(dims: Any, scope: Scope) -> tuple[int, ...]:
    if not isinstance(dims, list | tuple):
        raise ValueError(f"a shape is a list of dimensions such as [N, C], not {dims!r}")
    return tuple(_dimension(one, scope) for one in dims)


def _dimension(word: Any, scope: Scope) -> int:
    value = scope.get(word) if isinstance(word, str) else word
    if value is None:
        raise ValueError(f"the dimension '{word}' is not among the inputs. {did_you_mean(word, scope)}".rstrip())
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"the dimension '{word}' is {value!r}, not a whole number")
    return value


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input that is drawn: the distribution, what its own key says, and the other keys."""

    name: str
    distribution: Distribution
    says: Any
    options: Mapping[str, Any]

    def dims(self) -> Any:
        """The dimensions as written."""
        return self.options.get(self.distribution.dims, self.says)


@dataclass(frozen=True, slots=True)
class Inputs:
    """A drill's inputs, sorted: what is fixed, what is chosen from a list, what is drawn; and the order of the call."""

    fixed: Mapping[str, Any]
    chosen: Mapping[str, Sequence[Any]]
    drawn: tuple[Drawn, ...]
    order: tuple[str, ...]

    def symbols(self) -> tuple[str, ...]:
        """What is fixed or chosen: what an edge may override."""
        return (*self.fixed, *self.chosen)

    def overridden(self, scope: Scope, edge: Mapping[str, Any]) -> Scope:
        """The scope under an edge; its `scale` is for all normal inputs, unless the drill has a symbol of that name."""
        for_all = {SCALE: edge["scale"]} if "scale" in edge and "scale" not in self.symbols() else {}
        return {**scope, **edge, **for_all}


def read_inputs(inputs: Mapping[str, Any], parameters: Mapping[str, bool]) -> Inputs:
    """Sort the inputs of a drill for a function with these parameters (True: it has a default).

    Raises ValueError for an unknown distribution or key, and for a parameter without an input.
    """
    fixed = {name: spec for name, spec in inputs.items() if not isinstance(spec, list | tuple | dict)}
    chosen = {name: tuple(spec) for name, spec in inputs.items() if isinstance(spec, list | tuple)}
    drawn = tuple(_read_drawn(name, spec) for name, spec in inputs.items() if isinstance(spec, dict))
    for name, values in chosen.items():
        if not values:
            raise ValueError(f"the list of '{name}' is empty")
    missing = [name for name, has_default in parameters.items() if name not in inputs and not has_default]
    if missing:
        raise ValueError(f"the reference takes '{missing[0]}', which is not among the inputs")
    order = [name for name in parameters if name in inputs]
    if order != list(parameters)[: len(order)]:
        raise ValueError(f"the reference is called by position, and its first parameters are not the inputs {order}")
    return Inputs(fixed, chosen, drawn, tuple(order))


def _read_drawn(name: str, spec: Mapping[str, Any]) -> Drawn:
    known = [word for word in spec if word in DISTRIBUTIONS]
    if len(known) != 1:
        wrong = next(iter(word for word in spec if word != "grad"), "")
        hint = did_you_mean(wrong, DISTRIBUTIONS) or f"Known: {', '.join(DISTRIBUTIONS)}."
        raise ValueError(f"the input '{name}' names no distribution, or two: '{wrong}' is not one. {hint}")
    word = known[0]
    distribution = DISTRIBUTIONS[word]
    options = {key: value for key, value in spec.items() if key != word}
    for key in options:
        if key not in distribution.needs + distribution.options:
            hint = did_you_mean(key, distribution.needs + distribution.options)
            raise ValueError(f"the input '{name}' has the unknown key '{key}'. {hint}".rstrip())
    for key in distribution.needs:
        if key not in options:
            raise ValueError(f"the input '{name}' needs '{key}' beside '{word}'")
    return Drawn(name, distribution, spec[word], options)


def check_edge(inputs: Inputs, edge: Mapping[str, Any]) -> None:
    """Raises ValueError where an edge overrides what is no symbol, or names an unknown dtype."""
    known = (*inputs.symbols(), *EDGE_WORDS)
    for word, value in edge.items():
        if word not in known:
            raise ValueError(f"an edge overrides '{word}', which is no symbol. {did_you_mean(word, known)}".rstrip())
        if word == "dtype" and word not in inputs.symbols() and value not in DTYPES:
            raise ValueError(f"an edge has the unknown dtype '{value}'. Known: {', '.join(DTYPES)}.")
