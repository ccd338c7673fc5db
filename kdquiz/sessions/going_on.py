"""How a sitting goes on after a rating: Again brings the question back, Good and Easy what the interviewer asks next.

Imports the values of a sitting. Goes in: what was rated, the rest of the queue. Comes out: the rest as it is then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kdquiz.library.model import Entry
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating
from kdquiz.sessions.known import Known
from kdquiz.sessions.queueing import Readiness, at_once, come_back, follow_ups
from kdquiz.sessions.state import State
from kdquiz.sessions.view import FollowUp, Settled

WELL_ANSWERED = (Rating.GOOD, Rating.EASY)
"""After these an interviewer goes on with what follows."""


@dataclass(frozen=True, slots=True)
class GoingOn:
    """Decides by the library as it is, and by what is known of the learner."""

    entries: Mapping[str, Entry]
    known: Known
    calendar: Calendar

    def after(
        self, settled: Settled, rest: tuple[str, ...], earlier: State, now: datetime
    ) -> tuple[tuple[str, ...], Settled]:
        """The rest of the queue after a rating, and the rating with what it put in. `earlier`: before it was given."""
        if settled.rating is Rating.AGAIN and self._comes_back(settled, now):
            return come_back(rest, settled.id), replace(settled, put_in=())
        if settled.rating not in WELL_ANSWERED:
            return rest, replace(settled, put_in=())
        chosen = self._follow_ups(settled.id, settled.then, rest, earlier, now)
        put_in = tuple(each for each in chosen if each not in rest)
        return at_once(rest, chosen), replace(settled, put_in=put_in)

    def _comes_back(self, settled: Settled, now: datetime) -> bool:
        """A drill does not, which takes a quarter of an hour; nor does what was put aside."""
        return settled.mark is not None and not self.known.standing(settled.id).rests(self.calendar.day(now))

    def told(self, state: State, now: datetime) -> tuple[FollowUp, ...]:
        """What an interviewer may ask after the answer on show, and what of it comes here."""
        question = state.open_question.question
        coming = self._follow_ups(question.id, question.then, state.queue[1:], state, now)
        entries = [entry for each in question.then if (entry := self.entries.get(each)) is not None]
        return tuple(FollowUp(title=one.question.title, comes=one.question.id in coming) for one in entries)

    def _follow_ups(
        self, card_id: str, then: Sequence[str], rest: Sequence[str], earlier: State, now: datetime
    ) -> tuple[str, ...]:
        asked = earlier.answered.union({card_id}, earlier.queue[:1])
        ids = earlier.ids | {card_id}
        today = self.calendar.day(now)

        def readiness(each: str, chosen: Sequence[str]) -> Readiness:
            entry = self.entries.get(each)
            return Readiness.NOT if entry is None else self.known.readiness(entry, asked.union(chosen), now, today)

        return follow_ups(then, rest, asked, readiness, self.known.new_left(ids), self.known.room(ids))
