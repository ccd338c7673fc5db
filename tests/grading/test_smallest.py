"""The smallest case that still fails, and the text of both sides in a narrow terminal."""

from collections.abc import Sequence
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.grading.behaviour import Behaviour
from kdquiz.grading.cases import DrawnCase
from kdquiz.grading.checks import Finding
from kdquiz.grading.exam import set_exam
from kdquiz.grading.examine import behaviours, examine
from kdquiz.grading.prepared import PreparedDrill, prepare
from kdquiz.grading.report import Limits, SmallestCase
from kdquiz.grading.smallest import WIDTH, brief, smallest_case, written_out
from kdquiz.library.drill import Drill
from tests.grading.drills import LESSON, MISTAKES, REFERENCE, distillation_loss, in_process, tiny_drill


def failing(source: str, drill: Drill) -> tuple[PreparedDrill, Finding]:
    """What the first failed check has found."""
    prepared = prepare(drill)
    exam = set_exam(prepared, 3)
    cases = [drawn.case for drawn in exam.cases]
    run = in_process(source.encode(), drill.entry, cases, Limits())
    finding = examine(prepared, exam, run, behaviours(cases, run), lambda check: None).first()
    assert finding is not None
    return prepared, finding


def shrunk(source: str, drill: Drill) -> tuple[SmallestCase, int]:
    """The smallest case, and in how many further runs it was found."""
    prepared, finding = failing(source, drill)
    runs = 0

    def attempt(drawn: Sequence[DrawnCase], _: Sequence[Behaviour]) -> Sequence[Behaviour]:
        nonlocal runs
        runs += 1
        cases = [one.case for one in drawn]
        return behaviours(cases, in_process(source.encode(), drill.entry, cases, Limits()))

    return smallest_case(prepared, finding, 3, attempt), runs


def test_a_wrong_factor_shows_on_one_row_of_two_classes_with_round_numbers() -> None:
    found, runs = shrunk(LESSON.replace(" * (T * T)", " * 17"), distillation_loss())
    arguments = dict(found.arguments)
    assert runs == 1
    assert (found.what, list(arguments)) == ("value", ["student_logits", "teacher_logits", "labels", "T", "alpha"])
    assert arguments["student_logits"].count(",") == 1
    assert float(found.expected) != pytest.approx(float(found.got), rel=0.01)


def test_what_no_small_case_shows_clearly_is_looked_for_in_more_runs_and_shown_all_the_same() -> None:
    found, runs = shrunk(LESSON.replace("return total_loss", "return total_loss * 1.002"), distillation_loss())
    assert runs > 1
    assert float(found.expected) == pytest.approx(float(found.got), rel=0.01)
    assert found.expected != found.got


def test_a_submission_that_does_not_come_to_the_end_of_a_run_is_not_run_again() -> None:
    prepared, finding = failing(LESSON.replace(" * (T * T)", " * 17"), distillation_loss())
    runs: list[int] = []

    def attempt(drawn: Sequence[DrawnCase], _: Sequence[Behaviour]) -> Sequence[Behaviour]:
        runs.append(len(drawn))
        return ()

    assert smallest_case(prepared, finding, 3, attempt) == written_out(finding)
    assert len(runs) == 1


def test_what_shows_only_with_several_rows_gets_them() -> None:
    found, _ = shrunk(REFERENCE.replace(".mean()", "[0] * 1"), tiny_drill(mistakes=MISTAKES[:1]))
    assert dict(found.arguments)["x"].count("[") == 3


def test_a_case_of_an_edge_keeps_what_the_edge_overrides() -> None:
    found, _ = shrunk(REFERENCE.replace("return", "if k == 0: return x.sum()\n    return"), tiny_drill())
    assert dict(found.arguments)["k"] == "0"
    assert (found.what, found.expected) == ("value", "0")


def test_large_inputs_stay_large_and_say_their_dtype() -> None:
    source = LESSON.replace(
        "F.log_softmax(student_logits / T, dim=1)", "(F.softmax(student_logits / T, 1) + 1e-3).log()"
    )
    drill = distillation_loss()
    found, _ = shrunk(source, drill)
    assert found.what == "value"
    edge = LESSON.replace("student_logits / T", "student_logits.clamp(-50, 50) / T")
    found, _ = shrunk(edge, drill)
    assert dict(found.arguments)["student_logits"].endswith("000]] (float32)")


def test_a_wrong_gradient_shows_both_sides() -> None:
    source = REFERENCE.replace("return", "x = x + x - x.detach()\n    scaled = x * k\n    return")
    found, _ = shrunk(source, tiny_drill())
    assert found.what == "gradient x"
    assert found.expected.startswith("[[")
    assert found.expected != found.got


def test_a_missing_gradient_is_called_none() -> None:
    found, _ = shrunk(REFERENCE.replace("scaled = x", "scaled = x.detach()"), tiny_drill())
    assert (found.what, found.got) == ("gradient x", "none")


@pytest.mark.parametrize(
    ("new", "sides"),
    [(".mean()[None]", ("a scalar", "shape [1]")), (".mean().float()", ("float64", "float32"))],
)
def test_a_wrong_shape_or_dtype_has_two_sides_too(new: str, sides: tuple[str, str]) -> None:
    found, _ = shrunk(REFERENCE.replace(".mean()", new), tiny_drill())
    assert (found.expected, found.got) == sides


def test_an_argument_that_was_changed_is_a_case_of_its_own() -> None:
    source = "def weighted(x, w, k):\n    out = (x * w * k).sum(1).mean()\n    x.data = x.data + 1\n    return out\n"
    found, _ = shrunk(source, tiny_drill(checks=("value", "unchanged inputs"), mistakes=MISTAKES[:3]))
    assert (found.what, found.expected, found.got) == ("argument", "arguments as they were", "the call modified `x`")
    assert dict(found.arguments)["x"].count("[") == 3


def test_where_no_small_case_fails_the_one_that_did_is_shown() -> None:
    source = REFERENCE.replace("return", "if x.shape[0] == 5: return x.sum()\n    return")
    found, _ = shrunk(source, tiny_drill(inputs={**tiny_drill().inputs, "N": (2, 3, 4, 5)}))
    assert dict(found.arguments)["x"].startswith("shape [5, ")


def test_an_exception_in_a_small_case_is_what_is_got() -> None:
    source = REFERENCE.replace("return", "assert x.shape[0] != 2\n    return").replace(
        ".mean()", ".mean() * (2 if x.shape[0] == 4 else 1)"
    )
    found, _ = shrunk(source, tiny_drill(inputs={**tiny_drill().inputs, "N": (1, 4)}))
    assert found.got == "AssertionError"


def test_sizes_that_the_reference_does_not_take_are_passed_over() -> None:
    picky = REFERENCE.replace("scaled = x * k", "scaled = x * k if x.shape[0] in (2, 4, 8) else 1 / 0")
    drill = tiny_drill(reference=picky, mistakes=(), equivalents=(), inputs={**tiny_drill().inputs, "N": (2, 4, 8)})
    found, _ = shrunk(REFERENCE.replace(".mean()", ".mean() * 3"), drill)
    assert dict(found.arguments)["x"].count("[") == 3


floats = st.floats(-1e4, 1e4).map(lambda value: round(value, 1))


@given(st.lists(st.lists(floats, min_size=3, max_size=3), min_size=1, max_size=9), st.integers(30, 80))
@settings(max_examples=60)
def test_a_value_fits_its_columns(rows: list[list[float]], width: int) -> None:
    text = brief(torch.tensor(rows, dtype=torch.float64), width)
    assert len(text) <= width
    assert text.startswith(("[[", "shape "))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.tensor([[1.0, -0.5]], dtype=torch.float64), "[[1, -0.5]]"),
        (torch.tensor([1, 0]), "[1, 0]"),
        (torch.tensor([1.5]), "[1.5] (float32)"),
        (torch.tensor(0.25, dtype=torch.float64), "0.25"),
        (3.0, "3"),
        ("sum", "sum"),
        (True, "True"),
    ],
)
def test_how_a_value_is_written(value: Any, text: str) -> None:
    assert brief(value) == text


def test_the_width_is_that_of_a_terminal_with_a_margin() -> None:
    assert WIDTH == 76
    assert brief(torch.zeros(40, 40, dtype=torch.float64)).startswith("shape [40, 40]: 0, 0, ")
