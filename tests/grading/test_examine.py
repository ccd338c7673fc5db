"""The checks of a report: their order, what is skipped and why, and what each of them finds."""

import pytest

from kdquiz.grading.exam import set_exam
from kdquiz.grading.examine import Examined, behaviours, examine
from kdquiz.grading.execution import End, Run
from kdquiz.grading.prepared import prepare
from kdquiz.grading.report import Check, Limits, Raised
from kdquiz.grading.summary import internal
from kdquiz.library.drill import Drill
from tests.grading.drills import MISTAKES, REFERENCE, in_process, tiny_drill


def examined(source: str, drill: Drill | None = None, run: Run | None = None) -> Examined:
    prepared = prepare(drill or tiny_drill())
    exam = set_exam(prepared, 1)
    cases = [drawn.case for drawn in exam.cases]
    run = run or in_process(source.encode(), prepared.drill.entry, cases, Limits())
    heard: list[Check] = []
    done = examine(prepared, exam, run, behaviours(cases, run), heard.append)
    assert heard == done.checks
    return done


def table(done: Examined) -> dict[str, str]:
    return {check.name: check.status for check in done.checks}


def wrong(old: str, new: str) -> str:
    assert old in REFERENCE
    return REFERENCE.replace(old, new)


ALL = [
    "compile",
    "call",
    "value",
    "gradient x",
    "unchanged inputs",
    "edge k = 0",
    "dtype float32",
    "frozen w",
]


def test_every_check_passes_in_its_order() -> None:
    done = examined(wrong("* w", "* w.detach()"))
    assert list(table(done)) == ALL
    assert set(table(done).values()) == {"passed"}
    assert next(check.detail for check in done.checks if check.name == "value") == "6 cases"
    assert done.first() is None


def test_advice_is_told_and_is_no_failure() -> None:
    done = examined(REFERENCE)
    assert table(done)["frozen w"] == "advice"
    assert done.failed() == []
    assert done.checks[-1].detail.startswith("a gradient reaches `w`")


def test_a_wrong_value_leaves_the_gradient_to_be_checked_and_the_edges_unlooked_at() -> None:
    done = examined(wrong(".mean()", ".mean() + 1"))
    assert table(done) == {
        **dict.fromkeys(ALL, "passed"),
        "value": "failed",
        "edge k = 0": "skipped",
        "dtype float32": "skipped",
        "frozen w": "advice",
    }
    details = {check.name: check.detail for check in done.checks}
    assert details["value"].endswith(")")
    assert "(case 1 of 6: N = " in details["value"]
    assert details["edge k = 0"] == "the ordinary cases come first"


def test_a_wrong_shape_leaves_no_gradient_to_compare() -> None:
    done = examined(wrong(".mean()", ""))
    assert (table(done)["value"], table(done)["gradient x"]) == ("failed", "skipped")
    assert {check.detail for check in done.checks if check.name == "gradient x"} == {"the result has the wrong shape"}


def test_a_gradient_can_be_wrong_alone() -> None:
    done = examined(wrong("scaled = x", "scaled = x.detach()"))
    assert done.failed() == ["gradient x"]
    finding = done.first()
    assert finding is not None
    assert (finding.kind, finding.what) == ("missing", "gradient x")


def test_an_argument_that_was_changed_is_named() -> None:
    done = examined(wrong("return", "w.data.zero_()\n    return").replace("scaled * w", "scaled * w.clone()"))
    assert "unchanged inputs" in done.failed()
    assert {check.detail.partition(" (")[0] for check in done.checks if check.name == "unchanged inputs"} == {
        "the call modified `w`"
    }


def test_an_edge_can_fail_alone() -> None:
    done = examined(wrong("return", "if k == 0: return x.sum()\n    return"))
    assert done.failed() == ["edge k = 0"]
    assert table(done)["dtype float32"] == "skipped"


def test_another_dtype_can_fail_alone() -> None:
    done = examined(wrong(".mean()", ".mean().double()"))
    assert done.failed() == ["dtype float32"]
    assert done.checks[6].detail.startswith("expected float32, got float64 (N = ")


def test_extreme_inputs_are_the_check_stable_and_not_an_edge() -> None:
    drill = tiny_drill(edges=({"scale": 1.0e4}, {"k": 0.0}), checks=("value", "stable"), mistakes=MISTAKES[:3])
    done = examined(REFERENCE, drill)
    assert list(table(done)) == ["compile", "call", "value", "edge k = 0", "stable", "frozen w"]
    clamped = examined(wrong("scaled = x * k", "scaled = x.clamp(-100, 100) * k"), drill)
    assert clamped.failed() == ["stable"]


@pytest.mark.parametrize(
    ("run", "first", "rest"),
    [
        (
            Run(end=End.COMPILE, raised=Raised(error="SyntaxError: no", line=3)),
            "compile",
            "the source does not compile",
        ),
        (Run(end=End.REFUSED, detail="a NUL byte"), "compile", "the source does not compile"),
        (Run(end=End.RAISED, raised=Raised(error="ValueError: no")), "call", "the call failed"),
        (Run(end=End.WALL_LIMIT, detail="5 s"), "call", "the call failed"),
    ],
)
def test_what_ends_before_the_first_answer_fails_compile_or_call(run: Run, first: str, rest: str) -> None:
    done = examined("", run=run)
    assert done.failed() == [first]
    later = [check for check in done.checks if check.name not in ("compile", "call")]
    assert {(check.status, check.detail) for check in later} == {("skipped", rest)}
    assert [check.name for check in done.checks] == ALL


def test_an_end_on_an_edge_leaves_the_ordinary_cases_judged() -> None:
    done = examined(wrong("return", "assert k > 0\n    return"))
    assert (done.failed(), done.stopped) == (["edge k = 0"], "edge k = 0")
    assert table(done)["value"] == "passed"
    assert {check.detail for check in done.checks if check.name == "dtype float32"} == {"the run ended early"}


def test_an_end_after_a_wrong_answer_is_not_what_is_told_first() -> None:
    done = examined(wrong("return", "assert k > 0\n    return").replace(".mean()", ".sum()"))
    assert done.failed() == ["value", "gradient x"]


def test_an_end_in_the_middle_of_the_ordinary_cases_is_a_failed_call() -> None:
    done = examined(wrong("return", "assert x.shape[0] != 3\n    return"))
    assert done.failed() == ["call"]
    assert done.stopped == "call"


def test_a_fault_of_ours_is_told_in_a_few_lines() -> None:
    """A harness may have printed megabytes."""
    told = internal(f"a runner could not be set up:\n{'x' * 100_000}")
    assert len(told) < 700
    assert "\n" not in told
