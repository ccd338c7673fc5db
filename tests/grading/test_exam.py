"""An exam shows every mistake, expects float64 values, and is the same for the same seed."""

from dataclasses import replace

import pytest
import torch

from kdquiz.grading.behaviour import observe
from kdquiz.grading.compare import CLEARLY, alike
from kdquiz.grading.exam import Exam, fresh_seed, set_exam
from kdquiz.grading.prepared import prepare
from kdquiz.library.drill import Drill
from tests.grading.drills import MISTAKES, REFERENCE, distillation_loss, mistake, tiny_drill


def exam(drill: Drill, seed: int = 1) -> Exam:
    return set_exam(prepare(drill), seed)


def same(left: Exam, right: Exam) -> bool:
    tensors = [
        [one.value for drawn in exam.cases for one in drawn.case.arguments if isinstance(one.value, torch.Tensor)]
        for exam in (left, right)
    ]
    if [one.case.name for one in left.cases] != [one.case.name for one in right.cases]:
        return False
    return all(a.shape == b.shape and torch.equal(a, b) for a, b in zip(*tensors, strict=True))


def test_ordinary_cases_come_first_then_the_edges_then_other_dtypes() -> None:
    kinds = [drawn.kind for drawn in exam(tiny_drill()).cases]
    assert kinds == ["benign"] * 6 + ["edge", "dtype"]


def test_the_same_seed_gives_the_same_exam_and_another_one_does_not() -> None:
    assert same(exam(tiny_drill(), 7), exam(tiny_drill(), 7))
    assert not same(exam(tiny_drill(), 7), exam(tiny_drill(), 8))
    assert len({fresh_seed() for _ in range(20)}) == 20


@pytest.mark.parametrize("drill", [tiny_drill(), distillation_loss()], ids=["weighted", "distillation-loss"])
def test_every_mistake_differs_clearly_on_some_case(drill: Drill) -> None:
    prepared = prepare(drill)
    for seed in range(10):
        drawn = set_exam(prepared, seed)
        for name in prepared.mistakes:
            function = prepared.with_mistakes((name,))
            assert any(
                not alike(expected, observe(function, one.case), prepared.gradients, CLEARLY)
                for one, expected in zip(drawn.cases, drawn.expected, strict=True)
            ), name


def test_an_unlucky_draw_is_drawn_again() -> None:
    """A mistake that shows only where the first entry is below -2: in a third of all draws it would stay hidden."""
    rare = mistake("rarely-seen", "x * k", "(x * k if x[0, 0] > -2 else x)")
    for seed in range(20):
        drawn = exam(tiny_drill(mistakes=(rare,)), seed)
        entries = [one.case.arguments[0].value for one in drawn.cases]
        assert any(isinstance(x, torch.Tensor) and float(x[0, 0]) < -2 for x in entries)


def test_a_mistake_that_never_shows_is_named() -> None:
    hidden = mistake("no-difference", "x * k", "k * x")
    with pytest.raises(ValueError, match=r"in 40 draws .* mistake 'no-difference' never differed"):
        exam(tiny_drill(mistakes=(*MISTAKES, hidden)))


def test_expected_values_of_a_float32_case_are_computed_in_float64() -> None:
    drawn = exam(tiny_drill())
    single, expected = drawn.cases[-1], drawn.expected[-1]
    assert single.dtype == torch.float32
    assert expected.output is not None
    assert expected.output.dtype == torch.float64
    assert expected.dtype == torch.float32


def test_the_dtype_of_the_result_is_the_one_that_the_reference_gives() -> None:
    drawn = exam(tiny_drill(reference=REFERENCE.replace(".mean()", ".mean().float()")))
    assert {expected.dtype for expected in drawn.expected} == {torch.float32}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scaled = x * k", "scaled = x / 0 * 0", "the reference returns NaN on the case 'benign 1'"),
        ("scaled = x * k", "scaled = x * undefined", "the reference fails on the case 'benign 1' .*NameError"),
        (".mean()", ".mean().item()", "returned float"),
        ("scaled * w", "(scaled := scaled.exp()) * w + scaled.add_(1)", "the reference fails .*RuntimeError"),
    ],
)
def test_a_reference_that_gives_nothing_to_compare_with_is_told(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        exam(tiny_drill(reference=REFERENCE.replace(old, new), mistakes=()))


def test_an_edge_on_which_the_reference_does_not_hold_is_told() -> None:
    unstable = REFERENCE.replace("scaled = x * k", "scaled = (x - x.float().half().double().to(x.dtype)) * k")
    drill = tiny_drill(reference=unstable, mistakes=(), edges=({"dtype": "float16"},))
    with pytest.raises(ValueError, match="on the edge 'dtype = float16' the reference does not keep"):
        exam(drill)


def test_large_logits_are_drawn_so_that_rounding_them_does_not_decide() -> None:
    """No right solution fails on the float32 edge because two of its logits happen to be almost equal."""
    prepared = prepare(replace_edges(distillation_loss()))
    for seed in range(40):
        drawn = set_exam(prepared, seed)
        edge, expected = drawn.cases[6], drawn.expected[6]
        moved = [
            replace(one, value=one.value * (1 + 1e-7)) if torch.is_tensor(one.value) and one.grad else one
            for one in edge.case.arguments
        ]
        seen = observe(prepared.reference, replace(edge.case, arguments=tuple(moved)))
        assert alike(expected, seen, prepared.gradients, CLEARLY)


def replace_edges(drill: Drill) -> Drill:
    changed = replace(drill, edges=({"scale": 1.0e4, "dtype": "float32", "N": 16, "C": 33},), mistakes=())
    return changed.with_sources(starter="", reference=drill.reference)
