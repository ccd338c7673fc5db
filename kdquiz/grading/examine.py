"""From a run to the checks of a report, in the order in which a learner should hear of them. torch.

Compile, call, the ordinary cases, the gradients, then the edges: so that a simple mistake is not told as "NaN at 1e4".
What depends on something that has failed is skipped, with the reason.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kdquiz.grading.behaviour import Behaviour, received, sort_of
from kdquiz.grading.checks import Finding, Tried, look, reached, right
from kdquiz.grading.exam import Exam
from kdquiz.grading.execution import Case, End, Run
from kdquiz.grading.prepared import PreparedDrill
from kdquiz.grading.printable import first_line
from kdquiz.grading.report import Check
from kdquiz.library.checks import Planned

Emit = Callable[[Check], None]
_NOT_COMPILED = (End.REFUSED, End.COMPILE)


@dataclass(slots=True)
class Examined:
    """The checks so far; the findings of those that failed (and of advice), by the check's name; `stopped` names the
    check on whose cases the run ended early."""

    checks: list[Check] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)
    stopped: str = ""

    def failed(self) -> list[str]:
        """The names of the checks that failed, in order."""
        return [check.name for check in self.checks if check.status == "failed"]

    def first(self) -> Finding | None:
        """What the first failed check has found; None where nothing failed or the run ended early there."""
        return next((self.findings.get(name) for name in self.failed()), None)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the report: a check and the indices of its cases."""

    name: str
    cases: tuple[int, ...]
    look: Callable[[Sequence[Tried]], Finding | None]
    edge: bool = False
    advice: bool = False
    gradient: bool = False
    told: Callable[[Sequence[Tried]], str] = lambda tried: ""
    """What is told of it where it is passed."""


def behaviours(cases: Sequence[Case], run: Run) -> tuple[Behaviour, ...]:
    """What was seen on each case that the run came to; an exception is the behaviour of the case that raised it."""
    seen = [received(answer, case) for answer, case in zip(run.answers, cases, strict=False)]
    if run.end is End.RAISED and run.raised is not None and len(seen) < len(cases):
        name, _, text = run.raised.error.partition(":")
        seen.append(Behaviour(raised=name.strip(), said=sort_of(text)))
    return tuple(seen)


def examine(prepared: PreparedDrill, exam: Exam, run: Run, seen: Sequence[Behaviour], emit: Emit) -> Examined:
    """All checks of the drill on a run; `emit` hears each as it is done."""
    done = Examined()

    def add(check: Check) -> None:
        done.checks.append(check)
        emit(check)

    add(_compiled(run))
    add(_called(exam, run, done))
    answered = len(run.answers)
    tried = [
        prepared.tried(drawn, expected, behaviour)
        for drawn, expected, behaviour in zip(exam.cases, exam.expected, seen[:answered], strict=False)
    ]
    for row in _rows(prepared, exam):
        reason = _why_skipped(row, done)
        if not reason and any(index >= answered for index in row.cases):
            add(_cut_short(row, run, answered, done))
        elif reason:
            add(Check(name=row.name, status="skipped", detail=reason))
        else:
            add(_looked(row, [tried[index] for index in row.cases], exam, done))
    return done


def _compiled(run: Run) -> Check:
    if run.end in _NOT_COMPILED:
        detail = run.raised.error if run.raised is not None else run.detail
        return Check(name="compile", status="failed", detail=detail)
    return Check(name="compile", status="passed")


def _called(exam: Exam, run: Run, done: Examined) -> Check:
    """The function returns a tensor on every ordinary case."""
    if done.failed():
        return Check(name="call", status="skipped", detail="the source does not compile")
    answered = len(run.answers)
    if run.end is End.DONE or (answered < len(exam.cases) and exam.cases[answered].kind != "benign"):
        return Check(name="call", status="passed")
    done.stopped = "call"
    return Check(name="call", status="failed", detail=_ending(run))


def _ending(run: Run) -> str:
    return first_line(run.raised.error) if run.raised is not None else run.detail or run.end.value


def _rows(prepared: PreparedDrill, exam: Exam) -> list[_Row]:
    benign = tuple(index for index, drawn in enumerate(exam.cases) if drawn.kind == "benign")
    edges = [index for index, drawn in enumerate(exam.cases) if drawn.kind == "edge"]
    scaled = tuple(index for index in edges if "scale" in exam.cases[index].overrides)
    watched = any(check.kind.concerns == "stable" for check in prepared.checks)
    rows = [_row(check, benign) for check in prepared.checks if check.kind.concerns == "benign"]
    rows += [
        _Row(f"edge {exam.cases[index].case.name}", (index,), right, edge=True)
        for index in edges
        if not (watched and index in scaled)
    ]
    rows += [_row(check, scaled) for check in prepared.checks if check.kind.concerns == "stable"]
    for check in prepared.checks:
        if check.kind.concerns == "dtype":
            own = tuple(i for i, drawn in enumerate(exam.cases) if drawn.case.name == f"in {check.object}")
            rows.append(_row(check, own))
    return rows + [_row(check, benign, advice=True) for check in prepared.advice]


def _row(check: Planned, cases: tuple[int, ...], *, advice: bool = False) -> _Row:
    return _Row(
        check.name,
        cases,
        lambda tried: look(check, tried),
        edge=check.kind.concerns != "benign",
        advice=advice,
        gradient=check.kind.takes == "gradient",
        told=lambda tried: reached(tried, check),
    )


def _why_skipped(row: _Row, done: Examined) -> str:
    failed = done.failed()
    if "compile" in failed:
        return "the source does not compile"
    if "call" in failed:
        return "the call failed"
    if row.edge and failed:
        return "the ordinary cases come first" if not done.stopped else "the run ended early"
    if row.gradient and any(finding.kind == "shape" for finding in done.findings.values()):
        return "the result has the wrong shape"
    return ""


def _cut_short(row: _Row, run: Run, answered: int, done: Examined) -> Check:
    """The check of a row whose cases the run did not all come to."""
    if answered in row.cases and not done.stopped:
        done.stopped = row.name
        return Check(name=row.name, status="failed", detail=_ending(run))
    return Check(name=row.name, status="skipped", detail="the run ended early")


def _looked(row: _Row, tried: Sequence[Tried], exam: Exam, done: Examined) -> Check:
    finding = row.look(tried)
    if finding is None:
        counted = f"{len(row.cases)} cases" if len(row.cases) > 1 else ""
        return Check(name=row.name, status="passed", detail=row.told(tried) or counted)
    done.findings[row.name] = finding
    if row.advice:
        return Check(name=row.name, status="advice", detail=finding.words)
    return Check(name=row.name, status="failed", detail=f"{finding.words} ({place(finding, exam)})")


def place(finding: Finding, exam: Exam) -> str:
    """On which case: `case 2 of 6: N = 4, C = 5`."""
    drawn = finding.tried.drawn
    benign = [one for one in exam.cases if one.kind == "benign"]
    where = drawn.where()
    if drawn.kind != "benign":
        return where
    number = next(i for i, one in enumerate(benign, 1) if one is drawn)
    return f"case {number} of {len(benign)}: {where}" if where else f"case {number} of {len(benign)}"
