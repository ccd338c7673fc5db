"""A report crosses from judge to app with nothing lost."""

import dataclasses
import json

import pytest

from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Verdict
from kdquiz.grading.wire import check_from_data, check_to_data, report_from_data, report_to_data

FULL = Report(
    drill="distillation-loss",
    verdict=Verdict.WRONG_ANSWER,
    summary="The value differs.",
    file="mine.py",
    checks=(Check(name="compile", status="passed"), Check(name="value", status="failed", detail="off by 4")),
    diagnosis=(
        Diagnosis(
            ids=("missing-t-squared", "alpha-swapped"),
            because=("It mutes the teacher.", "It weighs the wrong term."),
            cards=("why-t-squared",),
            changes=(Change(line=7, reference="kl * (T * T)", changed="kl"),),
        ),
        Diagnosis(ids=("other",), because=("Or this.",)),
    ),
    smallest_case=SmallestCase(
        arguments=(("student_logits", "[[2., 5.]]"), ("T", "2.0")), expected="0.05", got="0.01", what="gradient x"
    ),
    raised=Raised(error="ValueError: no", line=3, text="raise ValueError('no')", plain="It raised."),
    printed="α\n",
    seed=2**63 - 1,
    elapsed_ms=12.345678,
    containment=("own-session", "memory-limit"),
    protection=Protection(open=("network",)),
)
BARE = Report(drill="d", verdict=Verdict.ACCEPTED, summary="All checks passed.")


@pytest.mark.parametrize("report", [FULL, BARE])
def test_a_report_comes_out_equal(report: Report) -> None:
    assert report_from_data(json.loads(json.dumps(report_to_data(report)))) == report


def test_the_full_report_of_this_test_leaves_no_field_at_its_default() -> None:
    """So that a new field of Report is missed here before it is missed on a screen."""
    assert all(
        getattr(FULL, field.name) != field.default
        for field in dataclasses.fields(Report)
        if field.default is not dataclasses.MISSING
    )


def test_a_check_comes_out_equal() -> None:
    check = Check(name="stable", status="advice", detail="At 1e4 …")
    assert check_from_data(json.loads(json.dumps(check_to_data(check)))) == check


@pytest.mark.parametrize("data", [{}, {**report_to_data(BARE), "verdict": "great"}, {**report_to_data(BARE), "x": 1}])
def test_what_is_no_report_is_an_error(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        report_from_data(data)
