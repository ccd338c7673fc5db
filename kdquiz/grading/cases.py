"""Cases of a drill, drawn from the judge's own generator: ordinary ones in float64, then the edges. torch.

Never only the defaults: over the ordinary cases every list of values is gone through. An edge overrides symbols, or
with `scale` all normal inputs and with `dtype` all floating-point ones. The global generator of torch is not touched,
since a learner's code shares its state.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import torch

from kdquiz.grading.behaviour import with_dtype
from kdquiz.grading.compare import number
from kdquiz.grading.execution import Argument, Case, Value
from kdquiz.grading.inputs import DTYPES, draw
from kdquiz.library.inputs import Drawn, Inputs, Scope

FEWEST_BENIGN, MOST_BENIGN = 6, 10

Arrange = Callable[[Mapping[str, Value]], Mapping[str, Value]]
"""What is drawn, by name -> the arguments, by name."""


def as_drawn(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The arguments of a drill without a harness that arranges them."""
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCase:
    """A case with what it was made of.

    `benign`: an ordinary one in float64; `edge`: with overrides; `dtype`: an ordinary one in another dtype.
    """

    case: Case
    kind: Literal["benign", "edge", "dtype"]
    symbols: Mapping[str, Any] = field(default_factory=dict)
    overrides: Mapping[str, Any] = field(default_factory=dict)
    dtype: torch.dtype = torch.float64

    def where(self) -> str:
        """The chosen symbols in words: `N = 4, C = 5, T = 3`."""
        told = {**self.symbols, **self.overrides}
        return ", ".join(f"{name} = {_told(value)}" for name, value in told.items())


def _told(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)


def draw_benign(
    inputs: Inputs, generator: torch.Generator, *, count: int | None = None, arrange: Arrange = as_drawn
) -> list[DrawnCase]:
    """At least FEWEST_BENIGN ordinary cases, which between them show every listed value of every symbol; or `count`."""
    longest = max((len(values) for values in inputs.chosen.values()), default=0)
    count = count or min(max(FEWEST_BENIGN, longest), MOST_BENIGN)
    scopes = spread(inputs, count, generator)
    return [
        DrawnCase(
            case=build(inputs, scope, generator, f"benign {position}", arrange=arrange),
            kind="benign",
            symbols={name: scope[name] for name in inputs.chosen},
        )
        for position, scope in enumerate(scopes, 1)
    ]


def draw_edge(
    inputs: Inputs, edge: Mapping[str, Any], generator: torch.Generator, *, arrange: Arrange = as_drawn
) -> DrawnCase:
    """One case with an edge's overrides."""
    (scope,) = spread(inputs, 1, generator)
    scope = inputs.overridden(scope, edge)
    own_dtype = "dtype" in edge and "dtype" not in inputs.symbols()
    dtype = DTYPES[edge["dtype"]] if own_dtype else torch.float64
    case = build(inputs, scope, generator, edge_name(edge), arrange=arrange)
    symbols = {name: scope[name] for name in inputs.chosen if name not in edge}
    return DrawnCase(case=with_dtype(case, dtype), kind="edge", symbols=symbols, overrides=dict(edge), dtype=dtype)


def edge_name(edge: Mapping[str, Any]) -> str:
    """`alpha = 0`, or `scale = 10000, dtype = float32`."""
    return ", ".join(f"{name} = {_told(value)}" for name, value in edge.items())


def in_dtype(benign: DrawnCase, name: str) -> DrawnCase:
    """The same ordinary case in another dtype."""
    case = with_dtype(benign.case, DTYPES[name])
    renamed = replace(case, name=f"in {name}")
    return DrawnCase(case=renamed, kind="dtype", symbols=benign.symbols, overrides={"dtype": name}, dtype=DTYPES[name])


def spread(inputs: Inputs, count: int, generator: torch.Generator) -> list[Scope]:
    """`count` choices of the symbols. Over them every list is gone through evenly, and no tensor has two dimensions of
    one size where the lists allow that: a square tensor hides the wrong axis."""
    scopes: list[Scope] = []
    for _ in range(20):
        columns = {name: _cycle(values, count, generator) for name, values in inputs.chosen.items()}
        scopes = [{**inputs.fixed, **{name: column[i] for name, column in columns.items()}} for i in range(count)]
        if not any(_square(inputs.drawn, scope) for scope in scopes):
            break
    return scopes


def _cycle(values: Sequence[Any], count: int, generator: torch.Generator) -> list[Any]:
    """Shuffles of the list one after the other, cut to `count`."""
    rounds = -(-count // len(values))
    order = [i for _ in range(rounds) for i in torch.randperm(len(values), generator=generator).tolist()]
    return [values[i] for i in order[:count]]


def _square(drawn: Iterable[Drawn], scope: Scope) -> bool:
    for one in drawn:
        names = {word for word in one.dims() if isinstance(word, str)}
        if len({scope.get(name) for name in names}) < len(names):
            return True
    return False


def build(
    inputs: Inputs,
    scope: Scope,
    generator: torch.Generator,
    name: str,
    *,
    arrange: Arrange = as_drawn,
    rounded: Callable[[Drawn, Value], Value] = lambda drawn, value: value,
) -> Case:
    """The case of one scope: every argument, in the order of the call. What is drawn is `rounded`, then arranged."""
    values: dict[str, Value] = {word: scope[word] for word in inputs.symbols()}
    grads = {}
    for one in inputs.drawn:
        values[one.name] = rounded(one, draw(one, scope, generator))
        grads[one.name] = one.grad
    arranged = arrange(values)
    arguments = (
        Argument(name=word, value=arranged[word], grad=grads.get(word, False))
        for word in inputs.order
        if word in arranged
    )
    held_out = {word: arranged.get(word, values[word]) for word in inputs.held_out()}
    return Case(name=name, arguments=tuple(arguments), held_out=held_out)
