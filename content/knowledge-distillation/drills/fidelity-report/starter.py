import torch
import torch.nn.functional as F


def fidelity(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    labels: torch.Tensor,
) -> torch.Tensor:
    """[agreement, mean KL(teacher ‖ student) in nats, teacher's accuracy
    − student's accuracy]: shape [3]."""
    raise NotImplementedError("three numbers: how often they agree, how far apart they are, who is more accurate")
