"""The judge's way to a runner: a submission and its cases go in, a `Run` comes out. Imports torch; for the judge alone.

Each run is a fresh process that the zygote forks. The judge keeps the clock, reads what comes back as it comes and
within bounds, and ends the process at the last frame or at the first breach. It never compiles, parses or imports the
source: that alone can take a process down.
"""

import itertools
import math
import os
import select
import socket
import time
from collections.abc import Sequence

from kdquiz.grading.answers import answer_from, job_bytes, result_bytes
from kdquiz.grading.channel import ChannelError
from kdquiz.grading.ends import Ending, by_error, by_exit, readable
from kdquiz.grading.execution import Answer, Case, End, Execute, Run
from kdquiz.grading.printable import printable
from kdquiz.grading.protocol import Frame, FrameError, FrameReader, Kind, OversizeError
from kdquiz.grading.report import Limits
from kdquiz.grading.runner_process import PATIENCE_SECONDS, RunnerProcess, ZygoteError, started

_CHUNK = 1 << 16
_GRACE_SECONDS = 1.0
"""How long a process may live on after its result channel has closed."""
_CUT = "\n… (the rest was cut)\n"


def make_execute(zygote: socket.socket) -> Execute:
    """`execute(source, entry, cases, limits)` over the judge's socket to its zygote.

    It returns a Run in every case: what goes wrong on our side is End.INTERNAL, with the detail.
    """
    zygote.settimeout(PATIENCE_SECONDS)
    numbers = itertools.count(1)

    def execute(source: bytes, entry: str, cases: Sequence[Case], limits: Limits) -> Run:
        try:
            text = readable_source(source, limits)
        except ValueError as refusal:
            return Run(end=End.REFUSED, detail=str(refusal))
        try:
            with started(zygote, next(numbers), job_bytes(text, entry, cases, limits)) as process:
                return _Conversation(process, text, cases, limits).run()
        except (FrameError, ChannelError, ZygoteError, OSError) as error:
            return Run(end=End.INTERNAL, detail=f"{type(error).__name__}: {error}")

    return execute


def readable_source(source: bytes, limits: Limits) -> str:
    """The source as text. Raises ValueError with a sentence where it is refused: too long, a NUL byte, not UTF-8."""
    if len(source) > limits.source_bytes:
        raise ValueError(f"the file is longer than {limits.source_bytes:,} bytes, the most that is graded")
    if 0 in source:
        raise ValueError("the file contains a NUL byte; it is not a Python source")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise ValueError(f"the file is not UTF-8 (line {line}); save it as UTF-8") from error


class _Conversation:
    """One run from its start to its end."""

    def __init__(self, process: RunnerProcess, source: str, cases: Sequence[Case], limits: Limits) -> None:
        self._process = process
        self._source = source
        self._cases = cases
        self._limits = limits
        self._deadline = time.monotonic() + limits.wall_seconds
        self._reader = FrameReader(result_bytes(cases))
        self._layers: tuple[str, ...] | None = None
        self._answers: list[Answer] = []
        self._log = bytearray()
        self._log_bytes = 0

    def run(self) -> Run:
        """Read until the run has ended. Raises ZygoteError, OSError where the zygote fails."""
        found = self._follow()
        self._process.kill()
        if found is None or not self._reader.finished:
            found = self._look_after(found)
        self._read_log()
        end, raised, detail = found
        return Run(
            end=end,
            answers=tuple(self._answers),
            raised=raised,
            detail=detail,
            printed=readable(bytes(self._log)) + (_CUT if self._log_bytes > len(self._log) else ""),
            containment=self._layers or (),
        )

    def _follow(self) -> Ending | None:
        """Read both channels; how it ended, or None where the process itself has to be looked at."""
        result, log = self._process.result, self._process.log
        poll = select.poll()
        poll.register(result, select.POLLIN)
        poll.register(log, select.POLLIN)
        while (left := self._deadline - time.monotonic()) > 0:
            ready = [descriptor for descriptor, _ in poll.poll(math.ceil(left * 1000))]
            if log in ready and not self._read_log():
                poll.unregister(log)
            if self._log_bytes > self._limits.printed_bytes:
                return End.OUTPUT_LIMIT, None, f"more than {self._limits.printed_bytes:,} bytes were printed"
            if result in ready:
                data = os.read(result, _CHUNK)
                if not data:
                    return self._closed()
                if (ending := self._read_frames(data)) is not None:
                    return ending
        return End.WALL_LIMIT, None, f"the code had not finished after {self._limits.wall_seconds:g} s"

    def _closed(self) -> Ending | None:
        if self._process.ends_within(min(_GRACE_SECONDS, self._deadline - time.monotonic())):
            return None
        return End.EXITED, None, "the code closed the channel through which its answers come back"

    def _look_after(self, ending: Ending | None) -> Ending:
        """The run ended before its last frame: once the process is gone, how."""
        status, cpu_seconds = self._process.reaped()
        if self._layers is None:  # the learner's code has not run yet
            self._read_log()
            *_, last = ["", *readable(bytes(self._log)).splitlines()]
            return End.INTERNAL, None, f"a runner could not be set up: {last}"
        return by_exit(status, cpu_seconds, self._limits) if ending is None else ending

    def _read_log(self) -> bool:
        """Take what has been printed, keep the first of it; False at its end."""
        while self._log_bytes <= self._limits.printed_bytes:
            try:
                data = os.read(self._process.log, _CHUNK)
            except BlockingIOError:
                return True
            if not data:
                return False
            self._log_bytes += len(data)
            self._log += data[: max(0, self._limits.printed_kept - len(self._log))]
        return True

    def _read_frames(self, data: bytes) -> Ending | None:
        try:
            for frame in self._reader.feed(data):
                if (ending := self._accept(frame)) is not None:
                    return ending
        except OversizeError:
            return End.OUTPUT_LIMIT, None, "the code returned far more than the drill asks for"
        except FrameError as error:
            return End.MALFORMED, None, f"what came back was not an answer: {printable(str(error))}"
        return None

    def _accept(self, frame: Frame) -> Ending | None:
        """Take a frame in the one order that is allowed. Raises FrameError."""
        if self._layers is None:  # the first frame, written before the learner's code ran
            if frame.kind is not Kind.LAYERS:
                raise FrameError("it does not begin as it should")
            self._layers = tuple(item.name for item in frame.items)
        elif frame.kind is Kind.TENSORS and frame.case == len(self._answers) < len(self._cases):
            self._answers.append(answer_from(frame, self._cases[frame.case]))
        elif frame.kind is Kind.ERROR:
            return by_error(frame, self._source)
        elif frame.kind is Kind.DONE and len(self._answers) == len(self._cases):
            return End.DONE, None, End.DONE.value
        else:
            raise FrameError(f"a frame {frame.kind.name} came out of turn")
        return None
