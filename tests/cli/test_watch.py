"""`kdquiz watch`: the starter that it writes, the files that it never touches, and one sitting in a real terminal."""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kdquiz.cli.commands.watch import provide
from kdquiz.errors import UsageError
from kdquiz.library.drill import Drill
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from kdquiz.memory.model import Rating
from kdquiz.store.store import Store
from tests.cli.conftest import Kdquiz
from tests.cli.terminal import Terminal
from tests.cli.test_terminal import KDQUIZ, environment

STARTER = "def double(x):\n    raise NotImplementedError  # ä\n"
WATCH = [KDQUIZ, "watch", "distillation-loss"]


@pytest.fixture(scope="module")
def drill() -> Drill:
    return load_library([shipped_content()]).library.drills["distillation-loss"].drill


def save(file: Path, source: str) -> None:
    """By rename, as most editors do."""
    beside = file.with_suffix(".tmp")
    beside.write_text(source)
    beside.replace(file)


# ---- the file ----------------------------------------------------------------------------------------------


def test_a_missing_file_gets_the_starter(tmp_path: Path) -> None:
    provide(tmp_path / "double.py", STARTER)
    assert (tmp_path / "double.py").read_bytes() == STARTER.encode()


@pytest.mark.parametrize("content", [b"", b"mine", STARTER.encode(), b"\xff\x00", bytes(1 << 20)])
def test_a_file_that_is_there_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "double.py"
    file.write_bytes(content)
    file.chmod(0o444)
    before = file.stat()
    provide(file, STARTER)
    assert file.read_bytes() == content
    assert file.stat().st_ctime_ns == before.st_ctime_ns


def test_a_link_to_a_file_that_is_there_is_followed(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    (tmp_path / "double.py").symlink_to("mine.py")
    provide(tmp_path / "double.py", STARTER)
    assert (tmp_path / "mine.py").read_text() == "mine"


@pytest.mark.parametrize(
    ("make", "told", "hint"),
    [
        (lambda file: file.mkdir(), "is a folder", "Name a file in it."),
        (lambda file: file.symlink_to("no-such.py"), "is a link to a file that is not there", "Remove the link"),
        (lambda file: os.mkfifo(file), "is not a file that can be saved", "Name a file of your own."),
        (lambda file: file.symlink_to(file.name), "cannot read", ""),
    ],
    ids=["folder", "dangling link", "pipe", "link to itself"],
)
def test_what_cannot_be_watched_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], told: str, hint: str
) -> None:
    file = tmp_path / "double.py"
    make(file)
    before = file.lstat()
    with pytest.raises(UsageError) as refused:
        provide(file, STARTER)
    assert told in refused.value.message
    assert str(file) in refused.value.message
    assert hint in refused.value.hint
    assert file.lstat().st_ctime_ns == before.st_ctime_ns
    assert [path.name for path in tmp_path.iterdir()] == ["double.py"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing/double.py", "there is no folder"),
        ("file/double.py", "Not a directory"),
        (f"{'x' * 300}.py", "File name too long"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=told) as refused:
        provide(tmp_path / name, STARTER)
    assert refused.value.hint
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere and read everything")
def test_permissions_are_told(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch(mode=0)
    with pytest.raises(UsageError, match=r"cannot read .*Permission denied"):
        provide(tmp_path / "mine.py", STARTER)
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match=r"cannot write .*Permission denied"):
        provide(tmp_path / "double.py", STARTER)


def test_half_a_starter_is_not_left_behind(tmp_path: Path) -> None:
    """The disk is full, as far as this process is concerned."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, limits[1]))
    try:
        with pytest.raises(UsageError, match=r"cannot write .*: File too large"):
            provide(tmp_path / "double.py", STARTER)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


# ---- the command -------------------------------------------------------------------------------------------


def test_it_has_help(kdquiz: Kdquiz) -> None:
    ran = kdquiz("watch", "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: kdquiz watch [OPTIONS] ID [FILE]")
    assert "is never changed" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Missing argument 'ID'"),
        (["distilation-loss"], "Did you mean 'distillation-loss'?"),
        (["distillation-loss"], "the app needs a terminal"),
        (["distillation-loss", "a.py", "b.py"], "unexpected extra argument"),
    ],
)
def test_a_wrong_command_line_writes_nothing(
    kdquiz: Kdquiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = kdquiz("watch", *arguments)
    assert ran.code == 2
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("file", "told"), [(".", "is a folder"), ("-", "standard input"), ("no/x.py", "no folder no")])
def test_in_a_terminal_a_file_that_will_not_do_is_told_before_the_app_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with Terminal([*WATCH, file], environment(tmp_path / "home")) as terminal:
        terminal.wait(told)
        assert terminal.ended() == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the grading processes need Linux")
def test_a_sitting_beside_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, drill: Drill) -> None:
    """The starter is written, a save without T² diagnosed, the reference accepted; quitting says where the code is."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "distillation_loss.py"
    with Terminal(WATCH, environment(tmp_path / "home")) as terminal:
        terminal.wait("Save distillation_loss.py to have it graded.")
        assert file.read_text() == drill.starter
        save(file, drill.reference.replace(" * (T * T)", ""))
        terminal.wait("The soft term lacks its T²")
        terminal.press("h")
        terminal.wait("Hint 1 of ")
        save(file, drill.reference)
        assert "2 attempts" in terminal.wait("✓ Accepted")
        terminal.press("q")
        terminal.wait("Your code is in distillation_loss.py")
        assert terminal.ended() == 0
    assert file.read_text() == drill.reference
    with Store(tmp_path / "home" / "kdquiz.sqlite") as store:
        attempts = [(attempt.verdict, attempt.hints_used) for attempt in store.attempts(drill.id)]
        assert attempts == [("wrong-answer", 0), ("accepted", 1)]
        assert [log.rating for log in store.reviews(drill.id)] == [Rating.HARD]
