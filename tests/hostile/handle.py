"""An arena as the tests hold it: started in its namespaces, asked for one row after the other, ended. Linux.

`ArenaHandle(identity)` raises NoArenaError, with the reason, where this machine does not allow the namespaces it needs.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

Identity = Literal["root", "user"]

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
ANSWER_SECONDS = 60.0
"""How long an arena may take to start, and to answer, before it counts as hanging."""


class NoArenaError(Exception):
    """There can be none here; the text says why."""


class ArenaEndedError(Exception):
    """It has ended, or does not answer; the text says what it last wrote."""


class ArenaHandle:
    """A running arena, of the code in a checkout."""

    def __init__(self, identity: Identity, checkout: Path = CHECKOUT) -> None:
        namespaces = _namespaces(identity)
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._process = subprocess.Popen(
            [*namespaces, sys.executable, "-m", "tests.hostile.namespace", identity],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=checkout,
        )
        self._unread = b""
        try:
            self.start_seconds: float = self._answer(START_SECONDS)["ready"]
        except ArenaEndedError:
            self.close()
            raise

    def ask(self, request: str) -> Mapping[str, Any]:
        """What became of a row, of `misdeed NAME`, or of `honest`. Raises ArenaEndedError."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{request}\n".encode())
            self._process.stdin.flush()
        except OSError as error:
            raise self._ended(f"it cannot be asked: {error}") from error
        return self._answer(ANSWER_SECONDS)

    def close(self) -> None:
        """End it, with every process in it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()  # and with it, by unshare's --kill-child, all the others
            self._process.wait()
        self._process.stdout.close()
        self._errors.close()

    def _answer(self, seconds: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        deadline = time.monotonic() + seconds
        while b"\n" not in self._unread:
            ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise self._ended(f"it said nothing for {seconds:g} s")
            data = os.read(descriptor, 1 << 16)
            if not data:
                raise self._ended("it has ended")
            self._unread += data
        line, _, self._unread = self._unread.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _ended(self, how: str) -> ArenaEndedError:
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        written = self._errors.read()[-4000:].decode("utf-8", "replace")
        return ArenaEndedError(f"{how}\n{written}")


def _namespaces(identity: Identity) -> tuple[str, ...]:
    """The command that makes them. Raises NoArenaError."""
    if os.geteuid() and identity == "root":
        raise NoArenaError("the tests do not run as root")
    owner = ("--user", "--map-root-user") if os.geteuid() else ()
    command = ("unshare", *owner, "--pid", "--fork", "--kill-child", "--mount", "--ipc", "--net", "--uts")
    try:
        tried = subprocess.run((*command, "--mount-proc", "true"), capture_output=True, text=True, timeout=20)
    except OSError as error:
        raise NoArenaError(f"unshare (util-linux) cannot be run: {error}") from error
    if tried.returncode:
        raise NoArenaError(f"this machine allows no namespaces: {tried.stderr.strip()}")
    return command


class Arenas:
    """One arena an identity, started when it is first asked, and anew where it has ended or has been harmed."""

    def __init__(self) -> None:
        self._running: dict[Identity, ArenaHandle] = {}
        self._impossible: dict[Identity, Exception] = {}

    def ask(self, identity: Identity, request: str) -> Mapping[str, Any]:
        """As `ArenaHandle.ask`; raises NoArenaError as well. What could not be started once is not tried again."""
        if identity in self._impossible:
            raise self._impossible[identity]
        if identity not in self._running:
            try:
                self._running[identity] = ArenaHandle(identity)
            except (NoArenaError, ArenaEndedError) as error:
                self._impossible[identity] = error
                raise
        try:
            answer = self._running[identity].ask(request)
        except ArenaEndedError:
            self._running.pop(identity).close()
            raise
        if answer["harm"] and not request.startswith("misdeed "):
            self._running.pop(identity).close()
        return answer

    def close(self) -> list[str]:
        """End them all; the harm that the last rows have done to an honest submission."""
        found = []
        for arena in self._running.values():
            found += arena.ask("honest")["harm"]
            arena.close()
        return found
