"""One good solution: a map of where a layer is active, normalised, so that only the pattern counts."""

import torch
import torch.nn.functional as F


def attention_loss(student_features: torch.Tensor, teacher_features: torch.Tensor, p: int) -> torch.Tensor:
    """Mean squared difference of the two normalised attention maps: a scalar."""

    def attention_map(features: torch.Tensor) -> torch.Tensor:
        """Where a layer is active: shape [N, H · W], each row of length one."""
        activity = features.abs().pow(p).mean(dim=1)
        return F.normalize(activity.flatten(start_dim=1), dim=1)

    pooled = F.adaptive_avg_pool2d(teacher_features.detach(), student_features.shape[-2:])
    return (attention_map(student_features) - attention_map(pooled)).pow(2).mean()
