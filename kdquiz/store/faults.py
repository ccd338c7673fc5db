"""What can go wrong with a database file, said to the person at the keyboard.

Imports `errors`, `store.folder` and `store.rows`. Goes in: an error of SQLite or of the system. Comes out:
a StoreError that names the file, what is wrong and what to do.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kdquiz.errors import DamagedError, StoreError
from kdquiz.store import rows
from kdquiz.store.folder import HOME_VARIABLE

ELSEWHERE = f"or set {HOME_VARIABLE} to another folder"

_NOT_WRITABLE = ("cannot be written", f"Make {{folder}} and the files in it writable for you, {ELSEWHERE}.")
_DAMAGED = (
    "is damaged or is no database",
    "Start kdquiz again: it puts {path} aside untouched, and recovers all that can be read. Or set "
    f"{HOME_VARIABLE} to another folder.",
)
_LOCKED = ("is locked by another program", f"Close what holds {{path}} and try again, {ELSEWHERE}.")

FAULTS = {
    sqlite3.SQLITE_READONLY: _NOT_WRITABLE,
    sqlite3.SQLITE_PERM: _NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened", f"Make {{folder}} readable and writable for you, {ELSEWHERE}."),
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: ("has no room: the disk is full", f"Free some space for {{folder}}, {ELSEWHERE}."),
    sqlite3.SQLITE_IOERR: ("cannot be read or written", f"Check the disk that holds {{path}}, {ELSEWHERE}."),
}
OTHER = ("cannot be used", f"`kdquiz doctor` examines {{path}}; mend it, {ELSEWHERE}.")

SAYS_DAMAGE = ("Could not decode to UTF-8", "no such table", "no such column")
"""What is said, without an error code of its own, of a text that is none, and of a schema that is not ours any more."""
SQLITE_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What reading raises: Python cannot decode some messages of SQLite about a damaged schema."""

LEAST_SPACE = 256 << 10
"""Bytes below which SQLite fails to write its smallest files, and says no more than "disk I/O error"."""


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LEAST_SPACE
    except OSError:
        return False


def is_damage(error: sqlite3.Error | UnicodeDecodeError) -> bool:
    """Whether an error of reading says that the file is not what was written."""
    if isinstance(error, UnicodeDecodeError) or FAULTS.get(_primary_code(error)) is _DAMAGED:
        return True
    return any(words in str(error) for words in SAYS_DAMAGE)


def _primary_code(error: sqlite3.Error) -> int:
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF  # the upper bits only say more exactly which


def damaged(path: Path, why: object) -> DamagedError:
    """The error that says so. Whoever opens the database next is told to look closely."""
    with suppress(OSError):  # then the next one finds it as this one did
        if path.is_file():
            suspicion(path).touch()
    wrong, hint = _DAMAGED
    return DamagedError(f"The database {path} {wrong} ({why}).", hint.format(path=path))


def suspicion(path: Path) -> Path:
    """The empty file that stands beside the database at `path` where it was found damaged."""
    return path.with_name(f"{path.name}.suspect")


@contextmanager
def faults_explained(path: Path) -> Iterator[None]:
    """Errors of SQLite or of the system within become a StoreError about `path`; faults of our own code do not."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # a fault of the caller: no advice to the learner would help
    except sqlite3.Error as error:
        primary = _primary_code(error)
        if primary == sqlite3.SQLITE_IOERR and _is_full(path.parent):
            primary = sqlite3.SQLITE_FULL
        if is_damage(error):
            raise damaged(path, error) from error
        wrong, hint = FAULTS.get(primary, OTHER)
        raise StoreError(
            f"The database {path} {wrong} ({error}).", hint.format(path=path, folder=path.parent)
        ) from error
    except (rows.NotARowError, UnicodeDecodeError) as error:
        raise damaged(path, error) from error
    except OSError as error:
        raise StoreError(
            f"The data folder {path.parent} cannot be used ({error.strerror or error}).",
            f"Make it a folder that you can write to, {ELSEWHERE}.",
        ) from error
