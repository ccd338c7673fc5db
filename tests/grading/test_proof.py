"""The proof of a drill, and every kind of unsoundness that it has to find."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from kdquiz.grading.exam import set_exam
from kdquiz.grading.execution import Case, End, Run
from kdquiz.grading.pairs import judge_pairs
from kdquiz.grading.prepared import prepare
from kdquiz.grading.proof import prove
from kdquiz.grading.proof_report import Proof, Rejected
from kdquiz.grading.report import Limits
from kdquiz.library.drill import Inseparable, Patch
from tests.grading.drills import MISTAKES, REFERENCE, in_process, mistake, tiny_drill

DOUBLED, HALVED = mistake("doubled", "x * k", "x * k * 2"), mistake("halved", ".mean()", ".mean() / 2")
TWICE = mistake("twice", ".mean()", ".mean() * 2")


def proof(seeds: Sequence[int] = (1,), **changes: Any) -> Proof:
    return prove(tiny_drill(**changes), in_process, lambda done, total: None, seeds=seeds)


def messages(found: Proof) -> list[str]:
    return [one.message for one in found.failures]


def declared(*mistakes: str) -> Inseparable:
    return Inseparable(mistakes=mistakes, because="They are one and the same.")


def test_a_sound_drill_rejects_everything_that_is_wrong() -> None:
    found = proof(seeds=(1, 2))
    assert found.sound
    assert (found.accepted, found.to_accept) == (2, 2)
    assert (str(found.singles), found.singles.rate) == ("4 of 4", 1.0)
    assert found.pairs.rejected == found.pairs.total == len(prepare(tiny_drill()).pairs)
    assert (found.seeds, found.drill) == ((1, 2), "weighted")


def test_a_starter_that_is_accepted() -> None:
    assert messages(proof(starter=REFERENCE)) == ["the starter is accepted as it is"]


def test_an_equivalent_that_is_not_accepted() -> None:
    found = proof(equivalents=(Patch(find="x * k", put="k * x"), Patch(find="x * k", put="x * k * 2")))
    assert (found.accepted, found.to_accept) == (2, 3)
    (failure,) = found.failures
    assert failure.equivalent == 1
    assert failure.message.startswith(
        "equivalent 2 is not accepted (seed 1): wrong-answer: The value is wrong: expected"
    )


def test_an_equivalent_that_cannot_be_applied() -> None:
    (failure,) = proof(equivalents=(Patch(find="x * k", put="k * x"), Patch(find="nowhere", put=""))).failures
    assert (failure.equivalent, failure.message[:32]) == (1, "equivalent 2 cannot be applied: ")


def test_a_mistake_that_never_shows() -> None:
    (failure,) = proof(mistakes=(*MISTAKES, mistake("harmless", "x * k", "k * x"))).failures
    assert failure.mistakes == ("harmless",)


def test_a_drill_that_cannot_be_prepared() -> None:
    (failure,) = proof(checks=("gradeint x",)).failures
    assert failure.message.startswith("there is no check 'gradeint x'")


def test_mistakes_that_no_case_tells_apart_are_to_be_declared() -> None:
    twins = (*MISTAKES, DOUBLED, TWICE)
    found = proof(mistakes=twins)
    assert [failure.mistakes for failure in found.failures] == [("doubled", "twice"), ("twice", "doubled")]
    assert "no case tells the mistakes 'doubled' and 'twice' apart (seed 1)" in found.failures[0].message
    assert proof(mistakes=twins, inseparable=(declared("twice", "doubled"),)).sound


def test_a_pair_that_cancels_is_to_be_declared_and_is_not_counted_as_rejected() -> None:
    both = (*MISTAKES, DOUBLED, HALVED)
    found = proof(mistakes=both)
    assert [failure.mistakes for failure in found.failures] == [("doubled", "halved")]
    assert "cancel: together they are accepted" in found.failures[0].message
    assert found.pairs.total - found.pairs.rejected == 1
    assert proof(mistakes=both, inseparable=(declared("doubled", "halved"),)).sound


def test_a_declaration_that_is_out_of_date() -> None:
    assert messages(proof(inseparable=(declared("no-weight", "not-scaled"),))) == [
        "'no-weight' + 'not-scaled' are declared inseparable, and are told apart"
    ]
    assert "names 'nothing', which is not among" in messages(proof(inseparable=(declared("no-weight", "nothing"),)))[0]


def test_a_pair_that_looks_like_a_single_mistake_is_noted() -> None:
    hidden = mistake("weight-doubled", "* w)", "* w * 2)")
    found = proof(mistakes=(*MISTAKES[1:], TWICE, mistake("constant", ".sum(dim=-1)", ".sum(dim=-1).mul(0)"), hidden))
    notes = [note.message for note in found.notes]
    assert any(
        note.startswith("'constant' behaves like ") and "'constant' + 'weight-doubled'" in note for note in notes
    )


def test_a_fault_of_ours_is_not_counted_as_a_rejection() -> None:
    def failing(source: bytes, entry: str, cases: Sequence[Case], limits: Limits) -> Run:
        return Run(end=End.INTERNAL, detail="no process")

    found = prove(tiny_drill(), failing, lambda done, total: None, seeds=(1,))
    assert messages(found)[0].startswith("the starter could not be graded: ")
    assert found.accepted == 0
    assert len(found.failures) == 1 + 2 + len(MISTAKES)
    assert found.singles.rejected == 0


def test_a_mistake_that_is_diagnosed_as_another_is_told() -> None:
    """A single mistake that a runner sees otherwise than the judge: here by a runner that loses gradients."""

    def forgetful(source: bytes, entry: str, cases: Sequence[Case], limits: Limits) -> Run:
        run = in_process(source, entry, cases, limits)
        return replace(run, answers=tuple(replace(one, gradients={}) for one in run.answers))

    found = prove(tiny_drill(), forgetful, lambda done, total: None, seeds=(1,))
    assert any(message.startswith("the reference is not accepted") for message in messages(found))
    assert any("'no-weight' is diagnosed as 'no-weight' + 'scale-detached'" in message for message in messages(found))


def test_pairs_are_judged_on_one_exam() -> None:
    prepared = prepare(tiny_drill(mistakes=(*MISTAKES, DOUBLED, HALVED)))
    judged = judge_pairs(prepared, set_exam(prepared, 1))
    assert judged.accepted == {("doubled", "halved")}
    assert all(len(group) > 1 and len(group[-1]) == 2 for group in judged.alike)


def test_a_pair_that_cancels_but_changes_its_arguments_is_rejected() -> None:
    wrecks = mistake("halved-and-wrecked", ".mean()", ".mean() / 2 + 0 * w.data.add_(1).sum()")
    reference = REFERENCE.replace("* w)", "* w.clone())")
    prepared = prepare(tiny_drill(reference=reference, mistakes=(DOUBLED, wrecks)))
    assert judge_pairs(prepared, set_exam(prepared, 1)).accepted == frozenset()
    prepared = prepare(tiny_drill(reference=reference, mistakes=(DOUBLED, wrecks), checks=("value",)))
    assert judge_pairs(prepared, set_exam(prepared, 1)).accepted == {("doubled", "halved-and-wrecked")}


def test_a_proof_goes_through_json_with_nothing_lost() -> None:
    found = proof(mistakes=(*MISTAKES, DOUBLED, HALVED))
    assert Proof.from_data(found.as_data()) == found


@pytest.mark.parametrize(("rejected", "total", "rate"), [(0, 0, 1.0), (1, 2, 0.5), (3, 3, 1.0)])
def test_the_kill_rate(rejected: int, total: int, rate: float) -> None:
    assert Rejected(rejected=rejected, total=total).rate == rate
