"""A submission's verdict, summary, diagnosis and smallest case, from every way in which a run can end."""

from collections.abc import Sequence

import pytest

from kdquiz.grading.execution import Case, End, Execute, Run
from kdquiz.grading.grade import grade
from kdquiz.grading.prepared import prepare
from kdquiz.grading.report import Check, Limits, Raised, Report, Verdict
from kdquiz.library.drill import Drill
from tests.grading.drills import LESSON, REFERENCE, distillation_loss, in_process, tiny_drill


def graded(source: str, drill: Drill | None = None, execute: Execute = in_process, seed: int | None = 1) -> Report:
    return grade(prepare(drill or tiny_drill()), source.encode(), execute, Limits(), seed=seed)


def ends(run: Run) -> Execute:
    """An `Execute` of which every run ends like this."""
    return lambda source, entry, cases, limits, harness="": run


def edited(old: str, new: str) -> str:
    assert old in REFERENCE
    return REFERENCE.replace(old, new)


def test_the_search_for_the_smallest_case_takes_no_more_than_the_exam_has_left() -> None:
    asked: list[Limits] = []

    def heard(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        asked.append(limits)
        return in_process(source, entry, cases, limits)

    source = edited("* w)", "* w * 1.05)").encode()
    grade(prepare(tiny_drill()), source, heard, Limits(wall_seconds=30.0))
    grade(prepare(tiny_drill()), source, heard, Limits(wall_seconds=0.0))
    first, smaller, alone = asked
    assert first.wall_seconds == 30.0
    assert 0 < smaller.wall_seconds < 30.0
    assert alone.wall_seconds == 0.0  # where the exam has used it all up, there is no search


def test_what_is_right_is_accepted_and_its_advice_is_a_note() -> None:
    report = graded(REFERENCE)
    assert report.verdict is Verdict.ACCEPTED
    assert report.summary.startswith("Right on all 8 cases. A note: a gradient reaches `w`; `.detach()` or ")
    assert (report.diagnosis, report.smallest_case, report.seed, report.drill) == ((), None, 1, "weighted")
    assert graded(edited("* w", "* w.detach()")).summary == "Right on all 8 cases."


def test_a_known_mistake_is_diagnosed_and_needs_no_smallest_case() -> None:
    runs = 0

    def counted(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        nonlocal runs
        runs += 1
        return in_process(source, entry, cases, limits)

    report = graded(edited("(scaled * w)", "scaled"), execute=counted)
    assert (report.verdict, report.smallest_case, runs) == (Verdict.WRONG_ANSWER, None, 1)
    assert [one.ids for one in report.diagnosis] == [("no-weight",)]
    assert report.summary.startswith("The value is wrong: expected ")


def test_an_unknown_mistake_gets_the_smallest_case_in_one_further_run() -> None:
    report = graded(edited("x * k", "x * k + 1"))
    assert report.diagnosis == ()
    assert report.smallest_case is not None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            ".mean()",
            ".mean().expand(4)",
            "The result has the wrong shape: expected a scalar, got shape [4] (case 1 of 6: N",
        ),
        (".mean()", ".mean().float()", "The result has the wrong dtype: expected float64, got float32 (case 1 of 6"),
        (".mean()", ".mean() * float('nan')", "The result is not a finite number: expected "),
        (".mean()", ".mean() + 1", "The gradient is right, but the value is wrong: expected "),
        (".mean()", ".mean() * 5", "The value is wrong: expected "),
        (
            "scaled = x",
            "scaled = x.detach()",
            "The value is right, but the gradient with respect to `x` is wrong: no gradie",
        ),
        (
            "return",
            "if k == 0: return x.sum()\n    return",
            "Right on the ordinary cases, wrong on 'edge k = 0': expected 0,",
        ),
        (
            ".mean()",
            ".mean().double()",
            "Right on the ordinary cases, wrong on 'dtype float32': expected float32, got float6",
        ),
        (
            "return",
            "if k == 0: return (x.detach() * w).sum() * 0\n    return",
            "Right on all 8 cases.",
        ),
    ],
)
def test_the_summary_of_an_answer(old: str, new: str, says: str) -> None:
    assert graded(edited(old, new)).summary.startswith(says)


def test_a_changed_argument_is_told_although_the_result_is_right() -> None:
    source = "def weighted(x, w, k):\n    out = (x * w * k).sum(1).mean()\n    x.data = x.data + 1\n    return out\n"
    report = graded(source)
    assert report.verdict is Verdict.WRONG_ANSWER
    assert report.summary.startswith("The result is right, but the call modified `x` (case 1 of 6: N = ")


@pytest.mark.parametrize(
    ("run", "verdict", "summary"),
    [
        (
            Run(end=End.COMPILE, raised=Raised(error="SyntaxError: '(' was never closed", line=3)),
            Verdict.COMPILE_ERROR,
            "Line 3 is not valid Python: '(' was never closed.",
        ),
        (
            Run(end=End.COMPILE, raised=Raised(error="Python cannot compile this: MemoryError")),
            Verdict.COMPILE_ERROR,
            "The file is not valid Python: Python cannot compile this: MemoryError.",
        ),
        (
            Run(end=End.REFUSED, detail="the file contains a NUL byte"),
            Verdict.COMPILE_ERROR,
            "The file contains a NUL byte.",
        ),
        (
            Run(end=End.RAISED, raised=Raised(error="no function `weighted`", plain="The file defines no function.")),
            Verdict.RUNTIME_ERROR,
            "The file defines no function.",
        ),
        (
            Run(end=End.RAISED, raised=Raised(error="NameError: name 'F' is not defined", line=5)),
            Verdict.RUNTIME_ERROR,
            "Line 5 raised NameError: name 'F' is not defined. "
            "`F` is not imported: add `import torch.nn.functional as F` at the top.",
        ),
        (
            Run(end=End.RAISED, raised=Raised(error="AssertionError", line=2)),
            Verdict.RUNTIME_ERROR,
            "Line 2 raised AssertionError.",
        ),
        (
            Run(
                end=End.RAISED,
                raised=Raised(
                    error="TypeError: too many positional arguments",
                    line=1,
                    plain="It is called with 3 arguments. too many positional arguments.",
                ),
            ),
            Verdict.RUNTIME_ERROR,
            "It is called with 3 arguments. too many positional arguments.",
        ),
        (
            Run(end=End.MALFORMED, detail="returned a Python float, not a tensor"),
            Verdict.RUNTIME_ERROR,
            "Your function returned a Python float, not a tensor.",
        ),
        (
            Run(end=End.MALFORMED, detail="what came back was not an answer: a text is not UTF-8"),
            Verdict.RUNTIME_ERROR,
            "What came back was not an answer: a text is not UTF-8.",
        ),
        (
            Run(end=End.EXITED, detail="the code ended the process (exit code 0)"),
            Verdict.RUNTIME_ERROR,
            "The code ended the process (exit code 0).",
        ),
        (Run(end=End.CRASHED, detail="the process was ended"), Verdict.RUNTIME_ERROR, "The process was ended."),
        (Run(end=End.CPU_LIMIT, detail="the code computed for 4 s"), Verdict.TIME_LIMIT, "The code computed for 4 s."),
        (Run(end=End.WALL_LIMIT, detail="not finished after 5 s"), Verdict.TIME_LIMIT, "Not finished after 5 s."),
        (Run(end=End.MEMORY_LIMIT), Verdict.MEMORY_LIMIT, "The memory was used up."),
        (Run(end=End.OUTPUT_LIMIT), Verdict.OUTPUT_LIMIT, "Too much was printed or returned."),
        (
            Run(end=End.INTERNAL, detail="the zygote has gone"),
            Verdict.INTERNAL_ERROR,
            "This is a fault of kdquiz or of the drill, not of your code, and does not count: the zygote has gone. "
            "Submit again. If it happens again, `kdquiz doctor` tells what is wrong.",
        ),
    ],
)
def test_the_verdict_and_summary_of_a_run_that_ended_early(run: Run, verdict: Verdict, summary: str) -> None:
    report = graded("", execute=ends(run))
    assert (report.verdict, report.summary) == (verdict, summary)
    assert (report.diagnosis, report.smallest_case) == ((), None)


def test_every_end_of_a_run_has_a_verdict() -> None:
    for end in set(End) - {End.DONE}:
        assert graded("", execute=ends(Run(end=end))).verdict is not Verdict.ACCEPTED


def test_an_end_on_an_edge_says_what_went_right_before() -> None:
    report = graded(edited("return", "assert k > 0\n    return"))
    assert report.verdict is Verdict.RUNTIME_ERROR
    assert report.summary.startswith("Right on the ordinary cases, but on 'edge k = 0': line 6 raised AssertionError")


def test_a_limit_that_is_hit_after_the_last_answer_is_still_a_limit() -> None:
    def late(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        return Run(end=End.WALL_LIMIT, answers=in_process(source, entry, cases, limits).answers, detail="5 s")

    assert graded(REFERENCE, execute=late).verdict is Verdict.TIME_LIMIT


def test_wrong_ordinary_cases_come_before_whatever_happens_on_an_edge() -> None:
    report = graded(edited("return", "assert k > 0\n    return").replace(".mean()", ".sum()"))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert [one.ids for one in report.diagnosis] == [("sum-of-rows",)]


def test_a_seed_is_drawn_where_none_is_given_and_repeats_the_exam() -> None:
    source = edited("x * k", "x * k + 1")
    first = graded(source, seed=None)
    again = graded(source, seed=first.seed)
    assert first.seed is not None
    assert (first.summary, first.checks, first.smallest_case) == (again.summary, again.checks, again.smallest_case)
    assert graded(source, seed=None).seed != first.seed


def test_checks_are_heard_in_the_order_of_the_report() -> None:
    heard: list[Check] = []
    report = grade(prepare(tiny_drill()), REFERENCE.encode(), in_process, Limits(), emit=heard.append)
    assert tuple(heard) == report.checks


def test_what_was_printed_and_the_layers_go_into_the_report() -> None:
    report = graded("", execute=ends(Run(end=End.EXITED, printed="hello\n", containment=("own-session",))))
    assert (report.printed, report.containment) == ("hello\n", ("own-session",))
    assert report.elapsed_ms > 0


def test_a_right_gradient_with_a_wrong_value_is_said_of_the_soft_cross_entropy() -> None:
    kl = "F.kl_div(soft_student, soft_teacher, reduction='batchmean')"
    report = graded(LESSON.replace(kl, "-(soft_teacher * soft_student).sum(1).mean()"), distillation_loss())
    assert report.summary.startswith("The gradient is right, but the value is wrong: expected ")
    assert [one.ids for one in report.diagnosis] == [("soft-cross-entropy",)]
    statuses = {check.name: check.status for check in report.checks}
    assert (statuses["value"], statuses["gradient student_logits"]) == ("failed", "passed")
