"""One good solution: one divergence a token, and then a mean over the tokens that count, wherever they stand."""

import torch
import torch.nn.functional as F


def token_loss(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, labels: torch.Tensor, T: float, direction: str
) -> torch.Tensor:
    """T² times the KL per token, averaged over the tokens whose label is not −100: a scalar."""
    forbidden = torch.isneginf(teacher_logits)
    # −∞ on both sides: its probability is zero, but zero times (−∞ − −∞) would be NaN
    student = F.log_softmax(student_logits / T, dim=-1).masked_fill(forbidden, 0.0)
    teacher = F.log_softmax(teacher_logits.detach() / T, dim=-1).masked_fill(forbidden, 0.0)
    of, to = (teacher, student) if direction == "forward" else (student, teacher)
    per_token = (of.exp() * (of - to)).sum(dim=-1)
    counts = labels != -100
    return (per_token * counts).sum() / counts.sum().clamp(min=1) * T**2
