"""One good solution. The student's log-probabilities broadcast against the teachers' over the first dimension."""

import torch
import torch.nn.functional as F


def several_teachers_loss(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, weights: torch.Tensor, T: float
) -> torch.Tensor:
    """T² times the weighted mean, over the teachers, of KL(teacher ‖ student): a scalar."""
    student_log_probs = F.log_softmax(student_logits / T, dim=-1)
    teacher_log_probs = F.log_softmax(teacher_logits.detach() / T, dim=-1)
    pointwise = teacher_log_probs.exp() * (teacher_log_probs - student_log_probs)
    of_each_teacher = pointwise.sum(dim=-1).mean(dim=-1)
    shares = weights / weights.sum()
    return (shares * of_each_teacher).sum() * T**2
