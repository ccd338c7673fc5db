import torch
import torch.nn.functional as F


def decoupled_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    labels: torch.Tensor,
    T: float,
    alpha: float,
    beta: float,
) -> torch.Tensor:
    """Target-class and non-target-class distillation, weighed apart: a
    scalar."""
    raise NotImplementedError("split each distribution in two, then weigh the two divergences")
