"""A problem with noisy labels, a laboratory of two functions, and the evidence taken apart.

The training labels and those for validation are wrong to 30 %, the test labels are clean. Everything is small, so that
teacher, student and control of several seeds are trained in a tenth of a second.
"""

import torch
import torch.nn.functional as F
from torch import nn

FEATURES, CLASSES, NOISE = 10, 5, 0.3
DISTANCE = 3.2
RATE, MOMENTUM = 0.8, 0.9
ROWS = {"train": 400, "valid": 60, "test": 400}


def arrange(drawn):
    generator = torch.Generator().manual_seed(drawn["problem"])
    directions = torch.randn(FEATURES, CLASSES, generator=generator, dtype=torch.float64)
    centres = DISTANCE * torch.linalg.qr(directions).Q.T  # at right angles, so that every problem is about as hard
    made = {"steps": drawn["steps"], "every": drawn["every"]}
    for name, rows in ROWS.items():
        y = torch.randint(CLASSES, (rows,), generator=generator)
        made[f"x_{name}"] = centres[y] + torch.randn(rows, FEATURES, generator=generator, dtype=torch.float64)
        if name != "test":
            wrong = torch.rand(rows, generator=generator) < NOISE
            y = torch.where(wrong, (y + torch.randint(1, CLASSES, (rows,), generator=generator)) % CLASSES, y)
        made[f"y_{name}"] = y
    made["seeds"] = torch.randint(10**6, (drawn["S"],), generator=generator)
    return made


def perform(function, x_train, y_train, x_valid, y_valid, x_test, y_test, seeds, steps, every):
    speeds = {}

    def build(seed):
        torch.manual_seed(seed)
        return nn.Sequential(nn.Linear(FEATURES, 24), nn.ReLU(), nn.Linear(24, CLASSES)).to(x_train.dtype)

    def train(network, x, targets, steps):
        """Gradient descent with momentum over all rows; a second call goes on where the first one stopped."""
        weights = list(network.parameters())
        speed = speeds.setdefault(network, [torch.zeros_like(one) for one in weights])
        for _ in range(steps):
            slopes = torch.autograd.grad(F.cross_entropy(network(x), targets), weights)
            with torch.no_grad():
                for weight, before, slope in zip(weights, speed, slopes, strict=True):
                    weight.sub_(before.mul_(MOMENTUM).add_(slope), alpha=RATE)

    tables = (x_train, y_train, x_valid, y_valid, x_test, y_test)
    evidence = function(build, train, *tables, seeds.tolist(), steps, every)
    if not isinstance(evidence, torch.Tensor):
        raise TypeError(f"`evidence` returned {type(evidence).__name__}; it must return a tensor of shape [S, 4]")
    if evidence.dim() != 2 or evidence.shape[1] != 4:
        raise ValueError(f"`evidence` returned shape {list(evidence.shape)}; it must be [S, 4], a row for each seed")
    teacher, student, control, agreement = evidence.detach().to(x_train.dtype).T.clone()
    return {
        "number of seeds": torch.tensor(len(evidence)),
        "accuracy of the teacher": teacher,
        "accuracy of the student": student,
        "accuracy of the control": control,
        "agreement of student and teacher": agreement,
    }


def assess(results):
    names = ("teacher", "student", "control")
    teacher, student, control = (results[f"accuracy of the {name}"].mean() for name in names)
    return {
        "points of the student over its teacher": student - teacher,
        "points of the control over the student": control - student,
    }
