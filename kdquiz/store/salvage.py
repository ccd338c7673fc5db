"""Reading what can still be read of a damaged database, row by row around what cannot, into a sound one.

Imports `memory` and the rest of `kdquiz.store`. Goes in: the damaged file, which is copied before SQLite may write to
it, and a connection to the database that takes the rows. Comes out: how much was taken. Nothing that is damaged is an
error here: what cannot be read, or makes no sense, is left out.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from kdquiz.memory.schedule import Schedule
from kdquiz.store import rows
from kdquiz.store.carving import carve
from kdquiz.store.faults import SQLITE_ERRORS
from kdquiz.store.files import companion, size

Row = tuple[Any, ...]

LONGEST_VALUE = 64 << 20
"""Bytes; a damaged length may promise more than there is memory."""
SMALLEST_ROW = 8
"""Bytes: a file holds at most so many rows, whatever a damaged counter says."""
MOST_TRIED = 200_000
"""Numbers that are tried one by one where nothing says how far they go."""
PAGE_COUNT, CHANGED, FREE, VALID_FOR = slice(28, 32), slice(24, 28), slice(32, 40), slice(92, 96)
"""Where the header of a database file says so; bytes."""


class Table(NamedTuple):
    """A table to be taken over: its key, then its other columns; `check` raises where these have no meaning.

    No two logs have the same number of columns, by which a row out of its place is known; rows that an older format
    wrote have `older` columns beside the key.
    """

    name: str
    key: str
    columns: str
    check: Callable[[Row], object] = tuple
    older: int | None = None

    @property
    def width(self) -> int:
        """How many columns there are beside the key."""
        return len(self.columns.split(", "))


def _fit(row: Row) -> None:
    Schedule(rows.fit_from(row).weights)


LOGS = (
    Table("review", "number", rows.REVIEW_COLUMNS, rows.review_from, older=6),
    Table("voided", "review", "replaced_by"),
    Table("attempt", "number", rows.ATTEMPT_COLUMNS, rows.attempt_from),
    Table("misconception", "number", "review, attempt, sentence"),
    Table("made_due", "number", "card_id, asked_at, because, after_review"),
    Table("fit", "number", rows.FIT_COLUMNS, _fit),
)
"""Only appended to, by number: what stands in a backup is as good. What refers comes after what it refers to."""
KEPT = (
    Table("standing", "card_id", "buried_on, suspended, marked"),
    Table("draft", "drill_id", "source"),
    Table("setting", "name", "value"),
)
"""Replaced in place: what stands in the damaged file is newer than a backup."""


class Damaged:
    """A damaged database, read through a private copy. `last_review` is the highest number that is known to have
    been given, None where nothing tells of it.

    Where the first page cannot be read, which says where each table begins, it is taken from a sound database: all of
    one format that were begun alike have their tables at the same places, and what makes no sense is left out.
    """

    def __init__(self, path: Path, copy: Path, donors: Sequence[Path]) -> None:
        """`copy` is where the private copy is made, and `donors` are sound databases, the likeliest first."""
        self._path = path
        self._room = (size(path) + size(companion(path, "-wal"))) // SMALLEST_ROW
        self._gone = False
        self._connection = _opened(path, copy, None)
        for donor in donors:
            if self._tables():
                break
            self._connection.close()
            self._connection = _opened(path, copy, donor)
            self._gone = True
        self.last_review = self._told("review", "number")

    def close(self) -> None:
        """Close the copy."""
        self._connection.close()

    @property
    def version(self) -> int:
        """Of its format; 0 where that cannot be read."""
        return self._number("PRAGMA user_version") or 0

    def reviews(self) -> dict[int, Row]:
        """Of each review that can be read in its place, by number: its card and its time."""
        identity = Table("review", "number", "card_id, reviewed_at")
        return {row[0]: row[1:] for row in self._log(identity)}

    def give(self, into: sqlite3.Connection) -> int:
        """Add to a database, within its transaction, every row that it lacks. Returns how many reviews were added."""
        (before,) = into.execute("SELECT count(*) FROM review").fetchone()
        for table in LOGS:
            _add(into, table, self._log(table))
        for table in KEPT:
            for row in self._kept(table):
                _put(into, "INSERT OR REPLACE", table, row)
        if self._gone:
            for table, found in self._carved().items():
                _add(into, table, iter(found))
        (after,) = into.execute("SELECT count(*) FROM review").fetchone()
        return int(after - before)

    def _carved(self) -> dict[Table, list[Row]]:
        """Rows of the logs wherever they lie in the file, by ascending number: what SQLite does not find any more."""
        found: dict[Table, dict[int, Row]] = {table: {} for table in LOGS}
        for number, (key, *columns) in carve(self._path):
            if key is None and 0 < number <= self._room:
                for table in LOGS:
                    if len(columns) in (table.width, table.older):
                        lacking = table.width - len(columns)
                        found[table][number] = (number, *columns, *[None] * lacking)
        return {table: [by_number[number] for number in sorted(by_number)] for table, by_number in found.items()}

    def _tables(self) -> set[str]:
        try:
            return {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except SQLITE_ERRORS:
            return set()

    def _log(self, table: Table) -> Iterator[Row]:
        """The rows that can be read, by ascending number: as long as that goes well in one go, then one by one."""
        columns = self._columns(table)
        if not columns:
            return
        query = f"SELECT {columns} FROM {table.name} WHERE {table.key}"
        at, last = 0, self._last(table.name, table.key)
        while at < last:
            for row in self._as_far_as_it_goes(f"{query} > ? ORDER BY {table.key}", at):
                if not (isinstance(row[0], int) and at < row[0] <= last):
                    break  # a page of another place
                at = row[0]
                yield row
            while at < last:
                at += 1
                if one := list(self._as_far_as_it_goes(f"{query} = ?", at)):
                    yield one[0]
                    break

    def _kept(self, table: Table) -> Iterator[Row]:
        """The rows that can be read from either end."""
        columns = self._columns(table)
        for order in ("ASC", "DESC") if columns else ():
            yield from self._as_far_as_it_goes(f"SELECT {columns} FROM {table.name} ORDER BY {table.key} {order}")

    def _columns(self, table: Table) -> str:
        """What to select; an older format lacks some columns, and they count as null. Empty without the table."""
        there = {row[1] for row in self._as_far_as_it_goes(f"PRAGMA table_info({table.name})")}
        wanted = [table.key, *table.columns.split(", ")]
        return ", ".join(name if name in there else f"NULL AS {name}" for name in wanted) if there else ""

    def _last(self, table: str, key: str) -> int:
        """The highest number that may be there; as many as it is worth to try where nothing tells of it."""
        told = self._told(table, key)
        return min(self._room, MOST_TRIED) if told is None else told

    def _told(self, table: str, key: str) -> int | None:
        """The highest number that anything in the file tells of."""
        queries = [f"SELECT max({key}) FROM {table}", f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"]
        if table == "review":
            queries.append("SELECT max(after_review) FROM made_due")
        told = [self._number(query) for query in queries]
        return max((number for number in told if number is not None and number <= self._room), default=None)

    def _as_far_as_it_goes(self, query: str, *values: object) -> Iterator[Row]:
        """The rows of a query until one cannot be read."""
        try:
            yield from self._connection.execute(query, values)
        except (*SQLITE_ERRORS, MemoryError):
            self._gone = True

    def _number(self, query: str) -> int | None:
        """What a query gives, 0 for nothing; None where it cannot be answered."""
        try:
            found = self._connection.execute(query).fetchone()
        except SQLITE_ERRORS:
            return None
        return found[0] if found and isinstance(found[0], int) else 0


def _add(into: sqlite3.Connection, table: Table, found: Iterator[Row]) -> None:
    """Add the rows that the log lacks, by their number."""
    present = {number for (number,) in into.execute(f"SELECT {table.key} FROM {table.name}")}
    for row in found:
        if row[0] not in present:
            _put(into, "INSERT", table, row)


def _put(into: sqlite3.Connection, how: str, table: Table, row: Row) -> None:
    """Add a row, if it makes sense there."""
    marks = ", ".join("?" * len(row))
    with suppress(sqlite3.IntegrityError, sqlite3.DataError, rows.NotARowError, ValueError, TypeError, OverflowError):
        table.check(row[1:])
        into.execute(f"{how} INTO {table.name} ({table.key}, {table.columns}) VALUES ({marks})", row)


def _opened(path: Path, copy: Path, donor: Path | None) -> sqlite3.Connection:
    """A connection to a new copy of the damaged database, with its first page from the donor, if there is one."""
    for suffix in ("-wal", "-shm", ""):
        companion(copy, suffix).unlink(missing_ok=True)
        if suffix != "-shm" and size(companion(path, suffix)):
            shutil.copyfile(companion(path, suffix), companion(copy, suffix))
    if donor is not None:
        _transplant(donor, copy)
    if not size(copy):
        return sqlite3.connect(":memory:")  # SQLite would throw away what stands beside an empty file
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    for pragma in ("writable_schema = ON", "trusted_schema = OFF"):  # a file that was cut off is read as far as it goes
        with suppress(*SQLITE_ERRORS):  # what cannot be read shows when it is asked for
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _transplant(donor: Path, copy: Path) -> None:
    """Give the copy the first page of a sound database, as it would be with as many pages as the copy has."""
    page = bytearray(donor.read_bytes()[: 64 << 10])
    length = int.from_bytes(page[16:18], "big")
    page = page[: 64 << 10 if length == 1 else length]
    page[PAGE_COUNT] = (size(copy) // len(page)).to_bytes(4, "big")
    page[VALID_FOR] = page[CHANGED]
    page[FREE] = bytes(8)
    copy.touch()
    with copy.open("r+b") as file:
        file.write(page)
