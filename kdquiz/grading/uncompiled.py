"""Keeps torch's compiler out of processes in which nothing is ever compiled. torch.

An optimiser imports `torch._dynamo`, the compiler's front end, at its first step, for calls that do nothing here. That
takes nine tenths of a second, in each runner anew: it also starts a thread, so it cannot be done before the fork. What
code of a drill usually calls is therefore bound to the functions below those calls. Where torch is built otherwise than
is known here, nothing is changed, and a first step is slow.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch.optim import Optimizer

_NOT_TO_BE_COMPILED = "__dynamo_disable"
"""Where torch keeps, at a function that it will not compile, what to call in its place; empty until the first call."""


def leave_the_compiler_out() -> None:
    """Seeds, and the steps of optimisers, no longer import the compiler."""
    marked = (torch.manual_seed, *(getattr(Optimizer, name) for name in ("zero_grad", "add_param_group")))
    for function in (*marked, Optimizer.state_dict, Optimizer.load_state_dict):
        below = getattr(function, "__wrapped__", None)
        if below is not None and function.__code__.co_name == "inner":
            setattr(below, _NOT_TO_BE_COMPILED, below)
    for kind in vars(torch.optim).values():
        step = vars(kind).get("step") if isinstance(kind, type) and issubclass(kind, Optimizer) else None
        below = getattr(step, "__wrapped__", None)
        if step is not None and below is not None and step.__code__.co_name == "_use_grad":
            kind.step = _step(below)


def _step(below: Callable[..., Any]) -> Callable[..., Any]:
    """A step as torch makes it of its inside, without the breaks in a graph that nobody records."""

    def step(optimiser: Optimizer, *arguments: Any, **named: Any) -> Any:
        with torch.set_grad_enabled(optimiser.defaults["differentiable"]):
            return below(optimiser, *arguments, **named)

    step.__doc__ = below.__doc__
    return step
