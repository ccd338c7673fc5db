"""Bringing a database to the version that this program knows, one numbered script at a time.

Imports `errors`, `store.faults` and `store.files`. A script is applied together with its number (`user_version`) in
one transaction, so that a kill at any moment leaves the database at one version or the next; what is only worked out of
the log, the cards, is made anew in the transaction of the last one. Before the first script runs on a database that
holds data, the database is copied beside itself.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kdquiz.errors import StoreError
from kdquiz.store.faults import ELSEWHERE
from kdquiz.store.files import APPLICATION_ID, copy_checked

CURRENT_VERSION = 2
"""How many migrations there are. Known without reading them: a database that is up to date opens faster so."""


def bring_up_to_date(connection: sqlite3.Connection, path: Path, rebuild: Callable[[], object]) -> None:
    """Check that the database is ours and of a version we know, and migrate it where it is older.

    `rebuild` makes the cards anew out of the log, within the transaction that is open.

    Raises StoreError where it belongs to another program or to a newer version of this one.
    """
    connection.execute("BEGIN")  # one view of both, whatever another process is creating
    version = _pragma(connection, "user_version")
    foreign = _pragma(connection, "application_id") != APPLICATION_ID if version else _has_tables(connection)
    connection.execute("COMMIT")
    if foreign or version < 0:
        raise StoreError(
            f"{path} is a database of another program.",
            f"Move it away, {ELSEWHERE}.",
        )
    if version > CURRENT_VERSION:
        raise too_new(path, version)
    if version < CURRENT_VERSION:
        migrate(connection, path, scripts(), rebuild)


def too_new(path: Path, version: int) -> StoreError:
    """The error that refuses a database of a format that this program does not know."""
    return StoreError(
        f"The database {path} was written by a newer kdquiz "
        f"(its format is {version}, this program knows {CURRENT_VERSION}).",
        f"Upgrade kdquiz, {ELSEWHERE}.",
    )


def scripts() -> tuple[str, ...]:
    """The migrations in order: the first makes version 1 of an empty database."""
    from importlib.resources import files  # lazily: slow to import, and only an older database needs it

    folder = files("kdquiz.store") / "migrations"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return tuple((folder / name).read_text("utf-8") for name in names)


def migrate(connection: sqlite3.Connection, path: Path, scripts: Sequence[str], rebuild: Callable[[], object]) -> None:
    """Apply the scripts that the database at `path` lacks, each in a transaction of its own.

    Two processes may do so at once: the second finds the work done. Raises DamagedError where the database cannot be
    copied because it is damaged.
    """
    began: int | None = None
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = _pragma(connection, "user_version")
            if version >= len(scripts):
                connection.execute("COMMIT")
                return
            if began is None and version:
                copy_checked(path, path.with_name(f"{path.name}.version-{version}"))
            began = version if began is None else began
            for statement in statements(scripts[version]):  # executescript() would commit before it begins
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            if began and version + 1 == len(scripts):
                rebuild()
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def statements(script: str) -> Iterator[str]:
    """The SQL statements of a script, one by one; a trigger, with the statements within it, is one."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        raise ValueError(f"the migration ends in the middle of a statement: {statement.strip()[:80]!r}")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    number: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return number


def _has_tables(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
