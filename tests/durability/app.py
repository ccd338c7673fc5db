"""An app at hand: keys are typed, the screen is read until it is as it should be, and at some moment it is killed.

Imports `launcher` and `screen`. Goes in: a started app. Comes out: what its screen shows.
"""

import contextlib
import os
import select
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.durability.launcher import COLUMNS, ROWS, Started
from tests.durability.screen import Screen

PATIENCE_SECONDS = 30.0
"""How long the screen may take on a busy machine before it counts as hanging."""


class App:
    """Use it in a `with`: at its end the app is killed, if it has not ended."""

    def __init__(self, started: Started) -> None:
        self._started = started
        self._screen = Screen(ROWS, COLUMNS)
        self.over = False
        """The app has ended, and everything was read that it wrote."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._started.close()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._started.pid

    @property
    def text(self) -> str:
        """What its screen shows, as far as it was read."""
        return self._screen.text

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._started.terminal, keys.encode())

    def read(self, seconds: float) -> bool:
        """Wait for something new on the screen, at most so long; whether there was something."""
        if self.over or not select.select([self._started.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._started.terminal, 1 << 16)
        except OSError:  # nobody has the other end open any more
            data = b""
        self.over = not data
        if answer := self._screen.feed(data):
            with contextlib.suppress(OSError):  # it was killed meanwhile
                os.write(self._started.terminal, answer)
        return bool(data)

    def read_for(self, seconds: float) -> None:
        """Read what comes within that time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not self.over:
            self.read(left)

    def wait(self, seen: Callable[[str], object] | str) -> str:
        """Read until `seen` holds of the screen, or that text stands on it; returns the screen.

        Raises AssertionError with the screen where it never does.
        """
        holds = seen if callable(seen) else lambda text: seen in text
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds(self.text):
            assert not self.over, f"the app ended; last screen:\n{self.text}"
            assert time.monotonic() < deadline, f"never seen: {seen}\n{self.text}"
            self.read(1.0)
        return self.text

    def kill(self) -> None:
        """SIGKILL, and read what it had drawn before."""
        self._started.kill()
        while self.read(0):
            pass

    def ends(self) -> int:
        """Wait for its end, reading what it writes; its exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.over and time.monotonic() < deadline:
            self.read(1.0)
        return self._started.exit_code(PATIENCE_SECONDS)
