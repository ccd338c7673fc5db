"""Rows carved out of the pages of a database file, whatever says where they belong being lost.

Standard library and `store.files` alone. Goes in: the path of a damaged database that nobody has open. Comes out: the
rows of every page that still looks like one of a table, by SQLite's file format. A log is only appended to, so a page
that is out of use holds nothing that is wrong, only what stands elsewhere, too.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kdquiz.store.files import companion

PAGE = 4096
"""Bytes of a page, where the file does not say so any more."""
LOG_HEADER, FRAME_HEADER = 32, 24
"""Bytes at the beginning of a `-wal` file, and before each page in it."""
LEAF = 0x0D
"""The first byte of a page with rows of a table."""
LONGEST = 64 << 20
SIZES = (0, 1, 2, 3, 4, 6, 8)
"""Bytes of the integers of each kind."""
REAL, ZERO, ONE, FIRST_TEXT = 7, 8, 9, 12

Value = int | float | str | bytes | None


class Carved(NamedTuple):
    """A row: its number and its columns as they are stored; a number that is the key is stored as none."""

    number: int
    columns: tuple[Value, ...]


class NotARecordError(Exception):
    """Bytes that no row is stored as."""


def carve(path: Path) -> Iterator[Carved]:
    """The rows of all tables in the database at `path` and in its `-wal`, in no order, some of them twice."""
    length = _page_length(path)
    pages = dict(_pages(path, length))
    for _, image in _pages(path, length):
        yield from _rows(image, pages)


def _page_length(path: Path) -> int:
    with path.open("rb") as file:
        said = int.from_bytes(file.read(18)[16:18], "big")
    said = 64 << 10 if said == 1 else said
    return said if said in {1 << power for power in range(9, 17)} else PAGE


def _pages(path: Path, length: int) -> Iterator[tuple[int, bytes]]:
    """The pages by number, counted from 1, without the first: it says only where the tables begin."""
    yield from ((number, page) for number, page in _images(path, 0, length) if number > 1)
    yield from _frames(path, length)  # newer than those before


def _images(path: Path, start: int, length: int) -> Iterator[tuple[int, bytes]]:
    number = 0
    with path.open("rb") as file:
        file.seek(start)
        while len(page := file.read(length)) == length:
            number += 1
            yield number, page


def _frames(path: Path, length: int) -> Iterator[tuple[int, bytes]]:
    """The pages in the `-wal`, the older first."""
    log = companion(path, "-wal")
    if log.exists():
        for _, frame in _images(log, LOG_HEADER, FRAME_HEADER + length):
            number = int.from_bytes(frame[:4], "big")
            if number > 1:
                yield number, frame[FRAME_HEADER:]


def _rows(page: bytes, pages: dict[int, bytes]) -> Iterator[Carved]:
    if page[0] != LEAF:
        return
    for place in range(8, 8 + 2 * int.from_bytes(page[3:5], "big"), 2):
        try:
            size, at = _varint(page, int.from_bytes(page[place : place + 2], "big"))
            number, at = _varint(page, at)
            yield Carved(number, _record(_payload(page, at, size, pages)))
        except (NotARecordError, IndexError, UnicodeDecodeError):
            continue


def _payload(page: bytes, at: int, size: int, pages: dict[int, bytes]) -> bytes:
    """The bytes of a row; those that have no room in the page follow in others, each naming the next."""
    if size > LONGEST:
        raise NotARecordError
    most = len(page) - 35
    if size <= most:
        return page[at : at + size]
    least = (len(page) - 12) * 32 // 255 - 23
    here = least + (size - least) % (len(page) - 4)
    here = here if here <= most else least
    content, following = page[at : at + here], page[at + here : at + here + 4]
    while len(content) < size:
        overflow = pages.get(int.from_bytes(following, "big"))
        if overflow is None:
            raise NotARecordError
        content, following = content + overflow[4 : 4 + size - len(content)], overflow[:4]
    return content


def _record(content: bytes) -> tuple[Value, ...]:
    header, at = _varint(content, 0)
    kinds = []
    while at < header:
        kind, at = _varint(content, at)
        kinds.append(kind)
    columns = []
    for kind in kinds:
        length = _length(kind)
        stored = content[at : at + length]
        if len(stored) != length:
            raise NotARecordError
        columns.append(_value(kind, stored))
        at += length
    if at != len(content) or not kinds:
        raise NotARecordError
    return tuple(columns)


def _length(kind: int) -> int:
    if kind < len(SIZES):
        return SIZES[kind]
    if kind >= FIRST_TEXT:
        return (kind - FIRST_TEXT) // 2
    return 8 if kind == REAL else 0


def _value(kind: int, stored: bytes) -> Value:
    if kind == 0:
        return None
    if kind < len(SIZES):
        return int.from_bytes(stored, "big", signed=True)
    if kind == REAL:
        value: float = struct.unpack(">d", stored)[0]
        return value
    if kind in (ZERO, ONE):
        return kind - ZERO
    if kind < FIRST_TEXT:
        raise NotARecordError
    return stored.decode() if kind % 2 else stored


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next thing begins."""
    number = 0
    for place in range(at, at + 8):
        byte = content[place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    return number << 8 | content[at + 8], at + 9
