"""The arena's loop: the name of a row comes in, what its submission got and what harm it did goes out.

Runs in the namespaces that `namespace.py` makes, with the app that `bait.py` installs there; imports kdquiz's app side.

    stdin    the name of a row, or `misdeed NAME`, or `honest`, a line each
    stdout   {"ready": seconds} once, then a line for each: {"verdict", "text", "harm": [...], "seconds"}

`text` is the report as the learner reads it, and the same as JSON. Around each row the arena looks at everything that
could be harmed; after every few, and when it is told `honest`, it grades an honest submission as well, which takes as
long as a row. After harm it is not used for another row.
"""

import importlib
import json
import os
import pkgutil
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

from kdquiz.exchange.text import report_text
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.library.read import read_pack
from tests.hostile import bait, corpus
from tests.hostile.harm import harm, leaked_secrets
from tests.hostile.look import Look, look, process_numbers
from tests.hostile.misdeeds import MISDEEDS
from tests.hostile.row import HONEST, QUICK, Row

DRILL = "distillation-loss"
OURS = ("the namespace's first process", "the arena", "the zygote", "the judge")
HONEST_EVERY = 8
"""After so many rows comes an honest submission; where it is not accepted, it was one of them."""
SETTLE_SECONDS = 3.0
"""How long a process may take to be gone after the report, on a busy machine."""


def all_rows() -> tuple[Row, ...]:
    """Every row of the corpus."""
    modules = sorted(info.name for info in pkgutil.iter_modules(corpus.__path__))
    return tuple(
        row for name in modules for row in getattr(importlib.import_module(f"{corpus.__name__}.{name}"), "ROWS", ())
    )


async def serve(laid: bait.Bait) -> None:
    """Answer until standard input ends."""
    started = time.monotonic()
    async with LimitedGrader() as grader:
        arena = Arena(laid, grader)
        await arena.get_ready()
        _say({"ready": time.monotonic() - started})
        for line in sys.stdin:  # blocks the event loop, which has nothing else to do
            kind, _, name = line.strip().rpartition(" ")
            if name == "honest":
                _say(await arena.honest())
            else:
                _say(await arena.misdeed(name) if kind else await arena.row(name))


class LimitedGrader(Grader):
    """A grader whose limits can be set between two grades."""

    def limit(self, limits: Limits) -> None:
        """The limits of the next grades."""
        self._limits = limits


class Arena:
    """A grader, what it grades, and how everything looked before."""

    def __init__(self, laid: bait.Bait, grader: LimitedGrader) -> None:
        self._laid = laid
        self._grader = grader
        self._rows = {row.name: row for row in all_rows()}
        self._drill = next(entry.drill for entry in read_pack(bait.PACK).drills if entry.drill.id == DRILL)
        self._containment: tuple[str, ...] = ()
        self._since: list[str] = []
        """The rows since an honest submission was accepted."""
        self._before: Look

    async def get_ready(self) -> None:
        """Grade something honest, so that everything that starts late has started, and look. Raises RuntimeError."""
        report = await self._grade(HONEST, QUICK)
        if report.verdict is not Verdict.ACCEPTED:
            raise RuntimeError(f"an honest submission is not accepted:\n{_text(report)}")
        self._containment = report.containment
        if not _within(SETTLE_SECONDS, lambda: len(process_numbers()) == len(OURS)):
            raise RuntimeError(f"there should be {', '.join(OURS)}, and there are {look(self._laid).processes}")
        self._before = look(self._laid)

    async def row(self, name: str) -> Mapping[str, Any]:
        """Grade the row's submission and look for harm."""
        started = time.monotonic()
        row = self._rows[name]
        report = await self._grade(row.source, row.limits)
        text = _text(report)
        found = leaked_secrets(text, self._laid.secrets)
        if report.containment not in ((), self._containment):
            found.append(f"it ran with {report.containment}")
        found += self._harm_left()
        self._since.append(name)
        found += await self._harm_afterwards(honest=len(self._since) == HONEST_EVERY)
        return {
            "verdict": report.verdict.value,
            "text": text,
            "harm": list(dict.fromkeys(found)),
            "seconds": time.monotonic() - started,
        }

    async def honest(self) -> Mapping[str, Any]:
        """Grade an honest submission, after the last rows."""
        started = time.monotonic()
        found = await self._harm_afterwards(honest=True)
        return {"verdict": "", "text": "", "harm": found, "seconds": time.monotonic() - started}

    async def misdeed(self, name: str) -> Mapping[str, Any]:
        """Do harm in place of a submission, look for it, and start from how things are then."""
        started = time.monotonic()
        parents = {process.parent: pid for pid, process in self._before.processes.items()}
        zygote = parents[os.getpid()]
        with MISDEEDS[name].do(zygote, parents[zygote]):
            found = self._harm_now()
        found += await self._harm_afterwards(honest=True)
        await self.get_ready()
        return {"verdict": "", "text": "", "harm": found, "seconds": time.monotonic() - started}

    def _harm_left(self) -> list[str]:
        """Where a process does not go away, everything. All else does not go away, and is looked at afterwards."""
        return [] if self._settles() else self._harm_now()

    def _harm_now(self) -> list[str]:
        return harm(self._before, look(self._laid))

    async def _harm_afterwards(self, honest: bool) -> list[str]:
        """What has come late; where it is time for an honest submission, what the next learner would notice too."""
        found = []
        if honest:
            report = await self._grade(HONEST, QUICK)
            after = f" after one of {', '.join(self._since)}" if self._since else ""
            if report.verdict is not Verdict.ACCEPTED:
                found.append(f"an honest submission is not accepted any more{after}:\n{_text(report)}")
            elif report.containment != self._containment:
                found.append(
                    f"an honest submission is contained by {report.containment}, was {self._containment}{after}"
                )
            self._since.clear()
        self._settles()
        return found + self._harm_now()

    def _settles(self) -> bool:
        """Wait until there are no other processes than before; False where that takes too long."""
        return _within(SETTLE_SECONDS, lambda: process_numbers() <= self._before.processes.keys())

    async def _grade(self, source: str | bytes, limits: Limits) -> Report:
        self._grader.limit(limits)
        raw = source.encode() if isinstance(source, str) else source
        return await self._grader.grade(Submission(drill=self._drill, source=raw))


def _text(report: Report) -> str:
    return f"{report_text(report)}\n{json.dumps(report.as_data(), ensure_ascii=False)}"


def _within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Whether it holds before so many seconds have passed; comes back as soon as it does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.001)
    return True


def _say(message: Mapping[str, Any]) -> None:
    print(json.dumps(message), flush=True)  # noqa: T201  this is the channel
