"""What the judge asks of a runner and what it gets back: Case, Answer, Run. Imports torch: for the grading processes
alone.

Nothing here is a secret or a verdict: a case is inputs, an answer is what a function made of them. The judge makes
answers of the same form from the reference and from its mistakes, in its own process, and compares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

import torch

from kdquiz.grading.report import Limits, Raised

Value = torch.Tensor | bool | int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """One positional argument. `grad`: a tensor that requires grad, and whose gradient is returned."""

    name: str
    value: Value
    grad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call of the entry point: its arguments in order, and a name for the report (`benign 1`, `alpha = 0`)."""

    name: str
    arguments: tuple[Argument, ...]
    held_out: Mapping[str, Value] = field(default_factory=dict)
    """What the judge keeps for itself; no runner is given it."""
    results: frozenset[str] = frozenset()
    """The names of the results that an answer may bring besides the output."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a function returned on one case.

    `gradients` holds, for each argument with `grad`, the gradient of the output's sum (None where no gradient reached
    it); `after` holds every tensor argument as it was after the call; `results` what a harness has looked at, by name
    (then the output is empty where none of them is the value). A call that raised ends the run, and has no answer.
    """

    output: torch.Tensor
    gradients: Mapping[str, torch.Tensor | None] = field(default_factory=dict)
    after: Mapping[str, torch.Tensor] = field(default_factory=dict)
    results: Mapping[str, torch.Tensor] = field(default_factory=dict)


class End(Enum):
    """How a run ended. `Run.detail` says it in a sentence; COMPILE and RAISED come with
    `Run.raised`; so do MEMORY_LIMIT and EXITED where the code raised MemoryError or SystemExit."""

    DONE = "every case was answered"
    REFUSED = "the source was refused before it ran"
    COMPILE = "the source does not compile"
    RAISED = "the code raised"
    EXITED = "the code ended the process"
    CRASHED = "the process crashed"
    MALFORMED = "what came back was not an answer"
    CPU_LIMIT = "the processor time was used up"
    WALL_LIMIT = "the time was used up"
    MEMORY_LIMIT = "the memory was used up"
    OUTPUT_LIMIT = "too much was printed or returned"
    INTERNAL = "a fault of ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How a submission's run ended, with the answers in case order up to that point and what it printed (cut,
    stripped)."""

    end: End
    answers: tuple[Answer, ...] = ()
    raised: Raised | None = None
    detail: str = ""
    printed: str = ""
    containment: tuple[str, ...] = ()
    """The layers that were found to be on in the runner, before the learner's code ran; for `Report.containment`."""


class Execute(Protocol):
    """Runs a submission in a fresh runner. `conversation.execute_by` makes one for the judge."""

    def __call__(self, source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        """The run of a source on these cases; by the `perform` of a harness, where there is its text."""
