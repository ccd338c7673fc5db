"""What a function does on a case: its output, its gradients (computed when asked for), and whether it raised. torch.

A learner's answers, the reference and every mistake are brought to this one form and then compared. The reference and
its mistakes run here, in the judge's process: they are part of the drill, like its text. A learner's code never does.
"""

import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import torch

from kdquiz.grading.execution import Answer, Case, Value

Function = Callable[..., Any]
_NUMBERS = re.compile(r"\d+")
_SORT = 200
"""Characters in which two texts of exceptions are compared."""
VALUE = "value"
"""The name that the output has among what a harness returns."""


class Behaviour:
    """What was seen of one call.

    `dtype` is that of the output; there is no output where the call `raised` (the exception's name, and what it `said`,
    as `sort_of` has it, where that is known). `changed` names the arguments that the call modified. `results` is what a
    harness has looked at, by name, each with its dtype in `dtypes`; the output is empty where that is all there is.
    `performed` names those that came of the call, `made` those that were made of them; `unassessed` says why none could
    be.
    """

    __slots__ = (
        "_gradients",
        "_graph",
        "_leaves",
        "changed",
        "dtype",
        "dtypes",
        "made",
        "output",
        "performed",
        "raised",
        "results",
        "said",
        "unassessed",
    )

    def __init__(
        self,
        output: torch.Tensor | None = None,
        *,
        raised: str = "",
        said: str = "",
        changed: frozenset[str] = frozenset(),
        gradients: Mapping[str, torch.Tensor | None] | None = None,
        leaves: Mapping[str, torch.Tensor] | None = None,
        results: Mapping[str, torch.Tensor] | None = None,
    ) -> None:
        self.output = None if output is None else output.detach()
        self.dtype = None if output is None else output.dtype
        self.raised = raised
        self.said = said
        self.changed = changed
        self.results = {name: tensor.detach() for name, tensor in (results or {}).items()}
        self.dtypes = {name: tensor.dtype for name, tensor in self.results.items()}
        self.performed = frozenset(self.results)
        self.made: frozenset[str] = frozenset()
        self.unassessed = ""
        self._gradients = gradients
        self._graph = output
        self._leaves = leaves or {}

    def add(self, results: Mapping[str, torch.Tensor]) -> None:
        """Further results, made of those that came."""
        self.made |= results.keys()
        self.results |= results
        self.dtypes |= {name: tensor.dtype for name, tensor in results.items()}

    def without(self, made: frozenset[str], why: str) -> None:
        """Nothing can be made of the results that came, and what came in place of that is not looked at."""
        self.unassessed = why
        self.results = {name: one for name, one in self.results.items() if name not in made}

    def gradient(self, name: str) -> torch.Tensor | None:
        """The gradient of the output's sum with respect to an argument; None where none reached it."""
        if self._gradients is None:
            self._gradients = self._computed()
        return self._gradients.get(name)

    def exception(self) -> str:
        """The name of the exception that the call raised, or the computation of its gradient; empty where none was."""
        self.gradient("")
        return self.raised

    def _computed(self) -> dict[str, torch.Tensor | None]:
        output, leaves = self._graph, self._leaves
        if output is None or not output.requires_grad or not leaves:
            return {}
        try:
            found = torch.autograd.grad(output.sum(), list(leaves.values()), allow_unused=True)
        except Exception as error:  # a mistake may break the graph, by a change in place
            self.raised, self.said = type(error).__name__, sort_of(str(error))
            return {}
        return dict(zip(leaves, found, strict=True))


class Copied(NamedTuple):
    """Copies of a case's arguments: in the order of the call; the tensors by name; those that require grad by name."""

    values: tuple[Any, ...]
    tensors: Mapping[str, torch.Tensor]
    leaves: Mapping[str, torch.Tensor]


def sort_of(text: str) -> str:
    """What an exception says, whatever the sizes: its first line without the numbers. Torch raises RuntimeError for
    nearly everything."""
    return _NUMBERS.sub("#", text.strip().partition("\n")[0])[:_SORT]


def copied(case: Case) -> Copied:
    """Copies that a call may do with as it likes."""
    values, tensors, leaves = [], {}, {}
    for argument in case.arguments:
        value = argument.value
        if isinstance(value, torch.Tensor):
            value = tensors[argument.name] = value.clone()
            if argument.grad:
                leaves[argument.name] = value.requires_grad_()
        values.append(value)
    return Copied(tuple(values), tensors, leaves)


def observe(function: Function, case: Case) -> Behaviour:
    """Call a trusted function on copies of the case's arguments."""
    arguments = copied(case)
    try:
        with warnings.catch_warnings():  # a mistake such as reduction="mean" warns, and is tried all the same
            warnings.simplefilter("ignore")
            output = function(*arguments.values)
    except Exception as error:  # to raise is what some mistakes do
        return Behaviour(raised=type(error).__name__, said=sort_of(str(error)))
    output, results = looked_at(output)
    if not isinstance(output, torch.Tensor):
        return Behaviour(raised=f"returned {type(output).__name__}")
    odd = next((name for name, one in results.items() if not isinstance(one, torch.Tensor)), None)
    if odd is not None:
        return Behaviour(raised=f"returned {type(results[odd]).__name__} as '{odd}'")
    return Behaviour(output, changed=changed(case, arguments.tensors), leaves=arguments.leaves, results=results)


def looked_at(performed: Any) -> tuple[Any, Mapping[str, Any]]:
    """The output, and the results by name, of what a harness returns: a tensor, or a mapping in which `value`, if it is
    there, is the output."""
    if not isinstance(performed, Mapping):
        return performed, {}
    results = {str(name): value for name, value in performed.items()}
    return results.pop(VALUE, torch.empty(0, dtype=torch.float64)), results


def received(answer: Answer, case: Case) -> Behaviour:
    """The behaviour that a runner's answer tells of."""
    return Behaviour(
        answer.output,
        changed=changed(case, answer.after),
        gradients=dict(answer.gradients),
        results=answer.results,
    )


def changed(case: Case, after: Mapping[str, torch.Tensor]) -> frozenset[str]:
    """The arguments whose bits are others after the call; a version counter would not see a write to `.data`."""
    sent = {one.name: one.value for one in case.arguments}
    return frozenset(name for name, tensor in after.items() if not _same_bits(sent.get(name), tensor))


def _same_bits(sent: object, after: torch.Tensor) -> bool:
    if not isinstance(sent, torch.Tensor) or sent.dtype != after.dtype or sent.shape != after.shape:
        return False
    return bool(torch.equal(sent, after))


def with_dtype(case: Case, dtype: torch.dtype) -> Case:
    """The case with every floating-point tensor in another dtype, also of what is held out."""
    arguments = tuple(replace(one, value=_converted(one.value, dtype)) for one in case.arguments)
    return replace(
        case,
        arguments=arguments,
        held_out={name: _converted(value, dtype) for name, value in case.held_out.items()},
    )


def _converted(value: Value, dtype: torch.dtype) -> Value:
    return value.to(dtype) if isinstance(value, torch.Tensor) and value.is_floating_point() else value
