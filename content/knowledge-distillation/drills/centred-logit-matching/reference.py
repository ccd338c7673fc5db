"""One good solution. The difference is centred once, which is the same as centring both sides."""

import torch


def centred_logit_matching(student_logits: torch.Tensor, teacher_logits: torch.Tensor) -> torch.Tensor:
    """Half the mean squared difference of the centred logits: a scalar."""
    difference = student_logits - teacher_logits.detach()
    centred = difference - difference.mean(dim=-1, keepdim=True)
    return 0.5 * centred.square().mean()
