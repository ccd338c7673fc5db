"""A runner as the judge holds it: started through the zygote, watched by its pidfd, killed at the end. Linux; no torch.

A pidfd names one process for ever, where a process id may come to name another; so a kill through it cannot hit a
stranger.
"""

import contextlib
import os
import select
import signal
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kdquiz.grading.channel import receive_packet, send_packet

PATIENCE_SECONDS = 20.0
"""How long the zygote may take for a fork or for the news of an end, which take it milliseconds."""


class ZygoteError(Exception):
    """The zygote has gone, or could not make a process."""


@dataclass(frozen=True, slots=True)
class RunnerProcess:
    """The descriptors are the judge's ends: `result` and `log` do not block, `handle` is the pidfd."""

    zygote: socket.socket
    run: int
    pid: int
    result: int
    log: int
    handle: int

    def kill(self) -> None:
        """End it at once; the zygote ends the rest of its process group when it reaps it."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end."""
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        return bool(poll.poll(max(0.0, seconds) * 1000))

    def reaped(self) -> tuple[int, float]:
        """Wait until it is gone, with its group: its wait status and the seconds of processor time it used.

        Call it once. Raises ZygoteError, OSError.
        """
        message, _ = _hear(self.zygote, self.run)
        return int(message["status"]), float(message["cpu"])


@contextlib.contextmanager
def started(zygote: socket.socket, run: int, job: bytes) -> Iterator[RunnerProcess]:
    """A fresh runner with its job; at the end it is killed and the descriptors are closed. Raises ZygoteError,
    OSError."""
    with contextlib.ExitStack() as ours:
        with contextlib.ExitStack() as theirs:
            file = _closing(theirs, os.memfd_create("job"))
            result, result_end = os.pipe()
            log, log_end = os.pipe()
            for stack, descriptor in ((ours, result), (ours, log), (theirs, result_end), (theirs, log_end)):
                _closing(stack, descriptor)
            _write_all(file, job)
            send_packet(zygote, {"run": run}, [file, result_end, log_end])
        message, handles = _hear(zygote, run)
        if "fault" in message:
            raise ZygoteError(message["fault"])
        for descriptor in (result, log):
            os.set_blocking(descriptor, False)
        process = RunnerProcess(zygote, run, message["pid"], result, log, _closing(ours, handles[0]))
        ours.callback(process.kill)
        yield process


def _closing(stack: contextlib.ExitStack, descriptor: int) -> int:
    stack.callback(os.close, descriptor)
    return descriptor


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _hear(zygote: socket.socket, run: int) -> tuple[dict[str, Any], Sequence[int]]:
    """The zygote's next word on this run; the end of an earlier one, for which nobody waited, is passed over."""
    while (packet := receive_packet(zygote)) is not None:
        message, descriptors = packet
        if message["run"] == run:
            return message, descriptors
        for descriptor in descriptors:
            os.close(descriptor)
    raise ZygoteError("the zygote has gone")
