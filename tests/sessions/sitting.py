"""A sitting over a small library, and the store that follows it, as values."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from kdquiz.library.model import Question
from kdquiz.marking.model import Chosen, Recalled, Response
from kdquiz.memory.goal import Goal
from kdquiz.memory.model import Card, Rating, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Change, Reviewed, Stood, Withdrawn
from kdquiz.sessions.known import Past
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.selection import Wish
from tests.sessions.examples import NOON, UTC_DAYS, after, drill, learner, library

RIGHT, WRONG = Chosen(frozenset({0})), Chosen(frozenset({1}))


def reviewed_before(*ids: str, days: int, rating: Rating = Rating.EASY) -> dict[str, Card]:
    """Cards of one review each, so many days ago."""
    moment = after(-days * 86400)
    logs = (
        ReviewLog(card_id=each, rating=rating, reviewed_at=moment, seconds=9.0, day=UTC_DAYS.day(moment))
        for each in ids
    )
    return Schedule().fold(logs)


def session(
    *questions: Question,
    queue: tuple[str, ...] | None = None,
    cards: Mapping[str, Card] | None = None,
    known: tuple[str, ...] = (),
    past: Past | None = None,
    standings: Mapping[str, Standing] | None = None,
    goal: Goal | None = None,
    wish: Wish | None = None,
    seed: int = 1,
) -> QuizSession:
    """A sitting at noon; `queue` is every question unless given, and the drill `double` may be in it."""
    content, kept = library(*questions, drills=[drill()]), cards or {}
    return QuizSession(
        tuple(content.entries) if queue is None else queue,
        content,
        learner(*kept, *known, goal=goal, **(standings or {})),
        past or kept.get,
        Schedule(),
        random.Random(seed),
        UTC_DAYS,
        wish or Wish(),
    )


def open_id(quiz: QuizSession) -> str | None:
    """The question or drill that is open."""
    view = quiz.view(NOON)
    return view.entry.question.id if view.entry else view.drill.drill.id if view.drill else None


def response_to(question: Question, right: bool = True) -> Response:
    """To a choice or a flashcard."""
    return Recalled() if question.kind == "flashcard" else RIGHT if right else WRONG


def settle(quiz: QuizSession, rating: Rating = Rating.GOOD, second: float = 20) -> list[Change | None]:
    """Answer what is open and rate it. Returns what is to be kept."""
    question = quiz.view(NOON).question
    assert question is not None
    return [quiz.answer(response_to(question), after(second)), quiz.rate(rating, after(second + 1))]


@dataclass
class Shelf:
    """What a store would hold after everything that was handed back."""

    logs: list[ReviewLog] = field(default_factory=list)
    standings: dict[str, Standing] = field(default_factory=dict)

    def keep(self, *changes: Change | None) -> None:
        """As the store does it; a review that is not there cannot be replaced or taken back."""
        for change in changes:
            match change:
                case Reviewed(log=log, replaces=replaces):
                    if replaces is not None:
                        self.logs.remove(replaces)
                    self.logs.append(log)
                case Withdrawn(log=log):
                    self.logs.remove(log)
                case Stood(card_id=card_id, standing=standing):
                    self.standings[card_id] = standing
                case None:
                    pass

    @property
    def decided(self) -> dict[str, Standing]:
        """Without those about which nothing holds any more."""
        return {each: standing for each, standing in self.standings.items() if standing != Standing()}


def queue_of(quiz: QuizSession) -> tuple[str, ...]:
    """What is still to be asked, the open one first."""
    return quiz._state.queue
