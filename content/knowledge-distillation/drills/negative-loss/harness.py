"""Students that show the defects, and which of the four a loss still has, told from the value that it gives.

Each defect is there or not, so there are few losses that a partial repair can be. The value is compared with all of
them, and the one with the fewest defects that fits says which parts are right. A loss that fits none of them is wrong
in some other way; then nothing is said of the parts, and the value speaks for itself.
"""

from itertools import product
from math import isclose, isnan
from typing import Any

import torch

IN_LOG_SPACE = "the student is in log space"
OVER_THE_CLASSES = "the softmax runs over the classes"
CLASSES_SUMMED = "classes are summed and rows averaged"
TARGET_AS_DECLARED = "the target is what log_target says"


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """A student of its teacher's opinion, and surer where `surer` is large: there the broken loss is negative."""
    return {**drawn, "student_logits": drawn["student_logits"] + drawn["surer"] * drawn["teacher_logits"]}


def assess(
    results: dict[str, torch.Tensor], student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float
) -> dict[str, Any]:
    """The four parts, each True where it is right."""
    parts = (IN_LOG_SPACE, OVER_THE_CLASSES, CLASSES_SUMMED, TARGET_AS_DECLARED)
    output = results["value"]
    broken: tuple[bool, ...] = (False,) * 4
    if output.dim() == 0:
        value = output.item() / T**2
        possible = sorted(product((False, True), repeat=4), key=sum)
        student, teacher = student_logits.double() / T, teacher_logits.double() / T
        fitting = (some for some in possible if any(alike(value, one) for one in losses(student, teacher, *some)))
        broken = next(fitting, broken)
    return dict(zip(parts, (not one for one in broken), strict=True))


def losses(
    student: torch.Tensor, teacher: torch.Tensor, probabilities: bool, rows: bool, reduction: bool, target: bool
) -> list[float]:
    """Every loss with exactly these defects; most can be made in more than one way."""
    found = []
    for student_dim, teacher_dim in ((0, 0), (0, 1), (1, 0)) if rows else ((1, 1),):
        first = student.softmax(student_dim) if probabilities else student.log_softmax(student_dim)
        probs = teacher.softmax(teacher_dim)
        if target:
            terms = [probs.exp() * (probs - first), torch.full_like(probs, torch.nan)]
        else:
            terms = [torch.xlogy(probs, probs) - probs * first]
        sums = [one.sum().item() for one in terms]
        found += [one / size for one in sums for size in ((1, student.numel()) if reduction else (len(student),))]
    return [*found, *(abs(one) for one in found)]


def alike(value: float, other: float) -> bool:
    """Whether the two are one number, up to what float32 loses."""
    return isclose(value, other, rel_tol=1e-4, abs_tol=1e-9) or (isnan(value) and isnan(other))
