"""Failures of our own parts: whatever is killed, stopped or refused, a grade ends in an internal error that says what
to do (or a GradingError before anything has run), the next one works, and nothing is left behind. Real processes, real
signals, real limits.
"""

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Limits, Report, Submission, Verdict
from tests.grading.drills import REFERENCE, tiny_drill
from tests.grading.processes import (
    PATIENCE_SECONDS,
    TINY_JUDGE,
    descendants,
    ends,
    has_ended,
    watch,
    with_tests_importable,
)
from tests.grading.test_client import DRILL, GOOD, KILLS_ITSELF, judges_of, submission, zygote_pid

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("quick_zygotes")]

SLEEPS = b"import time; time.sleep(60)"
QUICK = Limits(cpu_seconds=1, wall_seconds=2.0)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    before = descendants(os.getpid())
    async with Grader(2, limits=QUICK, silence_seconds=1.5, judge_module=TINY_JUDGE) as grader:
        yield grader
    assert descendants(os.getpid()) <= before


async def works(grader: Grader) -> bool:
    """The next grade is right."""
    return (await grader.grade(submission())).verdict is Verdict.ACCEPTED


def assert_not_charged(report: Report) -> None:
    """It is an internal error, and its sentence says what to do."""
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "Submit again" in report.summary
    assert "`kdquiz doctor`" in report.summary


async def begun(grader: Grader, source: bytes = SLEEPS) -> tuple[asyncio.Task[Report], int]:
    """A grade whose submission is about to run, and the process id of its judge."""
    reported: asyncio.Queue[Check] = asyncio.Queue()
    grade = asyncio.create_task(grader.grade(submission(source), reported.put_nowait))
    check = await asyncio.wait_for(reported.get(), PATIENCE_SECONDS)
    return grade, int(check.detail)


def opened() -> set[int]:
    """The descriptors of this process, and one that is closed again already."""
    return {int(entry.name) for entry in Path("/proc/self/fd").iterdir()}


@contextmanager
def room_for_files(more: int) -> Iterator[None]:
    """This process may open so many files more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = max(opened())
    with ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
        with suppress(OSError):
            while True:  # the gaps between those that are open
                stack.callback(os.close, os.dup(0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit + more, hard))
        yield


async def descriptors(grader: Grader) -> int:
    """How many this process has open, once what has been retired or dropped is closed."""
    await asyncio.gather(*grader._retiring.values())
    for _ in range(5):
        await asyncio.sleep(0)
    return len(opened())


# ---- killed ----------------------------------------------------------------------------------------------------------


async def test_a_zygote_killed_while_idle_is_not_noticed_not_even_twice(grader: Grader) -> None:
    for _ in range(2):
        zygote = zygote_pid(grader)
        handle = watch(zygote)
        os.kill(zygote, signal.SIGKILL)
        assert has_ended(handle)
        assert await works(grader)
        assert zygote_pid(grader) != zygote


@pytest.mark.parametrize("who", ["zygote", "judge"])
async def test_a_kill_in_the_middle_of_a_run_is_not_charged(grader: Grader, who: str) -> None:
    grade, judge = await begun(grader)
    killed = zygote_pid(grader) if who == "zygote" else judge
    handle = watch(judge)  # it dies with the zygote
    os.kill(killed, signal.SIGKILL)
    assert_not_charged(await grade)
    assert has_ended(handle)
    assert await works(grader)


async def test_a_runner_killed_by_somebody_else_is_run_again(grader: Grader) -> None:
    judges = await judges_of(grader, 2)
    grade, _ = await begun(grader, b"import time; time.sleep(0.5)\n" + GOOD)
    while not (runners := descendants(zygote_pid(grader)) - judges):
        await asyncio.sleep(0)
    os.kill(runners.pop(), signal.SIGKILL)
    assert (await grade).verdict is Verdict.ACCEPTED


@pytest.mark.usefixtures("cold_start")
@pytest.mark.parametrize("turns", [1, 5])
async def test_a_zygote_killed_while_it_starts_says_that_memory_may_be_short(turns: int) -> None:
    grader = Grader(judge_module=TINY_JUDGE)
    start = asyncio.create_task(grader.start())
    for _ in range(turns):
        await asyncio.sleep(0)
    os.kill(zygote_pid(grader), signal.SIGKILL)
    with pytest.raises(GradingError, match="could not be loaded: the process was ended by SIGKILL") as caught:
        await start
    assert "memory" in caught.value.hint
    assert not grader.ready
    await grader.close()


async def test_a_judge_that_fails_twice_in_a_row_takes_its_zygote_with_it(grader: Grader) -> None:
    assert await works(grader)
    zygote = zygote_pid(grader)
    for _ in range(2):
        assert_not_charged(await grader.grade(submission(misbehave=KILLS_ITSELF)))
    assert await works(grader)
    assert zygote_pid(grader) != zygote


# ---- beside others ---------------------------------------------------------------------------------------------------


async def test_a_grade_beside_one_that_fails_goes_on_to_its_end() -> None:
    async with Grader(2, judge_module=TINY_JUDGE) as grader:
        judges, before = await judges_of(grader, 2), zygote_pid(grader)
        slow, judge = await begun(grader, GOOD)
        os.kill(judge, signal.SIGSTOP)
        (other,) = judges - {judge}
        resource.prlimit(other, resource.RLIMIT_FSIZE, (0, 0))  # it cannot write down a job any more
        assert_not_charged(await grader.grade(submission()))
        assert await works(grader)
        assert zygote_pid(grader) != before
        handle = watch(before)
        os.kill(judge, signal.SIGCONT)
        assert (await slow).verdict is Verdict.ACCEPTED
        assert await asyncio.to_thread(has_ended, handle)


async def test_who_waits_for_a_judge_of_a_pool_that_fails_gets_one_of_the_next() -> None:
    async with Grader(judge_module=TINY_JUDGE) as grader:
        (judge,) = await judges_of(grader, 1)
        resource.prlimit(judge, resource.RLIMIT_FSIZE, (0, 0))
        reports = await asyncio.gather(*(grader.grade(submission()) for _ in range(4)))
        assert [report.verdict for report in reports] == [Verdict.INTERNAL_ERROR, *[Verdict.ACCEPTED] * 3]


async def test_closing_ends_what_has_been_retired_as_well() -> None:
    async with Grader(2, judge_module=TINY_JUDGE) as grader:
        judges = await judges_of(grader, 2)
        slow, judge = await begun(grader, GOOD)
        os.kill(judge, signal.SIGSTOP)
        (other,) = judges - {judge}
        resource.prlimit(other, resource.RLIMIT_FSIZE, (0, 0))
        assert_not_charged(await grader.grade(submission()))
    assert_not_charged(await slow)
    assert not descendants(os.getpid()) & judges


# ---- stopped ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [1, 1 << 20], ids=["short", "longer than the stream holds"])
async def test_a_judge_that_is_stopped_is_ended_after_its_silence(grader: Grader, words: int) -> None:
    (judge, *_) = judges = await judges_of(grader, 2)
    handle = watch(judge)
    for one in judges:
        os.kill(one, signal.SIGSTOP)
    long = replace(submission(), drill=replace(DRILL, ask="a" * words))
    reports = await asyncio.gather(*(grader.grade(long) for _ in range(2)))
    for report in reports:
        assert_not_charged(report)
        assert report.summary.startswith("The grader said nothing for 1.5 s.")
    assert has_ended(handle)
    assert await works(grader)


@pytest.mark.usefixtures("cold_start")
async def test_a_zygote_stopped_while_it_starts_is_given_up() -> None:
    grader = Grader(judge_module=TINY_JUDGE, start_seconds=0.3)
    start = asyncio.create_task(grader.start())
    await asyncio.sleep(0)
    zygote = zygote_pid(grader)
    os.kill(zygote, signal.SIGSTOP)
    with pytest.raises(GradingError, match=r"were not ready after 0\.3 s") as caught:
        await start
    assert "try again" in caught.value.hint
    assert zygote not in descendants(os.getpid())
    await grader.close()


# ---- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("cold_start")
async def test_an_app_that_may_open_no_file_says_what_to_do_and_loses_none() -> None:
    async with Grader(judge_module=TINY_JUDGE) as grader:
        held = await descriptors(grader)
        with room_for_files(0):
            assert await works(grader)  # what it has is enough
        handle = watch(zygote_pid(grader))
        os.kill(zygote_pid(grader), signal.SIGKILL)
        assert has_ended(handle)
        for more in range(6):
            with room_for_files(more), pytest.raises(GradingError, match="Too many open files") as caught:
                await grader.grade(submission())
            assert "`ulimit -n`" in caught.value.hint
        assert await works(grader)
        assert await descriptors(grader) == held


@pytest.mark.parametrize("files", [8, 11, 40])
async def test_a_zygote_that_may_open_few_files_is_replaced(grader: Grader, files: int) -> None:
    assert await works(grader)
    resource.prlimit(zygote_pid(grader), resource.RLIMIT_NOFILE, (files, files))
    for report in [await grader.grade(submission()) for _ in range(2)]:
        if report.verdict is not Verdict.ACCEPTED:
            assert_not_charged(report)
    assert await works(grader)


@pytest.mark.parametrize(
    ("limit", "value"),
    [(resource.RLIMIT_NOFILE, 7), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, 1 << 20)],
    ids=["files", "file size", "memory"],
)
async def test_a_judge_that_is_refused_what_it_needs_is_replaced(grader: Grader, limit: int, value: int) -> None:
    for judge in await judges_of(grader, 2):
        resource.prlimit(judge, limit, (value, value))
    long = submission(b"#" * 60_000 + b"\n" + GOOD)
    for report in await asyncio.gather(*(grader.grade(long) for _ in range(2))):
        assert_not_charged(report)
    assert await works(grader)


NO_PROCESS = """
import asyncio, os, resource
from kdquiz.errors import GradingError
from tests.grading.ordinary import become_ordinary
from tests.grading.test_client import Grader, TINY_JUDGE, submission, zygote_pid

async def main():
    async with Grader(judge_module=TINY_JUDGE) as grader:
        await grader.grade(submission())
        resource.prlimit(zygote_pid(grader), resource.RLIMIT_NPROC, (0, 0))
        print((await grader.grade(submission())).summary)
        resource.setrlimit(resource.RLIMIT_NPROC, (0, resource.getrlimit(resource.RLIMIT_NPROC)[1]))
        try:
            await grader.grade(submission())
        except GradingError as error:
            print(error)

become_ordinary()
asyncio.run(main())
"""


async def test_where_no_process_can_be_made_it_is_said_what_to_do(tmp_path: Path) -> None:
    """As an ordinary user: the limit does not bind root."""
    command = [sys.executable, "-c", NO_PROCESS]
    told = subprocess.run(command, cwd="/", env=with_tests_importable(), capture_output=True, text=True, check=True)
    report, error, hint = told.stdout.splitlines()
    assert "no new process can be made: Resource temporarily unavailable. Submit again." in report
    assert error == "The grading processes cannot be started: Resource temporarily unavailable."
    assert "`ulimit -u`" in hint


# ---- a drill that fails ----------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def real() -> AsyncIterator[Grader]:
    """With the judge that judges."""
    async with Grader(limits=QUICK, silence_seconds=1.5) as grader:
        yield grader


@pytest.mark.parametrize(
    "body",
    [
        "raise RuntimeError('no')",
        "raise SystemExit",
        "return 'rubbish'",
        "import os; os._exit(0)",
        "import os; os.abort()",
        "import ctypes; ctypes.PyDLL(None).sleep(600)",
    ],
)
async def test_a_reference_that_fails_is_never_the_learners_fault(real: Grader, body: str) -> None:
    drill = tiny_drill(reference=f"def weighted(x, w, k):\n    {body}\n", mistakes=(), equivalents=())
    report = await real.grade(Submission(drill=drill, source=REFERENCE.encode()))
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "Submit again" in report.summary or "`kdquiz check`" in report.summary
    assert "Traceback" not in report.summary


async def test_after_all_those_the_next_drill_is_graded(real: Grader) -> None:
    drill = tiny_drill()
    assert (await real.grade(Submission(drill=drill, source=drill.reference.encode()))).verdict is Verdict.ACCEPTED


# ---- in the long run -------------------------------------------------------------------------------------------------


async def test_fifty_failures_leave_no_descriptor_and_no_process(grader: Grader) -> None:
    await judges_of(grader, 2)
    held = await descriptors(grader)
    for _ in range(25):
        assert_not_charged(await grader.grade(submission(misbehave=KILLS_ITSELF)))
        grade, _ = await begun(grader)
        grade.cancel()
        with pytest.raises(asyncio.CancelledError):
            await grade
        assert await works(grader)
    judges = await judges_of(grader, 2)
    assert await descriptors(grader) == held
    while left := descendants(zygote_pid(grader)) - judges:  # those that end just now
        assert all(map(ends, left))
