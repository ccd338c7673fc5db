"""One good solution. Both distributions stay in log space, so that logits of 10,000 lose nothing."""

import torch
import torch.nn.functional as F


def distillation_kl(student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float) -> torch.Tensor:
    """T² times the KL of teacher and student at temperature T: a scalar."""
    student_log_probs = F.log_softmax(student_logits / T, dim=-1)
    teacher_log_probs = F.log_softmax(teacher_logits.detach() / T, dim=-1)
    divergence = F.kl_div(student_log_probs, teacher_log_probs, log_target=True, reduction="batchmean")
    return divergence * (T * T)
