"""The shipped drill `distillation-loss` in real processes: what must be accepted, and what each mistake is told."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import torch

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Limits, Report, Submission, Verdict
from kdquiz.grading.trusted import load
from tests.grading.drills import LESSON, distillation_loss
from tests.grading.solutions import SOLUTIONS

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("quick_zygotes")]

KL = "F.kl_div(soft_student, soft_teacher, reduction='batchmean')"
RESULT = "return total_loss"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    async with Grader(limits=Limits(cpu_seconds=1, wall_seconds=3.0)) as grader:
        yield grader


async def graded(grader: Grader, source: str, seed: int | None = None) -> Report:
    return await grader.grade(Submission(drill=distillation_loss(), source=source.encode(), seed=seed))


def lesson(*changes: tuple[str, str]) -> str:
    source = LESSON
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def ids(report: Report) -> list[tuple[str, ...]]:
    return [one.ids for one in report.diagnosis]


@pytest.mark.parametrize("source", [distillation_loss().reference, LESSON], ids=["reference", "lesson"])
async def test_the_value_worked_out_by_hand(source: str) -> None:
    s = torch.tensor([[2.0, 5.0, 1.0]], dtype=torch.float64)
    t = torch.tensor([[2.1, 5.8, 1.2]], dtype=torch.float64)
    loss = load(source, "distillation_loss")(s, t, torch.tensor([1]), 2.0, 0.5)
    assert loss.item() == pytest.approx(0.0520431778, abs=5e-11)


async def test_the_gradient_is_the_one_of_the_formula() -> None:
    s = torch.randn(4, 6, dtype=torch.float64, requires_grad=True)
    t, y, T, alpha = torch.randn(4, 6, dtype=torch.float64), torch.tensor([0, 5, 2, 2]), 3.0, 0.3
    loss = load(distillation_loss().reference, "distillation_loss")(s, t, y, T, alpha)
    (found,) = torch.autograd.grad(loss, s)
    q, p, one_hot = (s / T).softmax(1), (t / T).softmax(1), torch.nn.functional.one_hot(y, 6)
    expected = (1 - alpha) * (s.softmax(1) - one_hot) / 4 + alpha * T * (q - p) / 4
    assert torch.allclose(found, expected.detach(), rtol=1e-12, atol=1e-14)


async def test_the_lesson_is_accepted_with_a_note_about_the_teacher(grader: Grader) -> None:
    heard: list[Check] = []
    submission = Submission(drill=distillation_loss(), source=LESSON.encode(), file="mine.py")
    report = await grader.grade(submission, heard.append)
    assert (report.verdict, report.file) == (Verdict.ACCEPTED, "mine.py")
    assert "a gradient reaches `teacher_logits`" in report.summary
    assert [(check.name, check.status) for check in heard] == [
        ("compile", "passed"),
        ("call", "passed"),
        ("value", "passed"),
        ("gradient student_logits", "passed"),
        ("unchanged inputs", "passed"),
        ("edge alpha = 0", "passed"),
        ("edge alpha = 1", "passed"),
        ("stable", "passed"),
        ("dtype float32", "passed"),
        ("frozen teacher_logits", "advice"),
    ]


@pytest.mark.parametrize("name", SOLUTIONS)
async def test_right_solutions_in_every_style_are_accepted(grader: Grader, name: str) -> None:
    report = await graded(grader, SOLUTIONS[name])
    assert report.verdict is Verdict.ACCEPTED, report


LOG_SUM_EXP = """
import torch

def distillation_loss(s, t, y, T, alpha):
    log_s, log_q, log_p = (z - torch.logsumexp(z, dim=1, keepdim=True) for z in (s, s / T, t / T))
    hard = -log_s.gather(1, y[:, None]).mean()
    return (1 - alpha) * hard + alpha * T * T * (log_p.exp() * (log_p - log_q)).sum(1).mean()
"""
SINGLE_PRECISION_INSIDE = (
    LESSON
    + """
loss = distillation_loss

def distillation_loss(s, t, y, T, alpha):
    return loss(s.float(), t.float(), y, T, alpha).to(s.dtype)
"""
)


@pytest.mark.parametrize("source", [LOG_SUM_EXP, SINGLE_PRECISION_INSIDE], ids=["logsumexp", "float32 inside"])
@pytest.mark.parametrize("seed", [2, 4, 11, 54, 99, 245])
async def test_how_a_right_solution_rounds_never_decides(grader: Grader, source: str, seed: int) -> None:
    """With these seeds two logits of the float32 edge are nearly equal, or a loss is small beside its terms."""
    report = await graded(grader, source, seed)
    assert report.verdict is Verdict.ACCEPTED, report


async def test_the_starter_and_an_empty_file_are_not_accepted(grader: Grader) -> None:
    report = await graded(grader, distillation_loss().starter)
    assert report.verdict is Verdict.RUNTIME_ERROR
    assert "replace that line by your own code" in report.summary
    assert (await graded(grader, "")).summary.startswith("The file defines no function named `distillation_loss`.")


async def test_the_missing_factor_is_named_with_its_line_and_its_card(grader: Grader) -> None:
    report = await graded(grader, lesson((" * (T * T)", "")))
    (diagnosis,) = report.diagnosis
    assert (diagnosis.ids, diagnosis.cards) == (("missing-t-squared",), ("why-t-squared",))
    (change,) = diagnosis.changes
    assert (change.reference, change.changed) == ("soft_loss = divergence * (T * T)", "soft_loss = divergence")
    assert distillation_loss().reference.splitlines()[change.line - 1].strip() == change.reference


async def test_two_mistakes_at_once_are_both_named(grader: Grader) -> None:
    swapped = (
        ("(1. - alpha) * hard_loss", "alpha * hard_loss"),
        ("alpha * distillation_loss", "(1 - alpha) * distillation_loss"),
    )
    report = await graded(grader, lesson((" * (T * T)", ""), *swapped))
    assert ids(report) == [("missing-t-squared", "alpha-swapped")]
    assert len(report.diagnosis[0].changes) == 2
    assert report.verdict is Verdict.WRONG_ANSWER


HARD = "hard_loss = F.cross_entropy(student_logits, labels)"
SOFT_STUDENT = "F.log_softmax(student_logits / T, dim=1)"
SOFT_TEACHER = "F.softmax(teacher_logits / T, dim=1)"
MIX = "(1. - alpha) * hard_loss + alpha * distillation_loss"
PARAMETERS = "student_logits, teacher_logits, labels, T=2.0, alpha=0.5"
NO_SOFT_TERM = [("soft-term-missing",), ("teacher-against-itself",)]


@pytest.mark.parametrize(
    ("changes", "explanations"),
    [
        ([(MIX, "alpha * (hard_loss + distillation_loss)")], [("alpha-on-both-terms",)]),
        ([(MIX, "(1 - alpha) * hard_loss + distillation_loss")], [("soft-term-without-alpha",)]),
        ([(MIX, "hard_loss + distillation_loss")], [("no-one-minus-alpha", "soft-term-without-alpha")]),
        ([(MIX, "alpha * distillation_loss")], [("hard-term-missing",)]),
        ([(MIX, "(1 - alpha) * hard_loss")], NO_SOFT_TERM),
        ([(SOFT_TEACHER, "F.softmax(student_logits / T, dim=1)")], NO_SOFT_TERM),
        ([(SOFT_STUDENT, SOFT_STUDENT.replace("dim=1", "dim=0"))], [("students-softmax-over-the-batch",)]),
        ([(SOFT_TEACHER, SOFT_TEACHER.replace("dim=1", "dim=0"))], [("teachers-softmax-over-the-batch",)]),
        ([(HARD, f"{HARD}.item()")], [("hard-loss-detached",)]),
        ([(KL, f"{KL}.item()")], [("student-detached",)]),
        ([(SOFT_TEACHER, "teacher_logits / T")], [("raw-logits-as-target",)]),
        ([(PARAMETERS, "student_logits, teacher_logits, labels, alpha, T")], [("t-and-alpha-exchanged",)]),
        (
            [(PARAMETERS, "teacher_logits, student_logits, labels, T, alpha")],
            [("reversed-kl", "hard-loss-on-the-teacher")],
        ),
        (
            [(HARD, "hard_loss = -(F.softmax(student_logits, 1) + 1e-8).log()[range(len(labels)), labels].mean()")],
            [("epsilon-in-the-hard-loss",)],
        ),
    ],
)
async def test_slips_in_another_style_than_the_references_are_named(
    grader: Grader, changes: list[tuple[str, str]], explanations: list[tuple[str, ...]]
) -> None:
    report = await graded(grader, lesson(*changes))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert ids(report) == explanations


async def test_a_name_that_is_misspelt_is_told_the_name_that_was_meant(grader: Grader) -> None:
    report = await graded(grader, lesson((SOFT_STUDENT, SOFT_STUDENT.replace("student", "studnet"))))
    assert report.summary.endswith("name 'studnet_logits' is not defined. Did you mean `student_logits`?")


async def test_a_soft_cross_entropy_has_the_right_gradient_and_is_told_so(grader: Grader) -> None:
    report = await graded(grader, lesson((KL, "-(soft_teacher * soft_student).sum(1).mean()")))
    assert report.summary.startswith("The gradient is right, but the value is wrong")
    assert ids(report) == [("soft-cross-entropy",)]
    assert "gradient is exactly right" in report.diagnosis[0].because[0]


async def test_an_unstable_logarithm_is_right_on_the_ordinary_cases(grader: Grader) -> None:
    unstable = ("F.log_softmax(student_logits / T, dim=1)", "torch.log(F.softmax(student_logits / T, dim=1))")
    report = await graded(grader, lesson(unstable))
    assert report.summary.startswith("Right on the ordinary cases, wrong on 'stable': expected ")
    assert ids(report) == [("log-of-softmax",)]


async def test_an_unlisted_mistake_is_shown_on_the_smallest_case(grader: Grader) -> None:
    report = await graded(grader, lesson((" * (T * T)", " * 17")))
    assert (report.verdict, ids(report)) == (Verdict.WRONG_ANSWER, [])
    assert report.smallest_case is not None
    assert all(len(f"{name} = {text}") <= 76 for name, text in report.smallest_case.arguments)


WRONG, RUNTIME = Verdict.WRONG_ANSWER, Verdict.RUNTIME_ERROR
START = "    hard_loss ="


@pytest.mark.parametrize(
    ("old", "new", "verdict", "says"),
    [
        (RESULT, "return total_loss * float('nan')", WRONG, "The result is not a finite number: expected "),
        (RESULT, "return total_loss * 1.0005", WRONG, "The value is wrong: expected "),
        (RESULT, "return total_loss.expand(4)", WRONG, "The result has the wrong shape: expected a scalar, got shape"),
        (RESULT, "return total_loss.float()", WRONG, "The result has the wrong dtype: expected float64, got float32"),
        (RESULT, "return total_loss.item()", RUNTIME, "Your function returned a Python float, not a tensor"),
        (RESULT, "total_loss", RUNTIME, "Your function returned None, not a tensor"),
        (RESULT, "import os; os._exit(0)", RUNTIME, "The code ended the process (exit code 0)"),
        (RESULT, "import sys; sys.exit(0)", RUNTIME, "The code called `sys.exit`"),
        (RESULT, "while True: pass", Verdict.TIME_LIMIT, "The code computed for 1 s"),
        (RESULT, "return torch.zeros(10**9).sum()", Verdict.MEMORY_LIMIT, "The code asked for more memory"),
        (RESULT, "print('x' * 10**7)", Verdict.OUTPUT_LIMIT, "More than 8,388,608 bytes were printed"),
        ("labels, T=2.0", "labels T=2.0", Verdict.COMPILE_ERROR, "Line 6 is not valid Python: "),
        ("def distillation_loss", "def loss", RUNTIME, "The file defines no function named `distillation_loss`"),
        ("labels, T=2.0, alpha=0.5", "labels, T", RUNTIME, "The function is called with 5 positional arguments"),
        ("import torch.nn.functional as F\n", "", RUNTIME, "Line 6 raised NameError: name 'F' is not defined. `F` is"),
        ("F.softmax(teacher_logits", "F.softmax(teacher_logits.t()", RUNTIME, "Line 10 raised RuntimeError: The size"),
        (START, f"    assert alpha > 0\n{START}", RUNTIME, "Right on the ordinary cases, but on 'edge alpha = 0': "),
        (START, f"    student_logits /= T\n{START}", RUNTIME, "Line 7 raised RuntimeError: a leaf Variable"),
        (START, f"    teacher_logits.data /= T\n{START}", WRONG, "The value is wrong: expected "),
    ],
)
async def test_every_other_way_to_fail_has_its_own_sentence(
    grader: Grader, old: str, new: str, verdict: Verdict, says: str
) -> None:
    report = await graded(grader, lesson((old, new)))
    assert report.summary.startswith(says)
    assert report.verdict is verdict
    assert "Traceback" not in report.summary


async def test_what_is_named_for_a_nan_is_said_to_be_a_guess(grader: Grader) -> None:
    report = await graded(grader, lesson((RESULT, "return total_loss * float('nan')")))
    assert report.summary.endswith("what is named here gives the same, and may not be yours.") == bool(report.diagnosis)
    assert report.diagnosis


async def test_tensors_that_do_not_fit_are_told_with_the_names_of_their_sizes(grader: Grader) -> None:
    transposed = lesson(("F.softmax(teacher_logits", "F.softmax(teacher_logits.t()"))
    report = await graded(grader, transposed, seed=1)
    assert report.raised is not None
    assert "(C)" in report.raised.plain
    assert "(N)" in report.raised.plain


async def test_after_everything_that_went_wrong_the_next_submission_is_graded(grader: Grader) -> None:
    assert (await graded(grader, LESSON)).verdict is Verdict.ACCEPTED


async def test_a_seed_repeats_the_exam_in_another_process(grader: Grader) -> None:
    wrong = lesson((" * (T * T)", " * 17"))
    first = await graded(grader, wrong)
    async with Grader() as other:
        again = await graded(other, wrong, seed=first.seed)
    assert (again.summary, again.smallest_case) == (first.summary, first.smallest_case)
