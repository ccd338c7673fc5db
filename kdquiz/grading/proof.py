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

from kdquiz.grading.exam import Exam, set_exam
from kdquiz.grading.execution import Execute
from kdquiz.grading.grade import grade
from kdquiz.grading.pairs import PairsJudged, judge_pairs
from kdquiz.grading.prepared import Ids, PreparedDrill, prepare
from kdquiz.grading.proof_report import Proof, Rejected, Unsound
from kdquiz.grading.report import Limits, Report, Verdict
from kdquiz.library.drill import Drill, patched

SEEDS = (1, 2, 3)
"""The exams that a drill is proved on: always the same, so that a proof comes out the same twice."""

T = TypeVar("T")
Progress = Callable[[int, int], None]
Reports = Sequence[Report]
"""The reports on one program, one an exam."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The reports on each program, by its name, and what was found about the pairs on each exam."""

    starter: Reports
    right: Mapping[str, Reports]
    """Of the reference, then of the equivalents."""
    singles: Mapping[str, Reports]
    pairs: Sequence[PairsJudged]

    def cancelling(self) -> frozenset[Ids]:
        """Pairs that some exam accepts."""
        return frozenset[Ids]().union(*(judged.accepted for judged in self.pairs))


def prove(drill: Drill, execute: Execute, progress: Progress, *, seeds: Sequence[int] = SEEDS) -> Proof:
    """The proof of a drill. `progress` hears (done, total) after each program and each exam of the pairs."""
    started = time.monotonic()
    try:
        prepared = prepare(drill)
        right = {"the reference": drill.reference, **_equivalents(drill)}
        exams = [set_exam(prepared, seed) for seed in seeds]
    except ValueError as error:
        return Proof(drill=drill.id, failures=(_about(str(error), drill),), seeds=tuple(seeds))
    evidence = _gather(prepared, right, exams, execute, progress)
    cancelling = evidence.cancelling()
    singles = evidence.singles.values()
    return Proof(
        drill=drill.id,
        failures=tuple(_failures(prepared, evidence)),
        notes=tuple(_notes(evidence.pairs[:1])),
        accepted=sum(map(_all_accepted, evidence.right.values())),
        to_accept=len(evidence.right),
        singles=Rejected(rejected=sum(map(_all_rejected, singles)), total=len(singles)),
        pairs=Rejected(rejected=len(prepared.pairs) - len(cancelling), total=len(prepared.pairs)),
        seeds=tuple(seeds),
        elapsed_ms=(time.monotonic() - started) * 1000,
    )


def _gather(
    prepared: PreparedDrill, right: Mapping[str, str], exams: Sequence[Exam], execute: Execute, progress: Progress
) -> _Evidence:
    """Grade every program, judge every pair."""
    steps, total = count(1), 1 + len(right) + len(prepared.mistakes) + len(exams)

    def step(found: T) -> T:
        progress(next(steps), total)
        return found

    def reports_on(source: str) -> Reports:
        return step([grade(prepared, source.encode(), execute, Limits(), seed=exam.seed) for exam in exams])

    return _Evidence(
        starter=reports_on(prepared.drill.starter),
        right={name: reports_on(source) for name, source in right.items()},
        singles={one: reports_on(prepared.patched((one,))) for one in prepared.mistakes},
        pairs=[step(judge_pairs(prepared, exam)) for exam in exams],
    )


def _failures(prepared: PreparedDrill, evidence: _Evidence) -> Iterator[Unsound]:
    yield from _starter_failures(evidence.starter)
    yield from _right_failures(evidence.right)
    yield from _single_failures(evidence.singles, prepared.drill)
    yield from _pair_failures(evidence.cancelling(), prepared.drill)
    yield from _declaration_failures(prepared, evidence)


def _equivalents(drill: Drill) -> dict[str, str]:
    sources = {}
    for number, patch in enumerate(drill.equivalents, 1):
        try:
            sources[f"equivalent {number}"] = patched(drill.reference, patch)
        except ValueError as error:
            raise ValueError(f"equivalent {number} cannot be applied: {error}") from error
    return sources


def _about(message: str, drill: Drill) -> Unsound:
    """A failure with the mistakes and the equivalent that its words name."""
    named = tuple(one.id for one in drill.mistakes if f"'{one.id}'" in message)
    numbers = range(len(drill.equivalents))
    equivalent = next((i for i in numbers if message.startswith(f"equivalent {i + 1} ")), None)
    return Unsound(message=message, mistakes=named, equivalent=equivalent)


def _all_accepted(reports: Reports) -> bool:
    return all(one.verdict is Verdict.ACCEPTED for one in reports)


def _all_rejected(reports: Reports) -> bool:
    return all(one.verdict not in (Verdict.ACCEPTED, Verdict.INTERNAL_ERROR) for one in reports)


def _any_accepted(reports: Reports) -> bool:
    return any(one.verdict is Verdict.ACCEPTED for one in reports)


def _fault(reports: Reports, what: str, *mistakes: str) -> Unsound | None:
    """A fault of ours, which leaves the question open."""
    faults = [one for one in reports if one.verdict is Verdict.INTERNAL_ERROR]
    return Unsound(message=f"{what} could not be graded: {faults[0].summary}", mistakes=mistakes) if faults else None


def _starter_failures(reports: Reports) -> Iterator[Unsound]:
    if fault := _fault(reports, "the starter"):
        yield fault
    elif _any_accepted(reports):
        yield Unsound(message="the starter is accepted as it is")


def _right_failures(right: Mapping[str, Reports]) -> Iterator[Unsound]:
    for number, (what, reports) in enumerate(right.items()):
        wrong = next((one for one in reports if one.verdict is not Verdict.ACCEPTED), None)
        if wrong is not None:
            words = f"{what} is not accepted (seed {wrong.seed}): {wrong.verdict.value}: {wrong.summary}"
            yield Unsound(message=words, equivalent=number - 1 if number else None)


def _single_failures(singles: Mapping[str, Reports], drill: Drill) -> Iterator[Unsound]:
    for mistake, reports in singles.items():
        found = _fault(reports, f"the mistake '{mistake}'", mistake)
        for report in reports:
            found = found or _single_failure(mistake, report, drill)
        if found is not None:
            yield found


def _single_failure(mistake: str, report: Report, drill: Drill) -> Unsound | None:
    if report.verdict is Verdict.ACCEPTED:
        return Unsound(message=f"the mistake '{mistake}' is accepted (seed {report.seed})", mistakes=(mistake,))
    explanations = [one.ids for one in report.diagnosis]
    if (mistake,) not in explanations:
        named = " or ".join(map(_named, explanations)) or "nothing that is listed"
        words = f"the mistake '{mistake}' is diagnosed as {named} (seed {report.seed})"
        return Unsound(message=words, mistakes=(mistake,))
    for (other,) in (ids for ids in explanations if len(ids) == 1 and ids != (mistake,)):
        if not _declared(drill, mistake, other):
            words = f"no case tells the mistakes '{mistake}' and '{other}' apart (seed {report.seed}); {_DECLARE}"
            return Unsound(message=words, mistakes=(mistake, other))
    return None


def _pair_failures(cancelling: Iterable[Ids], drill: Drill) -> Iterator[Unsound]:
    for pair in sorted(cancelling):
        if not _declared(drill, *pair):
            words = f"the mistakes {_named(pair)} cancel: together they are accepted; {_DECLARE}"
            yield Unsound(message=words, mistakes=pair)


def _declaration_failures(prepared: PreparedDrill, evidence: _Evidence) -> Iterator[Unsound]:
    """A declaration that names no mistake, or mistakes that are told apart, is out of date."""
    found = {frozenset(pair) for pair in evidence.cancelling()}
    for mistake, reports in evidence.singles.items():
        found |= {frozenset((mistake, *one.ids)) for report in reports for one in report.diagnosis if len(one.ids) == 1}
    for one in prepared.drill.inseparable:
        known = tuple(name for name in one.mistakes if name in prepared.mistakes)
        if len(known) < len(one.mistakes):
            unknown = next(name for name in one.mistakes if name not in known)
            words = f"`inseparable` names '{unknown}', which is not among the mistakes"
            yield Unsound(message=words, mistakes=known)
        elif not found.intersection(map(frozenset, combinations(known, 2))):
            yield Unsound(message=f"{_named(known)} are declared inseparable, and are told apart", mistakes=known)


def _declared(drill: Drill, *mistakes: str) -> bool:
    return any(set(mistakes) <= set(one.mistakes) for one in drill.inseparable)


def _notes(judged: Iterable[PairsJudged]) -> Iterator[Unsound]:
    for one in judged:
        for first, *others in one.alike:
            listed = "; ".join(map(_named, others))
            ids = dict.fromkeys(name for group in (first, *others) for name in group)
            yield Unsound(message=f"{_named(first)} behaves like {listed}", mistakes=tuple(ids))


def _named(ids: Sequence[str]) -> str:
    return " + ".join(f"'{one}'" for one in ids)


_DECLARE = "declare them under `inseparable` with the reason"
