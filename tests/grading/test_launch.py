"""Starting the zygote where torch is missing, broken or misbehaves; each fault says what to do."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.launch import ZygoteProcess
from tests.grading.processes import end, with_tests_importable

THREADED_TORCH = """
import threading
threading.Thread(target=threading.Event().wait, daemon=True).start()
def __getattr__(name):
    return type(name, (), {"__init__": lambda *_: None})
"""
"""Has every name that anybody asks for, and a second thread."""

FirstWord = Callable[[str | None], dict[str, str]]


@pytest.fixture
def first_word(bare_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FirstWord:
    """Start a zygote with that interpreter and a torch made of the given source (None: without one)."""

    def start(torch_source: str | None) -> dict[str, str]:
        if torch_source is not None:
            (tmp_path / "torch.py").write_text(torch_source)
        monkeypatch.setattr(sys, "executable", str(bare_python))
        monkeypatch.setattr(sys, "path", ["", str(tmp_path)])
        zygote = ZygoteProcess("tests.grading.tiny_judge")
        zygote.control.setblocking(True)
        try:
            return zygote.check_first_word(zygote.control.recv(4096))
        finally:
            end(zygote)

    return start


def test_a_missing_torch_says_how_to_install_it(first_word: FirstWord, bare_python: Path) -> None:
    with pytest.raises(GradingError) as caught:
        first_word(None)
    assert caught.value.message == "Drills need PyTorch, and it is not installed."
    assert f"{bare_python} -m pip install torch" in caught.value.hint
    assert "https://download.pytorch.org/whl/cpu" in caught.value.hint
    assert caught.value.exit_code == 3


async def test_the_word_of_a_zygote_that_has_ended_before_it_was_heard_is_not_lost(
    bare_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends with requests for judges unread, and then its own last packet comes behind an ECONNRESET."""
    monkeypatch.setattr(sys, "executable", str(bare_python))
    monkeypatch.setattr(sys, "path", ["", str(tmp_path)])
    for _ in range(5):
        with pytest.raises(GradingError, match="Drills need PyTorch, and it is not installed"):
            await Grader(judges=2).start()


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("raise OSError('libtorch_cpu.so: undefined symbol')", "OSError: libtorch_cpu.so: undefined symbol"),
        ("import no_such_part", "ModuleNotFoundError: No module named 'no_such_part'"),
        ("raise SystemExit('go away')", "SystemExit: go away"),
        ("import os; os.kill(os.getpid(), 11)", "the process was ended by SIGSEGV"),
        ("import os, sys; print('bad CPU', file=sys.stderr, flush=True); os._exit(9)", "exit code 9: bad CPU"),
        (
            "import os; os.write(2, b'Oops: no\\nTraceback (most recent call last):\\n  File x'); os._exit(9)",
            "exit code 9: Oops: no",
        ),
        ("x = 1", "AttributeError"),
    ],
)
def test_a_broken_torch_says_how_it_is_broken(first_word: FirstWord, source: str, says: str) -> None:
    with pytest.raises(GradingError, match="PyTorch cannot be loaded") as caught:
        first_word(source)
    assert says in caught.value.message
    assert "--force-reinstall torch" in caught.value.hint


def test_a_torch_that_starts_threads_is_refused_since_forks_of_it_would_hang(first_word: FirstWord) -> None:
    with pytest.raises(GradingError, match=r"importing torch started 1 thread\(s\)"):
        first_word(THREADED_TORCH)


def test_an_interpreter_that_cannot_be_started_is_an_error_of_grading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(GradingError, match="cannot be started: No such file"):
        ZygoteProcess("tests.grading.tiny_judge")


def test_the_app_never_imports_torch_and_the_zygote_finds_the_apps_own_kdquiz(tmp_path: Path) -> None:
    """Here kdquiz and its tests are importable through PYTHONPATH, which an isolated interpreter ignores."""
    script = (
        "import asyncio, sys\n"
        "from tests.grading.test_client import Grader, TINY_JUDGE, submission\n"
        "async def main():\n"
        "    async with Grader(judge_module=TINY_JUDGE) as grader: return await grader.grade(submission())\n"
        "print(asyncio.run(main()).verdict.value, 'torch' in sys.modules)"
    )
    env = with_tests_importable()
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
    assert told.stdout == "accepted False\n"
