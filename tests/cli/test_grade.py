"""`kdquiz grade`, through the real processes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kdquiz

LESSON = """\
import torch.nn.functional as F

def distillation_loss(student_logits, teacher_logits, labels, T=2.0, alpha=0.5):
    hard = F.cross_entropy(student_logits, labels)
    log_student = F.log_softmax(student_logits / T, dim=1)
    teacher = F.softmax(teacher_logits / T, dim=1)
    soft = F.kl_div(log_student, teacher, reduction="batchmean"){t_squared}
    return {hard} * hard + {soft} * soft
"""
RIGHT = LESSON.format(t_squared=" * (T * T)", hard="(1 - alpha)", soft="alpha")
NO_T_SQUARED = LESSON.format(t_squared="", hard="(1 - alpha)", soft="alpha")
BOTH = LESSON.format(t_squared="", hard="alpha", soft="(1 - alpha)")

FIELDS = {"file", "drill", "verdict", "checks", "diagnosis", "smallest_case", "seed", "elapsed_ms", "containment"}


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A right submission, one without T², one with α swapped too, and one that does not compile."""
    sources = {"right.py": RIGHT, "no_t.py": NO_T_SQUARED, "both.py": BOTH, "broken.py": "def distillation_loss(:\n"}
    for name, source in sources.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    return [str(tmp_path / name) for name in sources]


def test_json_has_the_fields_and_the_diagnosis(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", *files, "--json", "--jobs", "2")
    rows = [json.loads(line) for line in ran.lines]
    assert ran.code == 1
    assert [row["file"] for row in rows] == files
    assert all(set(row) >= FIELDS for row in rows)
    assert [row["verdict"] for row in rows] == ["accepted", "wrong-answer", "wrong-answer", "compile-error"]
    assert {"name": "frozen teacher_logits", "status": "advice"}.items() <= {
        **next(check for check in rows[0]["checks"] if check["name"] == "frozen teacher_logits")
    }.items()
    assert rows[1]["diagnosis"][0]["ids"] == ["missing-t-squared"]
    assert sorted(rows[2]["diagnosis"][0]["ids"]) == ["alpha-swapped", "missing-t-squared"]
    assert {check["status"] for row in rows for check in row["checks"]} <= {"passed", "failed", "skipped", "advice"}


def test_an_accepted_file_ends_with_0_and_reads_well(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", files[0])
    assert ran.code == 0
    assert ran.lines[0] == f"✓ {files[0]}: accepted"
    assert max(map(len, ran.lines[1:])) <= 82


def test_a_wrong_file_is_told_the_line_of_the_reference(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", files[1])
    assert ran.code == 1
    assert "missing-t-squared:" in ran.out
    assert "behaves as if the reference had changed" in ran.out


def test_the_seed_repeats_the_run(kdquiz: Kdquiz, files: list[str]) -> None:
    first = json.loads(kdquiz("grade", "distillation-loss", files[1], "--json", "--seed", "7").out)
    again = json.loads(kdquiz("grade", "distillation-loss", files[1], "--json", "--seed", "7").out)
    assert first["seed"] == again["seed"] == 7
    assert first["checks"] == again["checks"]
