"""How misconceptions and drills went: is a mistake being unlearnt, how long did it take to solve a drill. No SQL, no
clock.

Imports nothing of kdquiz. Goes in: what `store.history` counted, one value a sentence, one a submission. Comes out:
values. Days are the learner's (`memory.day`).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

# ---- misconceptions ------------------------------------------------------------------------------------------------

TREND_DAYS = 14
"""How long the two spans are that a trend compares: the last days up to today, and as many before."""


class Met(NamedTuple):
    """A misconception, in its sentence: the question or drill it was last met at, how often, on which day last, how
    often in the last `TREND_DAYS`, and in as many before."""

    sentence: str
    card_id: str
    times: int
    last_day: int
    recent: int
    before: int


class Trend(Enum):
    """Whether a misconception is being unlearnt."""

    NEW = "new"
    GROWING = "growing"
    STEADY = "steady"
    FADING = "fading"


def trend(met: Met) -> Trend:
    """New: never met before the last 14 days. Fading: not met in them, or at most half as often as in the 14 before.
    Growing: at least two times more, and half as often again. Steady: anything between."""
    if met.recent and met.recent == met.times:
        return Trend.NEW
    if not met.recent or met.recent * 2 <= met.before:
        return Trend.FADING
    if met.recent >= met.before + 2 and met.recent >= 1.5 * met.before:
        return Trend.GROWING
    return Trend.STEADY


# ---- drills --------------------------------------------------------------------------------------------------------

ACCEPTED = "accepted"
"""The verdict of a submission that solves its drill."""


class Try(NamedTuple):
    """A submission that counts. `seconds` since the drill was opened, `at` in seconds since 1970 UTC; `hints` that had
    been shown then."""

    drill_id: str
    verdict: str
    hints: int
    seconds: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRecord:
    """How it went with a drill. `tries`, `hints` (the most in one sitting) and `seconds` are up to the first accepted
    submission; where there was none, `solved` is False, and they are up to now. `attempts` are all there were."""

    drill_id: str
    attempts: int
    tries: int
    hints: int
    seconds: float
    solved: bool


def drill_records(tries: Iterable[Try]) -> tuple[DrillRecord, ...]:
    """One for each drill that was tried, in the order of the first submissions."""
    by_drill: dict[str, list[Try]] = defaultdict(list)
    for one in tries:
        by_drill[one.drill_id].append(one)
    return tuple(_record(drill_id, each) for drill_id, each in by_drill.items())


def _record(drill_id: str, tries: Sequence[Try]) -> DrillRecord:
    solved_at = next((place for place, one in enumerate(tries) if one.verdict == ACCEPTED), None)
    until = tries if solved_at is None else tries[: solved_at + 1]
    return DrillRecord(
        drill_id=drill_id,
        attempts=len(tries),
        tries=len(until),
        hints=max(one.hints for one in until),
        seconds=time_spent(until),
        solved=solved_at is not None,
    )


def time_spent(tries: Iterable[Try]) -> float:
    """Seconds at work: the submissions of one sitting all count from when the drill was opened, and that time counts
    once."""
    total, end = 0.0, -math.inf
    for start, at in sorted((one.at - one.seconds, one.at) for one in tries):
        total += max(0.0, at - max(start, end))
        end = max(end, at)
    return total
