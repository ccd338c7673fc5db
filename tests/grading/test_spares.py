"""Grading without a zygote: by judges of their own and runners that were started ahead. Real processes.

It is the way of macOS and Windows. Here it is taken on purpose; and, for what Linux alone has, by an interpreter in
which all of that is missing.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Limits, Report, Submission, Verdict
from kdquiz.grading.spare_judges import SpareJudges
from tests.grading.drills import LESSON, distillation_loss, tiny_drill
from tests.grading.harness_drills import step_drill
from tests.grading.processes import (
    PATIENCE_SECONDS,
    TINY_JUDGE,
    descendants,
    has_ended,
    watch,
    with_tests_importable,
)
from tests.grading.test_client import submission

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUICK = Limits(cpu_seconds=1, wall_seconds=2.0)
HEAD = "def distillation_loss(student_logits, teacher_logits, labels, T=2.0, alpha=0.5):\n    "


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def grader() -> AsyncIterator[Grader]:
    async with Grader(limits=QUICK, way="spare") as grader:
        yield grader


async def graded(grader: Grader, source: str) -> Report:
    return await grader.grade(Submission(drill=distillation_loss(), source=source.encode()))


def judge_of(grader: Grader) -> int:
    """The process id of its one judge."""
    assert grader._pool is not None
    assert isinstance(grader._pool.maker, SpareJudges)
    (started,) = (one for one in grader._pool.maker._started.values() if not one.dropped)
    return started.process.pid


def watch_all(grader: Grader) -> list[int]:
    """Handles of its judge and everything below."""
    judge = judge_of(grader)
    return list(map(watch, {judge, *descendants(judge)}))


async def all_end(handles: list[int]) -> bool:
    """Wait until they have gone, while the app goes on."""
    return all([await asyncio.to_thread(has_ended, handle) for handle in handles])


async def test_the_reference_is_accepted_and_what_could_happen_is_said(grader: Grader) -> None:
    assert grader.ready
    report = await graded(grader, distillation_loss().reference)
    assert report.verdict is Verdict.ACCEPTED
    assert {"own-session", "no-environment"} <= set(report.containment)
    assert report.protection == grader.protection
    assert report.protection is not None
    assert report.protection.level == "reduced protection"
    assert {"read-files", "network", "signals"} <= set(report.protection.open)
    assert "write-files" in report.protection.open


async def test_a_mistake_is_named(grader: Grader) -> None:
    report = await graded(grader, LESSON.replace(" * (T * T)", ""))
    assert report.verdict is Verdict.WRONG_ANSWER
    assert [one.ids for one in report.diagnosis] == [("missing-t-squared",)]


@pytest.mark.parametrize(
    ("source", "verdict", "says"),
    [
        (f"{HEAD}while True: pass", Verdict.TIME_LIMIT, "had not finished"),
        (f"import time\n{HEAD}time.sleep(60)", Verdict.TIME_LIMIT, "The code had not finished after 2 s"),
        (f"import os\n{HEAD}os._exit(3)", Verdict.RUNTIME_ERROR, "exit code 3"),
        (f"import ctypes\n{HEAD}ctypes.string_at(0)", Verdict.RUNTIME_ERROR, "segmentation fault"),
        (f"import torch\n{HEAD}return torch.ones(8 << 20)", Verdict.OUTPUT_LIMIT, "far more than the drill asks for"),
        (f"{HEAD}while True: print('spam' * 1000)", Verdict.OUTPUT_LIMIT, "bytes were printed"),
        (f"{HEAD}return (", Verdict.COMPILE_ERROR, "Line 2 is not valid Python"),
        (f"{HEAD}return input()", Verdict.RUNTIME_ERROR, "There is nobody to type"),
    ],
    ids=["loop", "sleep", "exit", "crash", "huge output", "flood", "compile", "input"],
)
async def test_every_way_to_fail_has_its_verdict(grader: Grader, source: str, verdict: Verdict, says: str) -> None:
    report = await graded(grader, source)
    assert (report.verdict, says in report.summary) == (verdict, True), report.summary


async def test_a_hoard_is_a_matter_of_memory_however_slow_the_machine() -> None:
    async with Grader(limits=Limits(cpu_seconds=30, wall_seconds=60.0, memory_bytes=64 << 20), way="spare") as grader:
        report = await graded(grader, f"{HEAD}hoard = [bytearray(1 << 20) for _ in range(1 << 20)]")
    assert (report.verdict, "more memory than" in report.summary) == (Verdict.MEMORY_LIMIT, True), report.summary


async def test_what_is_printed_is_shown_and_what_a_reference_prints_harms_nothing(grader: Grader) -> None:
    drill = tiny_drill(reference="print('loaded')\n" + tiny_drill().reference, mistakes=(), equivalents=())
    source = f"print('hello')\n{tiny_drill().reference}"
    report = await grader.grade(Submission(drill=drill, source=source.encode()))
    assert (report.verdict, report.printed) == (Verdict.ACCEPTED, "hello\n")


async def test_a_harness_performs_here_as_well(grader: Grader) -> None:
    drill = step_drill()
    report = await grader.grade(Submission(drill=drill, source=drill.reference.encode()))
    assert report.verdict is Verdict.ACCEPTED, report.summary
    wrong = drill.reference.replace("one -=", "one +=")
    report = await grader.grade(Submission(drill=drill, source=wrong.encode()))
    assert [one.ids for one in report.diagnosis] == [("uphill",)]
    report = await grader.grade(Submission(drill=drill, source=b"def step(layer, x, y, rate): pass"))
    assert report.summary == "`step` returned None; it must return the loss."


async def test_spares_that_were_killed_while_they_waited_are_replaced_without_a_word(grader: Grader) -> None:
    assert (await graded(grader, LESSON)).verdict is Verdict.ACCEPTED
    spares = descendants(judge_of(grader))
    handles = list(map(watch, spares))
    for spare in spares:
        os.kill(spare, signal.SIGKILL)
    assert await all_end(handles)
    assert (await graded(grader, LESSON)).verdict is Verdict.ACCEPTED


async def test_closing_ends_everybody_also_in_the_middle_of_a_grade(grader: Grader) -> None:
    grade = asyncio.create_task(graded(grader, f"import time\n{HEAD}time.sleep(60)"))
    for _ in range(10):
        await asyncio.sleep(0)
    handles = watch_all(grader)
    await grader.close()
    assert all(map(has_ended, handles))
    assert (await grade).verdict is Verdict.INTERNAL_ERROR


# ---- when something fails --------------------------------------------------------------------------------------------


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def tiny() -> AsyncIterator[Grader]:
    """With a judge that tells when a submission is about to run."""
    async with Grader(limits=QUICK, way="spare", judge_module=TINY_JUDGE) as grader:
        yield grader


async def begun(grader: Grader) -> asyncio.Task[Report]:
    """A grade whose submission runs, or is about to."""
    reported: asyncio.Queue[Check] = asyncio.Queue()
    sleeps = submission(b"import time; time.sleep(60)")
    grade = asyncio.create_task(grader.grade(sleeps, reported.put_nowait))
    await asyncio.wait_for(reported.get(), PATIENCE_SECONDS)
    return grade


async def works(grader: Grader) -> bool:
    """The next grade is right."""
    return (await grader.grade(submission())).verdict is Verdict.ACCEPTED


async def test_a_judge_that_is_killed_is_an_internal_error_and_takes_its_runners_with_it(tiny: Grader) -> None:
    grade = await begun(tiny)
    handles = watch_all(tiny)
    os.kill(judge_of(tiny), signal.SIGKILL)
    report = await grade
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "Submit again" in report.summary
    assert await all_end(handles)
    assert await works(tiny)


async def cancelled(tiny: Grader) -> list[int]:
    """A grade that is begun and cancelled, which costs its judge; the handles of the processes there were."""
    grade = await begun(tiny)
    handles = watch_all(tiny)
    grade.cancel()
    with pytest.raises(asyncio.CancelledError):
        await grade
    return handles


async def test_a_cancelled_grade_leaves_nobody_and_the_next_one_works(tiny: Grader) -> None:
    handles = await cancelled(tiny)
    assert await all_end(handles)


async def test_a_judge_that_cannot_be_imported_says_why(tiny: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the one that takes the place of the last."""
    assert await all_end(await cancelled(tiny))
    assert tiny._pool is not None
    monkeypatch.setattr(tiny._pool.maker, "_judge_module", "tests.grading.no_such_judge")
    report = await tiny.grade(submission())
    assert report.verdict is Verdict.INTERNAL_ERROR
    assert "No module named 'tests.grading.no_such_judge'" in report.summary
    monkeypatch.undo()
    assert await works(tiny)


async def test_a_judge_that_is_stopped_is_killed(tiny: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiny, "_silence_seconds", 0.3)
    handles = watch_all(tiny)
    os.kill(judge_of(tiny), signal.SIGSTOP)
    report = await tiny.grade(submission())
    assert report.summary.startswith("The grader said nothing for 0.3 s.")
    assert await all_end(handles)


@pytest.mark.parametrize("turns", [1, 1000])
async def test_a_start_that_is_cancelled_leaves_nobody(turns: int) -> None:
    before = descendants(os.getpid())
    grader = Grader(way="spare", judge_module=TINY_JUDGE)
    start = asyncio.create_task(grader.start())
    for _ in range(turns):
        await asyncio.sleep(0)
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    await grader.close()
    assert descendants(os.getpid()) <= before


APP = """
import asyncio, sys
from tests.grading.test_spares import Grader, TINY_JUDGE, begun, descendants, judge_of
async def main():
    async with Grader(way="spare", judge_module=TINY_JUDGE) as grader:
        await begun(grader)
        print(judge_of(grader), *descendants(judge_of(grader)), flush=True)
        sys.stdin.read()
asyncio.run(main())
"""


async def test_an_app_that_is_killed_leaves_nobody(tmp_path: Path) -> None:
    command, environment = [sys.executable, "-c", APP], with_tests_importable()
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        handles = [watch(int(pid)) for pid in app.stdout.readline().split()]
        app.kill()
    assert len(handles) >= 3
    assert all(map(has_ended, handles))


# ---- what is missing -------------------------------------------------------------------------------------------------


async def test_a_missing_torch_says_how_to_install_it(
    bare_python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(bare_python))
    monkeypatch.setattr(sys, "path", ["", str(tmp_path)])
    assert psutil.__spec__ is not None  # the app has it, by another path
    with pytest.raises(GradingError, match="Drills need PyTorch, and it is not installed") as caught:
        await Grader(way="spare").start()
    assert f"{bare_python} -m pip install torch" in caught.value.hint


async def test_a_missing_psutil_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psutil", None)
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(GradingError, match="Drills need the package psutil") as caught:
        await Grader(way="spare").start()
    assert "-m pip install psutil" in caught.value.hint


# ---- an interpreter as poor as that of another platform --------------------------------------------------------------

POOR = """
import builtins, os, signal, socket, select, sys, types
import asyncio, multiprocessing.connection, psutil, subprocess  # what these have looked at stays with them
def without(module, *names):
    poor = types.ModuleType(module.__name__, module.__doc__)
    poor.__dict__.update({name: value for name, value in vars(module).items() if name not in names})
    sys.modules[module.__name__] = poor
def poor_import(name, globals=None, locals=None, fromlist=(), level=0, original=__import__):
    if name in ("fcntl", "resource") and (globals or {}).get("__name__", "").startswith("kdquiz"):
        raise ImportError(name)  # psutil has a version of its own for each platform
    return original(name, globals, locals, fromlist, level)
builtins.__import__ = poor_import
without(socket, "AF_UNIX", "socketpair", "send_fds", "recv_fds", "SOCK_SEQPACKET")
without(select, "poll", "epoll")
for name in (
    "memfd_create", "pidfd_open", "waitid", "wait4", "pread", "pipe2",
    "killpg", "getpgrp", "getsid", "setsid", "getuid", "nice",
):
    delattr(os, name)
del signal.pidfd_send_signal, signal.set_wakeup_fd
def fork():
    raise PermissionError("there is no fork here")
os.fork = fork
"""
"""A `sitecustomize`: every process of this interpreter, isolated or not, begins with it."""

POOR_APP = """
import asyncio, json, sys
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Limits, Submission
from kdquiz.library.drill import Drill

async def main():
    drill, sources = json.load(sys.stdin)
    async with Grader(limits=Limits(cpu_seconds=2, wall_seconds=20.0)) as grader:
        for source in sources:
            report = await grader.grade(Submission(drill=Drill.from_data(drill), source=source.encode()))
            print(json.dumps([report.verdict.value, report.summary, report.containment, grader.protection.open]))

asyncio.run(main())
"""


@pytest.fixture
def poor_python(tmp_path: Path) -> Path:
    """An interpreter with everything that is installed here, and without what other platforms do not have."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path], check=True)
    (packages,) = tmp_path.glob("lib/python*/site-packages")
    (packages / "sitecustomize.py").write_text(POOR)
    (packages / "here.pth").write_text("\n".join(path for path in sys.path if Path(path).is_dir()))
    return tmp_path / "bin" / "python"


async def test_all_of_it_works_without_what_linux_alone_has(poor_python: Path) -> None:
    bomb = f"{HEAD}hoard = [bytearray(1 << 20) for _ in range(1 << 20)]"
    sources = [LESSON, bomb, f"{HEAD}while True: pass"]
    told = subprocess.run(
        [poor_python, "-c", POOR_APP],
        input=json.dumps([distillation_loss().as_data(), sources]),
        env=with_tests_importable(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    reports = [json.loads(line) for line in told.stdout.splitlines()]
    assert [verdict for verdict, *_ in reports] == ["accepted", "memory-limit", "time-limit"], reports
    _, _, layers, attacks = reports[0]
    assert layers == ["no-environment"]
    assert {"read-files", "write-files", "network"} <= set(attacks)
