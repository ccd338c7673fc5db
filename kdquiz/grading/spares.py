"""Runners that were started ahead: some are kept ready, each is used for one job, ended and replaced. For the judge.

A spare takes a second and a half to import torch. A grade has to wait for that only where it comes too soon after
others.
"""

import contextlib
import time
from collections import deque
from collections.abc import Iterator

from kdquiz.grading.conversation import Runner, RunnerError, execute_by
from kdquiz.grading.execution import Execute
from kdquiz.grading.protocol import Frame, FrameReader, Kind
from kdquiz.grading.spare_runner import SpareRunner

READY_SECONDS = 50.0
"""How long a spare may take to import torch; less than a judge may be silent."""
_ANSWER_BYTES = 4096


class Spares:
    """So many of them, kept ready. For one thread, but for `kill`."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._waiting: deque[SpareRunner] = deque()
        self._in_use: SpareRunner | None = None
        self._refill()

    def make_execute(self) -> Execute:
        """`execute(source, entry, cases, limits)`, each in one of them."""
        return execute_by(self.start)

    @contextlib.contextmanager
    def start(self, job: bytes) -> Iterator[Runner]:
        """A `conversation.Start`."""
        self._in_use = spare = self._take()
        try:
            spare.give(job)
            yield spare
        finally:
            try:
                spare.end()
            finally:
                self._in_use = None
                self._refill()  # only now, so that the submission has the processor for itself

    def attacks_that_succeed(self) -> tuple[str, ...]:
        """What code in a spare is not kept from, tried by one. Raises RunnerError, FrameError, OSError."""
        with self.start(b"") as spare:
            frames = list(_frames(spare))
        if [frame.kind for frame in frames] != [Kind.LAYERS, Kind.DONE]:
            raise RunnerError("the attacks could not be tried")
        return tuple(item.name for item in frames[0].items)

    def kill(self) -> None:
        """End all of them at once."""
        for spare in [*self._waiting, *([] if self._in_use is None else [self._in_use])]:
            spare.kill()

    def _take(self) -> SpareRunner:
        """One that is ready; those that have died while they waited are passed over. Raises RunnerError, OSError."""
        while self._waiting:
            spare = self._waiting.popleft()
            with contextlib.suppress(RunnerError):
                spare.get_ready(READY_SECONDS)
                return spare
            spare.end()
        spare = SpareRunner()
        try:
            spare.get_ready(READY_SECONDS)
        except RunnerError:
            spare.end()
            raise
        return spare

    def _refill(self) -> None:
        with contextlib.suppress(OSError):  # whoever needs one is told
            while len(self._waiting) < self._count:
                self._waiting.append(SpareRunner())


def _frames(spare: Runner) -> Iterator[Frame]:
    """What a spare answers to an empty job."""
    reader, deadline = FrameReader(_ANSWER_BYTES), time.monotonic() + READY_SECONDS
    while not reader.finished and time.monotonic() < deadline:
        for data in [data for channel, data in spare.listen(1.0) if channel == "result"]:
            if not data:
                return
            yield from reader.feed(data)
