"""What of a report is told."""

from dataclasses import replace

from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Check, Raised, Report, Verdict
from kdquiz.grading.telling import checks_told, facts, raised_told, warning

REPORT = Report(drill="d", verdict=Verdict.RUNTIME_ERROR, summary="Line 3 raised NameError: name 'f' is not defined.")
RAISED = Raised(error="NameError: name 'f' is not defined", line=3, text="  f(x)", plain="`f` is nowhere defined.")


def check(name: str, status: str, detail: str = "") -> Check:
    return Check(name=name, status=status, detail=detail)  # type: ignore[arg-type]  # one of the four words


def test_checks_skipped_in_a_row_for_one_reason_are_one_line() -> None:
    checks = (
        check("compile", "passed"),
        check("call", "passed"),
        check("a", "skipped", "why"),
        check("b", "skipped", "why"),
        check("c", "skipped", "other"),
        check("d", "failed", "why"),
        check("e", "skipped", "why"),
    )
    told = [(one.name, one.status) for one in checks_told(replace(REPORT, checks=checks))]
    assert told == [
        ("compile", "passed"),
        ("call", "passed"),
        ("a, b", "skipped"),
        ("c", "skipped"),
        ("d", "failed"),
        ("e", "skipped"),
    ]


def test_what_the_summary_has_said_is_not_told_again() -> None:
    told = raised_told(replace(REPORT, raised=RAISED))
    assert told == Raised(error="", line=3, text="f(x)", plain="`f` is nowhere defined.")
    assert raised_told(replace(REPORT, raised=replace(RAISED, line=None, plain=""))) is None
    assert raised_told(REPORT) is None
    assert raised_told(replace(REPORT, summary="It raised.", raised=replace(RAISED, text=""))) == Raised(
        error=RAISED.error, line=None, text="", plain=RAISED.plain
    )


def test_the_small_print_names_the_level_and_warns_where_code_ran_unprotected() -> None:
    report = replace(REPORT, seed=7, elapsed_ms=12.6, containment=("own-session",))
    assert facts(report) == ("seed 7", "13 ms")
    safe = replace(report, protection=Protection(open=()))
    assert (facts(safe)[-1], warning(safe)) == ("full protection", "")
    open_ = replace(report, protection=Protection(open=("read-files", "signals", "new-one")))
    assert facts(open_)[-1] == "reduced protection"
    assert warning(open_) == (
        "Code in a drill could read your files, end your other processes and new-one: grade only code that you trust."
    )
    assert warning(replace(open_, containment=())) == ""  # it did not run
    assert facts(replace(report, protection=Protection(open=("read-files",))))[-1] == "no read protection"
