"""Three small problems in one: labels for few rows, many rows without, and a teacher that has seen far more.

The teacher is a trained network. What the labels alone achieve is found out in the judge, and generously: by the best
of three trainings, two of them with weight decay, stopped at its best moment by the very rows that decide. Those rows
reach no submission.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook

FEATURES, CLASSES, SEEDS = 20, 10, 3
STUDENT, TEACHER = 16, 128
TEACHER_ROWS, TEACHER_STEPS = 6000, 200


def mlp(hidden):
    return nn.Sequential(nn.Linear(FEATURES, hidden), nn.ReLU(), nn.Linear(hidden, CLASSES))


def flat(network):
    """All weights in one row."""
    return nn.utils.parameters_to_vector(network.parameters()).detach().clone()


def with_weights(hidden, weights):
    network = mlp(hidden).to(weights.dtype)
    nn.utils.vector_to_parameters(weights.clone(), network.parameters())
    return network


def right(network, x, y):
    """Per cent of rows put into their class."""
    with torch.no_grad():
        return 100 * (network(x).argmax(dim=-1) == y).double().mean().item()


def arrange(drawn):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(drawn["problem"])
        centres = torch.randn(2 * CLASSES, FEATURES)  # two clouds of points a class

        def rows(count):
            cloud = torch.randint(2 * CLASSES, (count,))
            return centres[cloud] + torch.randn(count, FEATURES), cloud % CLASSES

        teacher = trained_teacher(*rows(TEACHER_ROWS))
        held_x, held_y = rows(len(drawn["held_x"]))
        labelled = [rows(drawn["N"]) for _ in range(SEEDS)]
        unlabelled = [rows(drawn["U"])[0] for _ in range(SEEDS)]
        students = [mlp(STUDENT) for _ in range(SEEDS)]
        alone = [
            labels_alone(student, *rows, drawn["steps"], held_x, held_y)
            for student, rows in zip(students, labelled, strict=True)
        ]
    return {
        "x_labelled": torch.stack([x for x, _ in labelled]).double(),
        "y": torch.stack([y for _, y in labelled]),
        "x_unlabelled": torch.stack(unlabelled).double(),
        "steps": drawn["steps"],
        "teacher_weights": flat(teacher).double(),
        "student_weights": torch.stack([flat(student) for student in students]).double(),
        "held_x": held_x.double(),
        "held_y": held_y,
        "alone": torch.tensor(alone, dtype=torch.float64),
    }


def trained_teacher(x, y):
    teacher = mlp(TEACHER)
    optimiser = torch.optim.Adam(teacher.parameters(), lr=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, TEACHER_STEPS)
    for _ in range(TEACHER_STEPS):
        some = torch.randint(len(x), (200,))
        step(optimiser, F.cross_entropy(teacher(x[some]), y[some]))
        schedule.step()
    return teacher


def step(optimiser, loss):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def labels_alone(student, x, y, steps, held_x, held_y):
    """The best accuracy on the way of a copy of the student that learns the labels."""
    best = 0.0
    for rate, decay in ((0.01, 0.0), (0.03, 0.3), (0.03, 3.0)):
        copy = with_weights(STUDENT, flat(student))
        optimiser = torch.optim.AdamW(copy.parameters(), lr=rate, weight_decay=decay)
        for number in range(1, steps + 1):
            step(optimiser, F.cross_entropy(copy(x), y))
            if number % 10 == 0:
                best = max(best, right(copy, held_x, held_y))
    return best


def perform(function, x_labelled, y, x_unlabelled, steps, teacher_weights, student_weights):
    teacher = with_weights(TEACHER, teacher_weights).eval()
    calls, taken, within, students = [], [], [], []
    teacher.register_forward_hook(lambda *_: calls.append(1))
    counting = register_optimizer_step_post_hook(lambda *_: taken.append(1))
    try:
        for number, weights in enumerate(student_weights):
            torch.manual_seed(number)
            taken.clear()
            student = with_weights(STUDENT, weights)
            function(student, teacher, x_labelled[number], y[number], x_unlabelled[number], steps)
            if not taken and not torch.equal(flat(student), weights):
                raise ValueError("the student has changed, and no step of an optimiser of `torch.optim` was counted")
            students.append(student)
            within.append(len(taken) <= steps)
    finally:
        counting.remove()
    calls.clear()
    for number, student in enumerate(students):
        student.eval()(x_labelled[number].to(next(student.parameters()).dtype))
    weights = [flat(student).to(student_weights.dtype) for student in students]
    longest = max(len(one) for one in weights)
    return {
        "number of weights of the student": torch.tensor([len(one) for one in weights]),
        "teacher unchanged": torch.tensor(torch.equal(flat(teacher), teacher_weights)),
        "within the budget of steps": torch.tensor(all(within)),
        "calls of the teacher after training": torch.tensor(len(calls)),
        "weights of the students": torch.stack([F.pad(one, (0, longest - len(one))) for one in weights]),
    }


def assess(results, student_weights, held_x, held_y, alone):
    """No points where a rule was broken."""
    weights = results["weights of the students"]
    kept = results["teacher unchanged"] and results["within the budget of steps"]
    if weights.shape != student_weights.shape or not kept or results["calls of the teacher after training"]:
        return {"points over the labels alone": 0.0}
    reached = [right(with_weights(STUDENT, one), held_x, held_y) for one in weights]
    return {"points over the labels alone": sum(reached) / len(reached) - float(alone.mean())}
