"""The smallest case that still fails, written out: for a submission that no listed mistake explains. torch.

Small cases with round numbers are drawn, from one row and the fewest classes upwards, and given to the submission in a
further run, or a few where those of the first do not tell. The first case that fails clearly is shown with the numbers
of both sides.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, product
from typing import Any

import torch

from kdquiz.grading.behaviour import Behaviour, with_dtype
from kdquiz.grading.cases import DrawnCase, build
from kdquiz.grading.checks import Finding, right, unchanged
from kdquiz.grading.compare import CLEARLY, dtype_name, number, two_numbers
from kdquiz.grading.exam import expect
from kdquiz.grading.execution import Value
from kdquiz.grading.inputs import bounds
from kdquiz.grading.prepared import PreparedDrill
from kdquiz.grading.report import SmallestCase
from kdquiz.library.inputs import SCALE, Drawn, Inputs, Scope

WIDTH = 76
"""Columns that a line of the report may take."""
_SIZES = 3
_DRAWS = 4
_PORTIONS = (8, 16, 32, None)
"""How many cases are tried in one run, the smallest first: nearly always one of the first shows the difference."""
_SIMPLE = (1.0, 2.0, 0.5)
_QUICK_SECONDS = 0.05

Attempt = Callable[[Sequence[DrawnCase], Sequence[Behaviour]], Sequence[Behaviour]]
"""Runs the submission on cases, in a fresh runner, and tells its behaviour on those that it came to. With them goes
what is expected on each."""


def smallest_case(prepared: PreparedDrill, finding: Finding, seed: int, attempt: Attempt) -> SmallestCase:
    """The smallest case found that fails as `finding` does: with its overrides if it was an edge. Where no small case
    fails, the one of the finding."""
    if not _searched_for(prepared, finding):
        return written_out(finding)
    generator = torch.Generator().manual_seed(seed)
    small = _small_cases(prepared, finding.tried.drawn, generator)
    look = unchanged if finding.kind == "changed" else right
    unclear: list[Finding] = []
    for count in _PORTIONS:
        portion = list(islice(small, count))
        behaviours = attempt([drawn for drawn, _ in portion], [right for _, right in portion]) if portion else ()
        for (drawn, expected), seen in zip(portion, behaviours, strict=False):
            found = look([prepared.tried(drawn, expected, seen)], "")
            if found is not None and not prepared.alike(expected, seen, CLEARLY):
                return written_out(found)
            unclear += [found] if found is not None else []
        if len(behaviours) < len(portion):  # the run ended early, and would again
            break
    return written_out(next(iter(unclear), finding))


def _searched_for(prepared: PreparedDrill, finding: Finding) -> bool:
    """Whether a smaller case would tell more, soon: not of a result that was not reached, nor where a harness takes
    cases of one size alone, or takes its time."""
    if finding.kind == "too little":
        return False
    sized = bool(_sizes(prepared.inputs) & set(prepared.inputs.chosen))
    return not prepared.harness.performs or (sized and prepared.seconds_a_call < _QUICK_SECONDS)


def _sizes(inputs: Inputs) -> set[str]:
    return {word for one in inputs.drawn for word in (*one.dims(), one.says) if isinstance(word, str)}


def _small_cases(
    prepared: PreparedDrill, failing: DrawnCase, generator: torch.Generator
) -> Iterator[tuple[DrawnCase, Behaviour]]:
    """Cases from the smallest size upwards, with what is expected of each."""
    for scope in _small_scopes(prepared.inputs, failing.overrides, generator):
        for decimals in (0, 1):
            coarse = partial(_rounded, scope=scope, decimals=decimals)
            try:
                case = build(
                    prepared.inputs, scope, generator, "small", arrange=prepared.harness.arrange, rounded=coarse
                )
                drawn = DrawnCase(
                    case=with_dtype(case, failing.dtype), kind="edge", overrides=failing.overrides, dtype=failing.dtype
                )
                yield drawn, expect(prepared, drawn)
            except ValueError:  # the reference does not take this size, so it is no case
                continue


def _small_scopes(inputs: Inputs, overrides: Mapping[str, Any], generator: torch.Generator) -> list[Scope]:
    dimensions = _sizes(inputs)
    sized = {name: _small_sizes(inputs.chosen[name]) for name in inputs.chosen if name in dimensions}
    other = {name: _simple_values(inputs.chosen[name]) for name in inputs.chosen if name not in dimensions}
    scopes = []
    for sizes in product(*sized.values()):
        for draw in range(_DRAWS):
            scope: Scope = {**inputs.fixed, **dict(zip(sized, sizes, strict=True))}
            for name, values in other.items():
                pick = 0 if draw == 0 else int(torch.randint(len(values), (), generator=generator))
                scope[name] = values[pick]
            scopes.append(inputs.overridden(scope, overrides))
    scopes.sort(key=lambda scope: sum(scope[name] for name in sized))
    return scopes


def _small_sizes(listed: Sequence[Any]) -> list[int]:
    sizes = {*listed, *(size for size in range(1, 4) if min(listed) <= size <= max(listed))}
    return sorted(sizes)[:_SIZES]


def _simple_values(listed: Sequence[Any]) -> list[Any]:
    """Listed values and the round ones between them, the shortest to write first."""
    values = list(listed)
    if all(isinstance(value, float) for value in listed):
        values += [value for value in _SIMPLE if min(listed) <= value <= max(listed) and value not in listed]
    return sorted(values, key=lambda value: len(_text(value)))


def _rounded(drawn: Drawn, value: Value, *, decimals: int, scope: Scope) -> Value:
    """A drawn input with its entries rounded, coarsely where an edge makes them large; probabilities stay as they are,
    and what lies between bounds stays there."""
    if not isinstance(value, torch.Tensor) or drawn.word not in ("normal", "uniform"):
        return value
    unit = max(scope.get(SCALE, 1.0) / 10, 1.0) / 10**decimals
    value = (value / unit).round() * unit if unit >= 1 else value.round(decimals=decimals)
    if drawn.word == "uniform":
        value = value.clamp(*bounds(drawn))
    return value + 0.0  # no negative zero


# ---- writing it out --------------------------------------------------------------------------------------------------


def written_out(finding: Finding) -> SmallestCase:
    """The finding's case as text: every argument, and both sides of what differs."""
    tried = finding.tried
    arguments = tuple(
        (one.name, brief(one.value, WIDTH - len(one.name) - len(" = "))) for one in tried.drawn.case.arguments
    )
    expected, got = _sides(finding)
    return SmallestCase(arguments=arguments, expected=expected, got=got, what=finding.what)


def _sides(finding: Finding) -> tuple[str, str]:
    tried = finding.tried
    if tried.seen.output is None:
        return brief(_plain(tried.expected.output)), tried.seen.raised
    if finding.kind == "changed":
        return "arguments as they were", finding.words
    if finding.kind in ("shape", "dtype"):
        expected, _, got = finding.words.removeprefix("expected ").partition(", got ")
        return expected, got
    sides = _Sides(tried.expected.output, tried.seen.output)
    if finding.what.startswith("gradient "):
        name = finding.what.removeprefix("gradient ")
        sides = _Sides(tried.expected.gradient(name), tried.seen.gradient(name))
    if finding.what.startswith("result "):
        name = finding.what.removeprefix("result ")
        if finding.kind == "too little":
            return "more", finding.words
        sides = _Sides(tried.expected.results.get(name), tried.seen.results.get(name))
    return sides.texts()


@dataclass(frozen=True, slots=True)
class _Sides:
    expected: torch.Tensor | None
    got: torch.Tensor | None

    def texts(self) -> tuple[str, str]:
        if self.expected is None or self.got is None or self.expected.dim() > 0:
            return brief(_plain(self.expected)), brief(_plain(self.got))
        return two_numbers(float(self.expected), float(self.got))


def _plain(tensor: torch.Tensor | None) -> Value:
    return "none" if tensor is None else tensor.detach().to(torch.float64)


def brief(value: Value, width: int = WIDTH - len("expected = ")) -> str:
    """A value as one line of at most `width` columns."""
    if not isinstance(value, torch.Tensor):
        return _text(value)
    suffix = "" if value.dtype in (torch.float64, torch.int64, torch.bool) else f" ({dtype_name(value.dtype)})"
    whole = _nested(value.tolist()) + suffix
    if len(whole) <= width:
        return whole
    start = f"shape {list(value.shape)}{suffix}: "
    room = width - len(start) - len(", …")
    shown = ""
    for one in value.reshape(-1).tolist():
        longer = f"{shown}, {_text(one)}" if shown else _text(one)
        if len(longer) > room:
            break
        shown = longer
    return f"{start}{shown}, …"


def _nested(value: Any) -> str:
    return f"[{', '.join(map(_nested, value))}]" if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:
    return number(value) if isinstance(value, float) else str(value)
