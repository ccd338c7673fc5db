"""Drills for the tests of the judge's side, and a runner in this process: for pure rules, not for isolation."""

import traceback
import warnings
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import torch

from kdquiz.grading.behaviour import looked_at
from kdquiz.grading.execution import Answer, Case, End, Run
from kdquiz.grading.performing import load_harness
from kdquiz.grading.report import Limits, Raised
from kdquiz.library.drill import Drill, Mistake, Patch
from kdquiz.library.read import read_pack

torch.set_num_threads(1)  # tensors here are small, and the suite has a process on every core

CONTENT = Path(__file__).parents[2] / "content"

REFERENCE = """import torch


def weighted(x, w, k):
    scaled = x * k
    return (scaled * w).sum(dim=-1).mean()
"""

LESSON = """
import torch
import torch.nn as nn
import torch.nn.functional as F

def distillation_loss(student_logits, teacher_logits, labels, T=2.0, alpha=0.5):
    hard_loss = F.cross_entropy(student_logits, labels)
    soft_student = F.log_softmax(student_logits / T, dim=1)
    soft_teacher = F.softmax(teacher_logits / T, dim=1)
    distillation_loss = F.kl_div(soft_student, soft_teacher, reduction='batchmean') * (T * T)
    total_loss = (1. - alpha) * hard_loss + alpha * distillation_loss
    return total_loss
"""
"""The distillation loss as a lesson would write it: default arguments, `dim=1`, the teacher not detached."""


@cache
def distillation_loss() -> Drill:
    """The drill that is shipped."""
    pack = read_pack(CONTENT / "knowledge-distillation")
    return next(entry.drill for entry in pack.drills if entry.drill.id == "distillation-loss")


def mistake(name: str, find: str, put: str, because: str = "A reason.", card: str | None = None) -> Mistake:
    """A mistake of one edit."""
    return Mistake(id=name, find=find, put=put, because=because, card=card)


MISTAKES = (
    mistake("no-weight", "(scaled * w)", "scaled", "The weights are missing.", "why-weights"),
    mistake("not-scaled", "x * k", "x", "k is missing."),
    mistake("sum-of-rows", ".mean()", ".sum()", "The rows are summed."),
    mistake("scale-detached", "scaled = x", "scaled = x.detach()", "No gradient reaches x."),
)


def tiny_drill(**changes: Any) -> Drill:
    """A small drill: rows of x, weighted, scaled by k."""
    texts = {
        name: changes.pop(name, text) for name, text in (("reference", REFERENCE), ("starter", "def weighted(): 0"))
    }
    written: dict[str, Any] = {
        "id": "weighted",
        "title": "Weighted rows",
        "topic": "rows",
        "entry": "weighted",
        "ask": "Weigh the rows.",
        "inputs": {
            "N": (2, 3, 5),
            "C": (4, 6),
            "x": {"normal": ["N", "C"], "scale": 2.0, "grad": True},
            "w": {"normal": ["C"], "grad": True},
            "k": (2.0, 3.0),
        },
        "edges": ({"k": 0.0},),
        "checks": ("value", "gradient x", "unchanged inputs", "dtype float32"),
        "advice": ("frozen w",),
        "mistakes": MISTAKES,
        "equivalents": (Patch(find="x * k", put="k * x"),),
        **changes,
    }
    return Drill(**written).with_sources(**texts)


def in_process(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
    """An `Execute` that runs the source right here: what a runner would answer, without its walls."""
    namespace: dict[str, Any] = {}
    answers: list[Answer] = []
    try:
        code = compile(source, "submission.py", "exec")
    except SyntaxError as error:
        return Run(end=End.COMPILE, raised=Raised(error=f"SyntaxError: {error.msg}", line=error.lineno))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(code, namespace)  # noqa: S102  # the sources are those of the tests
            for case in cases:
                answers.append(_answer(_called(namespace[entry], harness), case))
    except TypeError as error:
        if "not a tensor" in str(error):
            return Run(end=End.MALFORMED, answers=tuple(answers), detail=str(error))
        return _raised(error, answers)
    except Exception as error:  # whatever a test's source raises
        return _raised(error, answers)
    return Run(end=End.DONE, answers=tuple(answers))


def _raised(error: Exception, answers: Sequence[Answer]) -> Run:
    lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == "submission.py"]
    raised = Raised(error=f"{type(error).__name__}: {error}", line=lines[-1] if lines else None)
    return Run(end=End.RAISED, answers=tuple(answers), raised=raised)


def _called(function: Callable[..., Any], harness: str) -> Callable[..., Any]:
    return partial(load_harness(harness), function) if harness else function


def _answer(function: Callable[..., Any], case: Case) -> Answer:
    tensors = {
        one.name: one.value.clone().requires_grad_(one.grad)
        for one in case.arguments
        if isinstance(one.value, torch.Tensor)
    }
    output, results = looked_at(function(*(tensors.get(one.name, one.value) for one in case.arguments)))
    if not isinstance(output, torch.Tensor):
        raise TypeError(f"returned a Python {type(output).__name__}, not a tensor")
    leaves = {one.name: tensors[one.name] for one in case.arguments if one.grad}
    gradients: dict[str, torch.Tensor | None] = dict.fromkeys(leaves)
    if output.requires_grad:
        found = torch.autograd.grad(output.sum(), list(leaves.values()), allow_unused=True)
        gradients = dict(zip(leaves, found, strict=True))
    after = {name: tensor.detach() for name, tensor in tensors.items()}
    looked = {name: one.detach() for name, one in results.items()}
    return Answer(output=output.detach(), gradients=gradients, after=after, results=looked)
