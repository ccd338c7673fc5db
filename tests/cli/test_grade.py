"""`kdquiz grade`, through the real processes: in this one by zygotes that a nursery forks, in others all for real."""

import io
import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Kdquiz
from tests.cli.terminal import Terminal
from tests.grading.processes import descendants, ends

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


pytestmark = pytest.mark.usefixtures("quick_zygotes")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A right submission, one without T², one with α swapped too, and one that does not compile."""
    sources = {"right.py": RIGHT, "no_t.py": NO_T_SQUARED, "both.py": BOTH, "broken.py": "def distillation_loss(:\n"}
    for name, source in sources.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    return [str(tmp_path / name) for name in sources]


def test_json_has_the_fields_and_the_diagnosis(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", *files, "--json")
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


def test_several_files_are_summed_up_and_one_is_not(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", *files)
    assert ran.code == 1
    assert [line.partition(": ")[2] for line in ran.lines if line.startswith(("✓", "✗"))] == [
        "accepted",
        "wrong-answer",
        "wrong-answer",
        "compile-error",
    ]
    assert ran.lines[-2:] == ["", "1 of 4 accepted; 2 wrong-answer, 1 compile-error"]
    assert kdquiz("grade", "distillation-loss", files[0], files[0]).lines[-1] == "2 of 2 accepted"
    assert "of 1 accepted" not in kdquiz("grade", "distillation-loss", files[0]).out


def test_a_folder_is_told_from_a_file(kdquiz: Kdquiz, tmp_path: Path) -> None:
    ran = kdquiz("grade", "distillation-loss", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"kdquiz: {tmp_path} is a folder\nName the files in it: `kdquiz grade distillation-loss {tmp_path}/*.py`.\n"
    )
    missing = tmp_path / "none.py"
    assert kdquiz("grade", "distillation-loss", str(missing)).err == (
        f"kdquiz: cannot read {missing}: No such file or directory\n"
    )


def test_no_more_at_once_than_there_are_cores(
    kdquiz: Kdquiz, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {7})
    ran = kdquiz("grade", "distillation-loss", files[0], files[0], "--jobs", "500")
    assert (ran.code, ran.lines[-1]) == (0, "2 of 2 accepted")
    assert ran.err == "kdquiz: grading 1 at once and not 500: kdquiz may use 1 core here\n"
    assert kdquiz("grade", "distillation-loss", files[0], "--jobs", "500").err == ""
    assert kdquiz("grade", "distillation-loss", files[0], "--jobs", "0").code == 2


def test_the_seed_repeats_the_run(kdquiz: Kdquiz, files: list[str]) -> None:
    first = json.loads(kdquiz("grade", "distillation-loss", files[1], "--json", "--seed", "7").out)
    again = json.loads(kdquiz("grade", "distillation-loss", files[1], "--json", "--seed", "7").out)
    assert first["seed"] == again["seed"] == 7
    assert first["checks"] == again["checks"]


def test_a_file_without_an_end_is_refused_and_not_read_on(kdquiz: Kdquiz) -> None:
    ran = kdquiz("grade", "distillation-loss", "/dev/zero", "--json")
    row = json.loads(ran.out)
    assert (ran.code, row["verdict"]) == (1, "compile-error")
    assert row["summary"] == "The file is longer than 65,536 bytes, the most that is graded."


def test_standard_input_is_a_file_once(kdquiz: Kdquiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RIGHT.encode())))
    assert kdquiz("grade", "distillation-loss", "-").lines[0] == "✓ -: accepted"
    ran = kdquiz("grade", "distillation-loss", "-", "-")
    assert (ran.code, ran.err) == (2, "kdquiz: standard input (`-`) can be graded only once\n")
    monkeypatch.setattr(sys, "stdin", None)
    ran = kdquiz("grade", "distillation-loss", "-")
    assert (ran.code, ran.err) == (2, "kdquiz: standard input is closed\n")


def test_a_seed_that_no_generator_takes_is_a_mistake_of_the_command_line(kdquiz: Kdquiz, files: list[str]) -> None:
    ran = kdquiz("grade", "distillation-loss", files[0], "--seed", str(2**64))
    assert ran.code == 2
    assert "--seed" in ran.err


PROGRAM = str(Path(sys.executable).with_name("kdquiz"))
KDQUIZ = shlex.quote(PROGRAM)


@pytest.mark.usefixtures("home")
def test_a_reader_that_goes_after_the_first_line_is_no_fault(files: list[str]) -> None:
    many = shlex.join(files[:1] * 40)
    command = f"{KDQUIZ} grade distillation-loss {many} | head -n 1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == (f"✓ {files[0]}: accepted\n", "")


@pytest.mark.usefixtures("home")
def test_nothing_is_needed_of_standard_error(files: list[str]) -> None:
    command = f"{KDQUIZ} grade distillation-loss {shlex.quote(files[0])} <&- 2>&-"
    ran = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (0, f"✓ {files[0]}: accepted")


def test_a_terminal_sees_how_far_it_is_and_keeps_no_trace_of_it(files: list[str], home: Path) -> None:
    environment = {"KDQUIZ_HOME": str(home), "KDQUIZ_CONTENT": "", "TERM": "dumb", "LANG": "C.UTF-8"}
    command = f"{KDQUIZ} grade distillation-loss {shlex.join([files[0], *files])} --json > {home}.json; echo over"
    with Terminal(["sh", "-c", command], environment) as terminal:
        terminal.wait(" of 5 graded")
        lines = terminal.wait("over").splitlines()
    assert [line for line in lines if line] == ["over"]
    assert [json.loads(line)["file"] for line in Path(f"{home}.json").read_text().splitlines()] == [files[0], *files]


def test_ctrl_c_ends_it_with_every_process(files: list[str], home: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    command = [PROGRAM, "grade", "distillation-loss", files[0], *[str(slow)] * 5]
    running = subprocess.Popen(command, env={**os.environ, "KDQUIZ_HOME": str(home)}, stdout=subprocess.PIPE)
    with running:
        assert running.stdout is not None
        assert running.stdout.readline()
        processes = descendants(running.pid)
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 130
    assert len(processes) >= 2
    assert all(map(ends, processes))
