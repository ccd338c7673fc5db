"""Independent values of the numeric questions on large language models."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray


def _ratio_of_sizes(V: float, k: float) -> float:
    """The bytes of real arrays of one token."""
    everything = np.zeros(int(V), dtype=np.float16)
    kept = np.zeros(int(k), dtype=np.float16), np.zeros(int(k), dtype=np.int32)
    return everything.nbytes / sum(array.nbytes for array in kept)


def _truncated_optimum(a: float) -> float:
    """By gradient descent on the truncated cross-entropy, over the three kept tokens and one of the tail."""
    target = torch.tensor([a, 0.2, 0.1, 0], dtype=torch.float64)
    logits = torch.tensor([0, 0, 0, -60], dtype=torch.float64)  # the tail has already vanished
    for _ in range(2000):
        logits = logits - 0.5 * (target.sum() * torch.softmax(logits, 0) - target)
    return float(torch.softmax(logits, 0)[0])


def _bucketed(c: float) -> float:
    teacher, student = np.array([0.6, 0.2, 0.15, 0.05]), np.array([c, 0.1, 0.05, 0.85 - c])

    def in_buckets(probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.add.reduceat(probabilities, [0, 1, 2])

    p, q = in_buckets(teacher), in_buckets(student)
    return float(np.sum(p * (np.log(p) - np.log(q))))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "full-logits-against-top-k": _ratio_of_sizes,
    "optimum-under-a-truncated-target": _truncated_optimum,
    "kl-with-a-bucket-for-the-tail": _bucketed,
}
