"""Independent values of the numeric questions on the paper of 2015: cases are counted out in arrays.

Imports numpy alone. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import numpy as np

THREES = 1010
OUTPUTS = 14_000
MILLION = 10**6
TERABYTE = 10**12


def share_right(e: float) -> float:
    """The percentage of the test 3s that are not among the errors."""
    right = np.ones(THREES, dtype=bool)
    right[: int(e)] = False
    return float(100 * right.mean(dtype=np.float64))


def terabytes(n: float, b: float) -> float:
    """The room for one row of outputs a frame; the size of a number is that of a dtype of as many bytes."""
    row = np.empty(OUTPUTS, dtype=f"f{int(b)}")
    return float(np.float64(row.nbytes) * n * MILLION / TERABYTE)


def relative_gain(base: float, gain: float) -> float:
    """The growth from one accuracy to another, as a percentage of the first."""
    before = np.float64(base)
    return float(100 * gain / before)


RECOMPUTED: dict[str, Callable[..., float]] = {
    "share-of-threes-right": share_right,
    "soft-targets-on-disk": terabytes,
    "relative-gain-of-the-specialists": relative_gain,
}
