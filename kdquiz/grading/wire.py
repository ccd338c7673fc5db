"""Reports as plain values that JSON can carry between judge and app, with nothing lost. No torch.

`Report.as_data()` is what a person's script reads and leaves things out; this is the full form: a report goes in on
the judge's side and an equal report comes out on the app's side, cards and changes of a diagnosis included.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Verdict


def report_to_data(report: Report) -> dict[str, Any]:
    """Every field of the report as dicts, lists, strings and numbers; for `report_from_data`."""
    return {**asdict(report), "verdict": report.verdict.value}


def report_from_data(data: Mapping[str, Any]) -> Report:
    """The report that `report_to_data` was given, also after a way through JSON.

    Raises KeyError, TypeError or ValueError where `data` is not such a report.
    """
    case, raised, protection = data["smallest_case"], data["raised"], data["protection"]
    return Report(
        **{
            **data,
            "verdict": Verdict(data["verdict"]),
            "checks": tuple(map(check_from_data, data["checks"])),
            "diagnosis": tuple(map(_diagnosis, data["diagnosis"])),
            "smallest_case": None if case is None else _smallest_case(case),
            "raised": None if raised is None else Raised(**raised),
            "containment": tuple(data["containment"]),
            "protection": None if protection is None else Protection(open=tuple(protection["open"])),
        }
    )


def check_to_data(check: Check) -> dict[str, Any]:
    """One check, for `check_from_data`."""
    return asdict(check)


def check_from_data(data: Mapping[str, Any]) -> Check:
    """The check that `check_to_data` was given. Raises TypeError where `data` is not one."""
    return Check(**data)


def _diagnosis(data: Mapping[str, Any]) -> Diagnosis:
    return Diagnosis(
        ids=tuple(data["ids"]),
        because=tuple(data["because"]),
        cards=tuple(data["cards"]),
        changes=tuple(Change(**change) for change in data["changes"]),
    )


def _smallest_case(data: Mapping[str, Any]) -> SmallestCase:
    pairs = tuple((name, text) for name, text in data["arguments"])
    return SmallestCase(**{**data, "arguments": pairs})
