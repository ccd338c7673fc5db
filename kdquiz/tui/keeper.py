"""Writing to the store in steps that can be tried again, and remembering what the learner chose to go on without.

Imports `store`, `sessions` and the values of `memory.model`; knows nothing of Textual. Goes in: what a session hands
back. Comes out: nothing, or a StoreError; then the same call may be made again, and does only what is still to be done.
"""

from __future__ import annotations  # only values of drills are named here, which a quiz never needs

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from kdquiz.memory.model import ReviewLog
from kdquiz.sessions.changes import Reviewed
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
    """Makes jobs out of what sessions hand back.

    A review that was given up on is never referred to again; what was to take its place, or is taken back, is then the
    one that is in the store instead.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._instead: dict[ReviewLog, ReviewLog | None] = {}

    def review(self, reviewed: Reviewed) -> Job:
        """Record a review, in place of the one it replaces, if that one was recorded."""
        return Job(lambda: self._record(reviewed))

    def take_back(self, log: ReviewLog) -> Job:
        """Undo a review; nothing where it was never recorded."""

        def undo() -> None:
            kept = self._in_store(log)
            if kept is not None:
                self._store.undo(kept)

        return Job(undo)

    def attempt(self, recorded: Recorded, now: datetime) -> Job:
        """Record an attempt at a drill, the questions it makes due, and the review that settles it."""
        attempt, reviewed, due = recorded.attempt, recorded.reviewed, recorded.make_due
        steps: list[Step] = [lambda: self._store.record_attempt(attempt)]
        if due:
            steps.append(lambda: self._store.make_due(due, now, attempt.drill_id))
        if reviewed is not None:  # last: where a step is given up on, it is not recorded
            steps.append(lambda: self._record(reviewed))
        return Job(*steps)

    def give_up_on(self, reviewed: Reviewed) -> None:
        """The learner goes on without this review."""
        self._instead[reviewed.log] = None if reviewed.replaces is None else self._in_store(reviewed.replaces)

    def _record(self, reviewed: Reviewed) -> None:
        replaces = None if reviewed.replaces is None else self._in_store(reviewed.replaces)
        if replaces != reviewed.log:  # else it is there still: what replaced it was given up on
            self._store.record(reviewed.log, replaces=replaces)
        self._instead.pop(reviewed.log, None)

    def _in_store(self, log: ReviewLog) -> ReviewLog | None:
        """What the store has where the session counts on `log`."""
        kept: ReviewLog | None = log
        while kept in self._instead:
            kept = self._instead[kept]
        return kept
