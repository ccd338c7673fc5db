"""The judges as the app's event loop sees them: borrowed, asked, given back, replaced. asyncio; no torch.

A judge that is given back in the middle of a conversation (its borrower was cancelled, or it fell silent) is ended and
replaced, since what it would say next belongs to nobody. Where the zygote itself is gone, so is the pool.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from kdquiz.grading.channel import LENGTH, MAX_PACKET, ChannelError, body_length, pack, unpack
from kdquiz.grading.launch import ZygoteProcess
from kdquiz.grading.protection import Protection

DROP_SECONDS = 5.0
"""How long a judge may take to die before its zygote is ended too."""


class JudgeGoneError(Exception):
    """The judge ended, or said something that is not a message, before its answer was complete."""


class PoolGoneError(Exception):
    """The zygote has ended; a new pool is needed. Nothing has been asked yet."""


class NotAskedError(Exception):
    """The judge had ended before the request reached it. Nothing has been run."""


class Judge:
    """One judge's stream of messages."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self.in_conversation = False
        self._reader = reader
        self._writer = writer

    @property
    def usable(self) -> bool:
        """Whether it can be asked something."""
        return not (self.in_conversation or self._reader.at_eof() or self._writer.is_closing())

    async def ask(self, request: Mapping[str, Any]) -> None:
        """Begin a conversation. Raises NotAskedError, and JudgeGoneError where the request is too long."""
        self.in_conversation = True
        try:
            self._writer.write(pack(request))
            await self._writer.drain()
        except ChannelError as error:
            raise JudgeGoneError(str(error)) from error
        except OSError as error:
            raise NotAskedError from error

    async def listen(self, seconds: float) -> dict[str, Any]:
        """Its next message. Raises JudgeGoneError, and TimeoutError where it is silent for so long."""
        try:
            async with asyncio.timeout(seconds):
                head = await self._reader.readexactly(LENGTH.size)
                return unpack(await self._reader.readexactly(body_length(head)))
        except asyncio.IncompleteReadError as error:
            raise JudgeGoneError("the process has ended") from error
        except (ChannelError, ConnectionError) as error:
            raise JudgeGoneError(str(error)) from error

    async def ended_within(self, seconds: float) -> bool:
        """Wait until its process has gone; what it still says is thrown away."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while await self._reader.read(1 << 16):
                    pass
                return True
        return False

    def close(self) -> None:
        """Let go of the stream; the judge ends when it notices."""
        self._writer.close()


class JudgePool:
    """A zygote, started at once, and its judges. Nothing can be borrowed before `get_ready` has returned.

    Making one raises GradingError where this platform cannot.
    """

    def __init__(self, judge_module: str) -> None:
        self._process = ZygoteProcess(judge_module)
        self._idle: asyncio.Queue[Judge] = asyncio.Queue()
        self._judges: set[Judge] = set()
        self.versions: Mapping[str, Any] = {}
        """What the zygote runs with; empty as long as it is not ready."""

    async def get_ready(self, judges: int) -> None:
        """Have so many judges made, and wait until torch is imported. Raises GradingError, with what to do."""
        with contextlib.suppress(OSError):  # where it has died already, its first word tells
            for _ in range(judges):
                self._idle.put_nowait(await self._new_judge())
        self.versions = self._process.check_first_word(await self._first_packet())

    @property
    def protection(self) -> Protection:
        """What real attacks found, once it is ready."""
        return Protection(open=tuple(self.versions["open"]))

    async def _first_packet(self) -> bytes:
        """The zygote's first word; empty where it died without one."""
        receive = asyncio.get_running_loop().sock_recv
        try:
            return await receive(self._process.control, MAX_PACKET)
        except ConnectionError:  # it ended with our requests unread: the kernel tells that first, then gives its word
            with contextlib.suppress(ConnectionError):
                return await receive(self._process.control, MAX_PACKET)
            return b""

    @property
    def ready(self) -> bool:
        """Whether a judge can be borrowed: torch is imported, and the zygote has not ended."""
        return bool(self.versions) and self._process.alive

    def written(self) -> int:
        """A mark in what the processes have written to standard error, for `last_line`."""
        return self._process.written()

    def last_line(self, since: int) -> str:
        """The last line they have written after the mark; for the message about a judge that has gone."""
        return self._process.last_line(since)

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    @contextlib.asynccontextmanager
    async def borrow(self) -> AsyncIterator[Judge]:
        """A judge for one conversation, as soon as one is free. Raises PoolGoneError."""
        judge = await self._idle.get()
        try:
            if not judge.usable:
                self._drop(judge)
                try:
                    judge = await self._new_judge()
                except OSError as error:
                    raise PoolGoneError from error
            yield judge
        finally:
            if judge.in_conversation:
                self._drop(judge)
            self._idle.put_nowait(judge)  # in every case, so that whoever waits for one goes on

    async def end(self, judge: Judge) -> None:
        """End a judge that does not answer; where even that does not succeed, the whole pool."""
        self._process.drop_judge(judge.number)
        if not await judge.ended_within(DROP_SECONDS):
            await self.kill()

    async def kill(self) -> None:
        """End every process at once, also in the middle of importing torch."""
        await asyncio.to_thread(self._process.kill)

    async def close(self) -> None:
        """Let every process end, and wait for that."""
        if not self.versions:
            await self.kill()
        for judge in self._judges:
            judge.close()
        await asyncio.to_thread(self._process.close)

    async def _new_judge(self) -> Judge:
        number, stream = self._process.add_judge()
        judge = Judge(number, *await asyncio.open_connection(sock=stream))
        self._judges.add(judge)
        return judge

    def _drop(self, judge: Judge) -> None:
        self._process.drop_judge(judge.number)
        judge.close()
        self._judges.discard(judge)
