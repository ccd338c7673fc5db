"""The grader: how long a verdict takes, what it costs, and whether the app feels it."""

import asyncio
from collections.abc import Sequence

from kdquiz.grading.client import Grader
from tests.bench import frames, many, memory, verdicts
from tests.bench.measure import Say, Table

TITLE = "Grading"


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Verdicts, memory, late frames, many files."""
    return [*asyncio.run(with_a_grader(say, quick)), frames.measure(say, quick), many.measure(say, quick)]


async def with_a_grader(say: Say, quick: bool) -> list[Table]:
    """Verdicts and memory, of one grader."""
    before = memory.own_children()
    async with Grader() as grader:
        (zygote,) = memory.own_children() - before
        return [await verdicts.measure(grader, say, quick), await memory.measure(grader, zygote, say, quick)]
