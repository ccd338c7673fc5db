"""Backups: a copy of the database for every day on which something was recorded, kept for a year.

Imports `errors`, `memory.day` and the rest of `kdquiz.store`. Goes in: the path of the database, and the learner's day.
Comes out: the backup that was made. Everything goes through a connection of its own, so any thread may do it.
"""

import re
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kdquiz.errors import StoreError
from kdquiz.memory.day import date_of, day_of
from kdquiz.store.faults import SQLITE_ERRORS, faults_explained
from kdquiz.store.files import at_rest, copy_checked, faults_of, reading, size
from kdquiz.store.lock import have_alone, share

FOLDER = "backups"
DAYS = 7
MONTHS = 12
NAME = re.compile(r"(?P<stem>.+)-(?P<date>\d{4}-\d\d-\d\d)\.sqlite")

COUNTED = (
    "SELECT max(number) FROM review",
    "SELECT count(*) FROM voided",
    "SELECT max(number) FROM attempt",
    "SELECT max(number) FROM made_due",
    "SELECT max(number) FROM fit",
    "SELECT * FROM setting",
    "SELECT * FROM standing",
    "SELECT * FROM draft",
)
"""What tells whether something was recorded: the logs only grow, and the rest is small."""

BEHIND = "The database {path} lacks reviews that are in the backup {backup}."
BEHIND_HINT = (
    "Close every kdquiz, move {path} and the files beside it that begin with its name away, and copy the backup to its "
    "place. Or go on with what is there: then move the backup away."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup file and the learner's day that it is of."""

    path: Path
    day: int


def back_up(path: Path, today: int) -> Path | None:
    """Copy the database at `path` into the folder `backups` beside it, and remove what is too old to be kept.

    Returns the copy; None where nothing was recorded since the last one, where there is no database, or where another
    process is at it. A copy is checked before it takes the place of one of the same day. Raises DamagedError where
    the database is damaged, StoreError where it lacks what the last backup has; no backup is touched then. Raises
    StoreError, too, where a copy cannot be written.
    """
    if not size(path):
        return None  # nothing there, or nothing left: that is for whoever opens it
    target = folder_of(path) / f"{path.stem}-{date_of(today).isoformat()}.sqlite"
    with faults_explained(target):
        target.parent.mkdir(exist_ok=True)
        alone = have_alone(folder_of(path) / path.stem)
    if alone is None:
        return None
    with alone, share(path, patience=0.0) or nullcontext() as using:
        if using is None:
            return None
        newest = next(iter(backups_of(path, today)), None)
        if newest is not None:
            if behind(path, newest.path):
                raise StoreError(BEHIND.format(path=path, backup=newest.path), BEHIND_HINT.format(path=path))
            if (now := _contents(path)) is not None and now == _contents(newest.path):
                return None
        copy_checked(path, target)
        with faults_explained(target):
            for backup in _too_old(backups_of(path, today)):
                backup.path.unlink(missing_ok=True)
    return target


def backups_of(path: Path, today: int) -> list[Backup]:
    """The backups there are of the database at `path`, the newest first.

    One of a day that is still to come was made while the clock was wrong: nobody knows how old it is, so it is last.
    Raises StoreError where the folder cannot be read.
    """
    found: list[Backup] = []
    folder = folder_of(path)
    with faults_explained(folder):
        entries = list(folder.iterdir()) if folder.is_dir() else []
    for entry in entries:
        day = _day_in(entry.name, path.stem)
        if day is not None:
            found.append(Backup(path=entry, day=day))
    return sorted(found, key=lambda backup: (backup.day <= today + 1, backup.day), reverse=True)


def folder_of(path: Path) -> Path:
    """Where the backups of the database at `path` are kept."""
    return path.with_name(FOLDER)


def reviews_in(path: Path) -> int | None:
    """How many reviews the file of a backup holds, undone ones too; None where it cannot be read."""
    try:
        with closing(at_rest(path)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM review").fetchone()
    except SQLITE_ERRORS:
        return None
    return int(count)


def behind(path: Path, backup: Path) -> bool:
    """Whether the database at `path` lacks reviews that a backup of it has: an older file has taken its place, or what
    stood in its `-wal` was left behind."""
    here, there = _contents(path), _contents(backup)
    return here is not None and there is not None and _last_review(here) < _last_review(there)


def newest_sound(path: Path, today: int) -> Backup | None:
    """The newest backup that passes its check."""
    return next((backup for backup in backups_of(path, today) if not faults_of(backup.path)), None)


def _day_in(name: str, stem: str) -> int | None:
    found = NAME.fullmatch(name)
    if found is None or found["stem"] != stem:
        return None
    try:
        return day_of(date.fromisoformat(found["date"]))
    except ValueError:
        return None


def _contents(path: Path) -> list[list[tuple[object, ...]]] | None:
    """What tells one state of a database from another; None where it cannot be read."""
    try:
        with closing(reading(path)) as connection:
            connection.execute("BEGIN")
            return [connection.execute(query).fetchall() for query in COUNTED]
    except SQLITE_ERRORS:
        return None


def _last_review(contents: list[list[tuple[object, ...]]]) -> int:
    last = contents[0][0][0]
    return last if isinstance(last, int) else 0


def _too_old(kept: list[Backup]) -> list[Backup]:
    """Of backups, the newest first, those that are neither of the last days nor the last one of a recent month."""
    staying = {backup.path for backup in kept[:DAYS]}
    months: dict[tuple[int, int], Path] = {}
    for backup in kept:
        of = date_of(backup.day)
        months.setdefault((of.year, of.month), backup.path)
    staying |= {months[month] for month in list(months)[:MONTHS]}
    return [backup for backup in kept if backup.path not in staying]
