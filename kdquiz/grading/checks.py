"""What is checked, one function a check. A check looks at the learner's behaviour on the cases and says what it finds.

Which checks there are stands in `kdquiz/library/checks.py`, where a drill's are read. A check's function is given the
cases that concern it, in order, and its object (`student_logits` of `gradient student_logits`); it returns a `Finding`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.compare import Mismatch, mismatch, tolerance_for
from kdquiz.library.checks import Planned

Kind = Literal["raised", "missing", "shape", "dtype", "not finite", "value", "changed", "reached"]


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
    """Output and all checked gradients are right, and the arguments as they were if the drill asks for that: what an
    edge, inputs of extreme size or of another dtype ask for."""
    for one in tried:
        found = value([one])
        for name in one.gradients:
            found = found or gradient([one], name)
        if found is None and not one.may_change:
            found = unchanged([one], "")
        if found is not None:
            return found
    return None


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


def _wrong_gradient(one: Tried, name: str) -> Mismatch | None:
    expected = one.expected.gradient(name)
    seen = one.seen.gradient(name)
    if expected is None:
        expected = torch.zeros_like(seen) if seen is not None else torch.zeros(())
    return mismatch(expected, one.drawn.dtype, seen, tolerance_for(one.drawn.dtype))
