"""A small student and a larger teacher in a distiller, and which of them was what.

The two differ in their width, so that their roles show in the number of their parameters; the teacher has dropout and
batch normalisation, so that its mode shows in its answers. Each is watched as the object that was handed over, whatever
the distiller calls it.
"""

import torch
from torch import nn


def perform(function, x, y, T, alpha, rate, seed):
    torch.manual_seed(seed)
    student, teacher = net(x, 3), net(x, 8)
    with torch.no_grad():
        student[-1].weight.mul_(3)  # nets that are sure of something
        teacher[-1].weight.mul_(8)
    before = [flat(one) for one in (student, teacher)]
    modes = []
    for one in (student, teacher):
        one.register_forward_hook(lambda module, inputs, output: modes.append((module is student, module.training)))
    distiller = function(student, teacher, T, alpha, rate)
    losses = []
    for number, (batch, labels) in enumerate(zip(x, y, strict=True)):
        torch.manual_seed(seed + number)
        student.eval()  # as it is after its accuracy was looked at
        loss = distiller.train_step(batch, labels)
        if not isinstance(loss, float):
            raise ValueError(f"`train_step` returned {type(loss).__name__}; it must return the loss as a Python float")
        losses.append(loss)
    used = [[training for of_student, training in modes if of_student == wanted] for wanted in (True, False)]
    after = [flat(one) for one in (student, teacher)]
    student.eval(), teacher.eval()
    shares = distiller.accuracies(x.flatten(0, 1), y.flatten())
    if not isinstance(shares, tuple) or len(shares) != 2:
        raise ValueError("`accuracies` must return two numbers, the student's and the teacher's")
    return {
        "parameters of distiller.student": torch.tensor(size(distiller.student)),
        "parameters of distiller.teacher": torch.tensor(size(distiller.teacher)),
        "the student has changed": torch.tensor(not torch.equal(before[0], after[0])),
        "the teacher has changed": torch.tensor(not torch.equal(before[1], after[1])),
        "the student was in training mode": torch.tensor(bool(used[0]) and all(used[0])),
        "the teacher was in inference mode": torch.tensor(bool(used[1]) and not any(used[1])),
        "loss": torch.tensor(losses, dtype=torch.float64),
        "weights of the student": after[0],
        "accuracies of student and teacher": torch.tensor(shares, dtype=torch.float64),
    }


def net(x, hidden):
    """A classifier of four classes."""
    return nn.Sequential(
        nn.Linear(x.shape[-1], hidden), nn.BatchNorm1d(hidden), nn.Tanh(), nn.Dropout(0.3), nn.Linear(hidden, 4)
    ).to(x.dtype)


def size(module):
    """How many numbers its parameters are."""
    return sum(one.numel() for one in module.parameters())


def flat(module):
    """All that it has learnt, and its statistics, in one row."""
    return torch.cat([one.detach().clone().double().reshape(-1) for one in module.state_dict().values()])
