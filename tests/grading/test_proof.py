"""The proof of a drill, and every kind of unsoundness that it has to find."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kdquiz.grading import trusted
from kdquiz.grading.exam import set_exam
from kdquiz.grading.execution import Case, End, Run
from kdquiz.grading.pairs import cancelling_pairs
from kdquiz.grading.prepared import prepare
from kdquiz.grading.proof import prove
from kdquiz.grading.proof_report import Proof, Rejected
from kdquiz.grading.report import Limits
from kdquiz.library.drill import Inseparable, Patch
from kdquiz.library.problems import Key
from tests.grading.drills import MISTAKES, REFERENCE, in_process, mistake, tiny_drill

DOUBLED, HALVED = mistake("doubled", "x * k", "x * k * 2"), mistake("halved", ".mean()", ".mean() / 2")
TWICE = mistake("twice", ".mean()", ".mean() * 2")


def proof(seeds: Sequence[int] = (1,), **changes: Any) -> Proof:
    return prove(tiny_drill(**changes), in_process, lambda done, total: None, seeds=seeds)


def messages(found: Proof) -> list[str]:
    return [one.message for one in found.faults]


def keys(found: Proof) -> list[Key]:
    return [one.key for one in found.faults]


def declared(*mistakes: str) -> Inseparable:
    return Inseparable(mistakes=mistakes, because="They are one and the same.")


def test_a_sound_drill_rejects_everything_that_is_wrong() -> None:
    found = proof(seeds=(1, 2))
    assert found.sound
    assert (found.accepted, found.to_accept) == (2, 2)
    assert (str(found.singles), found.singles.rate) == ("4 of 4", 1.0)
    assert found.pairs.rejected == found.pairs.total == len(prepare(tiny_drill()).pairs)
    assert (found.seeds, found.drill) == ((1, 2), "weighted")


def test_a_starter_that_is_accepted_is_told_at_its_function() -> None:
    (fault,) = proof(starter=REFERENCE).faults
    assert (fault.message, fault.file, fault.line) == ("the starter is accepted as it is", "starter.py", 4)


def test_an_equivalent_that_is_not_accepted() -> None:
    found = proof(equivalents=(Patch(find="x * k", put="k * x"), Patch(find="x * k", put="x * k * 2")))
    assert (found.accepted, found.to_accept) == (2, 3)
    (fault,) = found.faults
    assert fault.key == ("equivalents", 1)
    assert fault.message.startswith("equivalent 2 is not accepted (seed 1): wrong-answer: The value is wrong: expected")


def test_a_reference_that_fails_its_own_checks() -> None:
    wrecks = REFERENCE.replace("scaled = x * k", "scaled = x * k\n    w.data.add_(1)")
    (fault,) = proof(reference=wrecks, mistakes=(), equivalents=()).faults
    assert (fault.file, fault.line) == ("reference.py", 4)
    assert fault.message.startswith("the reference is not accepted (seed 1): wrong-answer: The result is right, but")


def test_a_mistake_that_never_shows() -> None:
    found = proof(mistakes=(*MISTAKES, mistake("harmless", "x * k", "k * x")))
    assert keys(found) == [("mistakes", 4, "id")]
    assert found.to_accept == 0


def test_a_drill_that_cannot_be_prepared_is_told_in_full() -> None:
    assert keys(proof(checks=("gradeint x",), equivalents=(Patch(find="nowhere", put=""),))) == [
        ("equivalents", 0, "find"),
        ("checks", 0),
    ]


def test_a_mistake_that_is_accepted() -> None:
    """The gradient differs, and no check looks at it."""
    found = proof(
        checks=("value", "gradient w"), mistakes=(MISTAKES[0], mistake("loose", "scaled = x", "scaled = x.detach()"))
    )
    assert keys(found) == [("mistakes", 1, "id")]


def test_code_that_comes_to_no_end_is_a_fault_and_not_a_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.2)
    (fault,) = proof(reference=REFERENCE.replace("scaled = x", "while k: scaled = x"), mistakes=()).faults
    assert (fault.file, fault.line) == ("reference.py", 5)
    assert "does not come to an end within 0.2 s" in fault.message


def test_mistakes_that_no_case_tells_apart_are_to_be_declared() -> None:
    twins = (*MISTAKES, DOUBLED, TWICE)
    found = proof(mistakes=twins)
    assert keys(found) == [("mistakes", 4, "id"), ("mistakes", 5, "id")]
    assert messages(found)[0] == (
        "the mistake 'doubled' is told from 'twice' by no case (seed 1); "
        "declare them under `inseparable` with the reason"
    )
    assert proof(mistakes=twins, inseparable=(declared("twice", "doubled"),)).sound


def test_a_pair_that_cancels_is_to_be_declared_and_is_not_counted_as_rejected() -> None:
    both = (*MISTAKES, DOUBLED, HALVED)
    found = proof(mistakes=both)
    assert keys(found) == [("mistakes", 4, "id")]
    assert messages(found)[0].startswith("the mistakes 'doubled' + 'halved' cancel: together they are accepted")
    assert found.pairs.total - found.pairs.rejected == 1
    assert proof(mistakes=both, inseparable=(declared("doubled", "halved"),)).sound


def test_a_declaration_that_is_out_of_date() -> None:
    found = proof(inseparable=(declared("no-weight", "not-scaled"),))
    assert messages(found) == ["'no-weight' + 'not-scaled' are declared inseparable, and are told apart"]
    assert keys(found) == [("inseparable", 0)]


def test_a_fault_of_ours_is_not_counted_as_a_rejection() -> None:
    def failing(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        return Run(end=End.INTERNAL, detail="no process")

    found = prove(tiny_drill(), failing, lambda done, total: None, seeds=(1,))
    assert messages(found)[0].startswith("the starter could not be graded: ")
    assert found.accepted == 0
    assert len(found.faults) == 1 + 2 + len(MISTAKES)
    assert found.singles.rejected == 0


def test_a_mistake_that_is_diagnosed_as_another_is_told() -> None:
    """A single mistake that a runner sees otherwise than the judge: here by a runner that loses gradients."""

    def forgetful(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        run = in_process(source, entry, cases, limits)
        return replace(run, answers=tuple(replace(one, gradients={}) for one in run.answers))

    found = prove(tiny_drill(), forgetful, lambda done, total: None, seeds=(1,))
    assert any(message.startswith("the reference is not accepted") for message in messages(found))
    assert any("'no-weight' is diagnosed as 'no-weight' + 'scale-detached'" in message for message in messages(found))


def test_pairs_are_judged_on_one_exam() -> None:
    prepared = prepare(tiny_drill(mistakes=(*MISTAKES, DOUBLED, HALVED)))
    assert cancelling_pairs(prepared, set_exam(prepared, 1), prepared.pairs) == {("doubled", "halved")}


def test_a_pair_that_cancels_but_changes_its_arguments_is_rejected() -> None:
    wrecks = mistake("halved-and-wrecked", ".mean()", ".mean() / 2 + 0 * w.data.add_(1).sum()")
    reference = REFERENCE.replace("* w)", "* w.clone())")
    prepared = prepare(tiny_drill(reference=reference, mistakes=(DOUBLED, wrecks)))
    assert cancelling_pairs(prepared, set_exam(prepared, 1), prepared.pairs) == frozenset()
    prepared = prepare(tiny_drill(reference=reference, mistakes=(DOUBLED, wrecks), checks=("value",)))
    assert cancelling_pairs(prepared, set_exam(prepared, 1), prepared.pairs) == {("doubled", "halved-and-wrecked")}


def test_a_proof_goes_through_json_with_nothing_lost() -> None:
    found = proof(mistakes=(*MISTAKES, DOUBLED, HALVED))
    assert Proof.from_data(found.as_data()) == found


@pytest.mark.parametrize(("rejected", "total", "rate"), [(0, 0, 1.0), (1, 2, 0.5), (3, 3, 1.0)])
def test_the_kill_rate(rejected: int, total: int, rate: float) -> None:
    assert Rejected(rejected=rejected, total=total).rate == rate
