"""Durability: the real app is killed a thousand times in the middle of learning, and two of it learn at once.

Everything that a screen had shown must be in the database, once; what is found otherwise is told and counted. The app
runs over a real database in terminals of its own; `tests.durability.launcher` says what its forks leave out. A part of
the kills is of the installed command.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from kdquiz.grading.cores import usable_cores
from tests.bench.measure import Cell, Quantity, Say, Table
from tests.durability.company import learn_at_once
from tests.durability.launcher import How, Launcher
from tests.durability.life import Home, Life

TITLE = "Durability"

KDQUIZ = str(Path(sys.executable).with_name("kdquiz"))
WAYS: dict[str, tuple[How, int, int]] = {
    "forked with everything imported": ({}, 900, 20),
    "the installed command": ({"program": [KDQUIZ]}, 100, 4),
}
"""How the app is started, how often it is killed then, and how often where it is to be quick."""
KILLS_IN_A_LIFE = 20
AT_ONCE_SECONDS, AT_ONCE_QUICK = 60.0, 3.0
LAST_STEPS = ("nothing was to be kept", "not kept", "kept, not shown", "shown")


@dataclass
class Found:
    """What became of some kills."""

    kills: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)
    fell: Counter[str] = field(default_factory=Counter)


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Kill, and let two learn at once."""
    seed = random.SystemRandom().randrange(1 << 32)
    return [killed(say, quick, seed), at_once(say, AT_ONCE_QUICK if quick else AT_ONCE_SECONDS, seed)]


def killed(say: Say, quick: bool, seed: int) -> Table:
    """The table of the kills."""
    started = time.perf_counter()
    rows: list[list[Cell]] = []
    faults: list[str] = []
    for way, (how, many, few) in WAYS.items():
        found = _kills(say, way, how, few if quick else many, seed)
        last = [Quantity(found.fell[name]) for name in LAST_STEPS]
        rows.append([way, *map(Quantity, (found.kills, found.acknowledged, len(found.faults))), *last])
        faults += found.faults
    return Table(
        "The app is killed by SIGKILL at random moments",
        ("started", "kills", "steps shown and kept", "lost, doubled or half", *LAST_STEPS),
        rows,
        [
            f"Seed {seed}; {time.perf_counter() - started:.0f} s.",
            "A step is an answer, a rating, another rating, one taken back, a question put aside or marked.",
            "The last four columns: what had become of the step that was on its way when the kill came.",
            *faults,
        ],
    )


def _kills(say: Say, way: str, how: How, kills: int, seed: int) -> Found:
    """So many, in lives one after the other, on every core."""
    found = Found()
    sizes = [min(KILLS_IN_A_LIFE, kills - begun) for begun in range(0, kills, KILLS_IN_A_LIFE)]

    def live(number: int) -> None:
        with tempfile.TemporaryDirectory() as folder, Launcher() as launcher:
            life = Life(launcher, Home(Path(folder)), seed + number, **how)
            try:
                for _ in range(sizes[number]):
                    life.run_and_kill()
            except AssertionError as error:
                found.faults.append(f"Life {number}: {error}")
        found.kills += life.fell.total()
        found.acknowledged += life.acknowledged
        found.fell += life.fell
        say(f"{way}: {found.kills} of {kills} kills")

    with ThreadPoolExecutor(usable_cores()) as cores:
        list(cores.map(live, range(len(sizes))))
    return found


def at_once(say: Say, seconds: float, seed: int) -> Table:
    """Two learn so long over one database."""
    with tempfile.TemporaryDirectory() as folder, Launcher() as launcher:
        say(f"two apps at once, for {seconds:g} s")
        until = time.monotonic() + seconds
        try:
            answers = learn_at_once(launcher, Home(Path(folder)), seed, lambda _: time.monotonic() < until)
            fault = "0"
        except AssertionError as error:
            answers, fault = (0, 0), str(error)
    return Table(
        "Two apps at once over one database",
        ("for", "answers in one", "answers in the other", "lost or doubled"),
        [[Quantity(seconds, "s"), *map(Quantity, answers), fault]],
        ["Answers that were taken back are not counted. The database has each other one once, and every card fits."],
    )
