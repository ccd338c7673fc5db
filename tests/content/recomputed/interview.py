"""Independent values of the numeric questions of the interview."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np


def _tokens_written(lam: float, N: int, B: int, L: int) -> float:
    """The mean over both sorts of step: one in which the student writes a whole batch, one in which it writes none."""
    return float(N * np.average([np.prod([B, L]), 0], weights=[lam, 1 - lam]))


def _terabytes(k: int, n: int) -> float:
    kept = np.dtype([("value", np.float16), ("index", np.int32)])
    return float(Fraction(kept.itemsize * k * n * 10**9, 10**12))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "tokens-that-the-student-writes": _tokens_written,
    "storage-of-top-k-logits": _terabytes,
}
