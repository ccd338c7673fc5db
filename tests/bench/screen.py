"""A program in a pseudo-terminal of 80x24, timed from a key, or its start, to what it draws. No emulator in between.

Imports pexpect. Times are wall seconds.
"""

import os
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self

import pexpect
import psutil

PATIENCE_SECONDS = 120.0


class Screen:
    """A program that was started; `started` is when."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self._child = pexpect.spawn(
            command[0],
            list(command[1:]),
            env={**os.environ, **environment},
            dimensions=(24, 80),
            timeout=PATIENCE_SECONDS,
            maxread=65536,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._child.close(force=True)

    def until(self, text: str, since: float | None = None) -> float:
        """Seconds from `since` (default: the start) until the text was drawn. Raises pexpect.TIMEOUT or EOF."""
        self._child.expect_exact(text)
        return time.perf_counter() - (self.started if since is None else since)

    def press(self, keys: str, text: str) -> float:
        """Seconds from these keys until the text was drawn."""
        since = time.perf_counter()
        self._child.send(keys)
        return self.until(text, since)

    @property
    def memory(self) -> int:
        """Bytes of memory that the program holds now."""
        return int(psutil.Process(self._child.pid).memory_info().rss)
