"""What changes in a sitting, as values: a step makes a new `State`, so that undoing is going back to the old one."""

from dataclasses import dataclass, replace
from datetime import datetime

from kdquiz.library.model import DrillEntry, Entry, Question
from kdquiz.marking.model import Mark, Response
from kdquiz.sessions.changes import Change, Reviewed
from kdquiz.sessions.view import Aside, Phase, Settled


@dataclass(frozen=True, slots=True)
class Asking:
    """The open question as it is asked this time: its numbers and the order of its parts come from the seed."""

    entry: Entry
    question: Question
    order: tuple[int, ...]
    seed: int
    fuzz: float

    @classmethod
    def of(cls, entry: Entry, seed: int, fuzz: float) -> "Asking":
        """A question as a seed draws it."""
        question = entry.question.drawn(seed)
        return cls(entry, question, question.shown_order(seed), seed, fuzz)


@dataclass(frozen=True, slots=True)
class State:
    """Everything that undo brings back. What the learner decided about a question (`Standing`) is kept apart."""

    queue: tuple[str, ...]
    """Ids of questions and drills; the first is open."""
    done: tuple[Settled, ...] = ()
    aside: tuple[Aside, ...] = ()
    phase: Phase = Phase.ASKING
    asked_at: datetime | None = None
    asking: Asking | None = None
    drill: DrillEntry | None = None
    tried: bool = False
    seconds: float = 0.0
    """The thinking time; negative where the clock was set back meanwhile, which says nothing of the learner."""
    response: Response | None = None
    mark: Mark | None = None
    recorded: Reviewed | None = None

    @property
    def open_id(self) -> str:
        """The question or drill that is open."""
        return self.queue[0]

    @property
    def title(self) -> str:
        """Of what is open."""
        return self.drill.drill.title if self.drill is not None else self.open_question.question.title

    @property
    def open_question(self) -> Asking:
        """The question that is open or revealed."""
        assert self.asking is not None  # only where a drill is offered or the queue is empty; then nobody asks
        return self.asking

    @property
    def ids(self) -> frozenset[str]:
        """All that is asked in this sitting, as far as it is known."""
        return frozenset(self.queue).union(each.id for each in self.done)

    @property
    def answered(self) -> frozenset[str]:
        """What was settled in this sitting."""
        return frozenset(each.id for each in self.done)

    def at(self, phase: Phase, now: datetime | None) -> "State":
        """With nothing said yet to what is open."""
        return replace(
            self, phase=phase, asked_at=now, tried=False, seconds=0.0, response=None, mark=None, recorded=None
        )


@dataclass(frozen=True, slots=True)
class Step:
    """What one press of undo takes back: the state to go back to, None where it stays, and what is to be kept then."""

    state: State | None
    change: Change | None = None
    answers: bool = False
    """It is the answer on show: a rating takes its place, so that one press takes both back."""
