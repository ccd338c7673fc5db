"""The repaired loss: the student in log space, the teacher as probabilities, classes summed, rows averaged."""

import torch
import torch.nn.functional as F


def soft_loss(student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float) -> torch.Tensor:
    """T² · KL(teacher ‖ student) at temperature T, a mean over the rows: a scalar."""
    student = F.log_softmax(student_logits / T, dim=-1)
    teacher = F.softmax(teacher_logits.detach() / T, dim=-1)
    return F.kl_div(student, teacher, reduction="batchmean") * T**2
