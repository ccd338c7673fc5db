"""Runners that the zygote forks, as the judge holds them: watched by a pidfd, killed at the end. Linux.

A pidfd names one process for ever, where a process id may come to name another; so a kill through it cannot hit a
stranger.
"""

import contextlib
import itertools
import math
import os
import select
import signal
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from kdquiz.grading.channel import receive_packet, send_packet
from kdquiz.grading.conversation import Channel, Heard, RunnerError, Start, execute_by
from kdquiz.grading.ends import Ending
from kdquiz.grading.execution import Execute
from kdquiz.grading.report import Limits

PATIENCE_SECONDS = 20.0
"""How long the zygote may take for a fork or for the news of an end, which take it milliseconds."""
_CHUNK = 1 << 16


def make_execute(zygote: socket.socket) -> Execute:
    """`execute(source, entry, cases, limits)` over the judge's socket to its zygote."""
    return execute_by(starter(zygote))


def starter(zygote: socket.socket) -> Start:
    """Has the zygote at the other end fork a runner for each job."""
    zygote.settimeout(PATIENCE_SECONDS)
    numbers = itertools.count(1)
    return lambda job: started(zygote, next(numbers), job)


class ForkedRunner:
    """A `conversation.Runner`. The descriptors are the judge's ends: `result` and `log` do not block, `handle` is the
    pidfd."""

    def __init__(self, zygote: socket.socket, run: int, pid: int, result: int, log: int, handle: int) -> None:
        self.pid = pid
        self._zygote = zygote
        self._run = run
        self._log = log
        self._handle = handle
        self._open: dict[int, Channel] = {log: "log", result: "result"}

    def listen(self, seconds: float) -> Sequence[Heard]:
        """What has come, the log's first; no bytes at a channel's end."""
        poll = select.poll()
        for descriptor in self._open:
            poll.register(descriptor, select.POLLIN)
        ready = {descriptor for descriptor, _ in poll.poll(math.ceil(seconds * 1000))}
        heard: list[Heard] = []
        for descriptor in [one for one in self._open if one in ready]:
            data = os.read(descriptor, _CHUNK)
            heard.append((self._open[descriptor] if data else self._open.pop(descriptor), data))
        return heard

    def overused(self, limits: Limits) -> Ending | None:
        """Nothing: its resource limits see to that."""

    def kill(self) -> None:
        """End it at once; the zygote ends the rest of its process group when it reaps it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end."""
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(max(0.0, seconds) * 1000))

    def reaped(self) -> tuple[int, float]:
        """Its exit code and the seconds of processor time it used, once it is gone, with its group."""
        message, _ = _hear(self._zygote, self._run)
        return os.waitstatus_to_exitcode(message["status"]), float(message["cpu"])

    def rest_of_log(self) -> Iterator[bytes]:
        """What is in the pipe; nothing is waited for, since it prints before it answers."""
        with contextlib.suppress(BlockingIOError):
            while data := os.read(self._log, _CHUNK):
                yield data


@contextlib.contextmanager
def started(zygote: socket.socket, run: int, job: bytes) -> Iterator[ForkedRunner]:
    """A fresh runner with its job; at the end it is killed and the descriptors are closed. Raises RunnerError,
    OSError."""
    with contextlib.ExitStack() as ours:
        with contextlib.ExitStack() as theirs:
            file = _closing(theirs, os.memfd_create("job"))
            (result, result_end), (log, log_end) = _channel(), _channel()
            for stack, descriptor in ((ours, result), (ours, log), (theirs, result_end), (theirs, log_end)):
                _closing(stack, descriptor)
            _write_all(file, job)
            send_packet(zygote, {"run": run}, [file, result_end, log_end])
        message, handles = _hear(zygote, run)
        if "fault" in message:
            raise RunnerError(message["fault"])
        for descriptor in (result, log):
            os.set_blocking(descriptor, False)
        runner = ForkedRunner(zygote, run, message["pid"], result, log, _closing(ours, handles[0]))
        ours.callback(runner.kill)
        yield runner


def _channel() -> tuple[int, int]:
    """Our end and the runner's. Not a pipe: even a contained process could open that anew through /proc, for reading,
    and take back what it has written."""
    ours, theirs = socket.socketpair()
    return ours.detach(), theirs.detach()


def _closing(stack: contextlib.ExitStack, descriptor: int) -> int:
    stack.callback(os.close, descriptor)
    return descriptor


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _hear(zygote: socket.socket, run: int) -> tuple[dict[str, Any], Sequence[int]]:
    """The zygote's next word on this run; the end of an earlier one, for which nobody waited, is passed over."""
    try:
        while (packet := receive_packet(zygote)) is not None:
            message, descriptors = packet
            if message["run"] == run:
                return message, descriptors
            for descriptor in descriptors:
                os.close(descriptor)
    except TimeoutError as error:
        raise RunnerError(f"the process that starts the others has not answered for {PATIENCE_SECONDS:g} s") from error
    raise RunnerError("the process that starts the others has gone")
