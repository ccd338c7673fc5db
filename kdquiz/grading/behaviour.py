"""What a function does on a case: its output, its gradients (computed when asked for), and whether it raised. torch.

A learner's answers, the reference and every mistake are brought to this one form and then compared. The reference and
its mistakes run here, in the judge's process: they are part of the drill, like its text. A learner's code never does.
"""

import warnings
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import torch

from kdquiz.grading.execution import Answer, Argument, Case

Function = Callable[..., Any]


class Behaviour:
    """What was seen of one call.

    `dtype` is that of the output; there is no output where the call `raised` (the exception's name). `changed` names
    the arguments that the call modified.
    """

    __slots__ = ("_gradients", "_graph", "_leaves", "changed", "dtype", "output", "raised")

    def __init__(
        self,
        output: torch.Tensor | None = None,
        *,
        raised: str = "",
        changed: frozenset[str] = frozenset(),
        gradients: Mapping[str, torch.Tensor | None] | None = None,
        leaves: Mapping[str, torch.Tensor] | None = None,
    ) -> None:
        self.output = None if output is None else output.detach()
        self.dtype = None if output is None else output.dtype
        self.raised = raised
        self.changed = changed
        self._gradients = gradients
        self._graph = output
        self._leaves = leaves or {}

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
            self.raised = type(error).__name__
            return {}
        return dict(zip(leaves, found, strict=True))


class Copied(NamedTuple):
    """Copies of a case's arguments: in the order of the call; the tensors by name; those that require grad by name."""

    values: tuple[Any, ...]
    tensors: Mapping[str, torch.Tensor]
    leaves: Mapping[str, torch.Tensor]


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
        return Behaviour(raised=type(error).__name__)
    if not isinstance(output, torch.Tensor):
        return Behaviour(raised=f"returned {type(output).__name__}")
    return Behaviour(output, changed=changed(case, arguments.tensors), leaves=arguments.leaves)


def received(answer: Answer, case: Case) -> Behaviour:
    """The behaviour that a runner's answer tells of."""
    return Behaviour(answer.output, changed=changed(case, answer.after), gradients=dict(answer.gradients))


def changed(case: Case, after: Mapping[str, torch.Tensor]) -> frozenset[str]:
    """The arguments whose bits are others after the call; a version counter would not see a write to `.data`."""
    sent = {one.name: one.value for one in case.arguments}
    return frozenset(name for name, tensor in after.items() if not _same_bits(sent.get(name), tensor))


def _same_bits(sent: object, after: torch.Tensor) -> bool:
    if not isinstance(sent, torch.Tensor) or sent.dtype != after.dtype or sent.shape != after.shape:
        return False
    return bool(torch.equal(sent, after))


def with_dtype(case: Case, dtype: torch.dtype) -> Case:
    """The case with every floating-point tensor in another dtype."""
    return Case(name=case.name, arguments=tuple(_converted(one, dtype) for one in case.arguments))


def _converted(argument: Argument, dtype: torch.dtype) -> Argument:
    value = argument.value
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        value = value.to(dtype)
    return Argument(name=argument.name, value=value, grad=argument.grad)
