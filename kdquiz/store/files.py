"""Database files as files: copied whole, checked, moved so that a kill leaves the old or the new.

Imports `errors` and the rest of `kdquiz.store`. Goes in: paths. Comes out: a file that is on the disk, or a StoreError.
"""

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from kdquiz.store.faults import SQLITE_ERRORS, damaged, faults_explained, is_damage

APPLICATION_ID = 0x6B647131
"""In the header of every database of ours."""
COMPANIONS = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open, or was when its process died."""

MENDED = ".mended-"
"""Between a database's name and the time, in the name of what a recovery has made and not yet put in its place."""


def copy_checked(path: Path, to: Path) -> None:
    """A copy of the database at `path` as it is committed, in the place of what is at `to`, once it is known to be
    sound. Anybody may use the database meanwhile.

    Raises DamagedError where the database is damaged, StoreError where it cannot be copied; `to` is then as it was.
    """
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        with faults_explained(to):
            unfinished.unlink(missing_ok=True)
            try:
                wrong = _copied(path, unfinished)
            except SQLITE_ERRORS as error:
                if not is_damage(error):
                    raise
                wrong = str(error)
            if wrong:
                raise damaged(path, wrong)
            unfinished.replace(to)
            sync_folder(to.parent)
    finally:
        for leftover in (unfinished, unfinished.with_name(f"{unfinished.name}-journal")):
            _unlink(leftover)


def faults_in(connection: sqlite3.Connection) -> str:
    """What is wrong with the file behind a connection, in a word of SQLite's; empty where it is ours and sound."""
    try:
        if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return "it is not a database of kdquiz"
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except SQLITE_ERRORS as error:
        return str(error)
    return "" if found == "ok" else str(found)


def faults_of(path: Path) -> str:
    """The same of a file that nobody has open; nothing is written."""
    try:
        with closing(at_rest(path)) as connection:
            return faults_in(connection)
    except SQLITE_ERRORS as error:
        return str(error)


def at_rest(path: Path) -> sqlite3.Connection:
    """A connection to a file that nobody changes; nothing is written beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)


def size(path: Path) -> int:
    """In bytes; 0 where there is no such file."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from any other there may be later; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def companion(path: Path, suffix: str) -> Path:
    """The file that SQLite keeps beside the database at `path`."""
    return path.with_name(path.name + suffix)


def unfinished(path: Path) -> list[Path]:
    """The new databases of recoveries of the one at `path` that are only to be ended."""
    try:
        found = [each for each in path.parent.iterdir() if each.name.startswith(f"{path.name}{MENDED}")]
    except OSError:
        return []  # told by whoever opens the database
    return sorted(found)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Windows knows no such thing."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def reading(path: Path) -> sqlite3.Connection:
    """A connection of its own to a database that exists; SQLite wants to write its companions."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)


def _copied(path: Path, to: Path) -> str:
    """Copy a database to a file that is new; what is wrong with the copy."""
    with closing(reading(path)) as source, closing(sqlite3.connect(to)) as target:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, which can be read without writing beside it
        return faults_in(target)


def _unlink(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the next copy takes its place
