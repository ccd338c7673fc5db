"""The reports that learners read, word for word: real submissions to the shipped drill, graded for real.

The seed is fixed; time and protection, which are the machine's, are put in. After a change that is meant, look at each
new text: `python -m tests tests/exchange --snapshot-update` writes them.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from kdquiz.exchange.text import report_text
from kdquiz.grading.client import Grader
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Limits, Submission, Verdict
from kdquiz.library.drill import Drill, patched
from tests.grading.drills import LESSON, distillation_loss

KL = "F.kl_div(soft_student, soft_teacher, reduction='batchmean') * (T * T)"
SOFT_TEACHER = "soft_teacher = F.softmax(teacher_logits / T, dim=1)"
HARD = "F.cross_entropy(student_logits, labels)"


def lesson(*changes: tuple[str, str]) -> str:
    """The lesson's solution, changed."""
    source = LESSON
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


MISTAKES = {mistake.id: mistake for mistake in distillation_loss().mistakes}
SUBMISSIONS: dict[str, str | bytes] = {
    "accepted": distillation_loss().reference,
    "accepted with a note": LESSON,
    "one mistake": lesson((" * (T * T)", "")),
    "two mistakes": lesson((" * (T * T)", " * T"), ("(1. - alpha)", "1.0")),
    "explanations that fit equally": patched(
        distillation_loss().reference,
        *(MISTAKES[name] for name in ("hard-argmax-teacher", "temperature-on-teacher-only")),
    ),
    "mistakes that no output tells apart": lesson((" + alpha * distillation_loss", "")),
    "soft cross-entropy": lesson((KL, "-(soft_teacher * soft_student).sum(dim=1).mean() * T * T")),
    "a mistake of the gradient": lesson(
        ("F.log_softmax(student_logits / T", "F.log_softmax(student_logits.detach() / T")
    ),
    "a mistake that is not listed": lesson((KL, f"{KL} * 1.05")),
    "wrong at an edge alone": lesson(
        ("F.log_softmax(student_logits / T, dim=1)", "torch.log(F.softmax(student_logits / T, dim=1))")
    ),
    "wrong shape": lesson(("return total_loss", "return total_loss.reshape(1)")),
    "changes its arguments": lesson((SOFT_TEACHER, f"teacher_logits.data.div_(T); {SOFT_TEACHER.replace(' / T', '')}")),
    "shapes that do not fit": lesson((SOFT_TEACHER, f"{SOFT_TEACHER}[:, :2]")),
    "a name that is not defined": LESSON.replace("import torch.nn.functional as F\n", ""),
    "a name that is misspelt": lesson(("F.log_softmax(student_logits", "F.log_softmax(studnet_logits")),
    "a number and not a tensor inside": lesson(("F.log_softmax(student_logits / T", "F.log_softmax(T")),
    "a sign of printed text": lesson(("(1. - alpha)", "(1. − alpha)")),
    "a syntax error": lesson(("return total_loss", "return total_loss)")),
    "the starter": distillation_loss().starter,
    "another name": LESSON.replace("def distillation_loss", "def distilation_loss"),
    "too few arguments": lesson((", T=2.0, alpha=0.5", "")),
    "a number and no tensor": lesson(("return total_loss", "return total_loss.item()")),
    "no return": lesson(("    return total_loss\n", "")),
    "an endless loop": lesson(("return total_loss", "while True: pass")),
    "too much memory": lesson(("return total_loss", "return torch.ones(10**11) * total_loss")),
    "too much printed": lesson(("return total_loss", "print('x' * 10**7)")),
    "prints": lesson(("return total_loss", "print('\\x1b[2Jloss', float(total_loss) > 0); return total_loss")),
    "reads a file": lesson(("return total_loss", "open('/etc/passwd')")),
    "opens a connection": lesson(("return total_loss", "import socket; socket.socket()")),
    "ends the process": lesson(("return total_loss", "import os; os._exit(0)")),
    "not UTF-8": b"# caf\xe9\n" + LESSON.encode(),
}


pytestmark = pytest.mark.usefixtures("quick_zygotes")


class TextFile(SingleFileSnapshotExtension):
    """One golden file a report."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(TextFile)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    async with Grader(limits=Limits(cpu_seconds=1, wall_seconds=5.0)) as grader:
        yield grader


async def text_of(grader: Grader, source: str | bytes, drill: Drill) -> tuple[Verdict, str]:
    raw = source.encode() if isinstance(source, str) else source
    report = await grader.grade(Submission(drill=drill, source=raw, file="mine.py", seed=20))
    told = replace(report, elapsed_ms=25.0, protection=Protection(open=()))
    return report.verdict, report_text(told)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", SUBMISSIONS, ids=lambda name: name.replace(" ", "-"))
async def test_a_learner_reads(name: str, grader: Grader, golden: SnapshotAssertion) -> None:
    _, text = await text_of(grader, SUBMISSIONS[name], distillation_loss())
    assert text == golden


@pytest.mark.asyncio(loop_scope="module")
async def test_a_fault_of_a_drill_is_not_the_learners(grader: Grader, golden: SnapshotAssertion) -> None:
    whole = distillation_loss()
    raises = whole.reference.replace("    hard_loss =", "    raise ValueError('no such loss')\n    hard_loss =")
    broken = whole.with_sources(whole.starter, raises)
    verdict, text = await text_of(grader, LESSON, broken)
    assert verdict is Verdict.INTERNAL_ERROR
    assert text == golden


def test_no_report_shows_a_traceback_or_a_path_of_this_machine() -> None:
    files = list((Path(__file__).parent / "__snapshots__" / "test_golden").glob("*.txt"))
    assert len(files) > len(SUBMISSIONS)
    for file in files:
        text = file.read_text()
        assert "Traceback" not in text
        assert "/kdquiz/" not in text
        as_written = ("    - ", "    + ", "  | ")  # lines of code and of output
        assert max(len(line) for line in text.splitlines() if not line.startswith(as_written)) <= 80
