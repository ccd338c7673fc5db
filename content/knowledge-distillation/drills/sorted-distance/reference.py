"""One good solution: two distributions over different vocabularies, compared by their sorted shapes alone."""

import torch
import torch.nn.functional as F


def sorted_distance(student_logits: torch.Tensor, teacher_logits: torch.Tensor) -> torch.Tensor:
    """The L1 distance between the sorted probabilities, the shorter row padded with zeros, averaged over the rows."""
    student = F.softmax(student_logits, dim=-1).sort(dim=-1, descending=True).values
    teacher = F.softmax(teacher_logits.detach(), dim=-1).sort(dim=-1, descending=True).values
    width = max(student.shape[-1], teacher.shape[-1])
    student = F.pad(student, (0, width - student.shape[-1]))
    teacher = F.pad(teacher, (0, width - teacher.shape[-1]))
    return (student - teacher).abs().sum(dim=-1).mean()
