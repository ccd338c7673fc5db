"""An exam shows every mistake, expects float64 values, and is the same for the same seed."""

import re
from dataclasses import replace

import pytest
import torch

from kdquiz.grading import trusted
from kdquiz.grading.behaviour import observe
from kdquiz.grading.compare import CLEARLY, alike
from kdquiz.grading.exam import Exam, fresh_seed, set_exam
from kdquiz.grading.prepared import prepare
from kdquiz.grading.trusted import OutOfPatienceError
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError, Fault
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


def test_mistakes_that_never_show_are_all_named() -> None:
    hidden = (mistake("no-difference", "x * k", "k * x"), mistake("one-more", ".mean()", ".mean() + 0"))
    with pytest.raises(BrokenDrillError) as raised:
        exam(tiny_drill(mistakes=(*MISTAKES, *hidden)))
    assert [fault.key for fault in raised.value.faults] == [("mistakes", 4, "id"), ("mistakes", 5, "id")]
    assert re.match(r"in 40 draws .* mistake 'no-difference' never differed .* 1%", raised.value.faults[0].message)


def test_mistakes_that_never_show_in_the_same_draw_are_told_as_rare() -> None:
    """Each shows for one of two hundred values, and a draw has ten of them."""
    rare = (
        mistake("first", "x * k", "x * (k if k != 7 else 1)"),
        mistake("second", ".mean()", ".mean() * (1 + (k == 9))"),
    )
    values = tuple(float(k) for k in range(2, 202))
    with pytest.raises(BrokenDrillError, match="'first' too seldom differed"):
        exam(tiny_drill(inputs={**tiny_drill().inputs, "k": values}, mistakes=rare), seed=0)


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


def broken(drill: Drill) -> Fault:
    """What is wrong with a drill of which no exam can be drawn."""
    with pytest.raises(BrokenDrillError) as raised:
        exam(drill)
    (fault,) = raised.value.faults
    return fault


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("scaled = x * k", "scaled = x / 0 * 0", 4, "returns NaN"),
        ("scaled = x * k", "scaled = x * undefined", 5, "raises NameError: name 'undefined' is not defined"),
        ("* w).sum", "* w[:3]).sum", 6, "raises RuntimeError: The size of tensor a"),
        (".mean()", ".mean().item()", 4, "returns float, not a tensor"),
        ("scaled * w", "(scaled := scaled.exp()) * w + scaled.add_(1)", 4, "raises RuntimeError: one of the variables"),
        ("scaled = x", "__import__('sys').exit(2); scaled = x", 5, "ends the process by `sys.exit(2)`"),
    ],
)
def test_a_reference_that_gives_nothing_to_compare_with_is_told_with_its_line_and_the_case(
    old: str, new: str, line: int, says: str
) -> None:
    fault = broken(tiny_drill(reference=REFERENCE.replace(old, new), mistakes=(), equivalents=()))
    assert (fault.file, fault.line) == ("reference.py", line)
    case = r"on the case 'benign 1' \(N = [235], C = [46], k = [23]\) the reference "
    assert re.match(case + re.escape(says), fault.message), fault.message


def test_a_reference_that_fails_on_an_edge_alone_or_in_another_dtype_alone() -> None:
    picky = REFERENCE.replace("scaled = x", "assert k\n    scaled = x")
    assert re.match(
        r"on the case 'k = 0' \(N = ., C = ., k = 0\) .* raises Assert",
        broken(tiny_drill(reference=picky, equivalents=())).message,
    )
    double = REFERENCE.replace("scaled = x", "assert x.dtype == torch.float64\n    scaled = x")
    fault = broken(tiny_drill(reference=double, equivalents=()))
    assert fault.message.startswith("on the case 'in float32'")
    assert fault.line == 5


def test_a_reference_that_does_not_come_to_an_end_is_told_with_its_line_and_the_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.2)
    endless = REFERENCE.replace("scaled = x * k", "scaled = x\n    while k:\n        scaled = scaled * k")
    drill = tiny_drill(reference=endless, mistakes=(), equivalents=())
    with pytest.raises(OutOfPatienceError) as raised:
        exam(drill)
    (fault,) = trusted.faults_of(raised.value, drill)
    assert fault.line in (6, 7)
    assert re.match(r"on the case 'benign 1' \(N = ., .*\) .* does not come to an end within 0\.2 s", fault.message)


def test_a_mistake_that_does_not_come_to_an_end_is_told_at_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.2)
    drill = tiny_drill(mistakes=(*MISTAKES, mistake("endless", "scaled = x", "while 1: scaled = x")))
    with pytest.raises(OutOfPatienceError) as raised:
        exam(drill)
    (fault,) = trusted.faults_of(raised.value, drill)
    assert fault.key == ("mistakes", 4, "id")
    assert fault.message == "with the mistake 'endless' the reference does not come to an end within 0.2 s"


def test_an_edge_on_which_the_reference_does_not_hold_is_told() -> None:
    unstable = REFERENCE.replace("scaled = x * k", "scaled = (x - x.float().half().double().to(x.dtype)) * k")
    fault = broken(
        tiny_drill(reference=unstable, mistakes=(), equivalents=(), edges=({"k": 0.0}, {"dtype": "float16"}))
    )
    assert fault.key == ("edges", 1)
    assert fault.message == "on the edge 'dtype = float16' the reference does not keep its own tolerance in 40 draws"


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
    changed = replace(
        drill,
        edges=({"scale": 1.0e4, "dtype": "float32", "N": 16, "C": 33},),
        mistakes=(),
        equivalents=(),
        inseparable=(),
    )
    return changed.with_sources(starter=drill.starter, reference=drill.reference)
