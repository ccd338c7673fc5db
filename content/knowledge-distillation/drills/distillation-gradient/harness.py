"""The function runs where no graph is recorded, so that there is nothing to ask but the formula."""

from collections.abc import Callable

import torch


def perform(
    function: Callable[..., torch.Tensor], student_logits: torch.Tensor, teacher_logits: torch.Tensor, T: float
) -> torch.Tensor:
    """What the function returns, called with autograd switched off."""
    with torch.inference_mode():
        return function(student_logits, teacher_logits, T)
