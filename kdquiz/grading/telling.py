"""What of a report is told, and in which order: one set of rules for the shell and the app, which only draw it.
Values alone; no torch."""

from collections.abc import Iterator
from itertools import groupby

from kdquiz.grading.report import Check, Raised, Report


def checks_told(report: Report) -> tuple[Check, ...]:
    """The checks in order; those skipped in a row for one reason become one line."""

    def told() -> Iterator[Check]:
        for (status, detail), alike in groupby(report.checks, key=lambda check: (check.status, check.detail)):
            if status == "skipped":
                yield Check(name=", ".join(check.name for check in alike), status="skipped", detail=detail)
            else:
                yield from alike

    return tuple(told())


def raised_told(report: Report) -> Raised | None:
    """Of what the code raised, that which the summary has not said; None where it has said everything."""
    raised = report.raised
    if raised is None:
        return None
    name, _, message = raised.error.partition(": ")
    error = "" if not name.isidentifier() or _says(report.summary, message or name) else raised.error
    plain = "" if _says(report.summary, raised.plain) else raised.plain
    line = raised.line if raised.text.strip() else None
    if line is None and not error and not plain:
        return None
    return Raised(error=error, line=line, text=raised.text.strip() if line else "", plain=plain)


def facts(report: Report) -> tuple[str, ...]:
    """The small print: seed, time, how well the code was contained, and what that leaves open."""
    seed = () if report.seed is None else (f"seed {report.seed}",)
    level = (report.protection.level,) if report.protection is not None and report.containment else ()
    return (*seed, f"{report.elapsed_ms:.0f} ms", *level)


def warning(report: Report) -> str:
    """What code in a drill could do on this machine; empty where it can do nothing, or did not run."""
    return report.protection.sentence if report.protection is not None and report.containment else ""


def _says(summary: str, text: str) -> bool:
    return text.casefold().rstrip(".") in summary.casefold()
