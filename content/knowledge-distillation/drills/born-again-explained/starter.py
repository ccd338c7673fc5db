from collections.abc import Callable

import torch
from torch import nn


def evidence(
    build: Callable[[int], nn.Module],
    train: Callable[[nn.Module, torch.Tensor, torch.Tensor, int], None],
    x_train: torch.Tensor,
    y_train: torch.Tensor,
    x_valid: torch.Tensor,
    y_valid: torch.Tensor,
    x_test: torch.Tensor,
    y_test: torch.Tensor,
    seeds: list[int],
    steps: int,
    every: int,
) -> torch.Tensor:
    """Per seed the test accuracies of teacher, student and control, and
    how often student and teacher agree: [S, 4]."""
    raise NotImplementedError("for each seed: a teacher, a student, a control")
