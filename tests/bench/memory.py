"""What the grading processes cost in memory, read from /proc while a submission sleeps in its last call. Linux."""

import asyncio
import os
from pathlib import Path

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Report, Submission, Verdict
from kdquiz.library.drill import Drill
from tests.bench import submissions
from tests.bench.measure import Cell, Quantity, Say, Table, p50

_COUNTING = "\n\nright, calls = {entry}, [0]\n\n\ndef {entry}(*arguments):\n    calls[0] += 1\n"
_TELLS = _COUNTING + "    print(calls[0])\n    return right(*arguments)\n"
_SLEEPS = _COUNTING + (
    "    if calls[0] == {last}:\n        import time\n\n        time.sleep({seconds})\n    return right(*arguments)\n"
)
_LOOKS_SECONDS = 0.02
_QUIET_LOOKS = 5
"""At so many looks in a row the runner has to be asleep."""


async def measure(grader: Grader, zygote: int, say: Say, quick: bool) -> Table:
    """The table of memory; `zygote` is the process id of the grader's, which has graded before."""
    drill = submissions.drill()
    last = await _number_of_calls(grader, drill)
    dirty: dict[str, list[float]] = {"runner": [], "judge": []}
    for number in range(1 if quick else 3):
        say(f"memory, runner {number + 1}")
        judges = children(zygote)
        source = drill.reference + _SLEEPS.format(entry=drill.entry, last=last, seconds=0.5 if quick else 1.5)
        grading = asyncio.ensure_future(grader.grade(Submission(drill=drill, source=source.encode())))
        runner = await _asleep(zygote, judges, grading)
        dirty["runner"].append(private_dirty(runner))
        dirty["judge"] += [private_dirty(judge) for judge in judges]
        report = await grading
        if report.verdict is not Verdict.ACCEPTED:
            raise RuntimeError(f"the submission that sleeps was not accepted: {report.summary}")
    return table(dirty, resident(zygote))


async def _number_of_calls(grader: Grader, drill: Drill) -> int:
    source = drill.reference + _TELLS.format(entry=drill.entry)
    report = await grader.grade(Submission(drill=drill, source=source.encode()))
    return int(report.printed.split()[-1])


async def _asleep(zygote: int, judges: set[int], grading: "asyncio.Future[Report]") -> int:
    """The process id of the runner, as soon as it sleeps. Raises RuntimeError where it has ended before."""
    quiet = 0
    while not grading.done():
        await asyncio.sleep(_LOOKS_SECONDS)
        runners = children(zygote) - judges
        if len(runners) == 1:
            (runner,) = runners
            quiet = quiet + 1 if state(runner) == "S" else 0
            if quiet == _QUIET_LOOKS:
                return runner
    raise RuntimeError("the runner that sleeps was not seen")


def table(dirty: dict[str, list[float]], zygote: float) -> Table:
    """The table of what was found, in bytes; -1 was hidden."""
    hidden = "hidden from this user"
    names = {
        "runner": "a runner that has graded: private memory",
        "judge": "the judge, after all of this: private memory",
    }
    rows: list[list[Cell]] = []
    for who, name in names.items():
        seen = [value for value in dirty[who] if value >= 0]
        rows.append([name, Quantity(len(seen)), Quantity(p50(seen), "bytes") if seen else hidden])
    rows.append(["the zygote, with torch: resident memory", Quantity(1), Quantity(zygote, "bytes")])
    notes = [
        "Private memory is Private_Dirty of /proc/PID/smaps_rollup: what the process has beside the zygote's pages."
    ]
    if any(row[2] == hidden for row in rows):
        notes.append("The processes hide from other programs of their user; run this as root to see inside.")
    return Table("Memory of the grading processes", ("what", "n", "median"), rows, notes)


# ---- /proc -----------------------------------------------------------------------------------------------------------


def children(pid: int) -> set[int]:
    """The processes that it has started and that have not gone."""
    try:
        return set(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return set()


def own_children() -> set[int]:
    """Those of this process, whichever of its threads has started them."""
    tasks = Path("/proc/self/task").iterdir()
    return {int(pid) for task in tasks for pid in (task / "children").read_text().split() if int(pid) != os.getpid()}


def state(pid: int) -> str:
    """`R` running, `S` sleeping, …; empty where it has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def private_dirty(pid: int) -> float:
    """In bytes; -1 where this user may not look."""
    try:
        return _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Private_Dirty:")
    except OSError:
        return -1.0


def resident(pid: int) -> float:
    """In bytes."""
    return _kilobytes(Path(f"/proc/{pid}/status"), "VmRSS:")


def _kilobytes(path: Path, key: str) -> float:
    line = next(line for line in path.read_text().splitlines() if line.startswith(key))
    return float(line.split()[1]) * 1024
