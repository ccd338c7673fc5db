"""The drill's harness in the runner: its `perform` loaded, what it returns taken apart, what it raises told apart.

Standard library and torch; nothing else of kdquiz. The harness is as trusted as this file, what comes of it is not: it
has called the learner's code.
"""

import linecache
import traceback
from collections.abc import Callable, Mapping

import torch

HARNESS = "harness.py"
"""What the drill's harness is called in tracebacks."""


def load_harness(source: str) -> Callable[..., object]:
    """The `perform` of the drill's harness, in a namespace of its own. Raises whatever goes wrong."""
    linecache.cache[HARNESS] = (len(source), None, source.splitlines(keepends=True), HARNESS)
    namespace: dict[str, object] = {"__name__": "harness"}
    exec(compile(source, HARNESS, "exec", dont_inherit=True), namespace)  # noqa: S102 as trusted as this file
    perform = namespace["perform"]
    if not callable(perform):
        raise TypeError("`perform` is not a function")
    result: Callable[..., object] = perform
    return result


def said_by_harness(error: BaseException) -> bool:
    """Whether it is the harness that raised, on purpose: it has looked at what came back, and says what is odd."""
    steps = list(traceback.walk_tb(error.__traceback__))
    if not steps or not isinstance(error, ValueError | TypeError):
        return False
    frame, number = steps[-1]
    raising = linecache.getline(HARNESS, number).lstrip().startswith("raise ")
    return frame.f_code.co_filename == HARNESS and raising


def met_by_harness(error: BaseException) -> str:
    """Words for what the harness has met after the learner's code: that is odd, and no line of the learner's tells it.
    Empty where the call itself was not possible, which its own text tells."""
    inside = any(frame.f_code.co_filename == HARNESS for frame, _ in traceback.walk_tb(error.__traceback__))
    no_call = isinstance(error, TypeError) and ("argument" in str(error) or "not callable" in str(error))
    return "" if no_call or not inside else "No line of yours raised it: it came of what your code gave back or left."


def looked_at(performed: object) -> tuple[object, Mapping[str, object]]:
    """The output, and the results by name, of what a harness returns: a tensor, or a mapping in which `value`, if it is
    there, is the output."""
    if not isinstance(performed, Mapping):
        return performed, {}
    results = {str(name): _unwrapped(value) for name, value in performed.items()}
    return results.pop("value", torch.empty(0, dtype=torch.float64)), results


def _unwrapped(value: object) -> object:
    """A module's parameter as the plain tensor that it is."""
    return value.detach() if type(value) is torch.nn.Parameter else value
