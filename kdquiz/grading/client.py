"""Grading for the app: a Submission goes in, a Report comes out; a Drill goes in, a Proof comes out. asyncio; no torch.

    async with Grader(judges=2) as grader:
        report = await grader.grade(Submission(drill=drill, source=b"..."))

The event loop is never blocked: torch lives in other processes. Whatever happens to those, a grade ends in a report,
at worst INTERNAL_ERROR, and the next one starts them anew. GradingError is raised where they cannot be started at all
(no torch, too little memory).
"""

import asyncio
import base64
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any, Self, TypeVar

from kdquiz.errors import GradingError
from kdquiz.grading.isolated import IF_AGAIN
from kdquiz.grading.pool import Judge, JudgeGoneError, JudgeMaker, JudgePool, NotAskedError, PoolGoneError
from kdquiz.grading.proof_report import Proof
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Check, Limits, Report, Submission, Verdict
from kdquiz.grading.spare_judges import SpareJudges
from kdquiz.grading.way import Way, best_way, facts
from kdquiz.grading.wire import check_from_data, report_from_data
from kdquiz.grading.zygote_judges import ZygoteJudges
from kdquiz.library.drill import Drill

JUDGE_MODULE = "kdquiz.grading.judge"
_TRIES = 3
_RUNS_AT_ONCE = 3
"""Of a drill that gives its submissions more time: a proof says nothing while one program sits its exams."""
_FAILURES = 2
"""After one, a judge is replaced; after so many in a row, it is more than a judge."""
_AGAIN = "Submit again: this was not your code's fault and does not count as an attempt."
_CLOSED = "The grading processes have been closed."

T = TypeVar("T")
_Message = Mapping[str, Any]
_OnEvent = Callable[[_Message], None]


class NoVerdictError(Exception):
    """The grading processes gave no answer. The text is a sentence for the person who asked."""


class Grader:
    """Grades submissions in processes of their own; several at once are spread over `judges`.

    `silence_seconds` is how long a judge may say nothing in the middle of its work before it is ended; `start_seconds`,
    how long the processes may take to import torch. `way` is for tests; otherwise the platform decides.
    """

    def __init__(
        self,
        judges: int = 1,
        *,
        limits: Limits | None = None,
        silence_seconds: float = 60.0,
        start_seconds: float = 120.0,
        judge_module: str = JUDGE_MODULE,
        way: Way | None = None,
    ) -> None:
        self._judges = judges
        self._limits = limits or Limits()
        self._silence_seconds = silence_seconds
        self._start_seconds = start_seconds
        self._judge_module = judge_module
        self._way = way
        self._pool: JudgePool | None = None
        self._protection: Protection | None = None
        self._retiring: dict[JudgePool, asyncio.Task[None]] = {}
        self._starting = asyncio.Lock()
        self._closed = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def ready(self) -> bool:
        """Whether a grade would begin at once, without waiting for torch to be imported."""
        return self._pool is not None and self._pool.ready

    @property
    def protection(self) -> Protection | None:
        """How well learners' code is contained here; None before the processes have started."""
        return self._protection

    async def start(self) -> None:
        """Start the processes, and wait until they are ready; nothing where they are. Takes 1 to 3 seconds.

        Raises GradingError, with what to do, where they cannot be started.
        """
        await self._living_pool()

    async def grade(self, submission: Submission, on_check: Callable[[Check], None] | None = None) -> Report:
        """Grade a submission; `on_check` hears of each check as it finishes. Raises GradingError as `start` does."""

        def on_event(message: Mapping[str, Any]) -> None:
            if on_check is not None and "check" in message:
                on_check(_read(check_from_data, message["check"]))

        request = {
            "do": "grade",
            "drill": submission.drill.as_data(),
            # One byte too many is enough to be refused; of a huge source no more than that is sent.
            "source": base64.b64encode(submission.source[: self._limits.source_bytes + 1]).decode(),
            "seed": submission.seed,
            "file": submission.file,
            "limits": asdict(self._limits),
        }
        try:
            report = await self._ask(request, "report", report_from_data, on_event)
            return replace(report, protection=self.protection)
        except NoVerdictError as reason:
            return Report(
                drill=submission.drill.id,
                verdict=Verdict.INTERNAL_ERROR,
                summary=f"{reason} {_AGAIN} {IF_AGAIN}",
                file=submission.file,
                seed=submission.seed,
            )

    async def prove(self, drill: Drill, on_progress: Callable[[int, int], None] | None = None) -> Proof:
        """Prove a drill sound; `on_progress` hears how many of how many programs are done.

        Raises GradingError where the processes cannot be started or fail: there is no proof then, for or against.
        """

        def on_event(message: Mapping[str, Any]) -> None:
            if on_progress is not None and "progress" in message:
                on_progress(*_read(_two_numbers, message["progress"]))

        try:
            return await self._ask({"do": "prove", "drill": drill.as_data()}, "proof", Proof.from_data, on_event)
        except NoVerdictError as reason:
            raise GradingError(str(reason), IF_AGAIN) from reason

    async def close(self) -> None:
        """End every process and wait for that. The grader cannot be used afterwards."""
        self._closed = True
        if self._pool is not None and not self._pool.ready:
            await self._pool.maker.kill()  # who waits for the start is told
        async with self._starting:
            pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()
        for pool, ended in list(self._retiring.items()):
            await pool.maker.kill()  # who is still in conversation there is told
            await ended

    async def _living_pool(self) -> JudgePool:
        async with self._starting:
            if self._pool is not None and self._pool.ready:
                return self._pool
            if self._pool is not None:
                self._retire(self._pool)
            if self._closed:
                raise GradingError(_CLOSED)
            pool = self._pool = JudgePool(self._judge_maker())
            try:
                await pool.get_ready(self._judges, self._start_seconds)
            except BaseException as error:
                self._pool = None
                await pool.close()
                if self._closed and isinstance(error, GradingError):
                    raise GradingError(_CLOSED) from error
                raise
            self._protection = pool.protection
            return pool

    def _judge_maker(self) -> JudgeMaker:
        """Raises GradingError where the system refuses what it needs at once."""
        if (self._way or best_way(facts())) == "zygote":
            return ZygoteJudges(self._judge_module)
        return SpareJudges(self._judge_module, self._start_seconds)

    def _retire(self, pool: JudgePool) -> None:
        """Let it end with its last conversation; the next grade starts another."""
        if self._pool is pool:
            self._pool = None
        if pool not in self._retiring:
            pool.retire()
            self._retiring[pool] = ended = asyncio.create_task(pool.close_when_given_back())
            ended.add_done_callback(lambda _: self._retiring.pop(pool))

    async def _ask(self, request: _Message, wanted: str, read: Callable[[Any], T], on_event: _OnEvent) -> T:
        """What a judge says to the request under the key `wanted`. Raises NoVerdictError, GradingError."""
        for _ in range(_TRIES + self._judges):
            pool = await self._living_pool()
            try:
                async with pool.borrow() as judge:
                    answer = await self._converse(pool, judge, request, wanted, read, on_event)
            except NotAskedError:
                continue  # the judge ended while nobody was asking it anything
            except PoolGoneError:
                self._retire(pool)  # it may only be about to end, and must not pass for a living one
                continue
            except NoVerdictError:
                pool.failures += 1
                if pool.failures == _FAILURES:
                    self._retire(pool)
                raise
            pool.failures = 0
            if isinstance(answer, Report) and answer.verdict is Verdict.INTERNAL_ERROR:
                self._retire(pool)  # it lives, but may be damaged
            return answer
        raise GradingError("The grading processes end as soon as they are started.", IF_AGAIN)

    async def _converse(
        self,
        pool: JudgePool,
        judge: Judge,
        request: _Message,
        wanted: str,
        read: Callable[[Any], T],
        on_event: _OnEvent,
    ) -> T:
        mark = pool.maker.written(judge)
        silence_seconds = self._silence_seconds + _RUNS_AT_ONCE * (request["drill"]["seconds"] or 0)
        try:
            await judge.ask(request, silence_seconds)
            while wanted not in (message := await judge.listen(silence_seconds)):
                if "fault" in message:  # it is given back as if in conversation, and so replaced
                    raise NoVerdictError(f"The grader failed: {message['fault']}.")
                on_event(message)
            judge.in_conversation = False
            return _read(read, message[wanted])
        except JudgeGoneError as error:
            why = await pool.maker.last_line(judge, mark) or str(error)
            raise NoVerdictError(f"The grader stopped in the middle ({why}).") from error
        except TimeoutError as error:
            if not await pool.end(judge):
                self._retire(pool)
            raise NoVerdictError(f"The grader said nothing for {silence_seconds:g} s.") from error


def _two_numbers(data: Any) -> tuple[int, int]:
    done, total = data
    return int(done), int(total)


def _read(reader: Callable[[Any], T], data: Any) -> T:
    try:
        return reader(data)
    except (KeyError, TypeError, ValueError) as error:
        raise NoVerdictError(f"The grader's answer cannot be read ({type(error).__name__}: {error}).") from error
