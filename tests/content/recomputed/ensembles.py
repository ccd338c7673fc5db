"""Independent values of the numeric questions on several teachers: averaged logits, and a student fitted by search.

Imports torch. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import torch


def averaged_logits(p: float, q: float) -> float:
    """One softmax of the mean of two teachers' logits."""
    logits = torch.tensor([[p, 1 - p], [q, 1 - q]], dtype=torch.float64).log()
    return float(logits.mean(0).softmax(0)[0])


def least_mean_divergence(p: float, q: float) -> float:
    """The smallest mean of both KL(teacher ‖ student) over all students, by ternary search."""
    teachers = torch.tensor([[p, 1 - p], [q, 1 - q]], dtype=torch.float64)

    def loss(student: float) -> float:
        row = torch.tensor([student, 1 - student], dtype=torch.float64)
        return float((teachers * (teachers.log() - row.log())).sum(1).mean())

    low, high = 1e-6, 1 - 1e-6
    for _ in range(120):
        third = (high - low) / 3
        if loss(low + third) < loss(high - third):
            high -= third
        else:
            low += third
    return loss((low + high) / 2)


RECOMPUTED: dict[str, Callable[..., float]] = {
    "geometric-mean-of-two-teachers": averaged_logits,
    "gap-between-two-teachers": least_mean_divergence,
}
