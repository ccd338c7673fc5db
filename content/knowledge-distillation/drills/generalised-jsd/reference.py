"""One good solution. The mixture is made in log space, and the two ends, where the formula itself is zero, are KLs."""

import math

import torch
import torch.nn.functional as F


def generalised_jsd(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, mask: torch.Tensor, beta: float
) -> torch.Tensor:
    """The generalised Jensen-Shannon divergence, averaged over the positions that count: a scalar."""
    student = F.log_softmax(student_logits, dim=-1)
    teacher = F.log_softmax(teacher_logits.detach(), dim=-1)

    def divergence(of: torch.Tensor, to: torch.Tensor) -> torch.Tensor:
        """KL(of ‖ to) at each position, from log-probabilities."""
        return (of.exp() * (of - to)).sum(dim=-1)

    if beta == 0:
        per_token = divergence(teacher, student)
    elif beta == 1:
        per_token = divergence(student, teacher)
    else:
        mixture = torch.logaddexp(teacher + math.log(beta), student + math.log(1 - beta))
        per_token = beta * divergence(teacher, mixture) + (1 - beta) * divergence(student, mixture)
    return (per_token * mask).sum() / mask.sum().clamp(min=1)
