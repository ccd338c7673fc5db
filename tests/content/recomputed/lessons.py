"""Independent values of the computed numbers of the lessons: by lesson, then by the formula as it stands on the page.

Each takes what the page is given, by name, and gives a number or a list, in float64. A formula that is a given name
alone needs none.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F

Recomputed = Callable[..., Any]


def _soft(logits: list[float], temperature: float = 1.0) -> torch.Tensor:
    return torch.softmax(torch.tensor(logits, dtype=torch.float64) / temperature, dim=0)


def _share_of_wrong(logits: list[float], temperature: float = 1.0) -> float:
    soft = _soft(logits, temperature)
    return float(soft[0] + soft[2])


def _hard_loss(logits: list[float]) -> torch.Tensor:
    return F.cross_entropy(torch.tensor([logits], dtype=torch.float64), torch.tensor([1]))


def _soft_loss(student: list[float], teacher: list[float], temperature: float) -> torch.Tensor:
    log_student = torch.log_softmax(torch.tensor([student], dtype=torch.float64) / temperature, dim=1)
    return F.kl_div(log_student, _soft(teacher, temperature)[None], reduction="batchmean")


def _loss(student: list[float], teacher: list[float], T: float, alpha: float, factor: float) -> torch.Tensor:
    return torch.lerp(_hard_loss(student), factor * _soft_loss(student, teacher, T), alpha)


RECOMPUTED: dict[str, dict[str, Recomputed]] = {
    "lesson-soft-targets": {
        "softmax(teacher)[0]": lambda teacher, **_: _soft(teacher)[0],
        "softmax(teacher)[1]": lambda teacher, **_: _soft(teacher)[1],
        "softmax(teacher)[2]": lambda teacher, **_: _soft(teacher)[2],
        "softmax(teacher / T)[0]": lambda teacher, T, **_: _soft(teacher, T)[0],
        "softmax(teacher / T)[1]": lambda teacher, T, **_: _soft(teacher, T)[1],
        "softmax(teacher / T)[2]": lambda teacher, T, **_: _soft(teacher, T)[2],
        "softmax(teacher / high)[0]": lambda teacher, high, **_: _soft(teacher, high)[0],
        "softmax(teacher / high)[1]": lambda teacher, high, **_: _soft(teacher, high)[1],
        "softmax(teacher / high)[2]": lambda teacher, high, **_: _soft(teacher, high)[2],
        "1 - softmax(teacher)[1]": lambda teacher, **_: _share_of_wrong(teacher),
        "1 - softmax(teacher / T)[1]": lambda teacher, T, **_: _share_of_wrong(teacher, T),
        "(1 - softmax(teacher / T)[1]) / (1 - softmax(teacher)[1])": lambda teacher, T, **_: (
            _share_of_wrong(teacher, T) / _share_of_wrong(teacher)
        ),
        "exp(teacher[0] - teacher[2])": lambda teacher, **_: _soft(teacher)[0] / _soft(teacher)[2],
        "exp((teacher[0] - teacher[2]) / high)": lambda teacher, high, **_: (
            _soft(teacher, high)[0] / _soft(teacher, high)[2]
        ),
    },
    "lesson-teacher-and-student": {
        "(alone - distilled) / (alone - teacher_errors)": lambda alone, distilled, teacher_errors, **_: np.interp(
            distilled, [teacher_errors, alone], [1.0, 0.0]
        ),
        "distilbert / bert": lambda distilbert, bert, **_: 1 - (bert - distilbert) / bert,
        "rte_bert - rte_distilbert": lambda rte_bert, rte_distilbert, **_: -np.diff([rte_bert, rte_distilbert])[0],
    },
    "lesson-the-loss": {
        "softmax(student)[1]": lambda student, **_: _soft(student)[1],
        "-log(softmax(student)[1])": lambda student, **_: _hard_loss(student),
        "softmax(teacher / T)": lambda teacher, T, **_: _soft(teacher, T),
        "softmax(student / T)": lambda student, T, **_: _soft(student, T),
        "kl(softmax(teacher / T), softmax(student / T))": lambda student, teacher, T, **_: _soft_loss(
            student, teacher, T
        ),
        "T**2 * kl(softmax(teacher / T), softmax(student / T))": lambda student, teacher, T, **_: (
            _soft_loss(student, teacher, T) * T * T
        ),
        "(1 - alpha) * -log(softmax(student)[1]) + alpha * T**2 * kl(softmax(teacher / T), softmax(student / T))": (
            lambda student, teacher, T, alpha: _loss(student, teacher, T, alpha, T * T)
        ),
        "(1 - alpha) * -log(softmax(student)[1]) + alpha * kl(softmax(teacher / T), softmax(student / T))": (
            lambda student, teacher, T, alpha: _loss(student, teacher, T, alpha, 1.0)
        ),
    },
    "lesson-interview": {
        "1 - softmax(wide)[0]": lambda wide, **_: _soft(wide)[1:].sum(),
        "1 - softmax(wide / T)[0]": lambda wide, T, **_: _soft(wide, T)[1:].sum(),
        "(hard - again) / hard": lambda hard, again, **_: 1 - again / hard,
    },
}

TYPED: dict[str, dict[str, str]] = {}
"""Decimal numbers and percentages that stand in the prose of a lesson as they were typed: by lesson, each with the fact
that it was taken from."""
