"""The watcher of a file: every way in which editors save is one save, seen once it has settled; and what is graded."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.tui import watching
from kdquiz.tui.watching import NotYet, Seen, Unreadable, Watcher, to_grade, watch

MOST = 1000
STARTER = "def double(x):\n    raise NotImplementedError\n"


def in_place(file: Path, content: bytes) -> None:
    file.write_bytes(content)


def by_rename(file: Path, content: bytes) -> None:
    """A new file beside it takes its place, as most editors do."""
    beside = file.with_suffix(".tmp")
    beside.write_bytes(content)
    beside.replace(file)


def over_a_backup(file: Path, content: bytes) -> None:
    """The old one becomes `name~`, a new one is made: vim with `backupcopy=no`, Emacs."""
    if file.exists():
        file.rename(file.with_name(file.name + "~"))
    file.write_bytes(content)


def after_deletion(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def with_an_old_time(file: Path, content: bytes) -> None:
    """Within one tick of a file system that knows time to the second."""
    file.write_bytes(content)
    os.utime(file, ns=(10**18, 10**18))


WAYS: tuple[Callable[[Path, bytes], None], ...] = (in_place, by_rename, over_a_backup, after_deletion, with_an_old_time)
every_way = pytest.mark.parametrize("save", WAYS, ids=lambda way: way.__name__)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "double.py"
    made.write_bytes(b"first")
    return made


def looks(watcher: Watcher, count: int = 2) -> list[Seen]:
    """What is told at the next looks."""
    return [seen for seen in (watcher.look() for _ in range(count)) if seen is not None]


def test_what_stands_there_at_the_start_is_told_once_at_the_second_look(file: Path) -> None:
    watcher = Watcher(file, MOST)
    assert watcher.look() is None
    assert watcher.look() == b"first"
    assert looks(watcher, 5) == []


@every_way
def test_a_save_is_told_once_however_it_is_done(file: Path, save: Callable[[Path, bytes], None]) -> None:
    watcher = Watcher(file, MOST)
    looks(watcher)
    for content in (b"second", b"third!", b"fourth"):
        save(file, content)
        assert looks(watcher, 5) == [content]


def test_a_save_that_truncates_first_and_writes_later_is_one(file: Path) -> None:
    watcher = Watcher(file, MOST)
    looks(watcher)
    with file.open("wb", buffering=0) as opened:
        assert watcher.look() is None  # it is empty now
        for part in (b"sec", b"ond"):
            opened.write(part)
            assert watcher.look() is None
    assert looks(watcher, 5) == [b"second"]


def test_a_file_that_is_missing_for_one_look_was_never_gone(file: Path) -> None:
    watcher = Watcher(file, MOST)
    looks(watcher)
    away = file.rename(file.with_name("double.py~"))
    assert watcher.look() is None
    shutil.copy(away, file)
    assert looks(watcher, 5) == [b"first"]  # another file, with the same in it: that is a save


def test_deletion_is_told_and_so_is_what_comes_after(file: Path) -> None:
    watcher = Watcher(file, MOST)
    looks(watcher)
    file.unlink()
    assert looks(watcher, 5) == [Unreadable("is gone")]
    file.write_bytes(b"again")
    assert looks(watcher, 5) == [b"again"]


def test_the_same_saved_again_is_a_save(file: Path) -> None:
    watcher = Watcher(file, MOST)
    looks(watcher)
    os.utime(file, ns=(10**18, 10**18))
    assert looks(watcher, 5) == [b"first"]


def test_a_change_that_leaves_time_and_size_as_they_were_is_seen(file: Path) -> None:
    os.utime(file, ns=(10**18, 10**18))
    watcher = Watcher(file, MOST)
    looks(watcher)
    with_an_old_time(file, b"other")
    assert looks(watcher) == [b"other"]


def test_no_more_is_read_than_was_asked_for(file: Path) -> None:
    file.write_bytes(bytes(5 * MOST))
    assert looks(Watcher(file, MOST)) == [bytes(MOST)]


def test_a_file_behind_a_link_is_followed(file: Path) -> None:
    link = file.with_name("link.py")
    link.symlink_to(file)
    watcher = Watcher(link, MOST)
    looks(watcher)
    by_rename(file, b"second")
    assert looks(watcher) == [b"second"]
    file.unlink()
    assert looks(watcher) == [Unreadable("is gone")]


def test_what_is_no_file_is_said_to_be_none(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # to open it would wait for ever
    for path in (pipe, tmp_path):
        assert looks(Watcher(path, MOST)) == [Unreadable("is not a file")]


def test_a_fault_of_the_file_system_is_told_in_its_words(file: Path) -> None:
    assert looks(Watcher(file / "below", MOST)) == [Unreadable("cannot be read: Not a directory")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(file: Path) -> None:
    file.chmod(0)
    assert looks(Watcher(file, MOST)) == [Unreadable("cannot be read: Permission denied")]


@given(
    st.lists(st.tuples(st.sampled_from([None, *WAYS]), st.sampled_from([b"", b"a", b"b", b"cc"]), st.integers(0, 3)))
)
def test_in_the_end_what_stands_there_was_told(
    steps: list[tuple[Callable[[Path, bytes], None] | None, bytes, int]],
) -> None:
    """Whatever is saved (None: deleted), however often it is looked at between; and no more is told than was saved, nor
    anything that never stood there."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "double.py")
        watcher = Watcher(file, MOST)
        gone: Seen = Unreadable("is gone")
        stood: list[Seen] = [gone]
        told: list[Seen] = []
        before = 0
        for save, content, times in steps:
            if save is None:
                file.unlink(missing_ok=True)
            else:
                save(file, content)
            stood.append(gone if save is None else content)
            told += looks(watcher, times)
            assert set(map(repr, told)) <= set(map(repr, stood))
            before = len(told)
        told += looks(watcher, 2)
        assert told[-1] == stood[-1]
        assert len(told) - before <= 1
        assert len(told) <= len(stood)
        assert looks(watcher, 3) == []


async def test_watching_goes_on_without_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.001)
    saves = watch(file, MOST)
    for content in (b"second", b"third", b"fourth"):
        assert isinstance(await anext(saves), bytes)
        by_rename(file, content)
    assert await anext(saves) == b"fourth"


# ---- what is graded ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "why", "then"),
    [
        (Unreadable("is gone"), "double.py is gone.", "as soon as it is saved again"),
        (Unreadable("cannot be read: No"), "double.py cannot be read: No.", "as soon as it is saved again"),
        (bytes(2049), "double.py is larger than the 2 KiB that are graded.", "the file you meant"),
        ("x = 1\ny = 'ä'".encode("latin-1"), "double.py is not UTF-8: byte 0xe4 in line 2.", "Save it as UTF-8."),
        ("x = 1".encode("utf-16"), "double.py is not UTF-8: byte 0xff in line 1.", "Save it as UTF-8."),
        (b"", "double.py is empty.", "starter into new files"),
        (b" \n\t\n", "double.py is empty.", "starter into new files"),
        (STARTER.encode(), "Save double.py to have it graded.", "Open it in your editor"),
        (STARTER.replace("\n", "\r\n").rstrip().encode(), "Save double.py to have it graded.", "Open it"),
    ],
)
def test_what_is_not_graded_is_told_with_what_to_do(seen: Seen, why: str, then: str) -> None:
    found = to_grade(seen, "double.py", STARTER, 2048)
    assert isinstance(found, NotYet)
    assert found.why == why
    assert then in found.then
    assert found.fault != why.startswith("Save")


@pytest.mark.parametrize(
    "source", ["x", STARTER + "# mine", "def double(x):\r\n\treturn 'ä🎓'\r\n", "\ufeffx = 1", "x\0", "x" * 2048]
)
def test_everything_else_is_graded_byte_for_byte(source: str) -> None:
    assert to_grade(source.encode(), "double.py", STARTER, 2048) == source
