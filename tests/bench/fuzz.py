"""Content files with anything in them: how many mutants of the shipped packs are refused with a place, and what the
worst files that one can think of cost.

A mutant is checked as `kdquiz check` does it, without the proofs of drills. The worst files are each read in a process
of its own, which tells the time and the memory it took beyond that of a small sound file.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kdquiz.authoring.check import check
from tests.bench import bombs
from tests.bench.measure import Cell, Quantity, Say, Table, p50
from tests.library.mutations import Mutant, mutants, shipped_files
from tests.library.test_fuzz import write

TITLE = "Fuzzed content files"
MUTANTS = 20_000
QUICK_MUTANTS = 60
OUTCOMES = {
    "sound": "a sound library",
    "refused": "refused, each problem with a place",
    "not YAML": "refused as no YAML, with a place",
}
AS_CHECKED = "from tests.bench.fuzz import measure_one; measure_one()"


def run(say: Say, quick: bool) -> Sequence[Table]:
    """The mutants, then the worst files."""
    with tempfile.TemporaryDirectory(prefix="kdquiz-fuzz-") as folder:
        return [_mutants(say, Path(folder), QUICK_MUTANTS if quick else MUTANTS), _bombs(say, Path(folder), quick)]


@dataclass
class _Tried:
    """What came of the mutants so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    broken: list[str] = field(default_factory=list)

    def add(self, number: int, mutant: Mutant, outcome: str, seconds: float) -> None:
        self.slowest = max(self.slowest, (seconds, f"{mutant.how}, {len(mutant.data):,} bytes"))
        self.seconds.append(seconds)
        self.outcomes[outcome] += 1
        self.ways.update(mutant.how.split("+"))
        if outcome not in OUTCOMES:
            self.broken.append(f"number {number} ({mutant.how}): {outcome}")


def _mutants(say: Say, folder: Path, count: int) -> Table:
    tried = _Tried()
    pack = folder / "mutant"
    for number, mutant in enumerate(mutants(0, count, shipped_files())):
        if number % 500 == 0:
            say(f"mutant {number} of {count}")
        write(mutant, pack)
        started = time.perf_counter()
        outcome = _outcome(pack)
        tried.add(number, mutant, outcome, time.perf_counter() - started)
        shutil.rmtree(pack)
    rows: list[list[Cell]] = [["mutants", Quantity(count)]]
    rows += [[words, Quantity(tried.outcomes[outcome])] for outcome, words in OUTCOMES.items()]
    rows += [
        ["tracebacks, problems without a place", Quantity(len(tried.broken))],
        ["a check: median", Quantity(p50(tried.seconds), "s")],
        [f"a check: slowest ({tried.slowest[1]})", Quantity(tried.slowest[0], "s")],
        ["peak memory of all in one process", Quantity(_peak(), "bytes")],
    ]
    notes = [f"Mutations: {', '.join(f'{way} {times}' for way, times in tried.ways.most_common())}."]
    notes += [f"Broken: {words}." for words in tried.broken[:10]]
    return Table("Mutants of the shipped packs", ("what", ""), rows, notes)


def _outcome(pack: Path) -> str:
    try:
        problems = check([pack], []).problems
    except Exception as error:
        return f"{type(error).__name__} at {traceback.extract_tb(error.__traceback__)[-1].name}"
    if any(one.place.line < 1 or one.place.column < 1 or pack not in one.place.path.parents for one in problems):
        return "no place"
    if not problems:
        return "sound"
    unread = any(one.message.startswith(("not YAML", "a tab", "anchors", "a character")) for one in problems)
    return "not YAML" if unread else "refused"


def _bombs(say: Say, folder: Path, quick: bool) -> Table:
    rows: list[list[Cell]] = []
    base = 0.0
    for name, data in bombs.files(quick):
        say(f"worst files: {name}")
        pack = folder / "bomb"
        pack.mkdir(exist_ok=True)
        (pack / "bomb.yaml").write_bytes(data)
        found = _measured(pack)
        base = base or found.peak
        rows.append(
            [
                name,
                Quantity(len(data), "bytes"),
                Quantity(found.read, "s"),
                Quantity(found.check, "s"),
                Quantity(max(0.0, found.peak - base), "bytes"),
                found.told,
            ]
        )
    notes = [
        "Bar: a file below 1 MB is read within a second and 200 MB. `read` is what the app does where the file has "
        "changed; `check` reads it again, looks at its quality, and runs the tests inside its questions.",
    ]
    return Table(
        "The worst files", ("file", "size", "read", "check", "memory", "first told, and how many"), rows, notes
    )


class _Measured(NamedTuple):
    """Seconds to read and to check, bytes at the peak, and what an author is told first."""

    read: float
    check: float
    peak: float
    told: str


def _measured(pack: Path) -> _Measured:
    done = subprocess.run(
        [sys.executable, "-c", AS_CHECKED, str(pack)], capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        return _Measured(0.0, 0.0, 0.0, f"BROKEN: {done.stderr.strip().splitlines()[-1]}")
    return _Measured(*json.loads(done.stdout))


def measure_one() -> None:
    """In a process of its own: read and check the pack that the command line names, and print what it took."""
    from kdquiz.library.read import read_pack

    pack = Path(sys.argv[1])
    started = time.perf_counter()
    read_pack(pack)
    read = time.perf_counter() - started
    peak = _peak()
    started = time.perf_counter()
    problems = check([pack], []).problems
    checked = time.perf_counter() - started
    told = f"{problems[0].message[:60]} ({len(problems):,})" if problems else "sound"
    sys.stdout.write(json.dumps(_Measured(read, checked, max(peak, _peak()), told)) + os.linesep)


def _peak() -> float:
    """The most memory that this program has had, in bytes; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text()  # not `getrusage`, which counts what the parent had
    except OSError:
        return 0.0
    return float(status.partition("VmHWM:")[2].split()[0]) * 1024
