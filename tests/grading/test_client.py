"""The app's side: whatever happens to the grading processes, a grade ends in a report and the next one works."""

import asyncio
import os
import resource
import signal
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from kdquiz.errors import GradingError
from kdquiz.grading import pool
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Limits, Submission, Verdict
from kdquiz.grading.zygote_judges import ZygoteJudges
from kdquiz.library.drill import Drill
from tests.grading.processes import PATIENCE_SECONDS, TINY_JUDGE, ends, has_ended, watch

DRILL = Drill(id="ones", title="Ones", topic="t", entry="f", ask="Ones.", inputs={"n": 1}, checks=("value",))
GOOD = b"import torch\ndef f(): return torch.ones(1)"
KILLS_ITSELF, FALLS_SILENT, FAILS, TALKS_NONSENSE = 1, 2, 3, 4


def submission(source: bytes = GOOD, misbehave: int | None = None, file: str = "mine.py") -> Submission:
    return Submission(drill=DRILL, source=source, file=file, seed=misbehave)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    async with Grader(
        2, limits=Limits(cpu_seconds=1, wall_seconds=2.0), silence_seconds=3.0, judge_module=TINY_JUDGE
    ) as grader:
        yield grader


pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("quick_zygotes")]


def zygote_pid(grader: Grader) -> int:
    assert grader._pool is not None
    assert isinstance(grader._pool.maker, ZygoteJudges)
    return grader._pool.maker.pid


async def judges_of(grader: Grader, count: int) -> set[int]:
    """The process ids of all its judges, which the tiny judge tells in its check."""
    found: list[int] = []
    await asyncio.gather(
        *(grader.grade(submission(), lambda check: found.append(int(check.detail))) for _ in range(count))
    )
    assert len(set(found)) == count
    return set(found)


async def test_a_report_comes_back_with_its_checks_before_it(grader: Grader) -> None:
    checks: list[Check] = []
    report = await grader.grade(submission(b"print('hi')\n" + GOOD), checks.append)
    assert (report.verdict, report.drill, report.file, report.printed) == (Verdict.ACCEPTED, "ones", "mine.py", "hi\n")
    assert [check.name for check in checks] == ["compile"]
    assert "own-session" in report.containment
    assert grader.ready
    assert report.protection == grader.protection
    assert report.protection is not None


async def test_a_time_limit_is_a_report_and_the_next_one_is_graded(grader: Grader) -> None:
    assert (await grader.grade(submission(b"while True: pass"))).summary in ("CPU_LIMIT", "WALL_LIMIT")
    assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED


async def test_grades_at_once_are_spread_over_the_judges_and_all_answered(grader: Grader) -> None:
    judges: list[str] = []
    reports = await asyncio.gather(
        *(grader.grade(submission(file=str(n)), lambda check: judges.append(check.detail)) for n in range(12))
    )
    assert [report.file for report in reports] == [str(n) for n in range(12)]
    assert {report.verdict for report in reports} == {Verdict.ACCEPTED}
    assert len(set(judges)) == 2


async def test_the_event_loop_goes_on_while_a_grade_runs(grader: Grader) -> None:
    grade = asyncio.create_task(grader.grade(submission(b"import time; time.sleep(60)")))
    turns = 0
    while not grade.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await grade).summary == "WALL_LIMIT"
    assert turns > 100


@pytest.mark.parametrize(
    ("misbehave", "says"),
    [
        (KILLS_ITSELF, "The grader stopped in the middle (the process has ended)."),
        (FAILS, "The grader failed: it was told to fail."),
        (TALKS_NONSENSE, "The grader's answer cannot be read (KeyError:"),
    ],
)
async def test_a_judge_that_fails_is_an_internal_error_and_the_next_grade_works(
    grader: Grader, misbehave: int, says: str
) -> None:
    report = await grader.grade(submission(misbehave=misbehave))
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert report.summary.startswith(says)
    assert "Submit again" in report.summary
    assert (report.drill, report.file) == ("ones", "mine.py")
    reports = await asyncio.gather(grader.grade(submission()), grader.grade(submission()))
    assert [r.verdict for r in reports] == [Verdict.ACCEPTED] * 2


async def test_a_silent_judge_is_ended() -> None:
    async with Grader(silence_seconds=0.2, judge_module=TINY_JUDGE) as grader:
        [judge] = await judges_of(grader, 1)
        handle = watch(judge)
        report = await grader.grade(submission(misbehave=FALLS_SILENT))
        assert (report.verdict, report.summary[:36]) == (Verdict.INTERNAL_ERROR, "The grader said nothing for 0.2 s. S")
        assert has_ended(handle)
        assert grader.ready


async def test_a_zygote_that_was_stopped_is_ended_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "DROP_SECONDS", 0.1)
    async with Grader(silence_seconds=1.0, judge_module=TINY_JUDGE) as grader:
        stopped = zygote_pid(grader)
        os.kill(stopped, signal.SIGSTOP)
        report = await grader.grade(submission())
        assert report.summary.startswith("The grader said nothing for 1 s.")
        assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED
        assert zygote_pid(grader) != stopped


async def test_processes_that_live_but_are_damaged_are_replaced() -> None:
    async with Grader(judge_module=TINY_JUDGE) as grader:
        damaged = zygote_pid(grader)
        [judge] = await judges_of(grader, 1)
        resource.prlimit(judge, resource.RLIMIT_FSIZE, (0, 0))  # it cannot write down a job any more
        assert (await grader.grade(submission())).verdict is Verdict.INTERNAL_ERROR
        assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED
        assert zygote_pid(grader) != damaged


async def test_a_zygote_that_is_about_to_end_is_replaced() -> None:
    async with Grader(judge_module=TINY_JUDGE) as grader:
        [judge] = await judges_of(grader, 1)
        handle = watch(judge)
        os.kill(zygote_pid(grader), signal.SIGINT)  # it ends its judges at once, and itself a little later
        assert has_ended(handle)
        for _ in range(5):  # the loop's next turns see the end of the stream
            await asyncio.sleep(0)
        assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED


async def test_of_a_huge_source_no_more_is_sent_than_is_refused(grader: Grader) -> None:
    report = await grader.grade(submission(b"#" * (30 << 20)))
    assert report.summary == "REFUSED"


async def test_a_judge_that_died_while_idle_is_replaced_without_a_word(grader: Grader) -> None:
    handles = {judge: watch(judge) for judge in await judges_of(grader, 2)}
    for judge in handles:
        os.kill(judge, signal.SIGKILL)
    assert all(map(has_ended, handles.values()))
    for _ in range(5):  # the loop's next turns see the ends of the streams
        await asyncio.sleep(0)
    reports = [await grader.grade(submission()) for _ in range(3)]
    assert {report.verdict for report in reports} == {Verdict.ACCEPTED}


async def test_a_zygote_that_dies_ends_every_grade_and_the_next_one_starts_it_again(grader: Grader) -> None:
    before = zygote_pid(grader)
    reported: asyncio.Queue[Check] = asyncio.Queue()
    grades = [
        asyncio.create_task(grader.grade(submission(b"import time; time.sleep(60)"), reported.put_nowait))
        for _ in range(4)  # two of them wait for a judge
    ]
    await asyncio.wait_for(reported.get(), PATIENCE_SECONDS)
    os.kill(before, signal.SIGKILL)
    reports = await asyncio.gather(*grades)
    assert {report.verdict for report in reports} <= {Verdict.INTERNAL_ERROR, Verdict.RUNTIME_ERROR}
    assert Verdict.INTERNAL_ERROR in {report.verdict for report in reports}
    assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED
    assert zygote_pid(grader) != before


async def test_a_cancelled_grade_ends_its_judge_and_leaves_the_next_one_alone(grader: Grader) -> None:
    reported: asyncio.Queue[Check] = asyncio.Queue()
    grade = asyncio.create_task(grader.grade(submission(b"import time; time.sleep(60)"), reported.put_nowait))
    check = await asyncio.wait_for(reported.get(), PATIENCE_SECONDS)
    judge = watch(int(check.detail))
    grade.cancel()
    with pytest.raises(asyncio.CancelledError):
        await grade
    assert has_ended(judge)
    assert (await grader.grade(submission())).summary == "DONE"


async def test_a_listener_that_fails_is_not_hidden(grader: Grader) -> None:
    def fail(check: Check) -> None:
        raise KeyError(check.name)

    with pytest.raises(KeyError, match="compile"):
        await grader.grade(submission(), fail)
    assert (await grader.grade(submission())).verdict is Verdict.ACCEPTED


async def test_a_judge_that_cannot_be_imported_says_why() -> None:
    async with Grader(judge_module="tests.grading.no_such_judge") as grader:
        report = await grader.grade(submission())
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "No module named 'tests.grading.no_such_judge'" in report.summary


@pytest.mark.usefixtures("cold_start")
async def test_after_closing_nobody_is_left_and_nothing_starts_again() -> None:
    grader = Grader(2, judge_module=TINY_JUDGE)
    assert not grader.ready
    starts = [asyncio.create_task(grader.start()) for _ in range(3)]
    await asyncio.gather(*starts)
    pids = {zygote_pid(grader), *await judges_of(grader, 2)}
    await grader.close()
    assert all(map(ends, pids))
    with pytest.raises(GradingError, match="closed"):
        await grader.grade(submission())


@pytest.mark.usefixtures("cold_start")
async def test_closing_in_the_middle_of_a_start_ends_both() -> None:
    grader = Grader(judge_module=TINY_JUDGE)
    start = asyncio.create_task(grader.start())
    await asyncio.sleep(0)
    zygote = zygote_pid(grader)
    assert not grader.ready
    await grader.close()
    assert ends(zygote)
    with pytest.raises(GradingError, match="have been closed"):
        await start


@pytest.mark.usefixtures("cold_start")
async def test_a_start_that_is_cancelled_leaves_nobody() -> None:
    grader = Grader(judge_module=TINY_JUDGE)
    start = asyncio.create_task(grader.start())
    await asyncio.sleep(0)  # the zygote is started in the first turn
    zygote = zygote_pid(grader)
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert ends(zygote)
    await grader.close()
