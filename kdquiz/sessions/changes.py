"""What a session hands back to be kept. Values; imports `memory.model` alone.

Whoever holds the session has each of them written, in the order in which they came.
"""

from dataclasses import dataclass

from kdquiz.memory.model import Card, ReviewLog, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A review to record. `replaces` is the log that was recorded for it before, if any; `card` is what the session
    expects to come of it."""

    card: Card
    log: ReviewLog
    replaces: ReviewLog | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A review to take back."""

    log: ReviewLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What the learner decided about a question or drill, in place of what was decided before."""

    card_id: str
    standing: Standing


Change = Reviewed | Withdrawn | Stood
