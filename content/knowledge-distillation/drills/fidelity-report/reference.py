"""One good solution: agreement is with the teacher, accuracy with the labels, and neither needs a temperature."""

import torch
import torch.nn.functional as F


def fidelity(student_logits: torch.Tensor, teacher_logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """[agreement, mean KL(teacher ‖ student) in nats, teacher's accuracy − student's accuracy]: shape [3]."""
    student_says = student_logits.argmax(dim=-1)
    teacher_says = teacher_logits.argmax(dim=-1)
    agreement = (student_says == teacher_says).to(student_logits.dtype).mean()
    student = F.log_softmax(student_logits, dim=-1)
    teacher = F.log_softmax(teacher_logits, dim=-1)
    divergence = F.kl_div(student, teacher, log_target=True, reduction="batchmean")
    student_accuracy = (student_says == labels).to(student_logits.dtype).mean()
    teacher_accuracy = (teacher_says == labels).to(student_logits.dtype).mean()
    return torch.stack([agreement, divergence, teacher_accuracy - student_accuracy])
