"""Drills that are more than a pure function, for the tests of their harness: a step of training, a class, a text."""

from typing import Any

from kdquiz.library.drill import Drill, Patch
from tests.grading.drills import mistake

STEP = """import torch


def step(layer, x, y, rate):
    loss = ((layer(x)[:, 0] - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for one in layer.parameters():
            one -= rate * one.grad
    return loss
"""


STEP_HARNESS = """import torch


def perform(step, x, y, weights, rate):
    layer = torch.nn.Linear(x.shape[1], 1, bias=False, dtype=x.dtype)
    with torch.no_grad():
        layer.weight.copy_(weights)
    loss = step(layer, x, y, rate)
    if loss is None:
        raise ValueError(
            "`step` returned None; it must return the loss"
        )
    return {"value": loss.detach() if loss.dim() == 0 else loss, "weights after the step": layer.weight}


def assess(results, weights, held_x, held_y):
    def error(of):
        return ((held_x @ of.T)[:, 0] - held_y).square().mean()

    return {"points gained": error(weights) - error(results["weights after the step"])}
"""


UPHILL = mistake("uphill", "-= rate", "+= rate", "It walks uphill.")


NO_STEP = mistake("no-step", "one -= rate * one.grad", "pass", "Nothing moves.")


def a_drill(reference: str, harness: str, **keys: Any) -> Drill:
    starter = keys.pop("starter", "def " + keys["entry"] + "(*inputs): return None\n")
    written = {"id": "drill", "title": "A drill", "topic": "rows", "ask": "Do it.", **keys}
    return Drill(**written).with_sources(starter, reference, harness)


def step_drill(**changes: Any) -> Drill:
    """One step of training, of which the weights are looked at and what they are worth on rows that nobody has seen."""
    keys: dict[str, Any] = {
        "entry": "step",
        "inputs": {
            "N": (3, 5),
            "C": (2, 4),
            "x": {"normal": ["N", "C"]},
            "y": {"normal": ["N"]},
            "weights": {"normal": [1, "C"]},
            "held_x": {"normal": [40, "C"], "held_out": True},
            "held_y": {"uniform": [40], "low": -0.5, "high": 0.5, "held_out": True},
            "rate": (0.05, 0.1),
        },
        "edges": ({"rate": 0.0},),
        "checks": ("value", "result weights after the step", "unchanged inputs", "dtype float32"),
        "mistakes": (UPHILL, NO_STEP),
        "equivalents": (Patch(find="one -= rate * one.grad", put="one.sub_(one.grad, alpha=rate)"),),
        **changes,
    }
    return a_drill(keys.pop("reference", STEP), keys.pop("harness", STEP_HARNESS), **keys)


COUNTER = """class Counter:
    def __init__(self, start):
        self.total = start
        self.calls = 0

    def add(self, amount):
        self.total = self.total + amount
        self.calls += 1
        return self.total
"""


COUNTER_HARNESS = """import torch


def perform(Counter, start, amounts):
    counter = Counter(start)
    for amount in amounts:
        counter.add(amount)
    return {"total": counter.total, "number of calls": torch.tensor(counter.calls)}
"""


def counter_drill(**changes: Any) -> Drill:
    """Find the bug in a class: what it holds afterwards is checked piece by piece."""
    keys: dict[str, Any] = {
        "entry": "Counter",
        "inputs": {"N": (3, 5), "start": {"normal": []}, "amounts": {"normal": ["N"]}},
        "checks": ("result total", "result number of calls"),
        "mistakes": (
            mistake("not-counted", "self.calls += 1", "pass", "It does not count."),
            mistake("subtracts", "self.total + amount", "self.total - amount", "It subtracts."),
        ),
        "starter": COUNTER.replace("self.calls += 1", "self.calls += 2"),
        **changes,
    }
    return a_drill(COUNTER, COUNTER_HARNESS, **keys)


def words_drill() -> Drill:
    """Text in, numbers out: the places of the longest names in a list that comes as JSON."""
    harness = """import json
import random

import torch


def arrange(drawn):
    random_ = random.Random(drawn["seed"])
    names = ["".join(random_.choices("abc", k=size)) for size in random_.sample(range(1, 20), drawn["N"])]
    return {"names": json.dumps(names), "k": drawn["k"]}


def perform(longest, names, k):
    found = longest(names, k)
    if not isinstance(found, list):
        raise TypeError(f"`longest` returned {type(found).__name__}, and must return a list")
    return torch.tensor(found, dtype=torch.int64)
"""
    reference = """import json


def longest(names, k):
    listed = json.loads(names)
    return sorted(range(len(listed)), key=lambda i: -len(listed[i]))[:k]
"""
    shortest = mistake("shortest", "-len", "len", "It takes the shortest.")
    inputs = {"N": (4, 6), "k": (1, 2), "seed": {"seed": True}}
    return a_drill(reference, harness, entry="longest", inputs=inputs, checks=("value",), mistakes=(shortest,))
