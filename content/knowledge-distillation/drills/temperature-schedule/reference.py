"""One good solution: how far along the step is, then the temperature, and from there on only that temperature."""

import math

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
    share = min(step / (steps - 1), 1.0) if steps > 1 else 1.0
    if kind == "linear":
        temperature = first + (last - first) * share
    elif kind == "cosine":
        temperature = last + (first - last) * (1 + math.cos(math.pi * share)) / 2
    elif kind == "exponential":
        temperature = first * (last / first) ** share
    else:
        raise ValueError(f"there is no schedule '{kind}'")
    student_log_probs = F.log_softmax(student_logits / temperature, dim=-1)
    teacher_log_probs = F.log_softmax(teacher_logits.detach() / temperature, dim=-1)
    divergence = F.kl_div(student_log_probs, teacher_log_probs, log_target=True, reduction="batchmean")
    return temperature, divergence * temperature**2
