"""The file of the compiled library: one for each set of content folders and each version of this code, so that no two
versions ever write the same; and what happens when it cannot be used.

Where no file can be kept (no folder, a full disk, another app that holds it for long) the library is compiled in
memory, which costs time and nothing else. A damaged file is thrown away and made again, under another name. Imports the
other parts of the compiled library. Goes in: packs, and the folder for the file. Comes out: an open `Compiled`.
"""

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from zlib import adler32, crc32

import kdquiz
from kdquiz.errors import KdquizError
from kdquiz.library.compiled import refresh, tables
from kdquiz.library.compiled.refresh import LeftOut, Say
from kdquiz.library.problems import Problem

T = TypeVar("T")

PREFIX, SUFFIX = "library-", ".sqlite"
PATIENCE_SECONDS = 5.0
"""How long another app is waited for that writes the same file."""
UNUSED_SECONDS = 30 * 24 * 3600
"""After so long a file that no app opened is thrown away: its content folders are gone."""
TRIES = 20
"""How often the library is brought up to date again where another app was met in the middle of doing so."""
VERSIONS = 3
"""How many versions of this code may keep a file for the same content folders: more are left by one that is edited."""
ROWS_WORTH_MOVING = 1000
"""Rows written from which on it is worth a moment to empty the log of what was written."""
USED_SECONDS = 3600
"""How often it is noted that a file is in use."""
NO_SEARCH = f"the SQLite {sqlite3.sqlite_version} of this Python was built without full-text search (FTS5)"


NOT_OURS = frozenset(
    (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
) | {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
"""What another app, or the disk, is the cause of; anything else means that the file is damaged."""


class Compiled:
    """An open compiled library. What is read is of the moment it was opened, whatever others write meanwhile."""

    def __init__(self, packs: Sequence[Path], path: Path | None, say: Say) -> None:
        """Bring the file at `path` (None: memory) up to date with these packs, and open it."""
        self._packs = tuple(packs)
        self._say = say
        self._path = path and newest(path)
        self._connection = self._open()

    @property
    def path(self) -> Path | None:
        """The file; None where the library is in memory."""
        return self._path

    def read(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows of a query. Where the file turns out to be damaged, it is made again first."""
        return self.look(lambda: self._connection.execute(query, values).fetchall())

    def told(self) -> tuple[tuple[Problem, ...], tuple[LeftOut, ...]]:
        """Every problem of the content, and the packs that are left out for theirs."""
        return self.look(lambda: (refresh.problems(self._connection), refresh.left_out(self._connection)))

    def look(self, up: Callable[[], T]) -> T:
        """What is looked up; where that meets damage, the file is made again first."""
        try:
            return up()
        except sqlite3.ProgrammingError:
            raise  # a library that was closed is not damaged
        except sqlite3.DatabaseError:
            self.mend()
            return up()

    def mended(self) -> bool:
        """Look at the whole file, which takes a second for a large one; whether it was damaged, and is made again."""
        whole = self.read("PRAGMA integrity_check(1)") == [("ok",)]
        if not whole:
            self.mend()
        return not whole

    def mend(self) -> None:
        """Throw the file away and compile the library again: it was found to be damaged."""
        self.close()
        if self._path is not None:
            self._path = leave(self._path)
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    return self._opened(self._path)
                except sqlite3.DatabaseError as error:
                    if getattr(error, "sqlite_errorcode", 0) & 0xFF in NOT_OURS:  # the low byte is the primary code
                        break
                    self._path = leave(self._path)
                except OSError:
                    break
        self._path = None
        try:
            return self._opened(None)
        except sqlite3.OperationalError as error:
            if "no such module" not in str(error):
                raise
            raise KdquizError(NO_SEARCH, "Install a Python whose SQLite has it, as those of python.org do.") from error

    def _opened(self, path: Path | None) -> sqlite3.Connection:
        new = path is not None and not (path.exists() and path.stat().st_size)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path or ":memory:", timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            _prepare(connection)
            self._look_from_now_on(connection)
            if path is not None:
                _note_use(path, new)
        except BaseException:
            connection.close()
            raise
        return connection

    def _look_from_now_on(self, connection: sqlite3.Connection) -> None:
        """Bring the tables up to date and see them so, whatever others write; TimeoutError where others go on."""
        for _ in range(TRIES):
            before = connection.total_changes
            refresh.refresh(connection, self._packs, self._say)
            if connection.total_changes - before > ROWS_WORTH_MOVING:
                _empty_log(connection)
            connection.execute("BEGIN")  # from the first read on, what others write is not seen
            if refresh.is_settled(connection, self._packs):
                return
            connection.execute("COMMIT")
        raise TimeoutError("other apps write the compiled library all the time")


def _empty_log(connection: sqlite3.Connection) -> None:
    """Move what was written from SQLite's log into the file, unless another app looks at it just now: an app that does
    not end in order leaves the log behind, and every later one would read through all of it at its start."""
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute(f"PRAGMA busy_timeout = {round(PATIENCE_SECONDS * 1000)}")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last update, and it is made again
    if not _has_tables(connection):
        connection.execute("BEGIN IMMEDIATE")
        if not _has_tables(connection):  # another app may have been faster
            tables.create(connection)
        connection.execute("COMMIT")


def _has_tables(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'meta'").fetchone())


def file_name(folders: Iterable[Path]) -> str:
    """The name of the file for these content folders, as they are named, and this version of the code."""
    where, version = _name(f"{path} {path.absolute()}" for path in folders), _name([kdquiz.__version__, *_code()])
    return f"{PREFIX}{where}-{version}{SUFFIX}"


def newest(path: Path) -> Path:
    """The file that took the place of this one after it was damaged, or the file itself."""
    found = {int(one[1]): other for other in path.parent.glob("*") if (one := _made_again(path).fullmatch(other.name))}
    return found[max(found)] if found else path


def _made_again(path: Path) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(path.stem)}\.([0-9]{{1,9}}){re.escape(SUFFIX)}")


def leave(path: Path) -> Path:
    """Throw a damaged file away, and return the path of the one that takes its place.

    It has another name: an app that had the damaged one open will delete, when it closes, what SQLite keeps beside a
    file of that name, and of several that find the damage at once none must throw away what another has just made.
    """
    name, _, number = path.stem.partition(".")
    following = path.with_name(f"{name}.{int(number or 0) + 1}{SUFFIX}")
    with suppress(OSError):
        following.touch()  # before the other is gone, so that everybody finds one of them
    throw_away(path)
    return following


def _name(words: Iterable[str]) -> str:
    """Sixteen digits that tell these words from others; no secret, so no hash that takes long to import."""
    text = "\n".join(words).encode(errors="surrogateescape")
    return f"{crc32(text):08x}{adler32(text):08x}"


def _code() -> list[str]:
    """What tells this version of the library's code from every other, without reading it."""
    folder = Path(__file__).resolve().parent.parent
    found = []
    for module in sorted(folder.rglob("*.py")):
        stat = module.stat()
        found.append(f"{module.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}")
    return found


def _note_use(path: Path, new: bool) -> None:
    """Now and then: this file is in use; and those that nobody uses any more are thrown away."""
    with suppress(OSError):
        now = time.time()
        if not new and now - path.stat().st_mtime < USED_SECONDS:
            return
        os.utime(path)
        where = path.name.rpartition("-")[0]
        used = {other: other.stat().st_mtime for other in path.parent.glob(f"{PREFIX}*{SUFFIX}")}
        alike = sorted((other for other in used if other.name.rpartition("-")[0] == where), key=lambda one: -used[one])
        for other in {*alike[VERSIONS:], *(other for other, at in used.items() if now - at > UNUSED_SECONDS)}:
            throw_away(other)


def throw_away(path: Path) -> None:
    """Delete the file of a compiled library, with what SQLite keeps beside it, as far as the system lets us."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()
