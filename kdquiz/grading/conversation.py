"""One run of a submission, from its job to how it ended: the rules that both kinds of runner share. Imports torch; for
the judge alone.

A runner is a fresh process, forked by the zygote (`runners`) or started ahead (`spares`). Those modules know how its
bytes arrive, how it is ended and how that is learnt; here is what the bytes mean. The judge keeps the clock, takes the
frames in the one order that is allowed and within bounds, and ends the process at the last frame or at the first
breach. It never compiles, parses or imports the source: that alone can take a process down.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from kdquiz.grading.answers import answer_from, job_bytes, result_bytes
from kdquiz.grading.channel import ChannelError
from kdquiz.grading.ends import KILLED, Ending, by_error, by_exit, readable
from kdquiz.grading.execution import Answer, Case, End, Execute, Run
from kdquiz.grading.printable import printable
from kdquiz.grading.protocol import Frame, FrameError, FrameReader, Kind, OversizeError
from kdquiz.grading.report import Limits

_GRACE_SECONDS = 1.0
"""How long a process may live on after its result channel has closed."""
_SOON_SECONDS = 1.0
"""A run that was killed later than this is not tried again, so that no grade takes twice its time."""
_CUT = "\n… (the rest was cut)\n"

Channel = Literal["result", "log"]
Heard = tuple[Channel, bytes]
"""On which channel something came, and what; no bytes at the channel's end."""


class RunnerError(Exception):
    """There is no runner, or its end cannot be learnt: a fault on our side. The text says so in a sentence."""


class Runner(Protocol):
    """A process that has been given its job."""

    def listen(self, seconds: float) -> Sequence[Heard]:
        """What has come, as soon as something has, the log's first; nothing where nothing came for so long, or for as
        long as this kind of runner may go without a look at it."""

    def overused(self, limits: Limits) -> Ending | None:
        """What it has used too much of, where it is the judge that has to look."""

    def kill(self) -> None:
        """End it at once."""

    def ends_within(self, seconds: float) -> bool:
        """Wait for its end."""

    def reaped(self) -> tuple[int, float]:
        """Wait until it is gone with all that it has started: its exit code (below zero for the signal that ended it)
        and the seconds of processor time it used. Call it once. Raises RunnerError, OSError."""

    def rest_of_log(self) -> Iterator[bytes]:
        """What it had printed before its end and nobody has heard yet."""


Start = Callable[[bytes], AbstractContextManager[Runner]]
"""`start(job)`: a fresh process with its job; at the end it is killed, and its descriptors are closed. Raises
RunnerError, ChannelError, OSError."""


def execute_by(start: Start) -> Execute:
    """`execute(source, entry, cases, limits, harness)`, each in a runner that `start` gives.

    It returns a Run in every case: what goes wrong on our side is End.INTERNAL, with the detail.
    """

    def execute(source: bytes, entry: str, cases: Sequence[Case], limits: Limits, harness: str = "") -> Run:
        try:
            text = readable_source(source, limits)
        except ValueError as refusal:
            return Run(end=End.REFUSED, detail=str(refusal))
        try:
            job = job_bytes(text, entry, cases, limits, harness)
            began = time.monotonic()
            run = _run(start, job, text, cases, limits)
            # Killed by the code itself, which will do so again, or by a stranger, for which the learner is not charged.
            again = run.detail.endswith(KILLED) and time.monotonic() - began < _SOON_SECONDS
            return _run(start, job, text, cases, limits) if again else run
        except RunnerError as error:
            return Run(end=End.INTERNAL, detail=str(error))
        except (FrameError, ChannelError, OSError) as error:
            return Run(end=End.INTERNAL, detail=f"{type(error).__name__}: {error}")

    return execute


def readable_source(source: bytes, limits: Limits) -> str:
    """The source as text. Raises ValueError with a sentence where it is refused: too long, a NUL byte, not UTF-8."""
    if len(source) > limits.source_bytes:
        raise ValueError(f"the file is longer than {limits.source_bytes:,} bytes, the most that is graded")
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValueError("the file looks like UTF-16; save it as UTF-8")
    if 0 in source:
        raise ValueError("the file contains a NUL byte; it is not a Python source")
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise ValueError(f"the file is not UTF-8 (line {line}); save it as UTF-8") from error


def _run(start: Start, job: bytes, source: str, cases: Sequence[Case], limits: Limits) -> Run:
    with start(job) as runner:
        return _Conversation(runner, source, cases, limits).run()


class _Conversation:
    """One run from its start to its end."""

    def __init__(self, runner: Runner, source: str, cases: Sequence[Case], limits: Limits) -> None:
        self._runner = runner
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
        """Read until the run has ended. Raises RunnerError, OSError where its end cannot be learnt."""
        found = self._follow()
        self._runner.kill()
        if found is None or not self._reader.finished:
            code, cpu_seconds = self._runner.reaped()
            found = found or by_exit(code, cpu_seconds, self._limits)
        for data in self._runner.rest_of_log():
            self._keep(data)
            if self._too_much_printed():
                break
        printed = readable(bytes(self._log))
        if self._layers is None:  # the learner's code has not run yet
            *_, last = ["", *printed.splitlines()]
            return Run(end=End.INTERNAL, detail=f"a runner could not be set up: {last or found[2]}")
        end, raised, detail = found
        return Run(
            end=end,
            answers=tuple(self._answers),
            raised=raised,
            detail=detail,
            printed=printed + (_CUT if self._log_bytes > len(self._log) else ""),
            containment=self._layers,
        )

    def _follow(self) -> Ending | None:
        """Read both channels; how it ended, or None where the process itself has to be looked at."""
        while (left := self._deadline - time.monotonic()) > 0:
            for channel, data in self._runner.listen(left):
                if channel == "log":
                    self._keep(data)
                elif not data:
                    return self._closed()
                elif (ending := self._read_frames(data)) is not None:
                    return ending
                if self._too_much_printed():
                    return End.OUTPUT_LIMIT, None, f"more than {self._limits.printed_bytes:,} bytes were printed"
            if (ending := self._runner.overused(self._limits)) is not None:
                return ending
        return End.WALL_LIMIT, None, f"the code had not finished after {self._limits.wall_seconds:g} s"

    def _closed(self) -> Ending | None:
        if self._runner.ends_within(min(_GRACE_SECONDS, self._deadline - time.monotonic())):
            return None
        return End.EXITED, None, "the code closed the channel through which its answers come back"

    def _keep(self, data: bytes) -> None:
        """Count what was printed, keep the first of it."""
        self._log_bytes += len(data)
        self._log += data[: max(0, self._limits.printed_kept - len(self._log))]

    def _too_much_printed(self) -> bool:
        return self._log_bytes > self._limits.printed_bytes

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
