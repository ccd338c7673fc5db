"""Prove a drill sound: it accepts what is right, rejects what is wrong, and names what it rejects. torch.

The starter must not be accepted; the reference and every equivalent must be. Every mistake, and every pair of mistakes
whose patches do not overlap, must be rejected, and each single mistake diagnosed as itself. Mistakes that no output
tells apart, and pairs that cancel, are declared under `inseparable` with a reason.

Starter, reference, equivalents and single mistakes go the whole way of a submission, through a runner; the pairs are
judged in this process, on the same exams.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, count
from typing import TypeVar

import torch

from kdquiz.grading.cases import draw_benign
from kdquiz.grading.compare import EXACT, same_tensor
from kdquiz.grading.exam import set_exam
from kdquiz.grading.execution import Execute, Value
from kdquiz.grading.grade import grade
from kdquiz.grading.pairs import cancelling_pairs, pairs_to_try
from kdquiz.grading.prepared import Ids, PreparedDrill, prepare
from kdquiz.grading.proof_report import Proof, Rejected
from kdquiz.grading.report import Limits, Report, Verdict
from kdquiz.grading.trusted import OutOfPatienceError, faults_of
from kdquiz.library.drill import Drill, patched
from kdquiz.library.faults import BrokenDrillError, Fault, File
from kdquiz.library.functions import line_of_entry

SEEDS = (1, 2, 3)
"""The exams that a drill is proved on: always the same, so that a proof comes out the same twice."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
Reports = Sequence[Report]
"""The reports on one program, one an exam."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The reports on each program, and what was found about the pairs on each exam."""

    starter: Reports
    right: Sequence[Reports]
    """On the reference, then on each equivalent."""
    singles: Mapping[str, Reports]
    pairs: Sequence[frozenset[Ids]]
    """The pairs that each exam accepts."""
    tried: Sequence[Ids]
    """The pairs that were tried: all, where that does not take too long."""

    def cancelling(self) -> frozenset[Ids]:
        """Pairs that some exam accepts."""
        return frozenset[Ids]().union(*self.pairs)


def prove(drill: Drill, execute: Execute, progress: Progress, *, seeds: Sequence[int] = SEEDS) -> Proof:
    """The proof of a drill. `progress` hears (done, total) after each exam, program, and exam's pairs."""
    started = time.monotonic()
    try:
        prepared = prepare(drill)
        _must_arrange_alike(prepared, seeds[0])
        evidence = _gather(prepared, seeds, execute, progress)
    except (BrokenDrillError, OutOfPatienceError) as error:
        return Proof(drill=drill.id, faults=faults_of(error, drill), seeds=tuple(seeds))
    cancelling = evidence.cancelling()
    singles = evidence.singles.values()
    return Proof(
        drill=drill.id,
        faults=tuple(_faults(prepared, evidence)),
        accepted=sum(map(_all_accepted, evidence.right)),
        to_accept=len(evidence.right),
        singles=Rejected(rejected=sum(map(_all_rejected, singles)), total=len(singles)),
        pairs=Rejected(rejected=len(evidence.tried) - len(cancelling), total=len(evidence.tried)),
        pairs_listed=len(prepared.pairs),
        seeds=tuple(seeds),
        elapsed_ms=(time.monotonic() - started) * 1000,
    )


def _must_arrange_alike(prepared: PreparedDrill, seed: int) -> None:
    """Raises BrokenDrillError where `arrange` makes another case each time of what is drawn."""
    if prepared.harness.plan.arrange is None:
        return
    one, other = (
        draw_benign(prepared.inputs, torch.Generator().manual_seed(seed), count=1, arrange=prepared.harness.arrange)[0]
        for _ in range(2)
    )
    given = {argument.name: argument.value for argument in other.case.arguments} | dict(other.case.held_out)
    for name, value in [*((each.name, each.value) for each in one.case.arguments), *one.case.held_out.items()]:
        if not _same(value, given[name]):
            message = f"`arrange` gives another `{name}` each time, for the same drawn inputs: no seed repeats a case"
            raise prepared.harness.broken(message, at="arrange")


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, torch.Tensor) and isinstance(other, torch.Tensor):
        return same_tensor(one, other, EXACT)
    return type(one) is type(other) and one == other


def _gather(prepared: PreparedDrill, seeds: Sequence[int], execute: Execute, progress: Progress) -> _Evidence:
    """Set the exams, grade every program, judge every pair."""
    drill = prepared.drill
    right = [drill.reference, *(patched(drill.reference, one) for one in drill.equivalents)]
    steps, total = count(1), 1 + len(right) + len(prepared.mistakes) + 2 * len(seeds)

    def step(found: T) -> T:
        progress(next(steps), total)
        return found

    def reports_on(source: str) -> Reports:
        return step([grade(prepared, source.encode(), execute, Limits().of(drill), exam=exam) for exam in exams])

    exams = [step(set_exam(prepared, seed)) for seed in seeds]
    tried = pairs_to_try(prepared, len(exams))
    return _Evidence(
        starter=reports_on(drill.starter),
        right=[reports_on(source) for source in right],
        singles={one: reports_on(prepared.patched((one,))) for one in prepared.mistakes},
        pairs=[step(cancelling_pairs(prepared, exam, tried)) for exam in exams],
        tried=tried,
    )


def _faults(prepared: PreparedDrill, evidence: _Evidence) -> Iterator[Fault]:
    yield from _starter_faults(evidence.starter, prepared.drill)
    yield from _right_faults(evidence.right, prepared.drill)
    yield from _single_faults(evidence.singles, prepared)
    yield from _pair_faults(evidence.cancelling(), prepared)
    yield from _declaration_faults(prepared, evidence)


def _all_accepted(reports: Reports) -> bool:
    return all(one.verdict is Verdict.ACCEPTED for one in reports)


def _all_rejected(reports: Reports) -> bool:
    return all(one.verdict not in (Verdict.ACCEPTED, Verdict.INTERNAL_ERROR) for one in reports)


def _ours(reports: Reports) -> str:
    """The summary of a fault of ours, which leaves the question open; empty where there was none."""
    return next((one.summary for one in reports if one.verdict is Verdict.INTERNAL_ERROR), "")


def _in_file(file: File, source: str, drill: Drill, message: str) -> Fault:
    return Fault(message=message, file=file, line=line_of_entry(source, drill.entry))


def _starter_faults(reports: Reports, drill: Drill) -> Iterator[Fault]:
    if ours := _ours(reports):
        yield _in_file("starter.py", drill.starter, drill, f"the starter could not be graded: {ours}")
    elif any(one.verdict is Verdict.ACCEPTED for one in reports):
        yield _in_file("starter.py", drill.starter, drill, "the starter is accepted as it is")


def _right_faults(right: Sequence[Reports], drill: Drill) -> Iterator[Fault]:
    for number, reports in enumerate(right):
        wrong = next((one for one in reports if one.verdict is not Verdict.ACCEPTED), None)
        if wrong is None:
            continue
        words = f"is not accepted (seed {wrong.seed}): {wrong.verdict.value}: {wrong.summary}"
        if number:
            yield Fault(message=f"equivalent {number} {words}", key=("equivalents", number - 1))
        else:
            yield _in_file("reference.py", drill.reference, drill, f"the reference {words}")


def _single_faults(singles: Mapping[str, Reports], prepared: PreparedDrill) -> Iterator[Fault]:
    for mistake, reports in singles.items():
        words = f"could not be graded: {ours}" if (ours := _ours(reports)) else ""
        words = words or next((found for one in reports if (found := _misjudged(mistake, one, prepared.drill))), "")
        if words:
            yield Fault(message=f"the mistake '{mistake}' {words}", key=prepared.key_of(mistake))


def _misjudged(mistake: str, report: Report, drill: Drill) -> str:
    """What is wrong with the report on a single mistake; empty where it is rejected and named."""
    seed = f"(seed {report.seed})"
    if report.verdict is Verdict.ACCEPTED:
        return f"is accepted {seed}"
    explanations = [one.ids for one in report.diagnosis]
    if (mistake,) not in explanations:
        return f"is diagnosed as {' or '.join(map(_named, explanations)) or 'nothing that is listed'} {seed}"
    for (other,) in (ids for ids in explanations if len(ids) == 1 and ids != (mistake,)):
        if not _declared(drill, mistake, other):
            return f"is told from '{other}' by no case {seed}; {_DECLARE}"
    return ""


def _pair_faults(cancelling: Iterable[Ids], prepared: PreparedDrill) -> Iterator[Fault]:
    for pair in sorted(cancelling):
        if not _declared(prepared.drill, *pair):
            words = f"the mistakes {_named(pair)} cancel: together they are accepted; {_DECLARE}"
            yield Fault(message=words, key=prepared.key_of(pair[0]))


def _declaration_faults(prepared: PreparedDrill, evidence: _Evidence) -> Iterator[Fault]:
    """A declaration of mistakes that are told apart is out of date."""
    found = {frozenset(pair) for pair in evidence.cancelling()}
    for mistake, reports in evidence.singles.items():
        found |= {frozenset((mistake, *one.ids)) for report in reports for one in report.diagnosis if len(one.ids) == 1}
    for number, one in enumerate(prepared.drill.inseparable):
        if not found.intersection(map(frozenset, combinations(one.mistakes, 2))):
            message = f"{_named(one.mistakes)} are declared inseparable, and are told apart"
            yield Fault(message=message, key=("inseparable", number))


def _declared(drill: Drill, *mistakes: str) -> bool:
    return any(set(mistakes) <= set(one.mistakes) for one in drill.inseparable)


def _named(ids: Sequence[str]) -> str:
    return " + ".join(f"'{one}'" for one in ids)


_DECLARE = "declare them under `inseparable` with the reason"
