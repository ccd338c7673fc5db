"""The learner's own file, watched: what stands in it whenever it was saved and has settled, and whether that is to be
graded.

The file is looked at (opened, read, its time, size and inode noted) about ten times a second, rather than the system
asked for events: that is the same on every platform and file system, network drives and containers included, sees
every way in which editors save (in place, by rename, over a backup, deleted and made anew), and needs no dependency.
A look takes some 0.01 ms. Because the content is compared too, file systems that know time only to the second do no
harm. A save is taken up once two looks in a row were the same: a file that is truncated first and written later, or
missing for a moment while another takes its place, is one save.

Imports nothing of kdquiz. A path goes in; bytes, or why there are none, come out. Knows nothing of Textual.
"""

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1
"""Seconds between two looks."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The file cannot be read: `reason` goes on from its name, as `is gone` or `cannot be read: ...`."""

    reason: str


Seen = bytes | Unreadable
"""What a look found: the content, or why there is none."""


@dataclass(frozen=True, slots=True)
class _Look:
    mark: tuple[int, ...]
    """Device, inode, bytes, and nanoseconds of the last change."""
    seen: Seen


class Watcher:
    """Looks at a file, and says when it was saved. At most `most` bytes of it are read."""

    def __init__(self, file: Path, most: int) -> None:
        self._file = file
        self._most = most
        self._before: _Look | None = None
        self._told: _Look | None = None

    def look(self) -> Seen | None:
        """Look once. What stands in the file, where it was saved since that was last told and is as it was at the look
        before; else None. The first that has settled counts as saved."""
        now = _look(self._file, self._most)
        settled, self._before = now == self._before, now
        if not settled or now == self._told:
            return None
        self._told = now
        return now.seen


async def watch(file: Path, most: int) -> AsyncIterator[Seen]:
    """What stands in the file, now and after every save, without end.

    It is read in a thread: a network drive that does not answer must not hold up the screen.
    """
    watcher = Watcher(file, most)
    while True:
        seen = await asyncio.to_thread(watcher.look)
        if seen is not None:
            yield seen
        await asyncio.sleep(EVERY)


def _look(file: Path, most: int) -> _Look:
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # to open a pipe would wait for someone to write to it
            return _Look((), Unreadable("is not a file"))
        with file.open("rb") as opened:
            content = opened.read(most)
            found = os.fstat(opened.fileno())
    except FileNotFoundError:
        return _Look((), Unreadable("is gone"))
    except OSError as error:
        return _Look((), Unreadable(f"cannot be read: {error.strerror or error}"))
    return _Look((found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns), content)


# ---- whether it is to be graded ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NotYet:
    """There is nothing to grade: `why`, and `then`, what to do about it. `fault`: something is wrong with the file."""

    why: str
    then: str = ""
    fault: bool = True


def to_grade(seen: Seen, name: str, starter: str, most: int) -> str | NotYet:
    """The source to grade, or why there is none: an empty file or an untouched starter is no attempt, and what could
    never be graded is told at once. `most` is how many bytes are graded, `name` what the file is called."""
    if isinstance(seen, Unreadable):
        return NotYet(f"{name} {seen.reason}.", "It is graded as soon as it is saved again.")
    if len(seen) > most:
        return NotYet(f"{name} is larger than the {most >> 10} KiB that are graded.", "Is it the file you meant?")
    try:
        source = seen.decode()
    except UnicodeDecodeError as error:
        line = seen.count(b"\n", 0, error.start) + 1
        return NotYet(f"{name} is not UTF-8: byte 0x{seen[error.start]:02x} in line {line}.", "Save it as UTF-8.")
    if not source.strip():
        return NotYet(
            f"{name} is empty.", "Write the function and save it. `kdquiz watch` puts a starter into new files."
        )
    if source.split() == starter.split():  # editors change line ends and blanks of their own accord
        return NotYet(f"Save {name} to have it graded.", "Open it in your editor, beside this window.", fault=False)
    return source
