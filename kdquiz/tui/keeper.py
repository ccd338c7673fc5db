"""Writing to the store in steps that can be tried again, and remembering what the learner chose to go on without.

Imports `store`, `sessions` and the values of `memory.model`; knows nothing of Textual. Goes in: what a session hands
back. Comes out: nothing, or a StoreError; then the same call may be made again, and does only what is still to be done.
"""

from __future__ import annotations  # only values of drills are named here, which a quiz never needs

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kdquiz.memory.model import ReviewLog
from kdquiz.sessions.quiz import Reviewed
from kdquiz.store.store import Store

if TYPE_CHECKING:
    from kdquiz.sessions.drill import Recorded

Step = Callable[[], object]


class Job:
    """What is to be written, in order. `run` may be called again after a StoreError."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)

    def run(self) -> None:
        """Do what is still to be done. Raises StoreError."""
        while self._steps:
            self._steps[0]()
            del self._steps[0]


class Keeper:
    """Makes jobs out of what sessions hand back. A review that was given up on is never referred to again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._missed: list[ReviewLog] = []

    def review(self, reviewed: Reviewed) -> Job:
        """Record a review, in place of the one it replaces, if that one was recorded."""
        return Job(lambda: self._record(reviewed))

    def take_back(self, log: ReviewLog) -> Job:
        """Undo a review; nothing where it was never recorded."""
        return Job(lambda: None if log in self._missed else self._store.undo(log))

    def attempt(self, recorded: Recorded, now: datetime) -> Job:
        """Record an attempt at a drill, the review that settles it, and the questions it makes due."""
        attempt, reviewed, due = recorded.attempt, recorded.reviewed, recorded.make_due
        steps: list[Step] = [lambda: self._store.record_attempt(attempt)]
        if reviewed is not None:
            steps.append(lambda: self._record(reviewed))
        if due:
            steps.append(lambda: self._store.make_due(due, now, attempt.drill_id))
        return Job(*steps)

    def give_up_on(self, log: ReviewLog) -> None:
        """The learner goes on without this review."""
        self._missed.append(log)

    def _record(self, reviewed: Reviewed) -> None:
        replaces = None if reviewed.replaces in self._missed else reviewed.replaces
        self._store.record(reviewed.card, reviewed.log, replaces=replaces)
