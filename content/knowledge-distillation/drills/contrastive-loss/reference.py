"""One good solution: the batch is its own set of negatives, and each side is asked to find its partner in the other."""

import torch
import torch.nn.functional as F


def contrastive_loss(student: torch.Tensor, teacher: torch.Tensor, tau: float) -> torch.Tensor:
    """The mean of both directions of the in-batch contrastive loss: a scalar."""
    student = F.normalize(student, dim=-1)
    teacher = F.normalize(teacher, dim=-1)
    similarities = student @ teacher.t() / tau
    partners = torch.arange(len(student))
    student_finds = F.cross_entropy(similarities, partners)
    teacher_finds = F.cross_entropy(similarities.t(), partners)
    return (student_finds + teacher_finds) / 2
