"""Opening the learner's database for use: a damaged one is recovered first, and the learner is told.

Imports `errors` and the rest of `kdquiz.store`, recovery and backups only where something is damaged: every start waits
for this. Goes in: the path, the time, and whom to tell. Comes out: an open Store.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kdquiz.errors import DamagedError
from kdquiz.memory.model import EPOCH
from kdquiz.store.faults import damaged, suspicion
from kdquiz.store.files import companion, size, unfinished
from kdquiz.store.store import Store

if TYPE_CHECKING:
    from kdquiz.store.recovery import Recovery


def open_or_recover(
    path: Path, now: datetime, told: Callable[["Recovery"], object], begun: Callable[[], None] = lambda: None
) -> Store:
    """The database at `path`, created where there is none, and recovered where it is damaged: `begun` is called
    before that, which takes some seconds for a long log, and `told` after it.

    Raises StoreError where it cannot be opened, or not be recovered now.
    """
    try:
        return _opened(path, now)
    except DamagedError:
        from kdquiz.store.recovery import recover  # lazily: see the module's docstring

        begun()
        told(recover(path, now))
    return Store(path)


def is_damaged(path: Path) -> str:
    """What is wrong with a database, looked at from end to end; empty where all of it can be read."""
    try:
        with Store(path) as store:
            return store.unreadable()
    except DamagedError as error:
        return error.message


def _opened(path: Path, now: datetime) -> Store:
    """Raises DamagedError for all that a recovery mends."""
    if unfinished(path):
        raise damaged(path, "its recovery was interrupted")
    if path.exists() and not size(path) and _held_something(path, now):
        raise damaged(path, "it is empty, and was not")
    if suspicion(path).exists():
        if wrong := is_damaged(path):
            raise damaged(path, wrong)
        suspicion(path).unlink(missing_ok=True)
    return Store(path)


def _held_something(path: Path, now: datetime) -> bool:
    from kdquiz.store.backup import backups_of, reviews_in  # lazily: see the module's docstring

    backups = backups_of(path, (now - EPOCH).days)
    return bool(size(companion(path, "-wal"))) or any(reviews_in(backup.path) for backup in backups)
