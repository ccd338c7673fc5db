"""Judges that are processes of the app's own, for its pool: a `JudgeMaker` for platforms without a zygote. On every
platform; asyncio; no torch.
"""

import asyncio
import contextlib
import importlib.util
import itertools
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from kdquiz.errors import GradingError
from kdquiz.grading.channel import MAX_MESSAGE
from kdquiz.grading.isolated import (
    FOLDER,
    NOT_NEEDED,
    check_first_word,
    command,
    environment,
    last_line,
    last_words,
)
from kdquiz.grading.pool import Judge, JudgeGoneError

_END_SECONDS = 1.0
"""How long a judge that has been let go may take to end, with its spares, before it is killed."""
_STDERR_BYTES = 8192
_FLAGS = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""Windows's way to say: Ctrl+C is for the app, and so is the processor."""


class SpareJudges:
    """Each judge is started when it is asked for, and keeps runners of its own.

    Making this raises GradingError where psutil is missing, by which a judge sees what its runners use.
    """

    def __init__(self, judge_module: str, start_seconds: float) -> None:
        if importlib.util.find_spec("psutil") is None:
            raise GradingError(
                "Drills need the package psutil on this machine, and it is not installed.",
                f"Install it with:  {sys.executable} -m pip install psutil\n{NOT_NEEDED}",
            )
        self._judge_module = judge_module
        self._start_seconds = start_seconds
        self._numbers = itertools.count(1)
        self._started: dict[int, _Started] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._first_word: Mapping[str, Any] = {}
        self._let_go = False

    @property
    def alive(self) -> bool:
        """Whether it has not been told to end."""
        return not self._let_go

    async def new_judge(self) -> Judge:
        """A judge that has imported torch. Raises GradingError, with what to do; OSError where the system refuses what
        it needs, and TimeoutError where it takes too long."""
        number = next(self._numbers)
        process = await asyncio.create_subprocess_exec(
            *command("kdquiz.grading.spare_judge", self._judge_module, number == 1),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=FOLDER,
            env=environment(),
            start_new_session=True,
            creationflags=_FLAGS,
            limit=MAX_MESSAGE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        self._started[number] = started = _Started(process)
        judge = Judge(number, process.stdout, process.stdin)
        if self._let_go:  # meanwhile
            self.drop(judge)
        try:
            said = await judge.listen(self._start_seconds)
        except JudgeGoneError:
            said = {}
            await started.has_ended(_END_SECONDS)
        word = check_first_word(said, last_words(process.returncode, last_line(started.stderr)))
        self._first_word = word if number == 1 else self._first_word
        return judge

    async def first_word(self) -> Mapping[str, Any]:
        """What the first judge runs with, which has also tried the attacks."""
        return self._first_word

    def drop(self, judge: Judge) -> None:
        """End a judge, and its runners."""
        started = self._started.get(judge.number)
        if started is not None and not started.dropped:
            started.dropped = True
            ending = asyncio.create_task(self._end(judge.number, started))
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)

    async def _end(self, number: int, started: "_Started") -> None:
        await started.end()
        del self._started[number]

    def written(self, judge: Judge) -> int:
        """A mark in what a judge has written to standard error, for `last_line`."""
        return self._started[judge.number].written

    async def last_line(self, judge: Judge, since: int) -> str:
        """The last line it has written after the mark, if it has ended."""
        started = self._started[judge.number]
        await started.has_ended(_END_SECONDS)
        new = started.written - since
        return last_line(started.stderr[-new:]) if new else ""

    async def kill(self) -> None:
        """End every process at once, also in the middle of importing torch."""
        self._let_go = True
        await asyncio.gather(*(started.end() for started in self._started.values()))

    async def close(self) -> None:
        """Let every process end, and wait for that."""
        await self.kill()
        await asyncio.gather(*self._ending)


class _Started:
    """A judge's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.stderr = b""
        """The end of what it has written there."""
        self.written = 0
        self.dropped = False
        self._reading = asyncio.create_task(self._read_stderr())

    async def _read_stderr(self) -> None:
        assert self.process.stderr is not None
        while data := await self.process.stderr.read(_STDERR_BYTES):
            self.written += len(data)
            self.stderr = (self.stderr + data)[-_STDERR_BYTES:]

    async def has_ended(self, seconds: float) -> bool:
        """Wait for its end."""
        try:
            async with asyncio.timeout(seconds):
                await asyncio.shield(self._reading)
                await self.process.wait()
        except TimeoutError:
            return False
        return True

    async def end(self) -> None:
        """Let it end, which its runners do before it; kill it where it does not."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        if not await self.has_ended(_END_SECONDS):
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()
            await self._reading
