"""Right answers among code that a wall might stop: what people write around a loss. To refuse one is our mistake."""

from kdquiz.grading.report import Limits, Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import HONEST, QUICK, Row

WITH_LATE_IMPORTS = Limits(cpu_seconds=4, wall_seconds=10.0)
"""Torch imports a second's worth of its own when an optimiser is first made."""


def _right(name: str, aim: str, before: str = "", after: str = "", printed: str = "", limits: Limits = QUICK) -> Row:
    """A right answer with other code around it, and what that has printed."""
    reason = said("Right on all 10 cases", *([rf"\| {printed}"] if printed else []))
    source = before + HONEST + after
    return Row(name=f"right-{name}", aim=aim, source=source, verdict=Verdict.ACCEPTED, reason=reason, limits=limits)


ROWS: tuple[Row, ...] = (
    _right(
        "training-loop",
        "a small training loop below the function, with an optimiser and a schedule",
        after="""
student, teacher = torch.nn.Linear(6, 3), torch.nn.Linear(6, 3).eval()
optimizer = torch.optim.AdamW(student.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 5)
x, y = torch.randn(32, 6), torch.randint(0, 3, (32,))
losses = []
for step in range(5):
    optimizer.zero_grad()
    with torch.no_grad():
        targets = teacher(x)
    loss = distillation_loss(student(x), targets, y, 4.0, 0.7)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
    optimizer.step()
    scheduler.step()
    losses.append(loss.item())
print("OUTCOME", losses[-1] < losses[0])
""",
        printed="OUTCOME True",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "deterministic-algorithms",
        "what people put at the top of a file for results that can be repeated",
        before="""
import os
import random

import numpy as np
import torch

os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
random.seed(0)
np.random.seed(0)
torch.manual_seed(0)
torch.cuda.manual_seed_all(0)
torch.backends.cudnn.deterministic = True
torch.use_deterministic_algorithms(True)
print("OUTCOME", torch.are_deterministic_algorithms_enabled())
""",
        printed="OUTCOME True",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "gradient-checkpointing",
        "a checkpointed block",
        after="""
from torch.utils.checkpoint import checkpoint
x = torch.ones(2, requires_grad=True)
checkpoint(torch.exp, x, use_reentrant=False).sum().backward()
print("OUTCOME", x.grad.sum().item() > 5)
""",
        printed="OUTCOME True",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "functional-transforms",
        "gradients and Jacobians of a function, for comparison",
        after="""
from torch.func import grad, jacrev, vmap
s, t, y = torch.randn(4, 3), torch.randn(4, 3), torch.tensor([0, 1, 2, 0])
print("OUTCOME", grad(distillation_loss)(s, t, y, 2.0, 0.5).shape, jacrev(torch.sin)(torch.ones(2)).shape)
""",
        printed=r"OUTCOME torch.Size\(\[4, 3\]\) torch.Size\(\[2, 2\]\)",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "gradcheck",
        "autograd's own check of a gradient, and torch's assertions",
        after="""
s, t = torch.randn(2, 3, dtype=torch.float64, requires_grad=True), torch.randn(2, 3, dtype=torch.float64)
y = torch.tensor([0, 2])
print("OUTCOME", torch.autograd.gradcheck(lambda s: distillation_loss(s, t, y, 2.0, 0.5), s))
torch.testing.assert_close(distillation_loss(s, s.detach(), y, 2.0, 1.0), torch.zeros((), dtype=torch.float64))
""",
        printed="OUTCOME True",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "own-tests",
        "tests of unittest and doctest that run when the file is loaded",
        before='"""\n>>> 1 + 1\n2\n"""\n',
        after="""
import doctest
import unittest


class Tests(unittest.TestCase):
    def test_equal_logits_cost_nothing(self):
        z = torch.randn(3, 4)
        self.assertAlmostEqual(distillation_loss(z, z, torch.tensor([0, 1, 2]), 2.0, 1.0).item(), 0.0, places=5)


tests = unittest.main(argv=["tests"], exit=False)
print("OUTCOME", tests.result.wasSuccessful(), doctest.testmod().failed)
""",
        printed=r"OUTCOME True 0",
    ),
    _right(
        "device-and-logging",
        "a device chosen, a logger, a progress that is written in place",
        before="""
import logging
import sys

import torch

logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
log.info("OUTCOME on %s", device)
for step in range(3):
    sys.stdout.write(f"\\rstep {step}\\x1b[K")
""",
        printed="INFO:submission:OUTCOME on cpu",
    ),
    _right(
        "modules-of-all-kinds",
        "modules of the standard library that are loaded late, some with a part in C",
        before="""
import collections, contextlib, copy, csv, datetime, decimal, enum, fractions, functools, hashlib, heapq, inspect, io
import itertools, json, lzma, multiprocessing, operator, pathlib, pickle, pprint, queue, random, re, secrets, statistics
import string, struct, tempfile, textwrap, threading, time, timeit, typing, urllib.request, uuid, zlib, zoneinfo
import numpy.random, numpy.testing, torch.distributions, torch.fft, torch.linalg, torch.nn.utils.parametrizations
import torch.utils.data
from typing_extensions import Self

print("OUTCOME", statistics.mean([1, 2, 3]), hashlib.sha256(b"").hexdigest()[:8], decimal.Decimal("0.1") * 3)
""",
        printed="OUTCOME 2 e3b0c442 0.3",
        limits=WITH_LATE_IMPORTS,
    ),
    _right(
        "entry-is-a-module",
        "an object of nn.Module under the function's name",
        after="""
loss = distillation_loss
class Distillation(torch.nn.Module):
    def forward(self, *batch):
        return loss(*batch)
distillation_loss = Distillation()
print("OUTCOME", callable(distillation_loss))
""",
        printed="OUTCOME True",
    ),
    _right(
        "entry-is-scripted",
        "a function that torch has compiled from its source",
        after="""
def scripted(student_logits, teacher_logits, labels, T: float, alpha: float):
    hard = F.cross_entropy(student_logits, labels)
    teacher = F.softmax(teacher_logits / T, dim=-1)
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=-1), teacher, reduction="batchmean")
    return (1 - alpha) * hard + alpha * T * T * soft
distillation_loss = torch.jit.script(scripted)
print("OUTCOME", type(distillation_loss).__name__)
""",
        printed="OUTCOME ScriptFunction",
    ),
    _right(
        "entry-is-wrapped",
        "a decorated function that takes fewer arguments than the one that is called",
        after="""
import functools
whole = distillation_loss
def distils(hard):
    @functools.wraps(hard)
    def combined(student, teacher, labels, T, alpha):
        return (1 - alpha) * hard(student, labels) + whole(student, teacher, labels, T, alpha) * 1 - (
            1 - alpha
        ) * F.cross_entropy(student, labels)
    return combined
@distils
def distillation_loss(student, labels):
    return F.cross_entropy(student, labels)
print("OUTCOME", distillation_loss.__wrapped__.__code__.co_argcount)
""",
        printed="OUTCOME 2",
    ),
)
