"""One good solution: how alike the examples of a batch are, to each network, whatever its features mean."""

import torch
import torch.nn.functional as F


def similarity_loss(student_features: torch.Tensor, teacher_features: torch.Tensor) -> torch.Tensor:
    """Squared distance between the two row-normalised similarity matrices, divided by b²: a scalar."""

    def similarities(features: torch.Tensor) -> torch.Tensor:
        """Shape [b, b], each row of length one."""
        rows = features.flatten(start_dim=1)
        return F.normalize(rows @ rows.t(), dim=1)

    return (similarities(teacher_features.detach()) - similarities(student_features)).pow(2).mean()
