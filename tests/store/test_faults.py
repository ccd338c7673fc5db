"""What the learner is told when the database cannot be used: always the path, and what to do."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kdquiz.errors import DamagedError, StoreError
from kdquiz.store import rows
from kdquiz.store.faults import faults_explained, suspicion
from kdquiz.store.opening import open_or_recover
from kdquiz.store.store import Store
from tests.store.conftest import NOON, answer, log_of

NOBODY = 65534


def refused(path: Path) -> StoreError:
    """The error of opening `path`, which names it and the way out."""
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert str(path) in caught.value.message or str(path.parent) in caught.value.message
    assert "KDQUIZ_HOME" in caught.value.hint
    return caught.value


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path).message


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    assert f"The data folder {tmp_path / 'data'} cannot be used" in refused(tmp_path / "data" / "db.sqlite").message
    assert "cannot be used" in refused(tmp_path / "data" / "deeper" / "db.sqlite").message


def test_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"once upon a time " * 100)
    assert "is damaged or is no database" in refused(path).message
    assert path.read_bytes().startswith(b"once upon")


def test_a_damaged_database(path: Path) -> None:
    with Store(path) as store:
        for number in range(200):
            answer(store, log_of(f"card-{number}"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x7f" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="is damaged") as caught:
        Store(path)
    assert f"it puts {path} aside untouched" in caught.value.hint


def test_a_locked_database_loses_nothing_and_works_when_it_is_free_again(path: Path) -> None:
    with Store(path, patience=0.0) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert store.cards() == {}
        with pytest.raises(StoreError, match="is locked by another program") as caught:
            answer(store, log_of())
        assert str(path) in caught.value.hint
        other.execute("ROLLBACK")
        assert answer(store, log_of()) == store.cards()["why"]


@pytest.mark.parametrize("how", ["folder", "file", "log", "another"])
def test_an_answer_is_not_acknowledged_into_a_file_that_is_gone(path: Path, how: str) -> None:
    """Moved away, deleted, or replaced by a tool that synchronises: nobody would ever find the answer again."""
    away = path.parent.with_name("away")
    with Store(path) as store:
        answer(store, log_of("a"))
        moved = {"folder": path.parent, "log": path.with_name("kdquiz.sqlite-wal")}.get(how, path)
        moved.rename(away)
        if how == "another":
            shutil.copyfile(away, path)
        with pytest.raises(StoreError, match="was moved, replaced or deleted") as caught:
            answer(store, log_of("b"))
        assert "Put it back and try again" in caught.value.hint
        if how == "another":
            path.unlink()
        away.rename(moved)
        answer(store, log_of("b"))
    with Store(path) as store:
        assert [log.card_id for log in store.reviews()] == ["a", "b"]
        assert store.verify() == []


def test_nothing_is_written_into_a_format_that_a_newer_program_has_made_meanwhile(path: Path) -> None:
    with Store(path) as store, closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("PRAGMA user_version = 99")
        with pytest.raises(StoreError, match="newer kdquiz"):
            answer(store, log_of())
        assert store.reviews() == []


def test_a_link_to_a_file_that_is_not_there(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to("nowhere.sqlite")
    fault = refused(path)
    assert "is a link to a file that is not there" in fault.message
    assert "Connect the disk" in fault.hint


def test_a_full_disk_loses_nothing_that_was_kept(path: Path) -> None:
    with Store(path) as store:
        answer(store, log_of("a"))
        store._connection.execute(
            "PRAGMA max_page_count = 1"
        )  # the file may not grow: what SQLite makes of a full disk
        with pytest.raises(StoreError, match="has no room: the disk is full") as caught:
            answer(store, log_of("b", response="x" * 100_000))
        assert str(path.parent) in caught.value.hint
        assert store.reviews() == [log_of("a")]
        assert store.verify() == []


@pytest.fixture
def foreign_folder() -> Iterator[Path]:
    """A folder with a database, both readable and not writable for the user that the test then runs as."""
    folder = Path(tempfile.mkdtemp())  # not within tmp_path, whose parents are closed to other users
    Store(folder / "kdquiz.sqlite").close()
    (folder / "kdquiz.sqlite").chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)  # the superuser may write everywhere
    yield folder
    os.seteuid(user)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(foreign_folder: Path) -> None:
    for name in ("kdquiz.sqlite", "new.sqlite"):
        fault = refused(foreign_folder / name)
        assert "cannot be" in fault.message
        assert f"Make {foreign_folder}" in fault.hint
        assert "writable" in fault.hint
    assert "cannot be used (Permission denied)" in refused(foreign_folder / "deeper" / "db.sqlite").message


def test_faults_of_our_own_code_are_not_explained_away(store: Store) -> None:
    store.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        store.cards()


@pytest.mark.parametrize(
    "change",
    ["UPDATE card SET due = 9223372036854775807", "UPDATE card SET state = 9"],
)
def test_a_row_that_no_version_writes_is_damage_and_no_crash(path: Path, change: str) -> None:
    with Store(path) as store:
        answer(store, log_of("why"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA ignore_check_constraints = ON")
        other.execute(change)
    with Store(path) as store:
        with pytest.raises(DamagedError, match="is damaged or is no database \\(the card of 'why': ") as caught:
            store.cards()
        assert "Start kdquiz again" in caught.value.hint
        assert caught.value.hint in store.verify()[0]
    assert suspicion(path).exists()


@pytest.mark.parametrize("change", ["DROP VIEW live_review", "ALTER TABLE made_due DROP COLUMN after_review"])
def test_a_schema_that_somebody_has_changed_is_damage(path: Path, change: str) -> None:
    with Store(path) as store:
        answer(store, log_of("why"))
        if "made_due" in change:
            store._connection.execute("DROP VIEW live_review")  # no column is dropped that a view may need
        store._connection.execute(change)
        with pytest.raises(DamagedError, match="no such "):
            store.learner(NOON, 20000)
    with open_or_recover(path, NOON, lambda recovery: None) as store:
        assert store.reviews() == [log_of("why")]
        assert store.verify() == []


def test_a_message_of_sqlite_that_is_no_text_is_damage(path: Path) -> None:
    with Store(path) as store:
        answer(store, log_of("why"))
    content = path.read_bytes()
    assert b"CREATE TABLE draft (" in content
    path.write_bytes(content.replace(b"CREATE TABLE draft (", b"CREATE TABLE \xe4\xff(\xff "))
    with open_or_recover(path, NOON, lambda recovery: None) as store:
        assert store.reviews() == [log_of("why")]


def test_a_value_of_a_type_that_no_version_writes_is_damage() -> None:
    log = log_of("why")
    row = list(rows.review_row(log))
    for place in (1, 2):
        with pytest.raises(rows.NotARowError):
            rows.review_from((*row[:place], None, *row[place + 1 :]))
        with pytest.raises(rows.NotARowError):
            rows.review_from((*row[:place], "text", *row[place + 1 :]))
    with pytest.raises(rows.NotARowError, match="without an end"):
        rows.review_from((*row[:3], float("inf"), *row[4:]))
    with pytest.raises(rows.NotARowError):
        rows.fit_from(("[" * 100_000, 0, 1, None, None))


@pytest.mark.parametrize(("free", "told"), [(0, "the disk is full"), (1 << 30, "cannot be read or written")])
def test_an_error_of_the_disk_is_told_as_a_full_one_where_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    """SQLite says `disk I/O error` where there is no room for the small file that it shares with other processes."""
    usage = shutil.disk_usage(path.parent.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    fault = sqlite3.OperationalError("disk I/O error")
    fault.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(StoreError, match=told), faults_explained(path):
        raise fault
