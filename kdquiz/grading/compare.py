"""Is an answer right? Shape and dtype before values, then the difference relative to what is expected. torch.

Never `allclose`: it broadcasts, and its absolute tolerance swallows small losses. NaN is never right. Two questions are
answered: `mismatch` says in words what is wrong with one tensor, `alike` whether two behaviours cannot be told apart.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import torch

from kdquiz.grading.behaviour import Behaviour


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`relative` to the largest magnitude expected in the case; a magnitude below `floor` counts as `floor`, since the
    rounding of larger intermediate values does not shrink with the result."""

    relative: float
    floor: float

    def allows(self, scale: float) -> float:
        """The largest difference that is still right."""
        return self.relative * max(scale, self.floor)


TOLERANCES = {
    # Code that computes in float32 and casts back is right: over 150 exams it was off by at most 2.5e-5 of the loss,
    # or by 2e-7 where the loss is tiny.
    torch.float64: Tolerance(5e-5, 5e-2),
    # At logits of 10,000 the rounding of `z - logsumexp(z)` moves a gradient by up to 5e-4.
    torch.float32: Tolerance(2e-3, 1e-3),
    torch.float16: Tolerance(2e-2, 1e-2),
    torch.bfloat16: Tolerance(5e-2, 1e-2),
}
EXACT = Tolerance(0.0, 0.0)
CLEARLY = Tolerance(1e-2, 1e-2)
"""What separates a mistake from the reference must be larger than this."""
NO_OUTCOMES: Mapping[str, float] = MappingProxyType({})


def tolerance_for(dtype: torch.dtype) -> Tolerance:
    """The tolerance for results computed from inputs of this dtype; whole numbers and booleans must be exact."""
    return TOLERANCES.get(dtype, EXACT)


Kind = Literal["raised", "missing", "shape", "dtype", "not finite", "value"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What is wrong with an output or a gradient, and the same in words."""

    kind: Kind
    words: str


def mismatch(
    expected: torch.Tensor, dtype: torch.dtype, got: torch.Tensor | None, tolerance: Tolerance
) -> Mismatch | None:
    """What is wrong with `got`, or None where it is right.

    `expected` holds the values, in float64 for floating-point results whatever `dtype` the result must have.
    """
    if got is None:
        return None if not expected.any() else Mismatch("missing", "no gradient arrived")
    if got.shape != expected.shape:
        return Mismatch("shape", f"expected {_shape(expected)}, got {_shape(got)}")
    if got.dtype != dtype:
        return Mismatch("dtype", f"expected {dtype_name(dtype)}, got {dtype_name(got.dtype)}")
    if not dtype.is_floating_point:
        tolerance = EXACT
    if not _close(expected, got, tolerance):
        bad = ~torch.isfinite(got) & torch.isfinite(expected)
        kind: Kind = "not finite" if bool(bad.any()) else "value"
        return Mismatch(kind, _first_difference(expected, got, tolerance))
    return None


def alike(
    left: Behaviour,
    right: Behaviour,
    gradients: Iterable[str],
    tolerance: Tolerance,
    *,
    loosely: bool = False,
    results: Iterable[str] = (),
    outcomes: Mapping[str, float] = NO_OUTCOMES,
) -> bool:
    """Whether no output and none of the named gradients and results tells the two apart; the scale is that of `left`.

    `outcomes` are results of which only the way to a mark counts: beyond that, one is as good as another.
    `loosely`: any NaN or infinity is as good as another, and changed arguments are not looked at.
    """
    if left.output is None or right.output is None:
        alike_raised = left.exception() == right.exception()
        return alike_raised and (left.said == right.said or not (left.said and right.said))
    if left.dtype != right.dtype or left.output.shape != right.output.shape:
        return False
    if not loosely and left.changed != right.changed:
        return False
    if not _close(left.output, right.output, tolerance, loosely):
        return False
    if not all(_close_gradients(left.gradient(name), right.gradient(name), tolerance, loosely) for name in gradients):
        return False
    if not all(_alike_result(left, right, name, tolerance, loosely) for name in results):
        return False
    if not all(_alike_outcome(left, right, *one, tolerance, loosely) for one in outcomes.items()):
        return False
    return left.raised == right.raised


def _alike_outcome(
    left: Behaviour, right: Behaviour, name: str, mark: float, tolerance: Tolerance, loosely: bool
) -> bool:
    one, other = left.results.get(name), right.results.get(name)
    if one is not None and other is not None and one.numel() == other.numel() == 1 and one >= mark and other >= mark:
        return True
    return _alike_result(left, right, name, tolerance, loosely)


def _alike_result(left: Behaviour, right: Behaviour, name: str, tolerance: Tolerance, loosely: bool) -> bool:
    one, other = left.results.get(name), right.results.get(name)
    if one is None or other is None:
        return one is other
    if left.dtypes[name] != right.dtypes[name] or one.shape != other.shape:
        return False
    return same_tensor(one, other, tolerance if left.dtypes[name].is_floating_point else EXACT, loosely=loosely)


def same_tensor(left: torch.Tensor, right: torch.Tensor, tolerance: Tolerance, *, loosely: bool = False) -> bool:
    """Whether both are of one dtype and shape, and close; the scale is that of `left`."""
    return left.dtype == right.dtype and left.shape == right.shape and _close(left, right, tolerance, loosely)


def _close_gradients(
    left: torch.Tensor | None, right: torch.Tensor | None, tolerance: Tolerance, loosely: bool
) -> bool:
    if left is None or right is None:
        there = right if left is None else left
        return there is None or not there.any()
    return left.shape == right.shape and _close(left, right, tolerance, loosely)


def _close(left: torch.Tensor, right: torch.Tensor, tolerance: Tolerance, loosely: bool = False) -> bool:
    """Of two tensors of one shape. The scale is the largest finite magnitude in `left`."""
    if left.dim() == 0:
        return _close_numbers(left.item(), right.item(), tolerance, loosely)
    left, right = _as_numbers(left), _as_numbers(right)
    both = torch.isfinite(left) & torch.isfinite(right)
    if not both.all():
        if loosely:
            return not bool(torch.isfinite(left).all() or torch.isfinite(right).all())
        odd = ~both
        same = (left == right) | (torch.isnan(left) & torch.isnan(right))
        if not bool(same[odd].all()):
            return False
        left, right = left[both], right[both]
    if left.numel() == 0:
        return True
    return float((left - right).abs().max()) <= tolerance.allows(float(left.abs().max()))


def _close_numbers(left: float, right: float, tolerance: Tolerance, loosely: bool) -> bool:
    if math.isfinite(left) and math.isfinite(right):
        return abs(left - right) <= tolerance.allows(abs(left))
    if loosely:
        return not (math.isfinite(left) or math.isfinite(right))
    return left == right or (math.isnan(left) and math.isnan(right))


def _as_numbers(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().to(torch.float64)


def number(value: float, digits: int = 6) -> str:
    """A number as a person writes it: `0.052043`, `-3`, `NaN`, `∞`."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    return f"{value:.{digits}g}"


def two_numbers(expected: float, got: float) -> tuple[str, str]:
    """Both with so many digits that they look different, if they are."""
    digits = next((n for n in range(6, 17, 2) if number(expected, n) != number(got, n)), 6)
    return number(expected, digits), number(got, digits)


def _first_difference(expected: torch.Tensor, got: torch.Tensor, tolerance: Tolerance) -> str:
    want, have = _as_numbers(expected), _as_numbers(got)
    finite = want[torch.isfinite(want)]
    allowed = tolerance.allows(float(finite.abs().max()) if finite.numel() else 0.0)
    wrong = ~((want - have).abs() <= allowed) & ~(want == have)
    index = wrong.nonzero()[0].tolist()
    pair = float(want[tuple(index)]), float(have[tuple(index)])
    texts = (str(bool(pair[0])), str(bool(pair[1]))) if got.dtype is torch.bool else two_numbers(*pair)
    words = f"expected {texts[0]}, got {texts[1]}"
    if not index:
        return words
    return f"at {index} {words}; {int(wrong.sum())} of {wrong.numel()} entries are wrong"


def _shape(tensor: torch.Tensor) -> str:
    return "a scalar" if tensor.dim() == 0 else f"shape {list(tensor.shape)}"


def dtype_name(dtype: torch.dtype) -> str:
    """`float32`."""
    return str(dtype).removeprefix("torch.")
