"""What is dismissed at a glance is what no closer look would find to fit."""

from collections.abc import Sequence

import pytest

from kdquiz.grading.behaviour import Behaviour, observe
from kdquiz.grading.compare import alike, tolerance_for
from kdquiz.grading.exam import Exam, set_exam
from kdquiz.grading.examine import behaviours
from kdquiz.grading.prepared import Ids, PreparedDrill, prepare
from kdquiz.grading.report import Limits
from kdquiz.grading.screen import not_dismissed
from kdquiz.library.drill import Drill, Mistake
from tests.grading.drills import LESSON, MISTAKES, REFERENCE, distillation_loss, in_process, mistake, tiny_drill

RAISES = mistake("wrong-axis", "dim=-1", "dim=5")
SPOILS = mistake("x-scaled-in-place", "scaled = x * k", "x.data.mul_(k); scaled = x")
FREEZES = mistake("x-frozen", "scaled = x * k", "scaled = x.requires_grad_(False) * k")
BREAKS = mistake("graph-broken", ".mean()", ".mean() + 0 * w.add_(1).sum()")
NEEDS_A_GRAPH = mistake(
    "own-gradient", ".mean()", ".sum() + 0 * torch.autograd.grad(scaled.sum(), x, retain_graph=True)[0].sum()"
)
OVERWRITES = mistake("result-overwritten", "x * k", "(x * k).exp().add_(1)")
INFINITE = mistake("infinite", ".mean()", ".mean() / 0")
NO_GRADIENT_OF_W = {**tiny_drill().inputs, "w": {"normal": ["C"]}}


def tiny(*more: Mistake) -> Drill:
    return tiny_drill(mistakes=(*more, *MISTAKES, RAISES), inputs=NO_GRADIENT_OF_W, advice=())


SPOILT, FROZEN = tiny(SPOILS, BREAKS, NEEDS_A_GRAPH, INFINITE), tiny(FREEZES, OVERWRITES)
"""Drills with a mistake that changes its arguments, and the next would see that if they shared them."""


def seen_of(source: str, drill: Drill) -> tuple[PreparedDrill, Exam, Sequence[Behaviour]]:
    prepared = prepare(drill)
    exam = set_exam(prepared, 1)
    cases = [drawn.case for drawn in exam.cases]
    return prepared, exam, behaviours(cases, in_process(source.encode(), drill.entry, cases, Limits()))


def fits(prepared: PreparedDrill, exam: Exam, seen: Sequence[Behaviour], ids: Ids) -> bool:
    """Whether the candidate did what was seen on every ordinary case: looked at as loosely as a diagnosis ever does."""
    function = prepared.with_mistakes(ids)
    return all(
        alike(observe(function, drawn.case), one, prepared.gradients, tolerance_for(drawn.dtype), loosely=True)
        for drawn, one in zip(exam.cases, seen, strict=False)
        if drawn.kind == "benign"
    )


@pytest.mark.parametrize("drill", [SPOILT, FROZEN], ids=["spoilt", "frozen"])
@pytest.mark.parametrize(
    "source",
    [
        REFERENCE,
        REFERENCE.replace(".mean()", ".sum()"),
        REFERENCE.replace(".mean()", ".sum() if k else x.sum()"),
        REFERENCE.replace("(scaled * w)", "scaled").replace("x * k", "x"),
        REFERENCE.replace("x * k", "x.detach()"),
        REFERENCE.replace("dim=-1", "dim=7"),
        REFERENCE.replace(".mean()", ".mean() * float('nan')"),
        REFERENCE.replace("x * k", "x * k + 1"),
        "def weighted(a, b, c):\n    return (a * b * c).sum(1).mean().float()\n",
        "def weighted(a, b, c):\n    out = (a * b * c).sum(1).mean()\n    b.zero_()\n    return out\n",
        "def weighted(a, b, c):\n    a.data.mul_(c)\n    return (a * b).sum(1).mean()\n",
        REFERENCE.replace("x * k", "(x * k).exp().add_(2)"),
        "def weighted(a, b, c):\n    raise KeyError\n",
    ],
)
def test_whatever_fits_is_left(source: str, drill: Drill) -> None:
    prepared, exam, seen = seen_of(source, drill)
    candidates: list[Ids] = [*((one,) for one in prepared.mistakes), *prepared.pairs]
    left = not_dismissed(prepared, exam, seen, candidates)
    fitting = [ids for ids in candidates if fits(prepared, exam, seen, ids)]
    assert [ids for ids in left if ids in fitting] == fitting


def test_nearly_all_are_dismissed_by_their_value() -> None:
    prepared, exam, seen = seen_of(LESSON.replace(" * (T * T)", " * 17"), distillation_loss())
    assert not_dismissed(prepared, exam, seen, prepared.pairs) == []


def test_where_the_submission_raised_all_that_return_are_dismissed() -> None:
    prepared, exam, seen = seen_of("def distillation_loss(*a):\n    return nothing\n", distillation_loss())
    assert seen[0].raised == "NameError"
    assert not_dismissed(prepared, exam, seen, prepared.pairs) == []
    prepared, exam, seen = seen_of(REFERENCE.replace("dim=-1", "dim=7"), SPOILT)
    assert ("wrong-axis",) in not_dismissed(prepared, exam, seen, [(one,) for one in prepared.mistakes])
