import torch
import torch.nn.functional as F


def hint_loss(
    student_features: torch.Tensor,
    teacher_features: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor,
) -> torch.Tensor:
    """½ · the squared distance between the mapped student features and
    the teacher's, as a mean over the rows."""
    raise NotImplementedError("map the student up, pool the teacher down, compare")
