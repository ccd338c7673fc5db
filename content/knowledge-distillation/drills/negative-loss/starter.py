import torch
import torch.nn.functional as F


def soft_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    T: float,
) -> torch.Tensor:
    """T² · KL(teacher ‖ student) at temperature T, a mean over the rows:
    a scalar."""
    student = F.softmax(student_logits / T, dim=0)
    teacher = F.softmax(teacher_logits / T, dim=0)
    return F.kl_div(student, teacher, log_target=True) * T**2
