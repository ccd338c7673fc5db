"""The drill: a task, hints one at a time, submissions with their reports, the reference after a solve or a give-up.

The session neither grades nor stores: `submit` makes the Submission for the grader, `record` takes its Report and
hands back what to keep.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kdquiz.grading.report import Report, Submission, Verdict
from kdquiz.library.drill import Drill
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Attempt, Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Reviewed


class DrillPhase(Enum):
    """Where the drill stands."""

    WRITING = "the learner is writing"
    GRADING = "a submission is being graded"
    SOLVED = "a submission was accepted"
    GIVEN_UP = "the learner asked for the solution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What to keep of one report: the attempt always; a review when this report settles the drill; cards to make
    due."""

    attempt: Attempt
    reviewed: Reviewed | None = None
    make_due: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillView:
    """All that a screen draws."""

    phase: DrillPhase
    drill: Drill
    hints: tuple[str, ...]
    hints_left: int
    report: Report | None
    attempts: int
    """Submissions that count: an internal error does not."""
    started_at: datetime
    reference: str | None
    """The solution, once the drill is solved or given up."""


class DrillSession:
    """One sitting with one drill. `card` is its schedule state, None when new."""

    def __init__(self, drill: Drill, card: Card | None, schedule: Schedule, now: datetime, calendar: Calendar) -> None:
        self._drill = drill
        self._card = card
        self._schedule = schedule
        self._calendar = calendar
        self._started_at = now
        self._phase = DrillPhase.WRITING
        self._settled: Reviewed | None = None
        self._hints = 0
        self._attempts = 0
        self._report: Report | None = None
        self._before_grading = DrillPhase.WRITING
        self._source = ""

    def submit(self, source: str, seed: int | None = None) -> Submission:
        """The submission to grade. Raises ValueError while another one is being graded."""
        if self._phase is DrillPhase.GRADING:
            raise ValueError("a submission is being graded")
        self._before_grading, self._phase, self._source = self._phase, DrillPhase.GRADING, source
        return Submission(drill=self._drill, source=source.encode(), seed=seed)

    def record(self, report: Report, now: datetime) -> Recorded:
        """Take in the report of the submission being graded; returns what to keep."""
        if self._phase is not DrillPhase.GRADING:
            raise ValueError("no submission is being graded")
        self._report = report
        self._phase = self._before_grading
        counts = report.verdict is not Verdict.INTERNAL_ERROR
        self._attempts += counts
        attempt = Attempt(
            drill_id=self._drill.id,
            source=self._source,
            verdict=report.verdict.value,
            report=json.dumps(report.as_data(), ensure_ascii=False),
            hints_used=self._hints,
            seconds=max(0.0, self._seconds(now)),
            submitted_at=now,
            counts=counts,
            misconceptions=report.diagnosis[0].because if len(report.diagnosis) == 1 else (),
        )
        if report.verdict is Verdict.ACCEPTED and self._phase is not DrillPhase.GIVEN_UP:
            self._phase = DrillPhase.SOLVED
            return Recorded(attempt=attempt, reviewed=self._settle(self._solved_rating(now), now))
        cards = tuple(dict.fromkeys(card for found in report.diagnosis for card in found.cards))
        return Recorded(attempt=attempt, make_due=cards)

    @property
    def settled(self) -> Reviewed | None:
        """The review of this sitting, once the drill is solved or given up."""
        return self._settled

    def withdraw(self) -> None:
        """The submission could not be graded (no torch, no processes): back to where the learner was, nothing
        counted."""
        if self._phase is DrillPhase.GRADING:
            self._phase = self._before_grading

    def hint(self) -> str | None:
        """The next hint, or None when all were given."""
        if self._hints >= len(self._drill.hints):
            return None
        self._hints += 1
        return self._drill.hints[self._hints - 1]

    def give_up(self, now: datetime) -> Reviewed | None:
        """Show the solution. Counts as Again unless the drill was solved before in this sitting."""
        if self._phase is DrillPhase.GRADING:
            raise ValueError("a submission is being graded")
        if self._phase is DrillPhase.SOLVED:
            return None
        self._phase = DrillPhase.GIVEN_UP
        return self._settle(Rating.AGAIN, now)

    def view(self) -> DrillView:
        """What to draw now."""
        shown = self._phase in (DrillPhase.SOLVED, DrillPhase.GIVEN_UP)
        return DrillView(
            phase=self._phase,
            drill=self._drill,
            hints=self._drill.hints[: self._hints],
            hints_left=len(self._drill.hints) - self._hints,
            report=self._report,
            attempts=self._attempts,
            started_at=self._started_at,
            reference=self._drill.reference if shown else None,
        )

    def _solved_rating(self, now: datetime) -> Rating:
        """First try without a hint within the time: Good (Easy in half of it); otherwise Hard.

        A negative time (the clock was set back) tells nothing: Good.
        """
        minutes = self._seconds(now) / 60
        if self._attempts > 1 or self._hints or minutes > self._drill.minutes:
            return Rating.HARD
        return Rating.EASY if 0 <= minutes <= self._drill.minutes / 2 else Rating.GOOD

    def _seconds(self, now: datetime) -> float:
        return (now - self._started_at).total_seconds()

    def _settle(self, rating: Rating, now: datetime) -> Reviewed | None:
        """The review of this sitting; only the first outcome counts."""
        if self._settled is not None:
            return None
        card, day = self._card, self._calendar.day(now)
        log = ReviewLog(
            card_id=self._drill.id,
            rating=rating,
            reviewed_at=now,
            seconds=max(0.0, self._seconds(now)),
            response=json.dumps({"response": "drill", "attempts": self._attempts, "hints": self._hints}),
            share=0.0 if rating is Rating.AGAIN else 1.0,
            day=day,
            recall=None if card is None or card.day >= day else self._schedule.recall(card, day),
        )
        self._settled = Reviewed(card=self._schedule.review(card, log), log=log)
        return self._settled
