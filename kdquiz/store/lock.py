"""A lock file beside the database: whoever uses the database shares it, whoever replaces the database has it alone.

Standard library alone. Goes in: the path of the database. Comes out: a `Lock`, held until it is released or the process
ends, however that ends. The file itself is empty and stays.
"""

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

PAUSE = 0.02
"""Seconds between two tries."""
SHARERS = 1024
"""Windows knows no shared lock here: who shares it locks one of so many bytes, who wants it alone locks them all."""


class Lock:
    """A lock that is held. Release it, or use it in a `with`."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let go; more than once does no harm."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()


def lock_file(path: Path) -> Path:
    """The file that is locked for the database at `path`."""
    return path.with_name(f"{path.name}.lock")


def share(path: Path, patience: float = 5.0) -> Lock | None:
    """Use the database together with others; None where somebody has it alone for longer than `patience` seconds.

    Where the file system has no locks, or the folder cannot be written, nothing is held: SQLite says what is wrong.
    """
    try:
        descriptor = _open(path)
    except OSError:
        return Lock(None)
    until = time.monotonic() + patience
    while not _try(descriptor, alone=False):
        if time.monotonic() >= until:
            os.close(descriptor)
            return None
        time.sleep(PAUSE)
    return Lock(descriptor)


def have_alone(path: Path) -> Lock | None:
    """Have the database for oneself; None where somebody uses it. Raises OSError where the folder cannot be written."""
    descriptor = _open(path)
    if _try(descriptor, alone=True):
        return Lock(descriptor)
    os.close(descriptor)
    return None


def _open(path: Path) -> int:
    return os.open(lock_file(path), os.O_RDWR | os.O_CREAT, 0o666)


if sys.platform == "win32":
    import msvcrt
    import random

    def _try(descriptor: int, *, alone: bool) -> bool:
        """Whether the lock is held now; it goes with the descriptor."""
        os.lseek(descriptor, 0 if alone else random.randrange(SHARERS), os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, SHARERS if alone else 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(descriptor: int, *, alone: bool) -> bool:
        """Whether the lock is held now, or there are no locks here; it goes with the descriptor."""
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
