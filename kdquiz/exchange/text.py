"""Questions, drills, lessons and reports as plain text, for the shell. Imports `library`, the values of
`grading.report` and `grading.printable`."""

import re
import textwrap
from collections.abc import Iterator, Sequence

from kdquiz.exchange.values import readable
from kdquiz.grading.printable import in_one_line, printable
from kdquiz.grading.report import Check, Diagnosis, Report, SmallestCase, Verdict
from kdquiz.grading.telling import checks_told, facts, raised_told, warning
from kdquiz.library.drill import Drill
from kdquiz.library.lesson import Lesson
from kdquiz.library.library import Library
from kdquiz.library.model import Entry
from kdquiz.library.wording import counted
from kdquiz.library.works import Work

WIDTH = 80
PRINTED_LINES = 12
_SPAN = re.compile(r"`[^`]{1,60}`")
"""Code that stays on one line."""
_ENTRY = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+")
PRINTED_WIDTH = 160
SIGNS = {"passed": "✓", "failed": "✗", "skipped": "–", "advice": "i"}


def question_text(entry: Entry, answer: bool, works: Sequence[Work] = ()) -> str:
    """A question with its head; with the answer and its source if asked, and the works that the source names."""
    question = entry.question
    head = f"{question.id}  ({entry.topic.title}, {question.level}, {question.kind})"
    parts = [head, "", *_wrapped(question.in_full(answer))]
    if answer:
        parts += _source_lines(question.source, works)
    return "\n".join(parts)


def _source_lines(source: str, works: Sequence[Work]) -> Iterator[str]:
    yield from ("", *_wrapped(f"Source: {source.strip()}"))
    if works:
        yield from ("", "Sources:")
    for work in works:
        yield from _indented(work.in_full, hanging="  ")


def drill_text(drill: Drill, answer: bool, works: Sequence[Work] = ()) -> str:
    """A drill's task with its starter, or if asked with its reference, its source and the works that it names."""
    head = f"{drill.id}  ({drill.topic}, {drill.level}, {drill.minutes} minutes)"
    name, code = ("Reference", drill.reference) if answer else ("Starter", drill.starter)
    source = _source_lines(drill.source, works) if answer and drill.source else ()
    return "\n".join(
        [head, "", drill.title, "", *_wrapped_prose(drill.ask.strip()), f"{name}:", "", code.rstrip(), *source]
    )


def lesson_text(lesson: Lesson, library: Library) -> str:
    """A page with its computed numbers, then what it ends in: its questions, its drill, the next page."""
    topic = library.topics[lesson.topic].title
    lines = [f"{lesson.id}  ({topic}, lesson, {counted(lesson.minutes, 'minute')})", "", lesson.title, ""]
    lines += [*_wrapped_prose(lesson.page.strip()), "Questions:"]
    for name in lesson.questions:
        lines += _indented(f"{name}: {library.entries[name].question.title}", hanging="  ")
    if lesson.drill is not None:
        drill = library.drills[lesson.drill].drill
        told = f"{drill.id}: {drill.title}, {counted(drill.minutes, 'minute')}"
        lines += ["", "Drill:", *_indented(told, hanging="  ")]
    if lesson.then is not None:
        lines += ["", "Next page:", *_indented(f"{lesson.then}: {library.lessons[lesson.then].lesson.title}")]
    return "\n".join(lines)


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
            lines.append(f"    line {change.line} of the reference")
            for sign, code in (("-", change.reference), ("+", change.changed)):
                lines += [f"    {sign} {line}".rstrip() for line in textwrap.dedent(code).splitlines() or [""]]
    return lines


def _case_lines(case: SmallestCase) -> list[str]:
    lines = ["", f"  The smallest case that fails ({case.what}):"]
    width = max(len(name) for name, _ in (*case.arguments, ("expected", "")))
    for name, value in (*case.arguments, ("expected", case.expected), ("yours", case.got)):
        first, *rest = _value_lines(value, WIDTH - width - len("     = "))
        lines += [f"    {name:<{width}} = {first}", *(f"    {'':<{width}}   {line}" for line in rest)]
    return lines


def _value_lines(value: str, width: int) -> list[str]:
    """A value as it stands; a list of records wrapped, each with its further lines indented."""
    told = readable(value)
    lines = told.splitlines() or [""]
    if told == value:
        return lines
    return [
        piece
        for line in lines
        for piece in textwrap.wrap(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    ]


def _indented(text: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="  ",
        subsequent_indent="  " + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _wrapped_prose(markdown: str) -> Iterator[str]:
    """Markdown wrapped to the width, however its source was wrapped: each paragraph and entry of a list anew."""
    together: list[str] = []
    fenced = False
    for line in [*markdown.splitlines(), ""]:
        fence = line.lstrip().startswith("```")
        stands_alone = fenced or fence or not line.strip() or line.lstrip().startswith(("|", "#"))
        if together and (stands_alone or _ENTRY.match(line)):
            first = _SPAN.sub(lambda span: span.group().replace(" ", "\0"), " ".join(together))
            entry = _ENTRY.match(first)
            hanging = " " * (entry.end() if entry else 0)
            wrapped = textwrap.wrap(
                first, WIDTH, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
            )
            yield from (one.replace("\0", " ") for one in wrapped)
            together = []
        fenced ^= fence
        if stands_alone:
            yield line
        else:
            together.append(line.strip() if together else line)


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
