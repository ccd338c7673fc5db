"""One good solution: the teacher answers in inference mode and outside the graph; only the student moves."""

import torch
import torch.nn.functional as F
from torch import nn


def training_step(
    student: nn.Module,
    teacher: nn.Module,
    optimiser: torch.optim.Optimizer,
    x: torch.Tensor,
    y: torch.Tensor,
    T: float,
    alpha: float,
) -> float:
    """One update of the student; the loss before it."""
    teacher.eval()
    with torch.no_grad():
        teacher_logits = teacher(x)
    student.train()
    student_logits = student(x)
    hard = F.cross_entropy(student_logits, y)
    student_log_probs = F.log_softmax(student_logits / T, dim=-1)
    teacher_log_probs = F.log_softmax(teacher_logits / T, dim=-1)
    soft = F.kl_div(student_log_probs, teacher_log_probs, log_target=True, reduction="batchmean") * T**2
    loss = (1 - alpha) * hard + alpha * soft
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
