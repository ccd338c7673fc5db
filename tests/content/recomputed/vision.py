"""Independent values of the numeric questions on vision: tensors and counted steps in place of the pack's formulas.

Imports torch. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import torch
from torch.nn import functional as F

STUDENT_STEP = 3
"""Units of work of a student's training step on one image."""


def loss_with_a_hard_teacher(p: float, q: float, a: float) -> float:
    """Two heads, each with torch's cross-entropy against its own class."""
    class_head = torch.tensor([[p, 1 - p]], dtype=torch.float64).log()
    distillation_head = torch.tensor([[1 - q, q]], dtype=torch.float64).log()
    base = F.cross_entropy(class_head, torch.tensor([0]))
    return float(base * (1 - a) + a * F.cross_entropy(distillation_head, torch.tensor([1])))


def soft_loss_over_all_elements(k: float, T: float, C: float) -> float:
    """256 images whose KL terms sum to k each, averaged over every element of the [256, C] tensor."""
    terms = torch.zeros(256, int(C), dtype=torch.float64)
    terms[:, 0] = k
    return float(terms.mean() * T * T)


def share_saved_by_storing(t: float, E: float) -> float:
    """The work of every epoch counted, with the teacher run in each and in the first one alone."""
    always = sum(t + STUDENT_STEP for _ in range(int(E)))
    stored = sum(STUDENT_STEP + (t if epoch == 0 else 0) for epoch in range(int(E)))
    return float(1 - stored / always)


RECOMPUTED: dict[str, Callable[..., float]] = {
    "deit-loss-of-one-image": loss_with_a_hard_teacher,
    "soft-loss-as-deit-divides-it": soft_loss_over_all_elements,
    "work-saved-by-stored-logits": share_saved_by_storing,
}
