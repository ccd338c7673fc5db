import torch
import torch.nn.functional as F


def dense_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    labels: torch.Tensor,
    T: float,
    alpha: float,
) -> torch.Tensor:
    """The distillation loss averaged over the pixels whose label is not
    255: a scalar."""
    raise NotImplementedError("every pixel that counts is a row")
