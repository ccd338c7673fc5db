"""The repaired class: every name means what it says, from the constructor to the loss."""

import torch
import torch.nn.functional as F
from torch import nn


class Distiller:
    """Trains `student` to imitate `teacher`."""

    def __init__(self, student: nn.Module, teacher: nn.Module, T: float, alpha: float, rate: float) -> None:
        self.student = student
        self.teacher = teacher
        self.T = T
        self.alpha = alpha
        self.optimiser = torch.optim.SGD(student.parameters(), lr=rate)

    def train_step(self, x: torch.Tensor, y: torch.Tensor) -> float:
        """One update of the student; the loss before it."""
        self.teacher.eval()
        with torch.no_grad():
            teacher_logits = self.teacher(x)
        self.student.train()
        student_logits = self.student(x)
        hard = F.cross_entropy(student_logits, y)
        student_log_probs = F.log_softmax(student_logits / self.T, dim=-1)
        teacher_log_probs = F.log_softmax(teacher_logits / self.T, dim=-1)
        soft = F.kl_div(student_log_probs, teacher_log_probs, log_target=True, reduction="batchmean") * self.T**2
        loss = (1 - self.alpha) * hard + self.alpha * soft
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        return loss.item()

    @torch.no_grad()
    def accuracies(self, x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
        """The share of right answers of the student and of the teacher, as they are when deployed."""
        self.student.eval()
        self.teacher.eval()
        right = [(net(x).argmax(dim=-1) == y).double().mean().item() for net in (self.student, self.teacher)]
        return right[0], right[1]
