"""Which checks there are, and a drill's `checks` and `advice` read by these names: `gradient student_logits`.

The first word of a name is a key of CHECKS, the words after it are its object. What a check looks at is the judge's
(`grading/checks.py`); the names stand here, so that a misspelt one is told when a pack is read. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, Literal

from kdquiz.errors import did_you_mean
from kdquiz.library.faults import Fault
from kdquiz.library.inputs import DISTRIBUTIONS, DTYPES, Inputs
from kdquiz.library.problems import Key, cut, unknown

Concerns = Literal["benign", "stable", "dtype"]


@dataclass(frozen=True, slots=True)
class CheckKind:
    """The cases that a check looks at, and what the rest of its name is."""

    concerns: Concerns = "benign"
    takes: Literal["", "inputs", "gradient", "dtype", "result", "reached"] = ""


CHECKS = {
    "value": CheckKind(),
    "gradient": CheckKind(takes="gradient"),
    "unchanged": CheckKind(takes="inputs"),
    "stable": CheckKind(concerns="stable"),
    "dtype": CheckKind(concerns="dtype", takes="dtype"),
    "frozen": CheckKind(takes="gradient"),
    "result": CheckKind(takes="result"),
    "reaches": CheckKind(takes="reached"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A check of a drill, read."""

    name: str
    word: str
    object: str
    kind: CheckKind

    @property
    def result(self) -> str:
        """The name of the result that it looks at; empty where it looks at none."""
        if self.kind.takes == "reached":
            return self.object.partition(" ")[2]
        return self.object if self.kind.takes == "result" else ""

    @property
    def least(self) -> float:
        """What the result must reach. For a check that takes a number alone; raises ValueError for another."""
        return float(self.object.partition(" ")[0])


def read_checks(
    names: Sequence[str],
    inputs: Inputs,
    edges: Sequence[Mapping[str, Any]],
    part: Literal["checks", "advice"],
    *,
    results: bool = False,
) -> tuple[tuple[Planned, ...], list[Fault]]:
    """The checks of these names; what is faulty is told and left out. `results`: a harness gives named results."""
    planned: list[Planned] = []
    faults: list[Fault] = []
    for number, name in enumerate(names):
        word, *rest = name.split()
        kind = CHECKS.get(word, CheckKind())
        check = Planned(" ".join((word, *rest)), word, " ".join(rest), kind)
        key: Key = (part, number)
        found = list(_faults(check, inputs, edges, key, results=results))
        if not found and check in planned:
            found = [Fault(message=f"'{check.name}' stands twice", hint="Remove one of them.", key=key)]
        if not found and part == "advice" and kind.concerns != "benign":
            message = f"'{word}' looks at cases of its own, and is no advice"
            found = [Fault(message=message, hint="Put it among the checks.", key=key)]
        faults += found
        planned += [] if found else [check]
    return tuple(planned), faults


def _faults(
    check: Planned, inputs: Inputs, edges: Sequence[Mapping[str, Any]], key: Key, *, results: bool
) -> Iterator[Fault]:
    if check.word not in CHECKS:
        message, hint = unknown("check", check.word, CHECKS)
        yield Fault(message=message, hint=hint, key=key)
    elif check.kind.takes in ("", "inputs"):
        right = f"{check.word} {check.kind.takes}".strip()
        if check.name != right:
            yield Fault(message=f"there is no check '{check.name}'", hint=f"Write `{right}`.", key=key)
    elif check.kind.takes in ("result", "reached"):
        yield from _result_faults(check, results, key)
    elif check.kind.takes == "dtype":
        yield from _dtype_faults(check, key)
    else:
        yield from _gradient_faults(check, inputs, key)
    if check.word == "stable" and not any("scale" in edge for edge in edges):
        hint = "Add one, such as `{scale: 1.0e4, dtype: float32}`."
        yield Fault(message="'stable' looks at the edges with `scale`, and there is none", hint=hint, key=key)


def _result_faults(check: Planned, results: bool, key: Key) -> Iterator[Fault]:
    """A result has a name, what it must reach is a number, and there is a harness that gives it."""
    right = "`result NAME`" if check.kind.takes == "result" else "`reaches NUMBER NAME`"
    if check.kind.takes == "reached":
        try:
            number = check.least
        except ValueError:
            number = nan
        if not isfinite(number):
            yield Fault(message=f"'{check.name}' says no number to reach", hint=f"Write {right}.", key=key)
            return
    if not check.result:
        yield Fault(message=f"'{check.name}' names no result", hint=f"Write {right}.", key=key)
    elif not results:
        message = f"'{check.name}' looks at a result, and the drill has no harness that gives any"
        yield Fault(message=message, hint="Add harness.py with `perform` or `assess`.", key=key)


def _dtype_faults(check: Planned, key: Key) -> Iterator[Fault]:
    if not check.object:
        yield Fault(message="'dtype' names none", hint=f"Known: {', '.join(DTYPES)}.", key=key)
    elif check.object not in DTYPES:
        message, hint = unknown("dtype", check.object, DTYPES)
        yield Fault(message=message, hint=hint, key=key)


def _gradient_faults(check: Planned, inputs: Inputs, key: Key) -> Iterator[Fault]:
    """A gradient is looked at of an argument that is drawn and says `grad: true`."""
    about = check.object
    known = [one.name for one in inputs.drawn if one.grad]
    others = [*inputs.symbols(), *(one.name for one in inputs.drawn)]
    if about in known or about in inputs.faulty:
        return
    there = f"Inputs with `grad: true`: {', '.join(known)}." if known else "No input says `grad: true`."
    if not about:
        yield Fault(message=f"'{check.word}' names no input", hint=there, key=key)
    elif any(one.name == about and "grad" in DISTRIBUTIONS[one.word].meanings() for one in inputs.drawn):
        message = f"'{check.name}' looks at a gradient, and the input `{about}` does not say `grad: true`"
        yield Fault(message=message, hint="Add it there.", key=key)
    elif about in others:
        yield Fault(message=f"'{check.name}': the input `{about}` has no gradient", hint=there, key=key)
    else:
        message = f"'{check.name}': there is no input '{cut(about)}'"
        hint = did_you_mean(about, known) or did_you_mean(about, others) or there
        yield Fault(message=message, hint=hint, key=key)
