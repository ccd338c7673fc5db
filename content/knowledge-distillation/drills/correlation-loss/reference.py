"""One good solution: one function for the correlation, used along the classes and along the batch."""

import torch
import torch.nn.functional as F


def correlation_loss(
    student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float, beta: float, gamma: float
) -> torch.Tensor:
    """beta · (1 − correlation within the rows) + gamma · (1 − correlation within the columns): a scalar."""

    def correlation(one: torch.Tensor, other: torch.Tensor, dim: int) -> torch.Tensor:
        """Pearson's correlation along `dim`, for each of the lines along it."""
        return F.cosine_similarity(
            one - one.mean(dim=dim, keepdim=True), other - other.mean(dim=dim, keepdim=True), dim=dim, eps=1e-8
        )

    student = F.softmax(student_logits / T, dim=-1)
    teacher = F.softmax(teacher_logits.detach() / T, dim=-1)
    between_classes = 1 - correlation(student, teacher, dim=1).mean()
    within_classes = 1 - correlation(student, teacher, dim=0).mean()
    return beta * between_classes + gamma * within_classes
