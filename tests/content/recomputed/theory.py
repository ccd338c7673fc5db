"""Independent values of the numeric questions on why distillation works: simulated or solved, not put in a formula.

Imports numpy, torch. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import numpy as np
import torch
from torch.nn import functional as F

BORN_AGAIN_ROWS = ((18.25, 16.95), (17.69, 16.69), (17.16, 16.36), (16.87, 16.00))
"""Test errors in per cent on CIFAR-100 of four DenseNets: the teacher, its student (Furlanello et al., Table 2)."""


def root(rising: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function crosses 0 between two bounds, by bisection."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return (low + high) / 2


def more_examples(a: float, r: float) -> float:
    """The factor of examples at which an error that falls like n^(−a) is r times smaller."""
    return root(lambda factor: factor**a - r, 1.0, 1e6)


def share_after_rounds(d: float, p: float, k: float) -> float:
    """The share of a component that is left when ridge regression on a kernel is fitted k times in a row."""
    turn, _ = np.linalg.qr(np.random.default_rng(0).normal(size=(3, 3)))
    kernel = turn @ np.diag([7.0, d, 0.3]) @ turn.T
    targets = labels = turn @ np.array([1.0, 2.0, -1.0])
    for _ in range(int(k)):
        targets = kernel @ np.linalg.solve(kernel + p * np.eye(3), targets)
    return float((turn[:, 1] @ targets) / (turn[:, 1] @ labels))


def smoothed_loss(e: float, q: float) -> float:
    """torch's own label smoothing on three classes."""
    logits = torch.tensor([[q, 0.2, 1 - q - 0.2]], dtype=torch.float64).log()
    return float(F.cross_entropy(logits, torch.tensor([0]), label_smoothing=e))


def balanced_weight(b: float, T: float) -> float:
    """The α at which the soft part outweighs the hard one as much as in the loss without T²."""
    return root(lambda alpha: alpha * T**2 * (1 - b) - (1 - alpha) * b, 0.0, 1.0)


def relative_fall(row: float) -> float:
    """By how many per cent the error of a row falls from teacher to student."""
    teacher, student = BORN_AGAIN_ROWS[int(row)]
    return float(-100 * np.diff([teacher, student])[0] / teacher)


def least_agreement(a: float, b: float) -> float:
    """The smallest agreement of two classifiers on 100 inputs: no input fools both of them."""
    teacher = np.zeros(100, dtype=int)
    student = np.zeros(100, dtype=int)
    teacher_errors, student_errors = round(100 * (1 - a)), round(100 * (1 - b))
    teacher[:teacher_errors] = 1
    student[100 - student_errors :] = 2
    return float((teacher == student).mean())


RECOMPUTED: dict[str, Callable[..., float]] = {
    "examples-at-a-given-rate": more_examples,
    "rounds-of-ridge-regression": share_after_rounds,
    "loss-with-smoothed-labels": smoothed_loss,
    "weight-taken-from-mueller": balanced_weight,
    "born-again-in-relative-terms": relative_fall,
    "least-agreement": least_agreement,
}
