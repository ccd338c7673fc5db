"""What is checked, one function a check. A check looks at the learner's behaviour on the cases and says what it finds.

`CHECKS` goes from the first word of a check's name to its function; the words after it are its object: `gradient
student_logits`, `dtype float32`. A function is given the cases that concern it, in order, and returns a `Finding`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from kdquiz.errors import did_you_mean
from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.compare import Mismatch, mismatch, tolerance_for
from kdquiz.grading.inputs import DTYPES, Inputs

Kind = Literal["raised", "missing", "shape", "dtype", "not finite", "value", "changed", "reached"]
Concerns = Literal["benign", "stable", "dtype"]


@dataclass(frozen=True, slots=True)
class Tried:
    """One case with what was expected of it and what the learner's function did."""

    drawn: DrawnCase
    expected: Behaviour
    seen: Behaviour
    gradients: tuple[str, ...] = ()
    """The arguments whose gradients the drill checks."""


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
    """Output and all checked gradients are right: what an edge, inputs of extreme size or of another dtype ask for."""
    for one in tried:
        found = value([one])
        for name in one.gradients:
            found = found or gradient([one], name)
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


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A check's function, the cases it looks at, and what the rest of its name is."""

    function: CheckFunction
    concerns: Concerns = "benign"
    takes: Literal["", "inputs", "gradient", "dtype"] = ""


CHECKS = {
    "value": CheckKind(value),
    "gradient": CheckKind(gradient, takes="gradient"),
    "unchanged": CheckKind(unchanged, takes="inputs"),
    "stable": CheckKind(right, concerns="stable"),
    "dtype": CheckKind(right, concerns="dtype", takes="dtype"),
    "frozen": CheckKind(frozen, takes="gradient"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A check of a drill, read."""

    name: str
    word: str
    object: str
    kind: CheckKind


def read_check(name: str, inputs: Inputs) -> Planned:
    """A check by its name. Raises ValueError, which names what is not known, where there is none."""
    word, _, about = name.partition(" ")
    kind = CHECKS.get(word)
    if kind is None:
        hint = did_you_mean(word, CHECKS) or f"Known: {', '.join(CHECKS)}."
        raise ValueError(f"there is no check '{name}'. {hint}")
    known: dict[str, tuple[str, ...]] = {
        "": ("",),
        "inputs": ("inputs",),
        "gradient": tuple(one.name for one in inputs.drawn if one.options.get("grad")),
        "dtype": tuple(DTYPES),
    }
    if about not in known[kind.takes]:
        wants = " or ".join(f"'{word} {one}'".replace(" '", "'") for one in known[kind.takes])
        raise ValueError(
            f"there is no check '{name}'. Here it can be: {wants or 'none, since no input has `grad: true`'}."
        )
    return Planned(name, word, about, kind)


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
