import torch
import torch.nn.functional as F


def scheduled_soft_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    step: int,
    steps: int,
    first: float,
    last: float,
    kind: str,
) -> tuple[float, torch.Tensor]:
    """The temperature of this step, and the soft loss at it."""
    raise NotImplementedError("how far along is this step? then the temperature, then the loss")
