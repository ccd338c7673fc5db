"""Explanations dismissed at a glance, before anything that costs more is looked at. torch.

A wrong submission is compared with hundreds of candidates, and nearly all of them return something else on the first
case, or return where the submission raised. To see the former takes no gradient, and to see the latter one backward
pass for many; neither takes copies of the arguments for each. What is left is then observed in full, one by one.
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence

import torch

from kdquiz.grading.behaviour import Behaviour, Copied, Function, changed, copied
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.compare import same_tensor, tolerance_for
from kdquiz.grading.exam import Exam
from kdquiz.grading.execution import Case
from kdquiz.grading.prepared import Ids, PreparedDrill
from kdquiz.grading.trusted import Patience

_AT_ONCE = 32
"""So many candidates share one copy of the arguments, and one backward pass: few enough to hold all their graphs."""


def not_dismissed(
    prepared: PreparedDrill, exam: Exam, seen: Sequence[Behaviour], candidates: Iterable[Ids]
) -> list[Ids]:
    """The candidates that may do what was seen on every ordinary case, however loosely one compares."""
    left = list(candidates)
    if prepared.harness.performs:  # a harness may well need the graph, and what it looks at may be more than the output
        return left
    ordinary = [(drawn, one) for drawn, one in zip(exam.cases, seen, strict=False) if drawn.kind == "benign"]
    ordinary.sort(key=lambda pair: (pair[1].output is None, _size(pair[0].case)))  # the cheapest first
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for drawn, one in ordinary:
            may = _may_raise if one.output is None else _may_return
            kept: list[Ids] = []
            for some in _portions(left):
                with Patience():
                    kept += may(prepared, some, drawn, one)
            left = kept
    return left


def _may_return(prepared: PreparedDrill, some: Sequence[Ids], drawn: DrawnCase, seen: Behaviour) -> Iterator[Ids]:
    """All but those that return another value. One that raises here may do so for want of a graph."""
    with torch.no_grad():
        outputs = _outputs(prepared, some, drawn.case)
    assert seen.output is not None
    value, raised, tolerance = seen.output, seen.exception(), tolerance_for(drawn.dtype)
    for ids, (output, _) in zip(some, outputs, strict=True):
        if output is None or raised or same_tensor(output.detach(), value, tolerance, loosely=True):
            yield ids


def _may_raise(prepared: PreparedDrill, some: Sequence[Ids], drawn: DrawnCase, _: Behaviour) -> Iterator[Ids]:
    """All but those that return a tensor whose gradient can be computed."""
    outputs = _outputs(prepared, some, drawn.case)
    sums = [output.sum() for output, _ in outputs if output is not None and output.requires_grad]
    leaves = {id(leaf): leaf for _, arguments in outputs for leaf in arguments.leaves.values()}
    try:
        if sums and leaves:
            torch.autograd.grad(sums, list(leaves.values()), allow_unused=True)
    except Exception:  # one of them at least breaks its graph
        yield from some
    else:
        yield from (ids for ids, (output, _) in zip(some, outputs, strict=True) if output is None)


def _outputs(prepared: PreparedDrill, some: Sequence[Ids], case: Case) -> list[tuple[torch.Tensor | None, Copied]]:
    """What each returns, and the arguments it was given; None where it raised or returned no tensor."""
    functions = [prepared.with_mistakes(ids) for ids in some]
    shared = copied(case)
    outputs = [(_output(function, shared), shared) for function in functions]
    if changed(case, shared.tensors) or not all(leaf.requires_grad for leaf in shared.leaves.values()):
        each = [(function, copied(case)) for function in functions]  # one of them spoils it for the others
        outputs = [(_output(function, own), own) for function, own in each]
    return outputs


def _output(function: Function, arguments: Copied) -> torch.Tensor | None:
    try:
        output = function(*arguments.values)
    except Exception:  # to raise is what some mistakes do
        return None
    return output if isinstance(output, torch.Tensor) else None


def _portions(left: Sequence[Ids]) -> list[Sequence[Ids]]:
    return [left[start : start + _AT_ONCE] for start in range(0, len(left), _AT_ONCE)]


def _size(case: Case) -> int:
    """How many numbers the arguments hold."""
    return sum(one.value.numel() for one in case.arguments if isinstance(one.value, torch.Tensor))
