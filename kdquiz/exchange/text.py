"""Questions, drills and reports as plain text, for the shell. Imports `library`, the values of `grading.report` and
`grading.printable`."""

import textwrap
from collections.abc import Iterator

from kdquiz.grading.printable import in_one_line, printable
from kdquiz.grading.report import Check, Diagnosis, Report, SmallestCase, Verdict
from kdquiz.grading.telling import checks_told, facts, raised_told, warning
from kdquiz.library.drill import Drill
from kdquiz.library.model import Entry

WIDTH = 80
PRINTED_LINES = 12
PRINTED_WIDTH = 160
SIGNS = {"passed": "✓", "failed": "✗", "skipped": "–", "advice": "i"}


def question_text(entry: Entry, answer: bool) -> str:
    """A question with its head; with the answer and its source if asked."""
    question = entry.question
    head = f"{question.id}  ({entry.topic.title}, {question.level}, {question.kind})"
    parts = [head, "", *_wrapped(question.in_full(answer))]
    if answer:
        parts += ["", *_wrapped(f"Source: {question.source.strip()}")]
    return "\n".join(parts)


def drill_text(drill: Drill, answer: bool) -> str:
    """A drill's task with its starter, or with its reference if asked."""
    head = f"{drill.id}  ({drill.topic}, {drill.level}, {drill.minutes} minutes)"
    name, code = ("Reference", drill.reference) if answer else ("Starter", drill.starter)
    return "\n".join([head, "", drill.title, "", *_wrapped(drill.ask), "", f"{name}:", "", code.rstrip()])


def report_text(report: Report) -> str:
    """A grading report: the verdict first, then why, then all that was checked."""
    sign = "✓" if report.verdict is Verdict.ACCEPTED else "✗"
    name = in_one_line(printable(report.file)) or report.drill  # a file's name may hold anything
    lines = [f"{sign} {name}: {report.verdict.value}", *_indented(report.summary)]
    lines += _raised_lines(report)
    lines += _diagnosis_lines(report.diagnosis)
    if report.smallest_case:
        lines += _case_lines(report.smallest_case)
    if report.checks:
        lines += ["", *(line for check in checks_told(report) for line in _check_lines(check))]
    lines += _printed_lines(report.printed)
    lines += ["", *_indented(", ".join(facts(report)))]
    lines += _indented(warning(report))
    return "\n".join(lines)


def _check_lines(check: Check) -> list[str]:
    said = f"not checked, {check.detail}" if check.status == "skipped" else check.detail
    return _indented(f"{SIGNS[check.status]} {check.name}{f': {said}' if said else ''}", hanging="    ")


def _raised_lines(report: Report) -> list[str]:
    """The learner's own line, and of the error what the summary has not said."""
    raised = raised_told(report)
    if raised is None:
        return []
    where = f"line {raised.line}: {raised.text}" if raised.line else ""
    parts = filter(None, (where, raised.error, raised.plain))
    return ["", *(line for part in parts for line in _indented(part, hanging="    "))]


def _printed_lines(printed: str) -> list[str]:
    if not printed:
        return []
    lines = printed.splitlines()
    shown = [f"  | {line[:PRINTED_WIDTH]}{'…' if len(line) > PRINTED_WIDTH else ''}" for line in lines[:PRINTED_LINES]]
    left = len(lines) - PRINTED_LINES
    more = [f"  | … and {left} more line{'' if left == 1 else 's'}"] if left > 0 else []
    return ["", "  Your code printed:", *shown, *more]


def _diagnosis_lines(found: tuple[Diagnosis, ...]) -> list[str]:
    if not found:
        return []
    together = "Your code behaves as if the reference had changed:"
    equal = "Each of these explains your code equally well; no output tells them apart:"
    lines = ["", f"  {together if len(found) == 1 else equal}"]
    for one in found:
        lines.append("")
        for name, because in zip(one.ids, one.because, strict=True):
            lines += _indented(f"{name}: {because.strip()}", hanging="    ")
        for change in one.changes:
            lines += [f"    line {change.line} of the reference", f"    - {change.reference.strip()}"]
            lines += [f"    + {line.strip()}" for line in change.changed.splitlines() or [""]]
    return lines


def _case_lines(case: SmallestCase) -> list[str]:
    lines = ["", f"  The smallest case that fails ({case.what}):"]
    width = max(len(name) for name, _ in (*case.arguments, ("expected", "")))
    for name, value in (*case.arguments, ("expected", case.expected), ("yours", case.got)):
        first, *rest = value.splitlines() or [""]
        lines += [f"    {name:<{width}} = {first}", *(f"    {'':<{width}}   {line}" for line in rest)]
    return lines


def _indented(text: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  " + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped(markdown: str) -> Iterator[str]:
    """Markdown wrapped to the width, fenced code and lists left as they are."""
    fenced = False
    for line in markdown.splitlines():
        fenced ^= line.lstrip().startswith("```")
        if fenced or len(line) <= WIDTH:
            yield line
        else:
            indent = line[: len(line) - len(line.lstrip())]
            yield from textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False)
