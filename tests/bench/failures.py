"""Failures of our own parts: at random moments a grading process is killed, and the verdicts are counted. Linux; no
torch here.

Every grade is of a right submission, so it may end as accepted or as an internal error, or nothing could be started at
all (when a zygote is killed while it imports torch); anything else is a fault, and so is a grade that hangs or a
process that is left. Each way of grading has its turn, whatever this machine would choose.
"""

import asyncio
import contextlib
import gc
import os
import random
import signal
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Submission
from kdquiz.grading.way import Way
from tests.bench import submissions
from tests.bench.measure import Cell, Quantity, Say, Table, p50
from tests.bench.memory import children, own_children

TITLE = "Failures of the grader's own processes"

GRADES: dict[Way, int] = {"zygote": 1000, "spare": 60}
QUICK: dict[Way, int] = {"zygote": 12, "spare": 2}
WEIGHTS: dict[Way, dict[str, int]] = {
    "zygote": {"zygote": 1, "judge": 3, "runner": 6},
    "spare": {"judge": 1, "runner": 2},
}
"""How often each is the one that is killed; where it takes seconds to replace, less often."""
HANGS_SECONDS = 90.0
NOT_STARTED, HUNG = "not started", "hung"
FINE = ("accepted", "internal-error", NOT_STARTED)


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Kill and count."""
    return [asyncio.run(survive(way, (QUICK if quick else GRADES)[way], say)) for way in GRADES]


async def survive(way: Way, grades: int, say: Say) -> Table:
    """So many grades by one way, with a kill in each, and how they ended."""
    seed = random.SystemRandom().randrange(1 << 32)
    draw, drill = random.Random(seed), submissions.drill()
    submission = Submission(drill=drill, source=submissions.right(drill).encode())
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds: dict[str, list[float]] = defaultdict(list)
    gc.collect()  # what is left open elsewhere is closed now, and not while it is counted
    before, open_before = own_children(), _open_files()
    async with Grader(2 if way == "zygote" else 1, way=way) as grader:
        undisturbed = [await _timed(grader, submission) for _ in range(5)]
        usual = p50([taken for _, taken in undisturbed])
        for number in range(grades):
            if number % max(1, grades // 10) == 0:
                say(f"{way}, grade {number + 1} of {grades} (seed {seed})")
            (victim,) = draw.choices(list(WEIGHTS[way]), list(WEIGHTS[way].values()))
            outcome, taken = await _one(grader, submission, partial(_found, way, victim, before), draw, usual)
            counts[victim][outcome] += 1
            seconds[victim].append(taken)
    await asyncio.sleep(0)  # the loop closes what it has let go
    return _table(way, counts, seconds, [
        f"Seed {seed}; a grade that is left alone takes {Quantity(usual, 's')}.",
        "Where the grade ends before the kill, the next one may be the one that feels it.",
        f"Afterwards {len(own_children() - before)} processes are left, and {_open_files() - open_before} descriptors.",
    ])  # fmt: skip


async def _one(
    grader: Grader, submission: Submission, find: Callable[[], Sequence[int]], draw: random.Random, usual: float
) -> tuple[str, float]:
    """A grade in which somebody is killed as soon as there is such a one, and a random while has passed."""
    grading = asyncio.create_task(_timed(grader, submission))
    delay = draw.uniform(0, usual)
    while not grading.done() and not find():
        await asyncio.sleep(0)
    await asyncio.sleep(delay)
    if found := find():
        _kill(draw.choice(found))
    return await grading


async def _timed(grader: Grader, submission: Submission) -> tuple[str, float]:
    """How a grade ends, and after how long."""
    started = time.perf_counter()
    try:
        async with asyncio.timeout(HANGS_SECONDS):
            outcome = (await grader.grade(submission)).verdict.value
    except GradingError:
        outcome = NOT_STARTED
    except TimeoutError:
        outcome = HUNG
    return outcome, time.perf_counter() - started


def _found(way: Way, victim: str, before: set[int]) -> list[int]:
    """The living processes of a kind. A runner has a session of its own, a judge of a zygote has the zygote's."""
    first = own_children() - before
    if victim == "zygote" or (way, victim) == ("spare", "judge"):
        return sorted(first)
    second = {pid for one in first for pid in children(one)}
    return sorted(pid for pid in second if _leads_a_session(pid) == (victim == "runner"))


def _leads_a_session(pid: int) -> bool:
    try:
        return os.getsid(pid) == pid
    except ProcessLookupError:
        return False


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it was quicker
        os.kill(pid, signal.SIGKILL)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _table(way: Way, counts: dict[str, Counter[str]], seconds: dict[str, list[float]], notes: Sequence[str]) -> Table:
    rows: list[list[Cell]] = []
    for victim in WEIGHTS[way]:
        found = counts[victim]
        other = sum(found.values()) - sum(found[one] for one in FINE)
        numbers = [sum(found.values()), *(found[one] for one in FINE), found[HUNG], other - found[HUNG]]
        slowest = Quantity(max(seconds[victim]), "s") if seconds[victim] else "–"
        rows.append([victim, *map(Quantity, numbers), slowest])
    columns = ("killed", "grades", "accepted", "internal error", "not started", "hung", "anything else", "slowest")
    return Table(f"A process is killed in each grade, by way of the {way}", columns, rows, notes)
