"""A runner that was started ahead, as the judge holds it: watched, read by threads, killed at the end. Everywhere.

psutil sees what it uses: no other way is the same on every system, and some have no limit on memory at all. Threads
read its pipes, since not every system can wait for two of them.
"""

import contextlib
import errno
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from typing import IO

import psutil

from kdquiz.grading.conversation import Channel, Heard, RunnerError
from kdquiz.grading.ends import Ending, by_use
from kdquiz.grading.isolated import FOLDER, command, environment, last_line, last_words
from kdquiz.grading.report import Limits
from kdquiz.grading.spare import LENGTH, READY

_WATCH_SECONDS = 0.02
"""How often a runner's use of memory and processor is looked at. One that hoards gets some 100 MB more in that time."""
_END_SECONDS = 5.0
_DRAIN_SECONDS = 1.0
"""How long the pipes of a process that has been killed may take to end. Only a descendant that has fled holds them."""
_LOOK_SECONDS = 0.005
_CHUNK = 1 << 16
_HELD = 16
"""Chunks that are read ahead; a process that writes more waits."""


class SpareRunner:
    """A `conversation.Runner` once it has been given its job."""

    def __init__(self) -> None:
        """Start it. Raises OSError."""
        self._process = subprocess.Popen(
            command("kdquiz.grading.spare"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            cwd=FOLDER,
            env=environment(),
            start_new_session=True,  # what it starts is ended with it
        )
        self.pid = self._process.pid
        self._heard: queue.Queue[Heard] = queue.Queue(_HELD)
        self._ended: set[str] = set()
        self._feeder: threading.Thread | None = None
        self._watched = psutil.Process(self.pid)
        self._before = (0.0, 0)
        self._cpu_seconds = 0.0
        try:
            self._listen_to("result", self._process.stdout)
            self._listen_to("log", self._process.stderr)
        except RuntimeError as error:
            self.kill()
            self.reaped()
            raise OSError(errno.EAGAIN, str(error)) from error

    def get_ready(self, seconds: float) -> None:
        """Wait until it has imported torch. Raises RunnerError where it does not, or has ended since."""
        deadline, log, ready = time.monotonic() + seconds, b"", False
        while not ready:
            heard = self._next(deadline - time.monotonic())
            if heard is None:
                raise RunnerError(f"a new process was not ready after {seconds:g} s")
            channel, data = heard
            if channel == "log":
                log += data
            elif data != READY:
                self.kill()
                log += b"".join(self.rest_of_log())
                raise RunnerError(f"a new process cannot be set up: {last_words(self.reaped()[0], last_line(log))}")
            ready = heard == ("result", READY)
        if self._has_ended():
            raise RunnerError("a process has ended before it was given its job")

    def give(self, job: bytes) -> None:
        """Hand it its job, from a thread of its own, since a process that is stopped does not read."""
        self._before = self._use()
        self._feeder = threading.Thread(target=self._feed, args=(LENGTH.pack(len(job)) + job,), daemon=True)
        self._feeder.start()

    def listen(self, seconds: float) -> Sequence[Heard]:
        """What has come, the log's first; no bytes at a channel's end."""
        first = self._next(min(seconds, _WATCH_SECONDS))
        heard = [] if first is None else [first]
        while heard and (more := self._next(0)) is not None and len(heard) < _HELD:
            heard.append(more)
        return sorted(heard, key=lambda one: one[0] != "log")

    def overused(self, limits: Limits) -> Ending | None:
        """What it has used too much of since it was given its job."""
        cpu_seconds, memory_bytes = (now - before for now, before in zip(self._use(), self._before, strict=True))
        self._cpu_seconds = max(cpu_seconds, self._cpu_seconds)
        return by_use(self._cpu_seconds, int(memory_bytes), limits)

    def kill(self) -> None:
        """End it and what it has started, at once."""
        if self._process.returncode is not None:  # the number may be another's by now
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):  # some systems say so of one that has ended
                os.killpg(self.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end, without reaping it: its group can be ended only as long as its number is its own."""
        deadline = time.monotonic() + seconds
        while not self._has_ended():
            if time.monotonic() > deadline:
                return False
            time.sleep(_LOOK_SECONDS)
        return True

    def reaped(self) -> tuple[int, float]:
        """Its exit code and the seconds of processor time it was seen to use, once it has been killed or has ended."""
        last = self._use()[0] - self._before[0]  # some systems still tell of a process that has not been reaped
        try:
            return self._process.wait(_END_SECONDS), max(last, self._cpu_seconds)
        except subprocess.TimeoutExpired as error:
            raise RunnerError("a process does not end") from error

    def rest_of_log(self) -> Iterator[bytes]:
        """What is still on its way, up to the log's end."""
        while "log" not in self._ended and (heard := self._next(_DRAIN_SECONDS)) is not None:
            channel, data = heard
            if channel == "log":
                yield data

    def end(self) -> None:
        """Kill it, and close what is left of it here."""
        self.kill()
        self.reaped()
        if self._feeder is not None:
            self._feeder.join(_DRAIN_SECONDS)
        if self._process.stdin is not None:
            self._process.stdin.close()
        while len(self._ended) < 2 and self._next(_DRAIN_SECONDS) is not None:
            pass  # the threads end with the pipes

    def _listen_to(self, channel: Channel, pipe: IO[bytes] | None) -> None:
        assert pipe is not None

        def listen() -> None:
            with pipe:
                while data := os.read(pipe.fileno(), _CHUNK):
                    self._heard.put((channel, data))
            self._heard.put((channel, b""))

        threading.Thread(target=listen, daemon=True).start()

    def _next(self, seconds: float) -> Heard | None:
        try:
            heard = self._heard.get(timeout=seconds) if seconds > 0 else self._heard.get_nowait()
        except queue.Empty:
            return None
        channel, data = heard
        if not data:
            self._ended.add(channel)
        return heard

    def _feed(self, data: bytes) -> None:
        assert self._process.stdin is not None
        left = memoryview(data)
        with contextlib.suppress(OSError):  # it has ended, and its channels tell
            while left:
                left = left[os.write(self._process.stdin.fileno(), left) :]

    def _use(self) -> tuple[float, int]:
        """Seconds of processor time and bytes of memory; nothing of one that has ended."""
        try:
            with self._watched.oneshot():
                times = self._watched.cpu_times()
                return times.user + times.system, self._watched.memory_info().rss
        except psutil.Error:
            return 0.0, 0

    def _has_ended(self) -> bool:
        try:
            return bool(self._watched.status() == psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return True
