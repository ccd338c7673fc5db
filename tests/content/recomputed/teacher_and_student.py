"""Independent values of the numeric questions on teacher and student."""

from collections.abc import Callable
from fractions import Fraction


def _times_smaller(P: int, S: int, bits: int) -> float:
    """Bytes by bytes, in whole numbers."""
    teacher, student = P * 10**6 * 32 // 8, S * 10**6 * bits // 8
    return float(Fraction(teacher, student))


RECOMPUTED: dict[str, Callable[..., float]] = {"distilled-and-quantised-size": _times_smaller}
