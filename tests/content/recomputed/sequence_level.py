"""Independent values of the numeric questions on sequence-level and on-policy distillation."""

from collections.abc import Callable

import torch
from torch.distributions import Categorical, kl_divergence


def _categorical(*probabilities: float) -> Categorical:
    return Categorical(probs=torch.tensor(probabilities, dtype=torch.float64))


def _generalised_jsd(b: float, a: float) -> float:
    """As entropies: that of the mixture minus the weighted entropies of both sides."""
    teacher, student = _categorical(a, 1 - a), _categorical(0.2, 0.8)
    mixture = Categorical(probs=b * teacher.probs + (1 - b) * student.probs)
    own = b * teacher.entropy() + (1 - b) * student.entropy()  # type: ignore[no-untyped-call]
    return float(mixture.entropy() - own)  # type: ignore[no-untyped-call]


def _reverse(s: float, t: float) -> float:
    rest = (1 - s) / 2
    return float(kl_divergence(_categorical(s, rest, rest), _categorical(t, 0.3, 0.7 - t)))


def _one_mode(K: float) -> float:
    """Each mode is a block of four places of its own, of one shape; the student fills the first block."""
    shape = torch.tensor([0.1, 0.4, 0.3, 0.2], dtype=torch.float64)
    teacher = torch.cat([shape / K] * int(K))
    student = torch.cat([shape, torch.zeros(4 * (int(K) - 1), dtype=torch.float64)])
    return float(torch.nn.functional.kl_div(teacher.log(), student, reduction="sum"))


def _skew(l: float) -> float:  # noqa: E741, the symbol of the question
    """The teacher on the first two of four tokens, the student on the others."""
    teacher = torch.tensor([0.3, 0.7, 0, 0], dtype=torch.float64)
    student = torch.tensor([0, 0, 0.5, 0.5], dtype=torch.float64)
    mixture = l * teacher + (1 - l) * student
    return float(torch.nn.functional.kl_div(mixture.log(), teacher, reduction="sum"))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "generalised-jsd-of-two-distributions": _generalised_jsd,
    "reverse-kl-of-a-peaked-student": _reverse,
    "loss-in-one-of-several-modes": _one_mode,
    "worst-case-of-the-skew-kl": _skew,
}
