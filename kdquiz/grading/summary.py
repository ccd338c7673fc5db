"""The verdict of a run that was examined, and the one sentence that its report begins with. Values and texts.

Imports torch, with the values that it reads.
"""

from dataclasses import replace

from kdquiz.grading.checks import Finding
from kdquiz.grading.exam import Exam
from kdquiz.grading.examine import Examined, place
from kdquiz.grading.execution import End, Run
from kdquiz.grading.isolated import IF_AGAIN
from kdquiz.grading.printable import first_line, in_one_line
from kdquiz.grading.report import Raised, Verdict
from kdquiz.grading.words import plain_words

WHILE_LOADING = "was run when the file was loaded"
"""In the words of a runner (`submission`): nothing of a case has to do with it."""
_NUMBERS = (
    "Nor does it carry a gradient: a tensor made of numbers (by `.item()`, `torch.tensor(...)`) has no way back to the "
    "arguments; compute with tensors throughout."
)
_BY_END = {
    End.REFUSED: Verdict.COMPILE_ERROR,
    End.COMPILE: Verdict.COMPILE_ERROR,
    End.RAISED: Verdict.RUNTIME_ERROR,
    End.EXITED: Verdict.RUNTIME_ERROR,
    End.CRASHED: Verdict.RUNTIME_ERROR,
    End.MALFORMED: Verdict.RUNTIME_ERROR,
    End.CPU_LIMIT: Verdict.TIME_LIMIT,
    End.WALL_LIMIT: Verdict.TIME_LIMIT,
    End.MEMORY_LIMIT: Verdict.MEMORY_LIMIT,
    End.OUTPUT_LIMIT: Verdict.OUTPUT_LIMIT,
    End.INTERNAL: Verdict.INTERNAL_ERROR,
}


def verdict_of(examined: Examined, run: Run) -> Verdict:
    """The verdict that the first failed check stands for; how the run ended where that is what failed."""
    failed = examined.failed()
    if run.end is End.INTERNAL:
        return Verdict.INTERNAL_ERROR
    if failed and (failed[0] in ("compile", "call") or failed[0] == examined.stopped):
        return _BY_END[run.end]
    if failed:
        return Verdict.WRONG_ANSWER
    return Verdict.ACCEPTED if run.end is End.DONE else _BY_END[run.end]


def explained(exam: Exam, run: Run) -> Raised | None:
    """What was raised, with plain words where we have some: the runner's, then ours, which know the case."""
    raised = run.raised
    if raised is None or len(run.answers) >= len(exam.cases):
        return raised
    if WHILE_LOADING in raised.plain:
        return raised
    drawn = exam.cases[len(run.answers)]
    ours = plain_words(raised.error, drawn.symbols, [argument.name for argument in drawn.case.arguments])
    return replace(raised, plain=" ".join(words for words in (raised.plain, ours) if words))


def summarise(verdict: Verdict, examined: Examined, exam: Exam, run: Run) -> str:
    """The sentence for the learner."""
    if verdict is Verdict.ACCEPTED:
        return _accepted(examined, exam)
    if verdict is Verdict.WRONG_ANSWER:
        return _wrong(examined, exam)
    if verdict is Verdict.INTERNAL_ERROR:
        return internal(run.detail)
    return _ended(run, explained(exam, run), _edge_before(examined))


def internal(detail: str) -> str:
    """The sentences for a fault of ours."""
    what = first_line(in_one_line(detail))
    told = _sentence(f"this is a fault of kdquiz or of the drill, not of your code, and does not count: {what}")
    return f"{told} Submit again. {IF_AGAIN}"


def broken(detail: str) -> str:
    """The sentences for a drill that its author has to mend."""
    told = _sentence(f"this drill is broken, which is no fault of your code and does not count: {detail}")
    return f"{told} `kdquiz check` tells its author where."


def _accepted(examined: Examined, exam: Exam) -> str:
    notes = [check.detail for check in examined.checks if check.status == "advice"]
    right = _sentence(f"right on all {len(exam.cases)} cases" if len(exam.cases) > 1 else "right on the one case")
    return f"{right} A note: {'; '.join(notes)}." if notes else right


def _edge_before(examined: Examined) -> str:
    """What went right before the run ended on an edge."""
    stopped = examined.stopped
    return "" if stopped in ("", "call") else f"right on the ordinary cases, but on '{stopped}': "


def _ended(run: Run, raised: Raised | None, before: str) -> str:
    if run.end is End.COMPILE:
        line = f"line {raised.line}" if raised is not None and raised.line else "the file"
        error = _without_name(raised.error) if raised is not None else run.detail
        return _sentence(f"{line} is not valid Python: {error}")
    if run.end is End.REFUSED:
        return _sentence(run.detail)
    if run.end is End.RAISED and raised is not None:
        return _raised(raised, before)
    if run.end is End.MALFORMED:
        ours = run.detail.startswith(("returned ", "left ", "gave "))
        return _sentence(f"{before}your function {run.detail}" if ours else f"{before}{run.detail}")
    return _sentence(f"{before}{run.detail or run.end.value}")


def _raised(raised: Raised, before: str) -> str:
    name, _, message = raised.error.partition(":")
    if raised.plain and (not name.isidentifier() or (message and message.strip() in raised.plain)):
        return _sentence(f"{before}{raised.plain}")
    where = f"line {raised.line}" if raised.line else "your code"
    said = _sentence(f"{before}{where} raised {first_line(raised.error)}")
    return f"{said} {raised.plain}" if raised.plain else said


def _wrong(examined: Examined, exam: Exam) -> str:
    name = examined.failed()[0]
    finding = examined.findings[name]
    told = f"{finding.words} ({place(finding, exam)})"
    if finding.tried.drawn.kind != "benign":
        return _sentence(f"right on the ordinary cases, wrong on '{name}': {_of(finding)}{told}")
    if finding.what == "value":
        said = _sentence(f"{_wrong_value(examined, finding)}: {told}")
        return f"{said} {_NUMBERS}" if finding.kind == "dtype" and _without_gradient(examined) else said
    if finding.kind == "changed":
        return _sentence(f"the result is right, but {told}")
    if finding.what.startswith("result "):
        about = finding.what.removeprefix("result ")
        wrong = "" if finding.kind == "too little" else " is wrong"
        return _sentence(f"'{about}'{wrong}: {told}")
    about = finding.what.removeprefix("gradient ")
    return _sentence(f"the value is right, but the gradient with respect to `{about}` is wrong: {told}")


def _without_gradient(examined: Examined) -> bool:
    found = [one.kind for name, one in examined.findings.items() if name.startswith("gradient ")]
    return "missing" in found


def _wrong_value(examined: Examined, finding: Finding) -> str:
    if finding.kind in ("shape", "dtype"):
        return f"the result has the wrong {finding.kind}"
    if finding.kind == "not finite":
        return "the result is not a finite number"
    gradients = [check.status for check in examined.checks if check.name.startswith("gradient ")]
    if gradients and all(status == "passed" for status in gradients):
        return "the gradient is right, but the value is wrong"
    return "the value is wrong"


def _of(finding: Finding) -> str:
    return "" if finding.what == "value" or finding.kind == "changed" else f"the {finding.what}: "


def _without_name(error: str) -> str:
    """The message of `SyntaxError: message`."""
    name, colon, message = error.partition(": ")
    return message if colon and name.isidentifier() else error


def _sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith((".", "!", "?", "`)")) else ".")
