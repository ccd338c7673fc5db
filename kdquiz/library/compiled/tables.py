"""The tables of the compiled library, and one file's content written into them.

`unit` is a content file with its facts, `question`, `drill` and `lesson` what stands in it, `search` the words of the
questions, `meta` what concerns all of them. `place` orders what may be used in reading order; it is NULL where its pack
is left out. Imports the model, facts and msgspec. Goes in: what `read` found. Comes out: rows.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

from kdquiz.library.kinds import question_class
from kdquiz.library.model import Question

if TYPE_CHECKING:
    from kdquiz.library.facts import Facts
    from kdquiz.library.read import FileRead  # brings pydantic and YAML, which a library that is up to date never needs

PLACES_A_UNIT = 1 << 24
"""More questions than one file can hold: the place of a question is its file's rank times this, plus its number."""

SCHEMA = """
CREATE TABLE unit (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, folder TEXT NOT NULL, pack TEXT NOT NULL,
    rank INTEGER, stamp TEXT NOT NULL, digest BLOB NOT NULL, topic TEXT, title TEXT, questions INTEGER NOT NULL,
    ids TEXT NOT NULL, facts BLOB NOT NULL) STRICT;
CREATE TABLE question (
    number INTEGER PRIMARY KEY, unit INTEGER NOT NULL, within INTEGER NOT NULL, place INTEGER,
    id TEXT NOT NULL, topic TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, title TEXT NOT NULL,
    needs TEXT NOT NULL, follow_ups TEXT NOT NULL, line INTEGER NOT NULL, "column" INTEGER NOT NULL, text TEXT NOT NULL,
    data BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE INDEX question_by_id ON question (id, place, topic, needs, follow_ups);
CREATE INDEX question_by_unit ON question (unit);
CREATE INDEX question_by_place ON question (place, topic, kind, level, id);
CREATE INDEX question_by_topic ON question (topic, place, kind, level, id);
CREATE TABLE drill (
    unit INTEGER PRIMARY KEY, place INTEGER, id TEXT NOT NULL, line INTEGER NOT NULL, "column" INTEGER NOT NULL,
    data BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE TABLE lesson (
    unit INTEGER PRIMARY KEY, place INTEGER, id TEXT NOT NULL, line INTEGER NOT NULL, "column" INTEGER NOT NULL,
    data BLOB NOT NULL, checksum INTEGER NOT NULL) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
    id, title, text, content='question', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


class DamagedError(sqlite3.DatabaseError):
    """What stands in the file is not what was written there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A content file as the folders list it now. `stamp` was taken before anything of it was read."""

    path: Path
    folder: Path
    pack: str
    stamp: str


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no plain value: {value!r}")


def _rich(wanted: type, value: Any) -> Any:
    if wanted is Path:
        return Path(value)
    raise TypeError(f"no such value: {wanted}")


encode = msgspec.json.Encoder(enc_hook=_plain).encode
"""A value as JSON, paths as texts."""


@cache
def decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    """Of values that `encode` wrote."""
    return msgspec.json.Decoder(wanted, dec_hook=_rich)


def decode(wanted: Any, data: bytes | str) -> Any:
    """The value that `encode` wrote. Raises DamagedError where it is none of its kind."""
    try:
        return decoder(wanted).decode(data)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise DamagedError(f"the compiled library is damaged: {error}") from error


def sealed(checksum: int, *texts: str | bytes) -> None:
    """Raise DamagedError where the checksum is not of these texts."""
    if checksum != seal(*texts):
        raise DamagedError("the compiled library is damaged: a checksum is wrong")


def seal(*texts: str | bytes) -> int:
    """The checksum of some texts."""
    made = 0
    for text in texts:
        made = crc32(text.encode() if isinstance(text, str) else text, crc32(b"\x00", made))
    return made


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, within the transaction that is open."""
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)


def remove(connection: sqlite3.Connection, path: str) -> None:
    """Take everything of a content file out."""
    for (number,) in connection.execute("SELECT number FROM unit WHERE path = ?", (path,)).fetchall():
        connection.execute(
            "INSERT INTO search (search, rowid, id, title, text) "
            "SELECT 'delete', number, id, title, text FROM question WHERE unit = ?",
            (number,),
        )
        for table, column in (("question", "unit"), ("drill", "unit"), ("lesson", "unit"), ("unit", "number")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))


def insert(connection: sqlite3.Connection, unit: Unit, digest: bytes, read: "FileRead") -> None:
    """Put a content file in; it has no place among the others yet."""
    topic = read.facts.topic
    row = (str(unit.path), str(unit.folder), unit.pack, unit.stamp, digest)
    ids = [question.id for question, _ in read.questions]
    number = connection.execute(
        "INSERT INTO unit (path, folder, pack, stamp, digest, topic, title, questions, ids, facts) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, topic and topic.id, topic and topic.title, len(ids), " ".join(ids), encode(read.facts)),
    ).lastrowid
    assert number is not None
    connection.executemany(
        "INSERT INTO question "
        '(unit, within, id, topic, kind, level, title, needs, follow_ups, line, "column", text, data, checksum) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _question_rows(number, read),
    )
    connection.execute(
        "INSERT INTO search (rowid, id, title, text) SELECT number, id, title, text FROM question WHERE unit = ?",
        (number,),
    )
    if read.drill is not None:
        place, data = read.place(()), encode(read.drill.as_data())
        connection.execute(
            'INSERT INTO drill (unit, id, line, "column", data, checksum) VALUES (?, ?, ?, ?, ?, ?)',
            (number, read.drill.id, place.line, place.column, data, seal(read.drill.id, data)),
        )
    if read.lesson is not None:
        place, data = read.place(()), encode(read.lesson)
        connection.execute(
            'INSERT INTO lesson (unit, id, line, "column", data, checksum) VALUES (?, ?, ?, ?, ?, ?)',
            (number, read.lesson.id, place.line, place.column, data, seal(read.lesson.id, data)),
        )


def _question_rows(unit: int, read: "FileRead") -> Iterator[tuple[Any, ...]]:
    topic = read.facts.topic.id if read.facts.topic else ""
    for within, (question, key) in enumerate(read.questions):
        place, data = read.place(key), encode(question)
        told = (question.id, topic, question.kind, question.level)
        title = " ".join(question.title.split())
        yield (
            *(unit, within, *told, title, " ".join(question.needs), " ".join(question.then)),
            *(place.line, place.column, searchable(question), data, seal(*told, data)),
        )


def searchable(question: Question) -> str:
    """All that a question says, as words to be found."""
    return f"{question.in_full(answer=True)}\n{question.source}"


def question_from(kind: str, data: bytes) -> Question:
    """The question that stands in a row's `data`. Raises DamagedError."""
    try:
        wanted = question_class(kind)
    except (ImportError, ValueError) as error:
        raise DamagedError(f"the compiled library is damaged: no kind {kind!r}") from error
    question: Question = decode(wanted, data)
    return question


def facts_from(data: bytes) -> "Facts":
    """The facts that stand in a unit's row. Raises DamagedError."""
    from kdquiz.library.facts import Facts  # only where something changed, or for a short answer

    facts: Facts = decode(Facts, data)
    return facts
