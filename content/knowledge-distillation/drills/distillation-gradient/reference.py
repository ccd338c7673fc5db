"""One good solution: T² from the loss and 1/T from the chain rule leave one factor T."""

import torch


def distillation_gradient(student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float) -> torch.Tensor:
    """The gradient of T² · KL in the student's logits: shape [N, C]."""
    student_probs = torch.softmax(student_logits / T, dim=-1)
    teacher_probs = torch.softmax(teacher_logits / T, dim=-1)
    difference = student_probs - teacher_probs
    return T * difference / len(student_logits)
