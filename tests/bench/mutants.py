"""The mutation proof: every mechanical mutant of the shipped drills' references is graded by the real grader.

A mutant must be rejected on every exam. One that is accepted is a hole in the drill's cases or tolerances, unless it
keeps the drill's contract: then it stands with the reason in `equivalent_mutants/<drill>.yaml` (description: reason),
and must be accepted on every exam. The list must fit what is found to the letter, in both directions. Left out are the
drills one call of which trains for seconds: hundreds of mutants would take hours there.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from kdquiz.grading.client import Grader
from kdquiz.grading.cores import usable_cores
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.library.drill import Drill
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from tests.bench.measure import Cell, Quantity, Say, Table
from tests.bench.mutate import Mutant, mutants

TITLE = "Mutation proof: mechanical mutants of each drill's reference, and what they are told"
SEEDS = (1, 2, 3)
"""The exams that every mutant sits: always the same, so that a proof comes out the same twice."""
QUICK_STEP = 10
LISTS = Path(__file__).parent / "equivalent_mutants"
LIMITS = Limits(cpu_seconds=2, wall_seconds=30.0)
"""So much wall clock that a busy machine is not taken for a mutant that hangs."""
SAID_EVERY = 50
VERDICTS = (Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR)
"""Those that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Graded:
    """A mutant with its reports, one an exam."""

    mutant: Mutant
    reports: tuple[Report, ...]

    def accepted(self) -> list[int | None]:
        """The seeds of the exams that accepted it."""
        return [one.seed for one in self.reports if one.verdict is Verdict.ACCEPTED]

    def killed(self) -> bool:
        """Whether every exam rejected it, and for what the code does."""
        return not self.accepted() and self.fault() is None

    def fault(self) -> Report | None:
        """The report of an exam that failed for a reason of ours, which leaves the question open."""
        return next((one for one in self.reports if one.verdict is Verdict.INTERNAL_ERROR), None)


@dataclass(frozen=True, slots=True)
class DrillProof:
    """All about one drill: what was graded, and the mutants that are listed as equivalent, with the reasons."""

    drill: str
    graded: Sequence[Graded]
    listed: Mapping[str, str]
    complaints: Sequence[str]
    """What does not fit the list, or could not be graded, in sentences."""

    def killed(self) -> list[Graded]:
        """The mutants that every exam rejected."""
        return [one for one in self.graded if one.killed()]

    def equivalent(self) -> list[Graded]:
        """The mutants that are listed, and that every exam accepted."""
        listed = [one for one in self.graded if one.mutant.description in self.listed]
        return [one for one in listed if len(one.accepted()) == len(one.reports)]


def shipped_drills() -> tuple[Drill, ...]:
    """Every drill of the packs that come with kdquiz."""
    return tuple(entry.drill for entry in load_library([shipped_content()]).library.drills.values())


def trains(drill: Drill) -> bool:
    """Whether a call of the drill's function is a whole training: it asks for more time than others, or for an outcome
    to be reached."""
    return drill.seconds is not None or any(check.startswith("reaches ") for check in drill.checks)


def mutated_drills() -> tuple[Drill, ...]:
    """The shipped drills whose mutants are graded: all but those that train."""
    return tuple(drill for drill in shipped_drills() if not trains(drill))


def listed_equivalents(drill: str) -> dict[str, str]:
    """The mutants that keep the contract of a drill: description to reason; none where no list stands."""
    path = LISTS / f"{drill}.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.exists() else {}


async def prove(
    grader: Grader,
    drill: Drill,
    seeds: Sequence[int] = SEEDS,
    *,
    step: int = 1,
    heard: Callable[[int, int], None] = lambda done, total: None,
) -> DrillProof:
    """Grade the drill's mutants, or one in `step` of those listed and of the others; `heard` is told how many of how
    many are done."""
    every, listed = mutants(drill.reference), listed_equivalents(drill.id)
    chosen = [
        *one_in(step, [one for one in every if one.description not in listed]),
        *one_in(step, [one for one in every if one.description in listed]),
    ]
    done = 0

    async def graded(mutant: Mutant) -> Graded:
        nonlocal done
        source = mutant.source.encode()
        reports = [await grader.grade(Submission(drill=drill, source=source, seed=seed)) for seed in seeds]
        done += 1
        heard(done, len(chosen))
        return Graded(mutant, tuple(reports))

    found = await asyncio.gather(*map(graded, chosen))
    return DrillProof(drill.id, found, listed, tuple(complaints(every, found, listed)))


def one_in(step: int, found: Sequence[Mutant]) -> list[Mutant]:
    """At least one of `step` mutants each, from all over the sequence."""
    count = -(-len(found) // step)
    return [found[(2 * at + 1) * len(found) // (2 * count)] for at in range(count)]


def complaints(every: Sequence[Mutant], graded: Sequence[Graded], listed: Mapping[str, str]) -> Iterator[str]:
    """Every mutant for which the list of equivalents does not say what was found, in a sentence each."""
    for description in sorted(set(listed) - {one.description for one in every}):
        yield f"listed as equivalent, and no mutant: {description}"
    for one in graded:
        fault, seeds = one.fault(), one.accepted()
        if fault is not None:
            yield f"could not be graded: {one.mutant.description} ({fault.summary})"
        elif seeds and len(seeds) < len(one.reports):
            yield f"accepted on some exams only (seed {', '.join(map(str, seeds))}): {one.mutant.description}"
        elif seeds and one.mutant.description not in listed:
            yield f"accepted, and not listed as equivalent: {one.mutant.description}"
        elif not seeds and one.mutant.description in listed:
            yield f"listed as equivalent, and rejected: {one.mutant.description} ({one.reports[0].summary})"


# ---- the tables ------------------------------------------------------------------------------------------------------


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Grade all mutants of the shipped drills, and tell."""
    started = time.monotonic()
    seeds, step = (SEEDS[:1], QUICK_STEP) if quick else (SEEDS, 1)
    proofs = asyncio.run(prove_all(say, mutated_drills(), seeds, step))
    took = f"Seeds {', '.join(map(str, seeds))}; {time.monotonic() - started:.0f} s in all."
    left_out = ", ".join(drill.id for drill in shipped_drills() if trains(drill)) or "none"
    return told(proofs, f"{took} Left out, since each call of theirs is a training: {left_out}.")


def told(proofs: Sequence[DrillProof], note: str) -> Sequence[Table]:
    """The tables. Where a list of equivalents does not fit, they and every complaint end the program, with code 1."""
    tables = (kills(proofs, note), explanations(proofs), equivalents(proofs))
    wrong = [f"{proof.drill}: {complaint}" for proof in proofs for complaint in proof.complaints]
    if wrong:
        raise SystemExit("\n".join([*(table.as_markdown() for table in tables), *wrong]))
    return tables


async def prove_all(say: Say, drills: Sequence[Drill], seeds: Sequence[int], step: int) -> list[DrillProof]:
    """The proofs of these drills, by one in `step` of their mutants."""
    async with Grader(judges=usable_cores(), limits=LIMITS) as grader:
        return [await prove(grader, drill, seeds, step=step, heard=_progress(say, drill)) for drill in drills]


def _progress(say: Say, drill: Drill) -> Callable[[int, int], None]:
    def heard(done: int, total: int) -> None:
        if done % SAID_EVERY == 0 or done == total:
            say(f"{drill.id}: {done} of {total} mutants")

    return heard


def kills(proofs: Sequence[DrillProof], note: str) -> Table:
    """How many mutants of each drill were killed, and by which verdict on the first exam; and of all together."""
    counted = {proof.drill: _counts(proof) for proof in proofs}
    counted["all"] = [sum(column) for column in zip(*counted.values(), strict=True)]
    rows: list[list[Cell]] = []
    for drill, counts in counted.items():
        graded, killed, *_, equivalent, _ = counts
        rows.append([drill, *map(Quantity, counts), Quantity(100 * killed / max(1, graded - equivalent), "%")])
    columns = ("drill", "mutants", "killed", *(one.value for one in VERDICTS), "other verdicts")
    return Table("Mutants", (*columns, "equivalent", "unexpected", "kill rate"), rows, [note])


def _counts(proof: DrillProof) -> list[int]:
    """What stands in a drill's row: mutants, killed, by which verdicts, equivalent, unexpected."""
    killed = proof.killed()
    verdicts = Counter(one.reports[0].verdict for one in killed)
    others = len(killed) - sum(verdicts[one] for one in VERDICTS)
    by_verdict = [*(verdicts[one] for one in VERDICTS), others]
    return [len(proof.graded), len(killed), *by_verdict, len(proof.equivalent()), len(proof.complaints)]


EXPLANATIONS = ("one mistake", "a pair", "smallest case", "how it ended", "nothing")


def explanation(report: Report) -> str:
    """By what the report of a rejected program explains it: the first of EXPLANATIONS that it has."""
    if report.diagnosis:
        return "one mistake" if len(report.diagnosis[0].ids) == 1 else "a pair"
    if report.smallest_case is not None:
        return "smallest case"
    return "nothing" if report.verdict is Verdict.WRONG_ANSWER else "how it ended"


def explanations(proofs: Sequence[DrillProof]) -> Table:
    """By what the killed ones are explained, on the first exam."""
    rows: list[list[Cell]] = []
    for proof in proofs:
        reports = [one.reports[0] for one in proof.killed()]
        kinds = Counter(map(explanation, reports))
        several = sum(len(one.diagnosis) > 1 for one in reports)
        rows.append([proof.drill, *(Quantity(kinds[one]) for one in EXPLANATIONS), Quantity(several)])
    return Table("What the killed ones are told", ("drill", *EXPLANATIONS, "several that fit"), rows)


def equivalents(proofs: Sequence[DrillProof]) -> Table:
    """The mutants that are accepted, and why that is right."""
    rows = [
        [proof.drill, one.mutant.description, proof.listed[one.mutant.description]]
        for proof in proofs
        for one in proof.equivalent()
    ]
    return Table("Equivalent mutants", ("drill", "mutant", "why it keeps the contract"), rows)
