"""`kdquiz grade` of many files in one call beside one file: the real command from start to end. No torch here."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench import submissions
from tests.bench.measure import Cell, Quantity, Say, Table, p50, timed

BAR_SECONDS = 3.0
_ACCEPTED, _NOT_ACCEPTED = 0, 1


def measure(say: Say, quick: bool) -> Table:
    """The table of calls."""
    rounds, count = (1, 2) if quick else (3, 100)
    with tempfile.TemporaryDirectory() as name:
        calls = _calls(Path(name), count)
        turns = [(number, what) for number in range(rounds) for what in calls]

        def run(turn: tuple[int, str]) -> float:
            number, what = turn
            say(f"`kdquiz grade`, round {number + 1} of {rounds}: {what}")
            files, code = calls[what]
            return timed(lambda: _grade(files, code, Path(name)))

        with ThreadPoolExecutor(len(calls) if quick else 1) as at_once:
            seconds = list(at_once.map(run, turns))
    samples = {what: [took for (_, one), took in zip(turns, seconds, strict=True) if one == what] for what in calls}
    return _table(samples)


def _calls(folder: Path, count: int) -> Mapping[str, tuple[Sequence[str], int]]:
    """The files of each call and the exit code it has to end with."""
    drill = submissions.drill()
    right = [submissions.right(drill)] * count
    calls = {
        "1 file, accepted": (right[:1], _ACCEPTED),
        f"{count} files, all accepted": (right, _ACCEPTED),
        f"{count} files, all wrong, of mixed kinds": (submissions.mixed(drill, count), _NOT_ACCEPTED),
    }
    written = {}
    for number, (what, (sources, code)) in enumerate(calls.items()):
        files = []
        for index, source in enumerate(sources):
            file = folder / f"{number}-{index}.py"
            file.write_text(source, encoding="utf-8")
            files.append(str(file))
        written[what] = (files, code)
    return written


def _grade(files: Sequence[str], code: int, folder: Path) -> None:
    """Raises RuntimeError where it ends otherwise."""
    command = [sys.executable, "-m", "kdquiz", "grade", submissions.DRILL, *files, "--json"]
    environment = {**os.environ, "KDQUIZ_HOME": str(folder / "home")}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != code or len(ran.stdout.splitlines()) != len(files):
        raise RuntimeError(f"`kdquiz grade` ended with {ran.returncode}: {ran.stderr or ran.stdout}")


def _table(samples: Mapping[str, Sequence[float]]) -> Table:
    one, *many = samples
    base = p50(samples[one])
    rows: list[list[Cell]] = [
        [what, Quantity(len(times)), Quantity(p50(times), "s"), Quantity(p50(times) - base, "s")]
        for what, times in samples.items()
    ]
    kept = all(p50(samples[what]) - base <= BAR_SECONDS for what in many)
    notes = [
        f"The bar is {BAR_SECONDS:g} s more for 100 files than for one: {'kept' if kept else 'NOT kept'}.",
        "The wrong ones are a third single mistakes, a third pairs, and a third mistakes that are not listed.",
    ]
    return Table("`kdquiz grade` of many files in one call", ("what", "n", "p50", "more than one file"), rows, notes)
