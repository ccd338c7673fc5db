"""A real pseudo-terminal with a program in it, and the screen that a person would see."""

import os
import signal
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import pexpect
import pyte

PATIENCE_SECONDS = 30.0


class Terminal:
    """Runs a command at 80x24 (or another size); `wait` reads until the screen is as it should be."""

    def __init__(self, command: list[str], environment: dict[str, str], columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            command[0], command[1:], env={**os.environ, **environment}, dimensions=(rows, columns), timeout=5
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._child.close(force=True)

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, keys: str) -> None:
        self._child.send(keys)

    def wait(self, seen: Callable[[str], bool] | str) -> str:
        """Read what the program draws until `seen` holds of the screen, or a text stands on it; returns the screen.

        Raises AssertionError with the screen where it never does.
        """
        holds = seen if callable(seen) else lambda text: seen in text
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds(self.text):
            assert time.monotonic() < deadline, f"never seen: {seen}\n{self.text}"
            try:
                self._stream.feed(self._child.read_nonblocking(65536, timeout=0.2))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF as error:
                raise AssertionError(f"the program ended; last screen:\n{self.text}") from error
        return self.text

    def kill(self) -> None:
        """SIGKILL, and wait until the process is gone."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()

    def ended(self) -> int | None:
        """Wait for the end of the program and return its exit code."""
        self._child.expect(pexpect.EOF, timeout=PATIENCE_SECONDS)
        code: int | None = self._child.wait()
        return code
