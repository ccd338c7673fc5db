"""One good solution. The control costs nothing: it is the teacher on its way, at its best moment on validation rows."""

from collections.abc import Callable

import torch
from torch import nn


def accuracy(network: nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    """How many per cent of the rows the network puts into class `y`."""
    with torch.no_grad():
        return 100 * (network(x).argmax(dim=-1) == y).double().mean().item()


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
    """Per seed the test accuracies of teacher, student and control, and how often student and teacher agree: [S, 4]."""
    rows = []
    for seed in seeds:
        teacher = build(seed)
        best, at_best = -1.0, 0.0
        for _ in range(steps // every):
            train(teacher, x_train, y_train, every)
            found = accuracy(teacher, x_valid, y_valid)
            if found > best:  # the control is the teacher itself, stopped here
                best, at_best = found, accuracy(teacher, x_test, y_test)

        with torch.no_grad():
            targets = teacher(x_train).softmax(dim=-1)
            answers = teacher(x_test).argmax(dim=-1)
        student = build(seed + 1)
        train(student, x_train, targets, steps)

        of_teacher = accuracy(teacher, x_test, y_test)
        of_student = accuracy(student, x_test, y_test)
        agreement = accuracy(student, x_test, answers)
        rows.append([of_teacher, of_student, at_best, agreement])
    return torch.tensor(rows, dtype=torch.float64)
