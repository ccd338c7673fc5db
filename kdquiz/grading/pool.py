"""The judges as the app's event loop sees them: borrowed, asked, given back, replaced. asyncio; no torch.

A judge that is given back in the middle of a conversation (its borrower was cancelled, or it fell silent) is ended and
replaced, since what it would say next belongs to nobody. A pool that has failed is retired: it takes no new
conversation, and ends with the last one that it has.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

from kdquiz.errors import GradingError
from kdquiz.grading.channel import LENGTH, ChannelError, body_length, pack, unpack
from kdquiz.grading.isolated import cannot_start
from kdquiz.grading.protection import Protection

DROP_SECONDS = 5.0
"""How long a judge that is told to end may take."""


class JudgeGoneError(Exception):
    """The judge ended, or said something that is not a message, before its answer was complete."""


class PoolGoneError(Exception):
    """This pool has no judge to lend any more; a new one is needed. Nothing has been asked yet."""


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

    async def ask(self, request: Mapping[str, Any], seconds: float) -> None:
        """Begin a conversation. Raises NotAskedError, JudgeGoneError where the request is too long, and TimeoutError
        where the judge does not read it for so long."""
        self.in_conversation = True
        try:
            async with asyncio.timeout(seconds):
                self._writer.write(pack(request))
                await self._writer.drain()
        except ChannelError as error:
            raise JudgeGoneError(str(error)) from error
        except TimeoutError:  # it is an OSError as well
            raise
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
        try:
            async with asyncio.timeout(seconds):
                while await self._reader.read(1 << 16):
                    pass
        except TimeoutError:
            return False
        except ConnectionError:  # it has gone and left something unread
            return True
        return True

    def close(self) -> None:
        """Let go of the stream; the judge ends when it notices."""
        self._writer.close()


class JudgeMaker(Protocol):
    """Where a pool's judges come from: `ZygoteJudges` or `SpareJudges`."""

    @property
    def alive(self) -> bool:
        """Whether it can make judges."""

    async def new_judge(self) -> Judge:
        """A judge that is there, or will be as soon as torch is imported. Raises OSError, GradingError."""

    async def first_word(self) -> Mapping[str, Any]:
        """What its processes run with, once torch is imported: "torch" (version), "open" (attacks that succeed).

        Raises GradingError, with what to do.
        """

    def drop(self, judge: Judge) -> None:
        """End a judge, and the runner it may have."""

    def written(self, judge: Judge) -> int:
        """A mark in what a judge has written to standard error, for `last_line`."""

    async def last_line(self, judge: Judge, since: int) -> str:
        """The last line that a judge which has ended has written after the mark."""

    async def kill(self) -> None:
        """End every process at once, also in the middle of importing torch."""

    async def close(self) -> None:
        """Let every process end, and wait for that."""


class JudgePool:
    """Judges of one maker. Nothing can be borrowed before `get_ready` has returned."""

    def __init__(self, maker: JudgeMaker) -> None:
        self.maker = maker
        self.failures = 0
        """How many conversations in a row have failed."""
        self._idle: asyncio.Queue[Judge | None] = asyncio.Queue()  # None: there are none to be had any more
        self._judges: set[Judge] = set()
        self._lent = 0
        self._none_lent = asyncio.Event()
        self._none_lent.set()
        self._retired = False
        self._first_word: Mapping[str, Any] = {}

    async def get_ready(self, judges: int, seconds: float) -> None:
        """Have so many judges made, and wait until torch is imported. Raises GradingError, with what to do."""
        try:
            async with asyncio.timeout(seconds):
                made = await asyncio.gather(*(self._new_judge() for _ in range(judges)), return_exceptions=True)
                first_word = await self.maker.first_word()  # where it has died meanwhile, this tells why
            for judge in made:
                if isinstance(judge, BaseException):
                    raise judge
                self._idle.put_nowait(judge)
        except TimeoutError as error:
            raise GradingError(
                f"The grading processes were not ready after {seconds:g} s.",
                "The machine may be very busy: try again in a while.",
            ) from error
        except OSError as error:
            raise cannot_start(error) from error
        self._first_word = first_word

    @property
    def protection(self) -> Protection:
        """What real attacks found, once it is ready."""
        return Protection(open=tuple(self._first_word["open"]))

    @property
    def ready(self) -> bool:
        """Whether a judge can be borrowed: torch is imported, and the pool has neither died nor been retired."""
        return bool(self._first_word) and not self._retired and self.maker.alive

    @contextlib.asynccontextmanager
    async def borrow(self) -> AsyncIterator[Judge]:
        """A judge for one conversation, as soon as one is free. Raises PoolGoneError, GradingError."""
        judge = await self._idle.get()
        if judge is None or self._retired:
            self._idle.put_nowait(None)  # for whoever else is waiting
            raise PoolGoneError
        self._lent += 1
        self._none_lent.clear()
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
            self._lent -= 1
            if not self._lent:
                self._none_lent.set()

    async def end(self, judge: Judge) -> bool:
        """End a judge that does not answer; whether it has ended."""
        self.maker.drop(judge)
        return await judge.ended_within(DROP_SECONDS)

    def retire(self) -> None:
        """Lend no judge any more."""
        self._retired = True
        self._idle.put_nowait(None)

    async def close_when_given_back(self) -> None:
        """Wait until the last conversation has ended, then close."""
        await self._none_lent.wait()
        await self.close()

    async def close(self) -> None:
        """Let every process end, and wait for that."""
        if not self._first_word:
            await self.maker.kill()
        for judge in self._judges:
            judge.close()
        await self.maker.close()

    async def _new_judge(self) -> Judge:
        judge = await self.maker.new_judge()
        self._judges.add(judge)
        return judge

    def _drop(self, judge: Judge) -> None:
        self.maker.drop(judge)
        judge.close()
        self._judges.discard(judge)
