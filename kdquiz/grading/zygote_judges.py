"""Judges that a zygote forks, for the app's pool: a `JudgeMaker`. Linux; asyncio; no torch."""

import asyncio
import contextlib
from collections.abc import Mapping
from typing import Any

from kdquiz.grading.channel import MAX_PACKET
from kdquiz.grading.launch import ZygoteProcess
from kdquiz.grading.pool import Judge

_END_SECONDS = 5.0
"""How long a zygote that has been let go may take to end, which takes it milliseconds."""
_LOOK_SECONDS = 0.005


class ZygoteJudges:
    """A zygote, started at once. Making one raises GradingError where the system refuses what it needs."""

    def __init__(self, judge_module: str) -> None:
        self._process = ZygoteProcess(judge_module)

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the zygote has not ended."""
        return self._process.alive

    async def new_judge(self) -> Judge:
        """A judge, to be forked as soon as torch is imported. Raises OSError."""
        number, stream = self._process.add_judge()
        try:
            return Judge(number, *await asyncio.open_connection(sock=stream))
        except BaseException:
            stream.close()
            raise

    async def first_word(self) -> Mapping[str, Any]:
        """What the zygote runs with, once torch is imported. Raises GradingError, with what to do."""
        return self._process.check_first_word(await self._first_packet())

    async def _first_packet(self) -> bytes:
        """The zygote's first word; empty where it died without one."""
        receive = asyncio.get_running_loop().sock_recv
        try:
            return await receive(self._process.control, MAX_PACKET)
        except ConnectionError:  # it ended with our requests unread: the kernel tells that first, then gives its word
            with contextlib.suppress(ConnectionError):
                return await receive(self._process.control, MAX_PACKET)
            return b""

    def drop(self, judge: Judge) -> None:
        """End a judge, and the runner it may have."""
        self._process.drop_judge(judge.number)

    def written(self, judge: Judge) -> int:
        """A mark in what the processes have written to standard error, all of them in one."""
        return self._process.written()

    async def last_line(self, judge: Judge, since: int) -> str:
        """The last line they have written after the mark."""
        return self._process.last_line(since)

    async def kill(self) -> None:
        """End every process at once, also in the middle of importing torch."""
        self._process.kill()
        await self._ended()

    async def close(self) -> None:
        """Let every process end, and wait for that."""
        self._process.let_go()
        try:
            async with asyncio.timeout(_END_SECONDS):
                await self._ended()
        except TimeoutError:
            await self.kill()
        self._process.close()

    async def _ended(self) -> None:
        # Neither a thread nor a descriptor is needed for this; there may be no more of them, and this is why it ends.
        while self._process.alive:
            await asyncio.sleep(_LOOK_SECONDS)
