"""Grade one submission: draw its exam, have it run, check, diagnose, report. torch; the verdict is computed here.

The source goes through `execute` into a runner as bytes, and is neither compiled nor parsed on this side.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import replace

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.diagnose import diagnose
from kdquiz.grading.exam import Exam, fresh_seed, set_exam
from kdquiz.grading.examine import Emit, Examined, behaviours, examine
from kdquiz.grading.execution import End, Execute, Run
from kdquiz.grading.prepared import PreparedDrill
from kdquiz.grading.report import Diagnosis, Limits, Report, SmallestCase, Verdict
from kdquiz.grading.smallest import smallest_case
from kdquiz.grading.summary import explained, summarise, verdict_of

MANY_WAYS_TO_NAN = "Many slips end in NaN or ∞: what is named here gives the same, and may not be yours."


def grade(
    prepared: PreparedDrill,
    source: bytes,
    execute: Execute,
    limits: Limits,
    *,
    seed: int | None = None,
    exam: Exam | None = None,
    emit: Emit = lambda check: None,
) -> Report:
    """The report of one submission, on a fresh exam, on that of `seed`, or on the one given. `emit` hears each check
    as it is done.

    Raises BrokenDrillError or OutOfPatienceError where the drill itself is broken.
    """
    started = time.monotonic()
    exam = exam or set_exam(prepared, fresh_seed() if seed is None else seed)
    cases = [drawn.case for drawn in exam.cases]
    run = prepared.run(execute, source, exam.cases, exam.expected, limits)
    seen = _assessed(prepared, exam.cases, exam.expected, behaviours(cases, run))
    examined = examine(prepared, exam, run, seen, emit)
    verdict = verdict_of(examined, run)
    found = _explanations(prepared, exam, run, seen, verdict)
    finding = examined.first()
    vague = bool(found) and finding is not None and finding.kind == "not finite"
    deadline = started + limits.wall_seconds
    smallest = None if found else _smallest(prepared, exam, examined, verdict, source, execute, limits, deadline)
    return Report(
        drill=prepared.drill.id,
        verdict=verdict,
        summary=" ".join([summarise(verdict, examined, exam, run), *([MANY_WAYS_TO_NAN] if vague else [])]),
        checks=tuple(examined.checks),
        diagnosis=found,
        smallest_case=smallest,
        raised=explained(exam, run),
        printed=run.printed,
        seed=exam.seed,
        elapsed_ms=(time.monotonic() - started) * 1000,
        containment=run.containment,
    )


def _assessed(
    prepared: PreparedDrill, drawn: Sequence[DrawnCase], expected: Sequence[Behaviour], seen: Sequence[Behaviour]
) -> tuple[Behaviour, ...]:
    assess = prepared.harness.assess
    return tuple(assess(one, case.case, right) for one, case, right in zip(seen, drawn, expected, strict=False))


def _explanations(
    prepared: PreparedDrill, exam: Exam, run: Run, seen: Sequence[Behaviour], verdict: Verdict
) -> tuple[Diagnosis, ...]:
    """Tried where something wrong was seen: a wrong answer, or an exception, which a mistake may raise as well."""
    raised = verdict is Verdict.RUNTIME_ERROR and run.end is End.RAISED
    return diagnose(prepared, exam, seen) if raised or verdict is Verdict.WRONG_ANSWER else ()


def _smallest(
    prepared: PreparedDrill,
    exam: Exam,
    examined: Examined,
    verdict: Verdict,
    source: bytes,
    execute: Execute,
    limits: Limits,
    deadline: float,
) -> SmallestCase | None:
    """Searched for in what the exam has left of the time for one run: it is a help, and not worth a wait."""
    finding = examined.first()
    if verdict is not Verdict.WRONG_ANSWER or finding is None:
        return None

    def attempt(drawn: Sequence[DrawnCase], expected: Sequence[Behaviour]) -> Sequence[Behaviour]:
        left = deadline - time.monotonic()
        if left <= 0:
            return ()
        within = replace(limits, wall_seconds=left, cpu_seconds=min(limits.cpu_seconds, math.ceil(left)))
        cases = [one.case for one in drawn]
        run = prepared.run(execute, source, drawn, expected, within)
        return _assessed(prepared, drawn, expected, behaviours(cases, run))

    return smallest_case(prepared, finding, exam.seed, attempt)
