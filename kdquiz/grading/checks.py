"""What is checked, one function a check. A check looks at the learner's behaviour on the cases and says what it finds.

Which checks there are stands in `kdquiz/library/checks.py`, where a drill's are read. A check's function is given the
cases that concern it, in order, and its object (`student_logits` of `gradient student_logits`); it returns a `Finding`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.compare import Mismatch, mismatch, number, tolerance_for
from kdquiz.library.checks import Planned

Kind = Literal["raised", "missing", "shape", "dtype", "not finite", "value", "changed", "reached", "too little"]


@dataclass(frozen=True, slots=True)
class Tried:
    """One case with what was expected of it and what the learner's function did."""

    drawn: DrawnCase
    expected: Behaviour
    seen: Behaviour
    gradients: tuple[str, ...] = ()
    """The arguments whose gradients the drill checks."""
    may_change: bool = False
    """Whether the drill lets a call change its arguments."""
    results: tuple[str, ...] = ()
    """The results that must be as expected."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The first thing that a check has found: on which case, of which kind, of which quantity, in words."""

    tried: Tried
    kind: Kind
    what: str
    words: str


CheckFunction = Callable[[Sequence[Tried], str], Finding | None]


def value(tried: Sequence[Tried], _: str = "") -> Finding | None:
    """The output is right."""
    return _first(tried, "value", _wrong_output)


def gradient(tried: Sequence[Tried], name: str) -> Finding | None:
    """The gradient of the output with respect to the argument `name` is right."""
    return _first(tried, f"gradient {name}", lambda one: _wrong_gradient(one, name))


def unchanged(tried: Sequence[Tried], _: str) -> Finding | None:
    """The arguments are after the call what they were before it."""
    for one in tried:
        if one.seen.changed:
            names = ", ".join(f"`{name}`" for name in sorted(one.seen.changed))
            return Finding(one, "changed", "argument", f"the call modified {names}")
    return None


def right(tried: Sequence[Tried], _: str = "") -> Finding | None:
    """Output, all checked gradients and all results that must be as expected are right, and the arguments as they were
    if the drill asks for that: what an edge, inputs of extreme size or of another dtype ask for."""
    for one in tried:
        found = value([one])
        for name in one.gradients:
            found = found or gradient([one], name)
        for name in one.results:
            found = found or result([one], name)
        if found is None and not one.may_change:
            found = unchanged([one], "")
        if found is not None:
            return found
    return None


def result(tried: Sequence[Tried], name: str) -> Finding | None:
    """The result of that name is right."""
    return _first(tried, f"result {name}", lambda one: _wrong_result(one, name))


def reaches(tried: Sequence[Tried], wanted: str) -> Finding | None:
    """A result is as large as it must be; `wanted` is the number and the name."""
    least, _, name = wanted.partition(" ")
    for one in tried:
        found = one.seen.results.get(name)
        if found is None:
            return Finding(one, "missing", f"result {name}", _without(one, name))
        reached = float(found) if found.numel() == 1 else math.nan
        if not reached >= float(least):
            words = f"reached {number(reached)}, and at least {number(float(least))} is asked for"
            return Finding(one, "too little", f"result {name}", words)
    return None


def reached(tried: Sequence[Tried], check: Planned) -> str:
    """What was reached where that is enough: the least of all cases. Empty for a check that asks for no such thing."""
    if check.word != "reaches":
        return ""
    least = number(min(float(one.seen.results[check.result]) for one in tried), 3)
    return f"reached {least}" if len(tried) == 1 else f"reached at least {least} in each of {len(tried)} cases"


def frozen(tried: Sequence[Tried], name: str) -> Finding | None:
    """No gradient reaches the argument `name`."""
    for one in tried:
        found = one.seen.gradient(name)
        if found is not None and bool(found.any()):
            words = f"a gradient reaches `{name}`; `.detach()` or `torch.no_grad()` would keep it out of the graph"
            return Finding(one, "reached", f"gradient {name}", words)
    return None


FUNCTIONS: dict[str, CheckFunction] = {
    "value": value,
    "gradient": gradient,
    "unchanged": unchanged,
    "stable": right,
    "dtype": right,
    "frozen": frozen,
    "result": result,
    "reaches": reaches,
}


def look(check: Planned, tried: Sequence[Tried]) -> Finding | None:
    """What a drill's check finds on the cases that concern it."""
    return FUNCTIONS[check.word](tried, check.object)


def _first(tried: Sequence[Tried], what: str, wrong: Callable[[Tried], Mismatch | None]) -> Finding | None:
    for one in tried:
        found = wrong(one)
        if found is not None:
            return Finding(one, found.kind, what, found.words)
    return None


def _wrong_output(one: Tried) -> Mismatch | None:
    expected = one.expected
    if one.seen.output is None:
        return Mismatch("raised", f"expected a tensor, got {one.seen.raised}")
    assert expected.output is not None  # the exam has made sure of it
    assert expected.dtype is not None
    return mismatch(expected.output, expected.dtype, one.seen.output, tolerance_for(one.drawn.dtype))


def _wrong_result(one: Tried, name: str) -> Mismatch | None:
    seen = one.seen.results.get(name)
    if seen is None:
        return Mismatch("missing", _without(one, name))
    expected = one.expected
    return mismatch(expected.results[name], expected.dtypes[name], seen, tolerance_for(one.drawn.dtype))


def _without(one: Tried, name: str) -> str:
    """Why there is no result of that name."""
    if one.seen.output is None:
        return f"expected a result, got {one.seen.raised}"
    return one.seen.unassessed or "there is none"


def _wrong_gradient(one: Tried, name: str) -> Mismatch | None:
    expected = one.expected.gradient(name)
    seen = one.seen.gradient(name)
    if expected is None:
        expected = torch.zeros_like(seen) if seen is not None else torch.zeros(())
    return mismatch(expected, one.drawn.dtype, seen, tolerance_for(one.drawn.dtype))
