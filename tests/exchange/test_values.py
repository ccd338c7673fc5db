"""Long values of a failing case are told entry by entry."""

import json

import pytest

from kdquiz.exchange.text import report_text
from kdquiz.exchange.values import ENTRIES, readable
from kdquiz.grading.report import Report, SmallestCase, Verdict

SAMPLES = [
    {"prompt": f"Add {number} and 1.", "text": "so Answer: " + "é" * 90, "finished": True} for number in range(58)
]


def test_a_list_of_records_is_told_record_by_record() -> None:
    first, *lines = readable(json.dumps(SAMPLES)).splitlines()
    assert json.loads(first) == SAMPLES[0]
    assert "é" in first
    assert len(lines) == ENTRIES
    assert lines[-1] == f"… and {58 - ENTRIES} more"


@pytest.mark.parametrize("value", ["true", '["a"]', f"[{'1.5 ' * 60}]", "[" * 5000, "x" * 300])
def test_what_is_short_or_no_list_stays(value: str) -> None:
    assert readable(value) == value


def test_no_line_of_the_smallest_case_is_wider_than_the_terminal() -> None:
    case = SmallestCase(arguments=(("samples", json.dumps(SAMPLES)), ("longest", "7")), expected="[0, 3]", got="[0]")
    report = Report(drill="filter", verdict=Verdict.WRONG_ANSWER, summary="Wrong.", smallest_case=case)
    told = report_text(report)
    assert all(len(line) <= 80 for line in told.splitlines() if "é" * 90 not in line)
    assert "    longest  = 7" in told
    assert told.count("prompt") == ENTRIES
