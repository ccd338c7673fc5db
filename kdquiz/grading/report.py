"""What a grade is made of, on the app's side: plain values, no torch.

`Report.as_data()` is the object that `kdquiz grade --json` prints for a file (design: "What the shell sees").
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Literal

from kdquiz.grading.protection import Protection
from kdquiz.library.drill import Drill


class Verdict(Enum):
    """The closed list of verdicts. INTERNAL_ERROR is never the learner's fault and never counts as an attempt."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong-answer"
    COMPILE_ERROR = "compile-error"
    RUNTIME_ERROR = "runtime-error"
    TIME_LIMIT = "time-limit"
    MEMORY_LIMIT = "memory-limit"
    OUTPUT_LIMIT = "output-limit"
    INTERNAL_ERROR = "internal-error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a submission may use: seconds of processor and of wall clock, bytes of memory above the zygote's, bytes
    printed."""

    cpu_seconds: int = 4
    wall_seconds: float = 5.0
    memory_bytes: int = 512 << 20
    printed_bytes: int = 8 << 20
    printed_kept: int = 64 << 10
    source_bytes: int = 64 << 10

    def of(self, drill: Drill) -> "Limits":
        """These limits with the time that a drill gives its submissions, where it says so."""
        if drill.seconds is None:
            return self
        return replace(self, cpu_seconds=drill.seconds, wall_seconds=float(drill.seconds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A learner's source for a drill, as the bytes they wrote. `seed` repeats an earlier run; None draws a fresh
    one."""

    drill: Drill
    source: bytes
    file: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was checked, in order."""

    name: str
    status: Literal["passed", "failed", "skipped", "advice"]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place where the reference would have to be changed to behave as the submission does."""

    line: int
    """Line of the reference, counted from 1."""
    reference: str
    """That line as the reference has it."""
    changed: str
    """That line as the submission behaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One explanation of the evidence: the mistakes that together reproduce every output of the submission."""

    ids: tuple[str, ...]
    because: tuple[str, ...]
    cards: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestCase:
    """The smallest case that still fails: each argument written out, and the value of both sides."""

    arguments: tuple[tuple[str, str], ...]
    expected: str
    got: str
    what: str = "value"
    """Which quantity differs: `value`, or `gradient student_logits` and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """The learner's own line that raised, counted from 1, and the exception; `plain` says it in words where we can."""

    error: str
    line: int | None = None
    text: str = ""
    plain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one submission. More than one `diagnosis` means that they fit the evidence equally well."""

    drill: str
    verdict: Verdict
    summary: str
    """One sentence for the learner."""
    file: str = ""
    checks: tuple[Check, ...] = ()
    diagnosis: tuple[Diagnosis, ...] = ()
    smallest_case: SmallestCase | None = None
    raised: Raised | None = None
    printed: str = ""
    seed: int | None = None
    elapsed_ms: float = 0.0
    containment: tuple[str, ...] = ()
    """The layers that were on where the code ran; none where it did not run."""
    protection: Protection | None = None
    """What they are worth on this machine; None where that is not known."""

    def as_data(self) -> dict[str, Any]:
        """The object of `grade --json`, ready for `json.dumps`."""
        case = self.smallest_case
        return {
            "file": self.file,
            "drill": self.drill,
            "verdict": self.verdict.value,
            "summary": self.summary,
            "checks": [{"name": c.name, "status": c.status, "detail": c.detail} for c in self.checks],
            "diagnosis": [{"ids": list(d.ids), "because": list(d.because)} for d in self.diagnosis],
            "smallest_case": None
            if case is None
            else {
                "what": case.what,
                "arguments": dict(case.arguments),
                "expected": case.expected,
                "got": case.got,
            },
            "raised": None
            if self.raised is None
            else {
                "error": self.raised.error,
                "line": self.raised.line,
                "text": self.raised.text,
                "plain": self.raised.plain,
            },
            "printed": self.printed,
            "seed": self.seed,
            "elapsed_ms": round(self.elapsed_ms, 1),
            "containment": list(self.containment),
            "protection": self.protection.level if self.protection is not None and self.containment else None,
        }
