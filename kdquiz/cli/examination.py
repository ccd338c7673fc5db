"""What `kdquiz doctor` finds out about the data folder: the database, its backups and the room on the disk.

Imports `cli.services`, `store` and `memory`. Goes in: whether to mend what can be mended. Comes out: findings.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kdquiz.cli import services
from kdquiz.cli.progress import ProgressLine
from kdquiz.errors import DamagedError, KdquizError
from kdquiz.grading.printable import in_one_line, printable
from kdquiz.memory.day import Calendar, date_of
from kdquiz.store.backup import BEHIND_HINT, behind, folder_of, newest_sound, reviews_in
from kdquiz.store.folder import data_folder
from kdquiz.store.opening import is_damaged
from kdquiz.store.recovery import Recovery, recover
from kdquiz.store.store import Store

LITTLE_SPACE = 50 << 20
"""Bytes below which the database may soon fail to grow."""
MOST_LISTED = 10
MEND = "`kdquiz doctor --mend`"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `ok` False is a fault, with the hint that mends it."""

    name: str
    ok: bool
    detail: str
    hint: str = ""

    @property
    def text(self) -> str:
        """As a person reads it; a path may hold anything, a terminal's controls too."""
        first = f"{'ok ' if self.ok else 'BAD'}  {self.name:<12} {in_one_line(printable(self.detail))}"
        return "\n     ".join([first, *printable(self.hint).splitlines()])


def examined(mend: bool) -> Iterator[Finding]:
    """The findings; with `mend`, after what could be mended was."""
    try:
        folder, path = data_folder(), services.database_file()
    except KdquizError as error:
        yield Finding("database", False, error.message, error.hint)
        return
    try:
        yield _database(path, _mended(path) if mend else "")
    except DamagedError as error:
        yield Finding("database", False, error.message, f"{MEND} recovers all that can be read.\n{error.hint}")
    except KdquizError as error:
        yield Finding("database", False, error.message, error.hint)
    yield _backup(path)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # there is no such folder; the finding about the database has said why
    hint = "" if free > LITTLE_SPACE else "Free some space: an answer that cannot be written is not kept."
    yield Finding("free space", free > LITTLE_SPACE, f"{free >> 20} MiB in {folder}", hint)


def _mended(path: Path) -> str:
    """Recover a database that is damaged anywhere, else make its cards anew where they are wrong; what was done."""
    recovered: list[Recovery] = []
    with services.open_store(recovered.append) as store:
        wrong = store.verify(_telling("comparing the cards with the log"))
    if recovered:
        return recovered[0].sentence
    if not wrong:
        return "There was nothing to mend."
    if is_damaged(path):
        return recover(path, services.now()).sentence
    with Store(path) as store:
        cards = store.rebuild(_telling("making the cards anew"))
    return f"{cards} cards were made anew out of the log."


def _database(path: Path, done: str) -> Finding:
    with Store(path) as store:
        faults = store.verify(_telling("comparing the cards with the log"))
        detail = f"{path}, {len(store.memories())} cards, SQLite {sqlite3.sqlite_version}"
    listed = [*([done] if done else []), *faults[:MOST_LISTED]]
    if len(faults) > MOST_LISTED:
        listed.append(f"... and {len(faults) - MOST_LISTED} more.")
    if faults:
        listed.append(f"{MEND} makes the cards anew out of the log, and recovers what is damaged.")
    return Finding("database", not faults, detail, "\n".join(listed))


def _backup(path: Path) -> Finding:
    """Not a fault where there is none: it is made after the first session."""
    today = Calendar().day(services.now())
    folder = folder_of(path)
    if folder.exists() and not folder.is_dir():
        return Finding("backup", False, f"{folder} is no folder", "Move it away: then the app makes a backup a day.")
    try:
        newest = newest_sound(path, today)
    except KdquizError as error:
        return Finding("backup", False, error.message, error.hint)
    if newest is None:
        return Finding("backup", True, "none yet; the app makes one a day")
    age = today - newest.day
    old = {0: "of today", 1: "of yesterday"}.get(age, f"{age} days old, of {date_of(newest.day)}")
    detail = f"{newest.path}, {old}, with {reviews_in(newest.path)} reviews"
    if behind(path, newest.path):
        return Finding("backup", False, f"{detail}; some of them the database lacks", BEHIND_HINT.format(path=path))
    return Finding("backup", True, detail)


def _telling(what: str) -> Callable[[int, int], None]:
    """A line that says how far a fold of the log is: the reviews folded, and of how many."""
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        if done == total:
            line.clear()
        elif done:
            line.draw(f"kdquiz: {what}, {done} of {total} reviews")

    return tell
