"""An open database file: opened safely, read, and written in transactions. `Store` says what is read and written.

Imports `errors` and the rest of `kdquiz.store`. Goes in: a path, queries. Comes out: rows, or values made of them. What
goes wrong is a StoreError (`store.faults`).
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kdquiz.errors import StoreError
from kdquiz.store import migrate, rows
from kdquiz.store.faults import ELSEWHERE, faults_explained
from kdquiz.store.files import companion, identity
from kdquiz.store.lock import share

T = TypeVar("T")

LOOK = """
    SELECT (SELECT max(number) FROM review), (SELECT max(review) FROM voided), (SELECT max(number) FROM attempt),
           (SELECT max(number) FROM misconception), (SELECT max(number) FROM made_due), (SELECT max(number) FROM fit),
           (SELECT min(id) FROM card), (SELECT min(card_id) FROM standing), (SELECT min(drill_id) FROM draft),
           (SELECT min(name) FROM setting), (SELECT min(card_id) FROM review), (SELECT min(due_day) FROM card)
"""
"""Reads a page of every table, the last one of the logs, and two indexes: most damaged files show it here."""


class Database:
    """A database file of the current version. Use it from the thread that opened it; close it, or use it in a `with`.

    The database is shared with other processes, and is not replaced by a recovery while it is open.
    """

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        """Open the database file at `path`, creating it and its folder where they are missing.

        `patience` is how many seconds to wait for another process that writes.
        """
        self.path = path
        with faults_explained(path):
            if path.is_dir():
                raise StoreError(f"{path} is a folder, and the database is a file.", f"Move {path} away, {ELSEWHERE}.")
            if path.is_symlink() and not path.exists():
                away = f"Connect the disk that it is on, remove the link {path}, {ELSEWHERE}."
                raise StoreError(f"{path} is a link to a file that is not there.", away)
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = share(path, patience)
            if lock is None:
                raise StoreError(
                    f"The database {path} is being mended by another kdquiz.", "Try again when that has ended."
                )
            self._lock = lock
            try:
                self._connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
            except BaseException:
                lock.release()
                raise
            try:
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA fullfsync = ON")  # macOS: through the disk's own cache
                migrate.bring_up_to_date(self._connection, path, self._rebuild)
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._look()
                self._log = companion(path.resolve(), "-wal")
                self._files = self._found()
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close the database; nothing else can be called afterwards."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _rebuild(self) -> int:
        """Make what is worked out of the log anew, within an open transaction."""
        raise NotImplementedError

    def _look(self) -> None:
        """Notice cheaply that a file is damaged; what this does not see, a backup's check will."""
        self._connection.execute(LOOK).fetchall()

    def _read(self, query: str, *values: object) -> list[rows.Row]:
        """By values in their order, or by one mapping of names."""
        named = values[0] if len(values) == 1 and isinstance(values[0], dict) else values
        with faults_explained(self.path):
            return self._connection.execute(query, named).fetchall()

    def _read_as(self, value: Callable[[rows.Row], T], query: str, *values: object) -> list[T]:
        with faults_explained(self.path):
            return [value(row) for row in self._connection.execute(query, values)]

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """What is read within is of one moment."""
        with faults_explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written within, or nothing. The lock is taken at once, so that what is read within stays true."""
        with faults_explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._still_ours()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _found(self) -> list[tuple[int, int] | None]:
        """Which files stand where SQLite writes: the database, and the log of its last transactions."""
        return [identity(path) for path in (self.path, self._log)]

    def _still_ours(self) -> None:
        """Raise StoreError where what is written would be found by nobody, or in a format that is not ours."""
        ((version,),) = self._connection.execute("PRAGMA user_version")
        if version > migrate.CURRENT_VERSION:
            raise migrate.too_new(self.path, version)
        if self._found() != self._files:
            raise StoreError(
                f"The database {self.path} was moved, replaced or deleted while kdquiz had it open.",
                "Put it back and try again. Or start kdquiz again: it opens what is there now.",
            )

    def _insert(self, table: str, columns: str, values: rows.Row) -> int:
        """Append a row. Returns its number."""
        number = self._put("INSERT", table, columns, values).lastrowid
        assert number is not None
        return number

    def _replace(self, table: str, columns: str, values: rows.Row) -> None:
        """Keep a row in place of the one of the same key."""
        self._put("INSERT OR REPLACE", table, columns, values)

    def _put(self, how: str, table: str, columns: str, values: rows.Row) -> sqlite3.Cursor:
        marks = ", ".join("?" * len(values))
        return self._connection.execute(f"{how} INTO {table} ({columns}) VALUES ({marks})", values)
