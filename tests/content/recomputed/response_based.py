"""Independent values of the numeric questions on distilling outputs.

Imports numpy and torch. Goes in: the numbers that a question drew, by their names. Comes out: its value in float64.
"""

from collections.abc import Callable

import numpy as np
import torch

TEACHER_ALONE_DISTILLED = ((75.61, 73.26, 74.92), (79.42, 72.50, 73.33), (74.64, 70.36, 72.98))
"""Accuracies in percent of three pairs of networks in RepDistiller's README."""


def _tensor(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def _divergence(teacher: torch.Tensor, student: torch.Tensor) -> float:
    return float(torch.nn.functional.kl_div(student.log(), teacher, reduction="sum"))


def share_of_the_gap(row: float) -> float:
    teacher, alone, distilled = TEACHER_ALONE_DISTILLED[int(row)]
    return float(np.interp(distilled, [alone, teacher], [0.0, 100.0]))


def kl_from_its_parts(p: float, t: float, n: float) -> float:
    """Builds four-class distributions with the wanted TCKD and NCKD by bisection, and takes their whole KL."""
    among_others = _tensor(0.5, 0.3, 0.2)
    student_target = _root(lambda q: _divergence(_tensor(p, 1 - p), _tensor(q, 1 - q)) - t, p, 1e-9)
    tilt = _root(lambda s: _divergence(among_others, torch.softmax(_tensor(0.0, 0.0, s), 0)) - n, 0.0, 10.0)
    teacher = torch.cat([_tensor(p), (1 - p) * among_others])
    others = torch.softmax(_tensor(0.0, 0.0, tilt), 0)
    student = torch.cat([_tensor(student_target), (1 - student_target) * others])
    return _divergence(teacher, student)


def _root(excess: Callable[[float], float], low: float, high: float) -> float:
    """Where `excess` passes from negative, at `low`, to positive, at `high`."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) < 0 else (low, middle)
    return (low + high) / 2


def nckd_of_three_classes(a: float, c: float) -> float:
    """From logits, with the target masked by −inf, so that the softmax renormalises the others."""
    mask = _tensor(-torch.inf, 0.0, 0.0)
    teacher = torch.softmax(_tensor(1 - a - 0.06, a, 0.06).log() + mask, 0)
    student = torch.softmax(_tensor(0.6, c, 0.4 - c).log() + mask, 0)
    return _divergence(teacher[1:], student[1:])


def nckd_against_a_sure_teacher(p: float, b: float) -> float:
    """The ratio of two gradients: of NCKD's part in either loss, by NCKD."""
    nckd = torch.tensor(0.3, dtype=torch.float64, requires_grad=True)
    (in_dkd,) = torch.autograd.grad(b * nckd, nckd)
    (in_kl,) = torch.autograd.grad(_tensor(p, 1 - p)[1] * nckd, nckd)
    return float(in_dkd / in_kl)


def pearson_of_two_rows(p: float, q: float) -> float:
    return float(np.corrcoef([p, 0.9 - p, 0.1], [0.5, q, 0.5 - q])[0, 1])


def z_scored_logit(a: float, b: float) -> float:
    logits = _tensor(a, b, 0.0)
    return float((logits[0] - logits.mean()) / logits.std())


def weight_for_mean_squared_error(C: float, w: float) -> float:
    rows = torch.randn(2, 5, int(C), dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    paper = w * 0.5 * (rows[0] - rows[1]).square().sum(dim=1).mean()
    return float(paper / torch.nn.functional.mse_loss(rows[0], rows[1]))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "share-of-the-gap": share_of_the_gap,
    "kl-from-its-parts": kl_from_its_parts,
    "nckd-of-three-classes": nckd_of_three_classes,
    "nckd-against-a-sure-teacher": nckd_against_a_sure_teacher,
    "pearson-of-two-rows": pearson_of_two_rows,
    "z-scored-logit": z_scored_logit,
    "weight-for-mean-squared-error": weight_for_mean_squared_error,
}
