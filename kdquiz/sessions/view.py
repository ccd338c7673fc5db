"""What a quiz shows of itself: where it stands, what is open, what was settled. Values; the rules are in `quiz`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from kdquiz.library.model import DrillEntry, Entry, Question
from kdquiz.marking.model import Mark, Response
from kdquiz.memory.model import Card, Rating
from kdquiz.sessions.changes import Reviewed

if TYPE_CHECKING:
    from kdquiz.library.works import Work


class Phase(Enum):
    """Where the session stands."""

    ASKING = "the question is open"
    REVEALED = "the answer is shown; the clock stands"
    OFFERING = "a drill is offered"
    DONE = "the queue is empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A question or drill of this sitting that was rated: the review as it stands."""

    id: str
    title: str
    """Of a question as it was asked, with its numbers drawn."""
    reviewed: Reviewed
    mark: Mark | None = None
    """None for a drill."""
    before: Card | None = None
    """The card that the review was made on."""
    then: tuple[str, ...] = ()
    """The interviewer's follow-ups."""
    put_in: tuple[str, ...] = ()
    """Those of them that came into the queue by this rating."""

    @property
    def rating(self) -> Rating:
        """As it stands."""
        return self.reviewed.log.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What the learner put aside in this sitting: for today, or until that is taken back."""

    title: str
    suspended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What an interviewer may ask next. `comes`: it is asked next here, where the answer is rated Good or Easy."""

    title: str
    comes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizView:
    """All that a screen draws. `order` lists the authored positions of the question's parts as they are shown."""

    phase: Phase
    entry: Entry | None
    question: Question | None
    """The question of `entry`, with its numbers drawn."""
    drill: DrillEntry | None
    """The drill that is offered."""
    tried: bool
    """The drill was opened and left before it was settled."""
    number: int
    """Position of the open question, from 1; a question that comes back is counted again."""
    total: int
    seed: int | None = None
    """What the open question was drawn by; another one whenever it is asked anew."""
    order: tuple[int, ...] = ()
    asked_at: datetime | None = None
    stands_at: datetime | None = None
    """When the clock of the open question was stopped, if it stands: something covers the question."""
    seconds: float | None = None
    """Thinking time of this question, once revealed."""
    response: Response | None = None
    mark: Mark | None = None
    suggested: Rating | None = None
    intervals: Mapping[Rating, timedelta] | None = None
    follow_ups: tuple[FollowUp, ...] = ()
    """Once revealed."""
    works: "tuple[Work, ...]" = ()
    """What the question's source names, as far as its pack lists it; once revealed."""
    settled: tuple[Settled, ...] = ()
    """What was rated and not taken back, in order."""
    aside: tuple[Aside, ...] = ()
    """What was put aside and not taken back, in order."""
    marked: bool = False
    """The learner marked it, to find it again."""
    can_undo: bool = False
    can_rerate: bool = False
    """Whether the last of `settled` may be given another rating now."""

    @property
    def ratings(self) -> tuple[tuple[str, Rating], ...]:
        """What was rated so far, in order: id and rating."""
        return tuple((each.id, each.rating) for each in self.settled)

    def thinking(self, now: datetime) -> float:
        """Seconds that the question was thought about, until `now` or the reveal."""
        if self.seconds is not None or self.asked_at is None:
            return self.seconds or 0.0
        return ((self.stands_at or now) - self.asked_at).total_seconds()
