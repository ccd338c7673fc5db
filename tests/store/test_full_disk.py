"""A disk that fills up, and a folder that cannot be written, cost nothing that was kept: answers, backups, recovery.

The disk is a real one of a few hundred kB, which only the superuser can make; elsewhere a limit of the system on the
size of files stands in for it.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kdquiz.errors import StoreError
from kdquiz.store.backup import back_up, backups_of
from kdquiz.store.opening import open_or_recover
from kdquiz.store.recovery import Recovery, recover
from kdquiz.store.store import Store
from tests.store import ruins
from tests.store.conftest import answer, log_of
from tests.store.ruins import everything, page
from tests.store.test_recovery import ASIDE, LATER

NOBODY = 65534


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with a disk of its own, of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "kdquiz-test", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser of a Linux machine can make a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def full(folder: Path, left: int = 0) -> Iterator[None]:
    """The disk of a folder with no room, or with so many bytes left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            file.truncate(max(0, file.tell() - left))
    yield
    filler.unlink()


@contextmanager
def no_larger_files(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_answers_on_a_disk_that_fills_up(small_disk: Path) -> None:
    kept = []
    with Store(small_disk / "kdquiz.sqlite") as store, full(small_disk, left=300_000):
        for number in range(100):
            log = log_of(f"card-{number}", response="x" * 10_000)
            try:
                answer(store, log)
            except StoreError as error:
                assert "the disk is full" in error.message  # noqa: PT017
                break
            kept.append(log)
        assert len(kept) < 100
        assert store.reviews() == kept != []
        assert store.verify() == []
        with pytest.raises(StoreError, match="the disk is full"):
            store.save_draft("loss", "x" * 100_000)
    with Store(small_disk / "kdquiz.sqlite") as store:
        assert store.reviews() == kept
        answer(store, log_of("with room again"))
        assert store.verify() == []


def test_backups_on_a_full_disk(small_disk: Path) -> None:
    path = small_disk / "kdquiz.sqlite"
    with Store(path) as store:
        answer(store, log_of("a"))
        good = back_up(path, ruins.TODAY)
        assert good is not None
        before = good.read_bytes()
        answer(store, log_of("b", response="x" * 200_000))
        with full(small_disk, left=8192):
            for day in (ruins.TODAY, ruins.TODAY + 1):
                with pytest.raises(StoreError, match="the disk is full"):
                    back_up(path, day)
        assert good.read_bytes() == before
        assert [backup.path for backup in backups_of(path, ruins.TODAY + 1)] == [good]
        assert [each.name for each in good.parent.glob("*unfinished*")] == []
        assert back_up(path, ruins.TODAY + 1) is not None
        assert store.verify() == []


@pytest.fixture
def ruined(path: Path) -> dict[str, object]:
    """A database with a damaged page; what was in it."""
    with Store(path) as store:
        ruins.fill(store)
        was = everything(store)
    page(2)(path)
    return was


def test_a_recovery_on_a_full_disk_leaves_the_damaged_database(
    small_disk: Path, path: Path, ruined: dict[str, object]
) -> None:
    there = small_disk / "data" / path.name
    shutil.copytree(path.parent, there.parent)
    left = there.read_bytes()
    for room in (0, 100_000, len(left) + 50_000):
        with full(small_disk, left=room):
            with pytest.raises(StoreError) as caught:
                open_or_recover(there, LATER, lambda recovery: None)
            assert "full" in caught.value.message or "No space left" in caught.value.message
            assert there.read_bytes() == left
            assert not list(there.parent.glob("*.recovering"))
    with open_or_recover(there, LATER, lambda recovery: None) as store:
        assert everything(store) == ruined
        assert store.verify() == []


def test_a_recovery_whose_files_may_not_grow_leaves_the_damaged_database(path: Path, ruined: dict[str, object]) -> None:
    left = path.read_bytes()
    for size in (0, 20_000, 150_000):
        with no_larger_files(size), pytest.raises(StoreError):
            recover(path, LATER)
        assert path.read_bytes() == left
    told: list[Recovery] = []
    with open_or_recover(path, LATER, told.append) as store:
        assert everything(store) == ruined
    assert told[0].set_aside == path.with_name(ASIDE)


@pytest.fixture
def closed_folder(path: Path, ruined: dict[str, object]) -> Iterator[Path]:
    """A folder with a damaged database, which the user that the test then runs as may read and not write."""
    folder = Path(tempfile.mkdtemp())  # not within tmp_path, whose parents are closed to other users
    shutil.copytree(path.parent, folder, dirs_exist_ok=True)
    for each in (folder, folder / "backups"):
        each.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)  # the superuser may write everywhere
    yield folder
    os.seteuid(user)
    for each in (folder, folder / "backups"):
        each.chmod(0o755)
    shutil.rmtree(folder)


def test_nothing_is_touched_in_a_folder_that_cannot_be_written(closed_folder: Path) -> None:
    path = closed_folder / "kdquiz.sqlite"
    left = {each: each.read_bytes() for each in closed_folder.rglob("*") if each.is_file()}
    for step in (
        lambda: open_or_recover(path, LATER, lambda recovery: None),
        lambda: recover(path, LATER),
        lambda: back_up(path, ruins.TODAY + 9),
    ):
        with pytest.raises(StoreError) as caught:
            step()
        assert str(closed_folder) in caught.value.message
        assert "KDQUIZ_HOME" in caught.value.hint
    assert {each: each.read_bytes() for each in closed_folder.rglob("*") if each.is_file()} == left
