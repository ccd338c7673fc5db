"""The mutation proof: its rules by values, and the real grader on the mutants of every shipped drill."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from kdquiz.grading.report import Diagnosis, Report, SmallestCase, Verdict
from tests.bench.mutants import (
    EXPLANATIONS,
    LISTS,
    SEEDS,
    DrillProof,
    Graded,
    complaints,
    equivalents,
    explanation,
    explanations,
    kills,
    mutated_drills,
    one_in,
    prove_all,
    told,
    trains,
)
from tests.bench.mutate import Mutant, mutants

ONE_DRILL_IN, BUDGET = 4, 10
"""Of how many drills the suite takes one, and about how many mutants it grades over those, at least one that is listed
and one that is not of each; the benchmark grades all, on more exams."""
A, W, R, I = Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR, Verdict.INTERNAL_ERROR  # noqa: E741
REASON = "It is the same."


def report(verdict: Verdict, seed: int = 1) -> Report:
    return Report(drill="weighted", verdict=verdict, summary=f"It is {verdict.value}.", seed=seed)


def graded(*verdicts: Verdict, description: str = "line 1: a -> b") -> Graded:
    reports = tuple(report(verdict, seed) for seed, verdict in enumerate(verdicts, 1))
    return Graded(Mutant(description, "name replaced", "b\n"), reports)


def proof(found: Sequence[Graded], listed: Mapping[str, str]) -> DrillProof:
    told = complaints([one.mutant for one in found], found, listed)
    return DrillProof("weighted", found, listed, tuple(told))


@pytest.mark.parametrize(
    ("verdicts", "listed", "expected"),
    [
        ((W, R, W), False, []),
        ((A, A, A), True, []),
        ((A, A, A), False, ["accepted, and not listed as equivalent: line 1: a -> b"]),
        ((W, W, R), True, ["listed as equivalent, and rejected: line 1: a -> b (It is wrong-answer.)"]),
        ((W, A, A), True, ["accepted on some exams only (seed 2, 3): line 1: a -> b"]),
        ((W, A, A), False, ["accepted on some exams only (seed 2, 3): line 1: a -> b"]),
        ((W, I, W), False, ["could not be graded: line 1: a -> b (It is internal-error.)"]),
        ((A, I, A), True, ["could not be graded: line 1: a -> b (It is internal-error.)"]),
    ],
)
def test_the_list_must_say_what_is_found(verdicts: Sequence[Verdict], listed: bool, expected: list[str]) -> None:
    found = proof([graded(*verdicts)], {"line 1: a -> b": REASON} if listed else {})
    assert list(found.complaints) == expected
    assert (len(found.killed()), len(found.equivalent())) == (
        int(set(verdicts) <= {W, R}),
        int(listed and set(verdicts) == {A}),
    )


def test_what_is_listed_must_be_a_mutant() -> None:
    found = proof([graded(W)], {"line 9: x removed": REASON})
    assert found.complaints == ("listed as equivalent, and no mutant: line 9: x removed",)


def test_the_tables_count_what_was_found() -> None:
    found = proof(
        [graded(W), graded(R), graded(Verdict.TIME_LIMIT), graded(A), graded(A, description="line 2: k removed")],
        {"line 2: k removed": REASON},
    )
    row, total = kills([found], "").rows
    assert [str(cell) for cell in row] == ["weighted", "5", "3", "1", "1", "1", "1", "1", "75 %"]
    assert [str(cell) for cell in total[1:]] == [str(cell) for cell in row[1:]]
    (row,) = explanations([found]).rows
    assert [str(cell) for cell in row] == ["weighted", "0", "0", "0", "2", "1", "0"]
    assert equivalents([found]).rows == [["weighted", "line 2: k removed", REASON]]


def test_a_list_that_does_not_fit_ends_the_benchmark_with_every_complaint() -> None:
    sound, unsound = proof([graded(W)], {}), proof([graded(A), graded(A, description="line 2: k removed")], {})
    assert len(told([sound], "")) == 3
    with pytest.raises(SystemExit) as ended:
        told([sound, unsound], "")
    assert str(ended.value).endswith(
        "\nweighted: accepted, and not listed as equivalent: line 1: a -> b"
        "\nweighted: accepted, and not listed as equivalent: line 2: k removed"
    )


def test_a_report_explains_by_the_first_that_it_has() -> None:
    one, two = (Diagnosis(ids=ids, because=()) for ids in (("a",), ("a", "b")))
    case = SmallestCase(arguments=(), expected="1", got="2")
    wrong = report(W)
    reports = [
        replace(wrong, diagnosis=(one,)),
        replace(wrong, diagnosis=(two,)),
        replace(wrong, smallest_case=case),
        report(R),
        wrong,
    ]
    assert tuple(map(explanation, reports)) == EXPLANATIONS


def test_each_list_is_that_of_a_shipped_drill() -> None:
    assert {path.stem for path in LISTS.iterdir()} <= {drill.id for drill in mutated_drills()}


def test_a_drill_that_trains_is_left_out() -> None:
    drill = mutated_drills()[0]
    assert not trains(drill)
    assert trains(replace(drill, seconds=10))
    assert trains(replace(drill, checks=(*drill.checks, "reaches 0.9 accuracy")))


@pytest.mark.parametrize(("step", "expected"), [(1, "abcdef"), (2, "bdf"), (4, "be"), (6, "d"), (100, "d")])
def test_a_sample_comes_from_all_over_a_list(step: int, expected: str) -> None:
    assert "".join(one.description for one in one_in(step, [Mutant(name, "", "") for name in "abcdef"])) == expected
    assert one_in(step, []) == []


def test_the_grader_rejects_every_mutant_that_is_not_equivalent() -> None:
    drills = mutated_drills()[::ONE_DRILL_IN]
    total = sum(len(mutants(drill.reference)) for drill in drills)
    heard: list[str] = []
    proofs = asyncio.run(prove_all(heard.append, drills, SEEDS[:1], step=-(-total // BUDGET)))
    assert [one for found in proofs for one in found.complaints] == []
    assert all(found.killed() for found in proofs)
    assert [explanation(one.reports[0]) for found in proofs for one in found.killed()].count("nothing") == 0
    assert [line.split(":")[0] for line in heard if " of " in line][-1] == proofs[-1].drill
