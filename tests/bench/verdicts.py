"""How long a verdict takes, beside what else a learner could run. The grader is the real one; no torch here.

Every kind of submission, and every other program, has its turn in each round, so that a busy moment of the machine
meets all of them.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kdquiz.grading.client import Grader
from kdquiz.grading.report import Submission, Verdict
from kdquiz.library.drill import Drill
from tests.bench import submissions
from tests.bench.measure import Cell, Quantity, Say, Table, p50, p95
from tests.bench.programs import IMPORT, OTHER_JUDGE, PYTEST, Programs

BAR = 60
"""How many verdicts one pytest test that imports torch is to be worth at least."""
PAUSE_SECONDS = 0.05
"""Before each submission: a learner takes longer, and the judge draws the next exam meanwhile."""
ACCEPTED = "verdict: accepted"
START = "a grader started, until it is ready"
PAIRS_TRIED = 60


@dataclass(frozen=True, slots=True)
class _Way:
    """Something that is measured: what it is called, how often a round, and one go at it, in seconds."""

    name: str
    a_round: int
    go: Callable[[], Awaitable[float]]


async def measure(grader: Grader, say: Say, quick: bool) -> Table:
    """The table of verdicts and of what they are compared with."""
    rounds = 1 if quick else 5
    with contextlib.ExitStack() as stack:
        programs = Programs(submissions.drill(), stack)
        ways = [*await _verdicts(grader, say, quick), *_others(programs, quick)]
        samples: dict[str, list[float]] = {way.name: [] for way in ways}
        for number in range(1, rounds + 1):
            say(f"verdicts, round {number} of {rounds}")
            for way in ways:
                samples[way.name] += [await way.go() for _ in range(way.a_round)]
    return _table(samples, programs.absent)


async def _verdicts(grader: Grader, say: Say, quick: bool) -> list[_Way]:
    """The kinds of submissions."""
    drill = submissions.drill()
    say("looking for the wrong submissions that take longest to be diagnosed")
    tried = 2 if quick else PAIRS_TRIED
    single = await _slowest(grader, drill, submissions.spread(submissions.single_mistakes(drill), tried))
    pair = await _slowest(grader, drill, submissions.pairs_of_mistakes(drill, tried))
    many, few = (4, 2) if quick else (40, 10)
    wrong = Verdict.WRONG_ANSWER

    def way(name: str, a_round: int, source: str, wanted: Verdict) -> _Way:
        return _Way(name, a_round, lambda: _verdict(grader, drill, source, wanted))

    return [
        way(ACCEPTED, many, submissions.right(drill), Verdict.ACCEPTED),
        way("verdict: wrong, one listed mistake (the slowest)", few, single, wrong),
        way(f"verdict: wrong, two at once (the slowest of {tried} pairs)", few, pair, wrong),
        way("verdict: wrong, a mistake that is not listed", few, submissions.unknown_mistake(drill), wrong),
    ]


async def _slowest(grader: Grader, drill: Drill, sources: Sequence[str]) -> str:
    """The one whose verdict takes longest, at the better of two attempts."""
    times = {}
    for source in sources:
        reports = [await grader.grade(Submission(drill=drill, source=source.encode(), seed=seed)) for seed in (1, 2)]
        if {report.verdict for report in reports} == {Verdict.WRONG_ANSWER}:
            times[source] = min(report.elapsed_ms for report in reports)
    return max(times, key=lambda source: times[source])


async def _verdict(grader: Grader, drill: Drill, source: str, wanted: Verdict) -> float:
    """From the submission to the report, as the app sees it. Raises RuntimeError where the verdict is another one."""
    await asyncio.sleep(PAUSE_SECONDS)
    clock = asyncio.get_running_loop().time
    started = clock()
    report = await grader.grade(Submission(drill=drill, source=source.encode()))
    seconds = clock() - started
    if report.verdict is not wanted:
        raise RuntimeError(f"{wanted.value} was expected, and not {report.verdict.value}: {report.summary}")
    return seconds


async def _start() -> float:
    clock = asyncio.get_running_loop().time
    started = clock()
    async with Grader():
        return clock() - started


def _others(programs: Programs, quick: bool) -> list[_Way]:
    ways = [_Way(START, 1, _start)]
    for name, run in programs.runs.items():
        often = 20 if name.startswith(OTHER_JUDGE) and not quick else 1
        ways.append(_Way(name, often, partial(asyncio.to_thread, run)))
    return ways


def _table(samples: dict[str, list[float]], absent: Sequence[str]) -> Table:
    accepted = p50(samples[ACCEPTED])
    rows: list[list[Cell]] = [
        [
            name,
            Quantity(len(times)),
            Quantity(p50(times), "s"),
            Quantity(p95(times), "s"),
            Quantity(p50(times) / accepted, "×"),
        ]
        for name, times in samples.items()
    ]
    rows += [[name, "–", "–", "–", "–"] for name in absent]
    ratio = p50(samples[PYTEST]) / accepted
    start = p50(samples[START]) / p50(samples[IMPORT])
    notes = [
        f"One verdict takes 1/{ratio:.0f} of a pytest test that imports torch; the bar is 1/{BAR}: "
        + ("kept." if ratio >= BAR else "NOT kept."),
        f"A grader is ready after {start:.2f} times the median of a bare import of torch.",
        "pytest runs without plugins, in a fresh process, and so does the import.",
        f"Before each submission {PAUSE_SECONDS * 1000:.0f} ms go by, in which the judge draws the next exam.",
    ]
    notes += [f"{name}: not measured." for name in absent]
    if any(name.startswith(OTHER_JUDGE) for name in samples):
        notes.append(
            f"{OTHER_JUDGE} checks another exercise, in the process of the learner's code: no isolation, no value of a "
            "gradient, no diagnosis."
        )
    return Table(
        "The time to a verdict, warm", ("what", "n", "p50", "p95", "p50, × that of an accepted one"), rows, notes
    )
