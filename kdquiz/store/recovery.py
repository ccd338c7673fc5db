"""Recovery of a damaged database: set aside untouched, made anew from the newest sound backup and what can be read.

Imports `errors`, `memory.model` and the rest of `kdquiz.store`. Goes in: the path of the database, and the time. Comes
out: a `Recovery`, values that say what was saved. In this order, so that a kill at any moment loses nothing:

1. The new database is made in a folder beside the damaged one, which is only read.
2. When it is whole, it is renamed to `NAME.mended-TIME`: from here on the recovery is only to be ended.
3. The damaged database is renamed to `NAME.damaged-TIME`, what belongs to it first.
4. The new one takes its place.

A kill before 2 leaves the damaged database, and it is done again; one after 2 is ended at the next start.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kdquiz.errors import DamagedError, StoreError
from kdquiz.memory.model import EPOCH
from kdquiz.store import migrate
from kdquiz.store.backup import backups_of
from kdquiz.store.faults import faults_explained, suspicion
from kdquiz.store.files import COMPANIONS, MENDED, at_rest, companion, faults_in, faults_of, sync_folder, unfinished
from kdquiz.store.lock import have_alone
from kdquiz.store.salvage import Damaged
from kdquiz.store.store import Store

LAST = "last-recovery"
"""The setting in which the new database keeps how it was made."""
WORKSHOP = ".recovering"
IDENTITY = "SELECT number, card_id, reviewed_at FROM review"
TIME = "%Y-%m-%d-%H%M%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """How a damaged database was made anew. `set_aside` is where it lies now, with `-wal` and `-shm` beside it where
    it had them; `backup` is the one that was used, None where there was none.

    `from_backup` and `from_damaged` are how many reviews came from which; `lost` is how many are lost: numbers that
    were given and are not there any more. None where nothing in the damaged file tells which were given.
    """

    set_aside: Path
    backup: Path | None
    from_backup: int
    from_damaged: int
    lost: int | None

    @property
    def sentence(self) -> str:
        """For the learner."""
        backup = "no backup was there" if self.backup is None else f"{self.from_backup} are from {self.backup}"
        gone = "none is lost" if self.lost == 0 else f"{self.lost} are lost"
        if self.lost is None:
            gone = "nothing tells whether later ones are lost"
        return (
            f"The database was damaged. It was put aside untouched as {self.set_aside}, and made anew. "
            f"Reviews: {backup}, {self.from_damaged} were read out of the damaged file; {gone}."
        )

    def written(self) -> str:
        """As JSON."""
        backup = None if self.backup is None else str(self.backup)
        counts = {"from_backup": self.from_backup, "from_damaged": self.from_damaged, "lost": self.lost}
        return json.dumps({"set_aside": str(self.set_aside), "backup": backup, **counts})

    @classmethod
    def read(cls, written: str) -> "Recovery":
        """Out of what `written` made."""
        data = json.loads(written)
        backup = data.pop("backup")
        return cls(set_aside=Path(data.pop("set_aside")), backup=None if backup is None else Path(backup), **data)


def recover(path: Path, now: datetime) -> Recovery:
    """Make the damaged database at `path` anew, or end what was begun before.

    Raises StoreError where another process uses the database, where it was written by a newer program, and where the
    new one cannot be written (a full disk): the damaged database then lies where it lay.
    """
    with faults_explained(path):
        alone = have_alone(path)
    if alone is None:
        raise StoreError(
            f"The database {path} is damaged, and another kdquiz has it open.",
            "Close every kdquiz, then start it again: it recovers all that can be read.",
        )
    with alone, faults_explained(path):
        if not unfinished(path):
            _make(path, now)
        return _end(path)


def _make(path: Path, now: datetime) -> None:
    """The new database, whole, as `NAME.mended-TIME`."""
    stamp = now.strftime(TIME)
    workshop = companion(path, WORKSHOP)
    shutil.rmtree(workshop, ignore_errors=True)
    try:
        workshop.mkdir()
        new = workshop / path.name
        Store(workshop / "empty.sqlite").close()
        sound = [each for each in _backups(path, now) if not faults_of(each)]
        donors = [*sound, workshop / "empty.sqlite"]
        with closing(Damaged(path, workshop / "damaged.sqlite", donors)) as source:
            if source.version > migrate.CURRENT_VERSION:
                raise migrate.too_new(path, source.version)
            backup, numbers = _begun(new, sound, source.reviews())
            with closing(sqlite3.connect(new, isolation_level=None)) as into:
                added = _filled(into, source)
                lost = _missing(into, max(numbers, default=0), source.last_review)
        recovery = Recovery(
            set_aside=_free(path.with_name(f"{path.name}.damaged-{stamp}")),
            backup=backup,
            from_backup=len(numbers),
            from_damaged=added,
            lost=lost,
        )
        with Store(new) as store:
            store.rebuild()
            store.set_setting(LAST, recovery.written())
        new.replace(companion(path, f"{MENDED}{stamp}"))
        sync_folder(path.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _end(path: Path) -> Recovery:
    """Put the damaged database aside, what belongs to it first, and the new one in its place."""
    new = unfinished(path)[-1]
    with closing(at_rest(new)) as connection:
        (written,) = connection.execute("SELECT value FROM setting WHERE name = ?", (LAST,)).fetchone()
    recovery = Recovery.read(written)
    aside = _free(recovery.set_aside)
    for suffix in (*COMPANIONS, ""):
        if companion(path, suffix).exists():
            companion(path, suffix).rename(companion(aside, suffix))
    sync_folder(path.parent)
    new.replace(path)
    sync_folder(path.parent)
    suspicion(path).unlink(missing_ok=True)
    shutil.rmtree(companion(path, WORKSHOP), ignore_errors=True)
    return recovery


def _free(path: Path) -> Path:
    """A name that no other database set aside has."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _backups(path: Path, now: datetime) -> Iterator[Path]:
    """Everything that was ever copied from the database, the newest first: also before its format was changed."""
    yield from (backup.path for backup in backups_of(path, (now - EPOCH).days))
    yield from sorted(path.parent.glob(f"{path.name}.version-?"), reverse=True)


def _begun(new: Path, sound: list[Path], readable: dict[int, tuple[object, ...]]) -> tuple[Path | None, set[int]]:
    """The new database as the newest backup of the same log has it; which backup that is, and the numbers in it."""
    for backup in sound:
        _remove(new)
        shutil.copyfile(backup, new)
        try:
            with Store(new) as store:
                store.reviews()
        except DamagedError:
            continue
        with closing(sqlite3.connect(new)) as connection:
            inside = {number: tuple(rest) for number, *rest in connection.execute(IDENTITY)}
        common = inside.keys() & readable.keys()
        if 2 * sum(inside[number] == readable[number] for number in common) >= len(common):
            return backup, set(inside)
    _remove(new)
    Store(new).close()
    return None, set()


def _remove(path: Path) -> None:
    for suffix in ("", *COMPANIONS):
        companion(path, suffix).unlink(missing_ok=True)


def _filled(into: sqlite3.Connection, source: Damaged) -> int:
    """Add what the damaged file has more; its numbers are not given again. Returns how many reviews that are."""
    into.execute("PRAGMA foreign_keys = ON")
    into.execute("BEGIN IMMEDIATE")
    added = source.give(into)
    last = max(source.last_review or 0, into.execute("SELECT ifnull(max(number), 0) FROM review").fetchone()[0])
    into.execute("DELETE FROM sqlite_sequence WHERE name = 'review'")
    into.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('review', ?)", (last,))
    into.execute("COMMIT")
    if wrong := faults_in(into):
        raise StoreError(f"The database that was made anew is not sound ({wrong}).", "Check the disk, then try again.")
    return added


def _missing(into: sqlite3.Connection, after: int, last: int | None) -> int | None:
    """How many numbers above `after` were given to reviews that are not there."""
    if last is None:
        return None
    (count,) = into.execute("SELECT count(*) FROM review WHERE number > ? AND number <= ?", (after, last)).fetchone()
    return max(0, last - after - int(count))
