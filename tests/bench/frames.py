"""Frames that come late while torch is being loaded: a loop at 60 Hz with a millisecond of work a tick, beside it.

`python -m tests.bench.frames WAY SECONDS` is the process that is measured; it imports Textual, as the app does, and
prints its late ticks. Each way has its turn in each round.
"""

import asyncio
import contextlib
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Submission
from kdquiz.library.drill import Drill
from tests.bench import submissions
from tests.bench.measure import Cell, Quantity, Say, Table, p95

RATE = 60.0
LATE_SECONDS = 0.016
_WORK_SECONDS = 0.001
_ROOT = Path(__file__).resolve().parents[2]


async def _nothing(_: Drill) -> None:
    pass


async def _starting(_: Drill) -> None:
    async with Grader():
        await asyncio.Event().wait()  # until the ticking is over


async def _grading(drill: Drill) -> None:
    async with Grader() as grader:
        while True:
            await grader.grade(Submission(drill=drill, source=submissions.right(drill).encode()))


async def _thread(_: Drill) -> None:
    await asyncio.to_thread(importlib.import_module, "torch")


WAYS: dict[str, tuple[str, Callable[[Drill], Coroutine[Any, Any, None]]]] = {
    "nothing": ("nothing is started", _nothing),
    "starting": ("the grader starts (a process of its own)", _starting),
    "grading": ("the grader starts and grades without a pause", _grading),
    "thread": ("torch is imported in a thread of the app", _thread),
}


@dataclass(frozen=True, slots=True)
class _Ticked:
    way: str
    lateness: Sequence[float]
    """Of each tick, in seconds."""


def measure(say: Say, quick: bool) -> Table:
    """The table of late frames."""
    rounds, seconds = (1, 0.5) if quick else (3, 3.0)

    def run(turn: tuple[int, str]) -> _Ticked:
        say(f"late frames, round {turn[0] + 1} of {rounds}: {WAYS[turn[1]][0]}")
        command = [sys.executable, "-m", "tests.bench.frames", turn[1], str(seconds)]
        ran = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
        return _Ticked(turn[1], json.loads(ran.stdout))

    turns = [(number, way) for number in range(rounds) for way in WAYS]
    with ThreadPoolExecutor(len(WAYS) if quick else 1) as at_once:
        ticked = list(at_once.map(run, turns))
    late = {way: [one for ticks in ticked if ticks.way == way for one in ticks.lateness] for way in WAYS}
    note = f"{RATE:.0f} ticks a second, {_WORK_SECONDS * 1e3:.0f} ms of work each, for {seconds:g} s, {rounds} times."
    return Table(
        "Late frames of the app while torch is loaded",
        ("meanwhile", "ticks", f"late by more than {LATE_SECONDS * 1e3:.0f} ms", "p95 lateness", "latest"),
        [_row(WAYS[way][0], lateness) for way, lateness in late.items()],
        [note],
    )


def _row(name: str, lateness: Sequence[float]) -> list[Cell]:
    count = sum(one > LATE_SECONDS for one in lateness)
    return [
        name,
        Quantity(len(lateness)),
        Quantity(count),
        Quantity(p95(lateness), "s"),
        Quantity(max(lateness), "s"),
    ]


async def _ticking(way: str, seconds: float, drill: Drill) -> list[float]:
    """How late each tick came while the way was under way, at least so many seconds."""
    beside = asyncio.ensure_future(WAYS[way][1](drill))
    lateness = []
    started = time.perf_counter()
    for number in range(round(seconds * RATE)):
        due = started + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lateness.append(max(0.0, time.perf_counter() - due))
        work_until = time.perf_counter() + _WORK_SECONDS
        while time.perf_counter() < work_until:
            pass
    beside.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await beside
    return lateness


def main(way: str, seconds: str) -> None:
    """Tick, and print the lateness of each tick in seconds as a JSON list."""
    importlib.import_module("textual.app")
    lateness = asyncio.run(_ticking(way, float(seconds), submissions.drill()))
    sys.stdout.write(json.dumps(lateness))


if __name__ == "__main__":
    main(*sys.argv[1:])
