"""Two steps with a small teacher and a small student, and what became of both.

The teacher comes in training mode, with dropout and batch normalisation, and its parameters want gradients: what a
careful step leaves alone shows in its weights, its statistics and its gradients. The student starts in inference mode
and with stale gradients.
"""

import torch
from torch import nn


def perform(function, x, y, T, alpha, rate, optimised, seed):
    torch.manual_seed(seed)
    features, hidden, classes = x.shape[-1], 6, 4
    teacher = nn.Sequential(
        nn.Linear(features, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(0.5), nn.Linear(hidden, classes)
    ).to(x.dtype)
    student = nn.Sequential(nn.Linear(features, 3), nn.BatchNorm1d(3), nn.Tanh(), nn.Linear(3, classes)).to(x.dtype)
    with torch.no_grad():
        for one in (student, teacher):
            one[-1].weight.mul_(4)  # nets that are sure of something
    teacher.train()
    student.eval()
    for parameter in student.parameters():
        parameter.grad = torch.full_like(parameter, 0.05)
    parameters = list(student.parameters()) + (list(teacher.parameters()) if optimised == "both" else [])
    optimiser = torch.optim.SGD(parameters, lr=rate)
    graphs = []
    teacher.register_forward_hook(lambda module, inputs, output: graphs.append(output.requires_grad))
    losses = []
    for batch, labels in zip(x, y, strict=True):
        torch.manual_seed(seed + 1)
        loss = function(student, teacher, optimiser, batch, labels, T, alpha)
        if not isinstance(loss, float):
            raise ValueError(
                f"`training_step` returned {type(loss).__name__}; it must return the loss as a Python float"
            )
        losses.append(loss)
    return {
        "loss": torch.tensor(losses, dtype=torch.float64),
        "weights of the student": flat(student.parameters(), x),
        "statistics of the student": student[1].running_mean,
        "student in training mode": torch.tensor(student.training),
        "weights of the teacher": flat(teacher.parameters(), x),
        "statistics of the teacher": torch.cat([teacher[1].running_mean, teacher[1].running_var]),
        "gradients of the teacher": flat((one.grad for one in teacher.parameters() if one.grad is not None), x),
        "graph behind the teacher": torch.tensor(any(graphs)),
    }


def flat(tensors, like):
    """All entries in one row."""
    return torch.cat([like.new_zeros(1), *(one.detach().reshape(-1) for one in tensors)])
