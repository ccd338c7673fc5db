"""Migrations: numbered, each whole or not at all, with a copy of the older database beside the newer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kdquiz.errors import StoreError
from kdquiz.store import migrate
from kdquiz.store.files import APPLICATION_ID
from kdquiz.store.store import Store
from tests.store.conftest import answer, log_of

NEXT = """
ALTER TABLE setting ADD COLUMN note TEXT;
CREATE TRIGGER setting_is_kept BEFORE DELETE ON setting
    BEGIN SELECT RAISE(ABORT, 'kept'); END; -- a semicolon within a statement
"""


@pytest.fixture
def older(path: Path) -> Iterator[sqlite3.Connection]:
    """A database of the current version with a review in it, older than the scripts that a test adds."""
    with Store(path) as store:
        answer(store, log_of())
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def test_the_scripts_are_numbered_and_counted() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    names = sorted(path.name for path in folder.iterdir())
    assert [int(name.split("_")[0]) for name in names] == list(range(1, migrate.CURRENT_VERSION + 1))
    assert len(migrate.scripts()) == migrate.CURRENT_VERSION


def test_a_new_database_is_of_the_current_version_and_needs_no_copy(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert version(connection) == migrate.CURRENT_VERSION
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert list(path.parent.glob("*version*")) == []


def test_an_older_database_is_copied_and_then_migrated(older: sqlite3.Connection, path: Path) -> None:
    first = migrate.scripts()
    rebuilt: list[int] = []
    added = [NEXT, "CREATE TABLE third (x INTEGER) STRICT;"]
    migrate.migrate(older, path, [*first, *added], lambda: rebuilt.append(version(older)))
    assert rebuilt == [len(first) + 2]
    assert version(older) == len(first) + 2
    assert older.execute("SELECT count(*) FROM review").fetchone() == (1,)
    assert older.execute("SELECT count(note) FROM setting").fetchone() == (0,)
    copies = list(path.parent.glob("*.version-*"))
    assert [copy.name for copy in copies] == [f"kdquiz.sqlite.version-{len(first)}"]
    with Store(copies[0]) as copy:
        assert copy.reviews() == [log_of()]
        assert copy.verify() == []


def test_a_migration_that_fails_leaves_the_older_database(older: sqlite3.Connection, path: Path) -> None:
    broken = NEXT + "INSERT INTO nowhere VALUES (1);"
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrate.migrate(older, path, [*migrate.scripts(), broken], list)
    assert version(older) == migrate.CURRENT_VERSION
    assert "note" not in [row[1] for row in older.execute("PRAGMA table_info(setting)")]
    migrate.migrate(older, path, [*migrate.scripts(), NEXT], list)
    assert version(older) == migrate.CURRENT_VERSION + 1


def test_a_script_that_ends_within_a_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="in the middle of a statement: 'CREATE TABLE b"):
        list(migrate.statements("CREATE TABLE a (x);\nCREATE TABLE b (y)"))


def test_a_newer_database_is_refused_and_left_as_it_is(older: sqlite3.Connection, path: Path) -> None:
    older.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError) as refused:
        Store(path)
    assert refused.value.message == (
        f"The database {path} was written by a newer kdquiz "
        f"(its format is 99, this program knows {migrate.CURRENT_VERSION})."
    )
    assert refused.value.hint == "Upgrade kdquiz, or set KDQUIZ_HOME to another folder."
    assert version(older) == 99


@pytest.mark.parametrize("number", [0, 1], ids=["unnumbered", "numbered"])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path, number: int) -> None:
    path = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as theirs:
        theirs.execute("CREATE TABLE places (url)")
        theirs.execute(f"PRAGMA user_version = {number}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is a database of another program") as refused:
        Store(path)
    assert "KDQUIZ_HOME" in refused.value.hint
    assert path.read_bytes() == before


def test_a_version_that_there_never_was_is_refused(path: Path) -> None:
    with Store(path) as store:
        store._connection.execute("PRAGMA user_version = -5")
    with pytest.raises(StoreError, match="is a database of another program"):
        Store(path)
