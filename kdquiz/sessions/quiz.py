"""The quiz: a queue of questions, each answered, revealed, rated; drills among them. What is to be kept is handed back.

A response with a mark is recorded at the moment of the answer, with the rating that the mark suggests; `rate` then
hands back a `Reviewed` only where the learner chose another rating or overruled a rubric line. So nothing that was
answered is lost, whatever happens before the next key press. A flashcard has nothing to record until it is rated.

After a rating the order is `going_on`'s: Again puts the question back into the queue, Good and Easy bring what the
interviewer asks next. Every step can be undone, the last one first.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kdquiz.library.library import Library
from kdquiz.marking import mark
from kdquiz.marking.model import Response, Typed
from kdquiz.memory.day import Calendar
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Rating, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Change, Reviewed, Stood, Withdrawn
from kdquiz.sessions.going_on import GoingOn
from kdquiz.sessions.known import Known, Past
from kdquiz.sessions.looking import can_rerate, look
from kdquiz.sessions.queueing import without
from kdquiz.sessions.reviewing import Reviewing, suggested, to_record
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.state import Asking, State, Step
from kdquiz.sessions.view import Aside, Phase, QuizView, Settled

SEED_BITS = 32
EVERYTHING = Wish()
OPEN = (Phase.ASKING, Phase.REVEALED, Phase.OFFERING)


class QuizSession:
    """One sitting: the ids in `queue`, looked up in the library when each is asked; drills only where one is due.

    `past` looks a card up; what has none is new. `learner` is what the store knew at the start, `wish` what was asked
    for: follow-ups keep within both.
    """

    def __init__(
        self,
        queue: Sequence[str],
        library: Library,
        learner: Learner,
        past: Past,
        schedule: Schedule,
        rng: random.Random,
        calendar: Calendar,
        wish: Wish = EVERYTHING,
    ) -> None:
        self._library = library
        self._known = Known(learner, past, wish)
        self._reviewing = Reviewing(self._known, schedule, calendar)
        self._calendar = calendar
        self._rng = rng
        self._history: list[Step] = []
        self._stands_at: datetime | None = None
        self._state = self._open(State(queue=tuple(queue)), learner.now)

    # ---- the clock, and the content ----------------------------------------------------------------------

    def pause(self, now: datetime) -> None:
        """Something covers the question, such as a dialog: that time is no thinking time."""
        self._stands_at = self._stands_at or now

    def resume(self, now: datetime) -> None:
        """The question is in sight again."""
        if self._stands_at is not None and self._state.asked_at is not None:
            lost = max(timedelta(0), now - self._stands_at)
            self._state = replace(self._state, asked_at=self._state.asked_at + lost)
        self._stands_at = None

    def look_up_in(self, library: Library, now: datetime) -> None:
        """Ask from now on what `library` has, the open question too: it was edited. What is gone is passed over."""
        self._library = library
        if self._state.phase is Phase.ASKING and self._state.open_id not in library.entries:
            self._state = self._open(self._state, now)
        self._state = self._as_written(self._state)

    def _as_written(self, state: State) -> State:
        """With the open question as it is in the library now, drawn by the same seed."""
        entry = self._library.entries.get(state.open_id) if state.phase is Phase.ASKING else None
        if entry is None or entry == state.open_question.entry:
            return state
        return replace(state, asking=Asking.of(entry, state.open_question.seed, state.open_question.fuzz))

    def _open(self, state: State, now: datetime) -> State:
        """Ask the first of the queue that there is."""
        for at, card_id in enumerate(state.queue):
            queue = state.queue[at:]
            if (entry := self._library.entries.get(card_id)) is not None:
                asking = Asking.of(entry, self._rng.getrandbits(SEED_BITS), self._rng.random())
                return self._asked(replace(state, queue=queue, asking=asking, drill=None), now)
            if (drill := self._library.drills.get(card_id)) is not None:
                self._known.card_before(card_id)  # as it is before the drill is opened
                return replace(state, queue=queue, asking=None, drill=drill).at(Phase.OFFERING, None)
        return replace(state, queue=(), asking=None, drill=None).at(Phase.DONE, None)

    def _asked(self, state: State, now: datetime) -> State:
        """With a clock that starts now, or when it is let go on."""
        if self._stands_at is not None:
            self._stands_at = now
        return state.at(Phase.ASKING, now)

    # ---- answering ---------------------------------------------------------------------------------------

    def answer(self, response: Response, now: datetime) -> Reviewed | None:
        """Mark a response, stop the clock and reveal. Returns what to record, or None where only a rating can tell.

        Raises UnreadableError, in words for the learner, where the response cannot be read: nothing is counted then.
        """
        asked = self._expect(Phase.ASKING)
        marked = mark(asked.open_question.question, response)
        seconds = ((self._stands_at or now) - (asked.asked_at or now)).total_seconds()
        state = replace(asked, phase=Phase.REVEALED, seconds=seconds, response=response, mark=marked)
        rating = suggested(state)
        reviewed = None if rating is None else self._reviewing.reviewed(state, rating, now)
        self._state = replace(state, recorded=reviewed)
        self._history.append(Step(asked, Withdrawn(log=reviewed.log) if reviewed else None, answers=True))
        return reviewed

    def overrule(self, point: int, ticked: bool) -> None:
        """Tick or untick a rubric line by hand, counted from 0; the mark and the suggested rating follow."""
        state = self._expect(Phase.REVEALED)
        if not isinstance(state.response, Typed):
            raise ValueError("only a rubric can be overruled")
        overruled = {**dict(state.response.overruled), point: ticked}
        response = Typed(state.response.text, tuple(sorted(overruled.items())))
        self._state = replace(state, response=response, mark=mark(state.open_question.question, response))

    def rate(self, rating: Rating | None, now: datetime) -> Reviewed | None:
        """Settle the rating (None: as suggested, Good where nothing was) and go on. Returns what to record, if
        anything new."""
        state = self._expect(Phase.REVEALED)
        settled = self._reviewing.settled(state, rating or suggested(state) or Rating.GOOD, now)
        rest, settled = self._going_on.after(settled, state.queue[1:], state, now)
        answer = self._history.pop(self._answer_on_show())
        self._history.append(Step(answer.state, Withdrawn(log=settled.reviewed.log)))
        self._state = self._open(replace(state, queue=rest, done=(*state.done, settled)), now)
        return to_record(state, settled.reviewed)

    def rerate(self, rating: Rating, now: datetime) -> Reviewed | None:
        """Give the last answer another rating, while the next question is open or at the end. Returns what to record.

        What the rating did to the queue follows: the question leaves it or comes back, the interviewer goes on or not.
        """
        state = self._state
        if not can_rerate(state):
            raise ValueError(f"there is nothing to rate again, and {state.phase.value}")
        last = state.done[-1]
        if rating is last.rating:
            return None
        opened = state.queue[:1] if state.queue[:1] != (last.id,) else ()
        rest = without(state.queue[1:], last.id, *last.put_in)
        earlier = replace(state, queue=(*opened, *rest), done=state.done[:-1])
        rest, settled = self._going_on.after(self._reviewing.rated_again(last, rating), rest, earlier, now)
        back = Reviewed(card=last.reviewed.card, log=last.reviewed.log, replaces=settled.reviewed.log)
        self._history.append(Step(state, back))
        after = replace(state, queue=(*opened, *rest), done=(*earlier.done, settled))
        self._state = after if opened else self._open(after, now)
        return replace(settled.reviewed, replaces=last.reviewed.log)

    @property
    def _going_on(self) -> GoingOn:
        return GoingOn(self._library.entries, self._known, self._calendar)

    # ---- putting aside -----------------------------------------------------------------------------------

    def skip(self, now: datetime) -> None:
        """Put the open question, or the drill, at the end of the queue."""
        state = self._expect(Phase.ASKING, Phase.OFFERING)
        self._history.append(Step(state))
        self._state = self._open(replace(state, queue=(*state.queue[1:], state.open_id)), now)

    def leave_out(self, now: datetime) -> None:
        """Go on without the drill on offer; nothing is decided about it."""
        state = self._expect(Phase.OFFERING)
        self._state = self._open(replace(state, queue=state.queue[1:]), now)

    def bury(self, now: datetime) -> tuple[Change, ...]:
        """Do not ask it again today. What was answered counts as suggested. Returns what is to be kept, in order."""
        open_id = self._expect(*OPEN).open_id
        return self._put_aside(self._known.buried(open_id, self._calendar.day(now)), now)

    def suspend(self, now: datetime) -> tuple[Change, ...]:
        """Do not ask it until that is taken back. What was answered counts as suggested. Returns what is to be kept, in
        order."""
        return self._put_aside(self._known.suspended(self._expect(*OPEN).open_id), now)

    def _put_aside(self, standing: Standing, now: datetime) -> tuple[Change, ...]:
        state = self._state
        open_id, done, changes = state.open_id, state.done, list[Change]()
        if (rating := suggested(state)) is not None:
            settled = self._reviewing.settled(state, rating, now)
            if (reviewed := to_record(state, settled.reviewed)) is not None:
                changes.append(reviewed)
            done, state = (*done, settled), replace(state, recorded=settled.reviewed)
            at = self._answer_on_show()
            self._history[at] = replace(self._history[at], change=Withdrawn(log=settled.reviewed.log))
        self._history.append(Step(state, Stood(card_id=open_id, standing=self._known.standing(open_id))))
        self._known.stand(open_id, standing)
        aside = (*state.aside, Aside(title=state.title, suspended=standing.suspended))
        self._state = self._open(replace(state, queue=without(state.queue, open_id), done=done, aside=aside), now)
        return (*changes, Stood(card_id=open_id, standing=standing))

    def mark(self) -> Stood:
        """Mark what is open, to find it again; or unmark it."""
        open_id = self._expect(*OPEN).open_id
        self._history.append(Step(None, Stood(card_id=open_id, standing=self._known.standing(open_id))))
        self._known.stand(open_id, self._known.marked(open_id))
        return Stood(card_id=open_id, standing=self._known.standing(open_id))

    def drilled(self, reviewed: Reviewed | None, now: datetime) -> None:
        """The drill on offer was left: settled by a review, which is recorded already, or not (None)."""
        state = self._expect(Phase.OFFERING)
        if reviewed is None:
            self._state = replace(state, tried=True)
            return
        before = self._known.card_before(state.open_id)
        settled = Settled(id=state.open_id, title=state.title, reviewed=reviewed, before=before)
        self._history.append(Step(state, Withdrawn(log=reviewed.log)))
        self._state = self._open(replace(state, queue=state.queue[1:], done=(*state.done, settled)), now)

    # ---- going back --------------------------------------------------------------------------------------

    def undo(self, now: datetime) -> Change | None:
        """Take back the last step. Returns what is to be kept of it, None where nothing is.

        An answer and its rating are one step: the question is asked again, in the same order of options.
        """
        if not self._history:
            return None
        step = self._history.pop()
        if step.state is not None:
            self._state = self._as_written(self._back_to(step.state, now))
        if isinstance(step.change, Stood):
            self._known.stand(step.change.card_id, step.change.standing)
        return step.change

    def _back_to(self, earlier: State, now: datetime) -> State:
        """An earlier state; the clock of its question starts anew, unless that one is open now as well."""
        if earlier.phase is not Phase.ASKING:
            return earlier
        if self._state.phase is Phase.ASKING and self._state.asking is earlier.asking:
            return replace(earlier, asked_at=self._state.asked_at)
        return self._asked(earlier, now)

    def _answer_on_show(self) -> int:
        """Where the answer that is revealed stands in the history."""
        return max(at for at, step in enumerate(self._history) if step.answers)

    # ---- looking -----------------------------------------------------------------------------------------

    def view(self, now: datetime) -> QuizView:
        """What to draw now."""
        looked = look(self._state, self._known, self._reviewing, self._going_on, now)
        revealed = looked.entry if looked.phase is Phase.REVEALED else None
        works = self._library.works(revealed) if revealed else ()
        return replace(looked, stands_at=self._stands_at, can_undo=bool(self._history), works=works)

    def _expect(self, *phases: Phase) -> State:
        if self._state.phase not in phases:
            wanted = " or ".join(phase.value for phase in phases)
            raise ValueError(f"this needs that {wanted}, and {self._state.phase.value}")
        return self._state
