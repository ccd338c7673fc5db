import torch
import torch.nn.functional as F


def smoothed_loss(
    logits: torch.Tensor,
    labels: torch.Tensor,
    epsilon: float,
) -> torch.Tensor:
    """Label smoothing, as a hard loss and a uniform teacher: a scalar."""
    raise NotImplementedError("write the loss here")
