"""One good solution. Both distributions stay in log space, so that logits of 10,000 lose nothing."""

import torch
import torch.nn.functional as F


def distillation_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    labels: torch.Tensor,
    T: float,
    alpha: float,
) -> torch.Tensor:
    """The hard and the soft loss, mixed by alpha: a scalar."""
    hard_loss = F.cross_entropy(student_logits, labels)
    student_log_probs = F.log_softmax(student_logits / T, dim=-1)
    teacher_log_probs = F.log_softmax(teacher_logits.detach() / T, dim=-1)
    divergence = F.kl_div(student_log_probs, teacher_log_probs, log_target=True, reduction="batchmean")
    soft_loss = divergence * (T * T)
    return (1 - alpha) * hard_loss + alpha * soft_loss
