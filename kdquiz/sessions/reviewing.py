"""Reviews made of what was answered: the rating that is suggested, the log, the card that is expected to come of it.

Imports `marking`, `memory` and the values of a sitting. Goes in: a `State`, a rating, the time. Comes out: `Reviewed`.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kdquiz.marking.model import Outcome, characters_typed, response_as_data
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.memory.rating import suggest
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Reviewed
from kdquiz.sessions.known import Known
from kdquiz.sessions.state import State
from kdquiz.sessions.view import Settled

TYPING_COSTS = 4
"""How many characters are read in the time that one is typed; see `memory.rating.suggest`."""


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Makes reviews by one schedule, on the learner's days."""

    known: Known
    schedule: Schedule
    calendar: Calendar

    def reviewed(self, state: State, rating: Rating, now: datetime) -> Reviewed:
        """The answer on show as a review. The seconds are those until the reveal, whenever it is rated."""
        question_id, asking = state.open_id, state.open_question
        card, day = self.known.card(question_id, state.done), self.calendar.day(now)
        assert state.response is not None  # there is always one once the answer is shown
        log = ReviewLog(
            card_id=question_id,
            rating=rating,
            reviewed_at=now,
            seconds=max(0.0, state.seconds),
            response=json.dumps({**response_as_data(state.response), "seed": asking.seed}, ensure_ascii=False),
            share=state.mark.share if state.mark else None,
            day=day,
            fuzz=asking.fuzz,
            recall=None if card is None or card.day >= day else self.schedule.recall(card, day),
            misconceptions=tuple(filter(None, state.mark.misconceptions)) if state.mark else (),
        )
        return Reviewed(card=self.schedule.review(card, log), log=log)

    def settled(self, state: State, rating: Rating, now: datetime) -> Settled:
        """The answer on show with the rating that it gets; the time is that of the answer, where it was recorded."""
        question = state.open_question.question
        answered_at = state.recorded.log.reviewed_at if state.recorded else now
        return Settled(
            id=question.id,
            title=question.title,
            reviewed=self.reviewed(state, rating, answered_at),
            mark=state.mark,
            before=self.known.card(question.id, state.done),
            then=question.then,
        )

    def rated_again(self, settled: Settled, rating: Rating) -> Settled:
        """The same with another rating; nothing else of the review changes."""
        log = replace(settled.reviewed.log, rating=rating)
        return replace(settled, reviewed=Reviewed(card=self.schedule.review(settled.before, log), log=log))

    def intervals(self, state: State, now: datetime) -> dict[Rating, timedelta]:
        """How long each rating would put the answer on show off."""
        card = self.known.card(state.open_id, state.done)
        return self.schedule.intervals(card, now, self.calendar.day(now), state.open_question.fuzz)


def suggested(state: State) -> Rating | None:
    """By the mark and the time; None where the learner rates themself."""
    if state.mark is None or state.mark.outcome is Outcome.UNMARKED:
        return None
    question = state.open_question.question
    read = len(question.in_full(answer=False))
    typed = characters_typed(state.response) if state.response else 0
    return suggest(state.mark.share, state.seconds, read + TYPING_COSTS * typed, question.pace)


def to_record(state: State, reviewed: Reviewed) -> Reviewed | None:
    """What to record of a review that may be on disk already; None where the one there says the same."""
    if state.recorded is None:
        return reviewed
    return None if reviewed.log == state.recorded.log else replace(reviewed, replaces=state.recorded.log)
