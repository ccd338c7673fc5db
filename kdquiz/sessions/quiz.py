"""The quiz: a queue of questions, each answered, revealed, rated; with undo. What is to be kept is handed back.

A response with a mark is recorded at the moment of the answer, with the rating that the mark suggests; `rate` then
hands back a `Reviewed` only where the learner chose another rating or overruled a rubric line. So nothing that was
answered is lost, whatever happens before the next key press. A flashcard has nothing to record until it is rated.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from kdquiz.library.model import Entry, Question
from kdquiz.marking import mark
from kdquiz.marking.model import Mark, Outcome, Response, Typed, characters_typed, response_as_data
from kdquiz.memory.model import Card, Rating, ReviewLog
from kdquiz.memory.rating import suggest
from kdquiz.memory.schedule import Schedule

SEED_BITS = 32
TYPING_COSTS = 4
"""How many characters are read in the time that one is typed; see `memory.rating.suggest`."""


class Phase(Enum):
    """Where the session stands."""

    ASKING = "the question is open"
    REVEALED = "the answer is shown; the clock stands"
    DONE = "the queue is empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What to keep of one review. `replaces` is the log that was recorded for it before, if any."""

    card: Card
    log: ReviewLog
    replaces: ReviewLog | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A question of this sitting that was rated: its mark, and the review as it stands."""

    entry: Entry
    question: Question
    """The question of `entry` as it was asked, with its numbers drawn."""
    mark: Mark
    reviewed: Reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizView:
    """All that a screen draws. `order` lists the authored positions of the question's parts as they are shown."""

    phase: Phase
    entry: Entry | None
    question: Question | None
    """The question of `entry`, with its numbers drawn."""
    number: int
    """Position of the open question, from 1; a question that comes back is counted again."""
    total: int
    order: tuple[int, ...] = ()
    asked_at: datetime | None = None
    seconds: float | None = None
    """Thinking time of this question, once revealed."""
    response: Response | None = None
    mark: Mark | None = None
    suggested: Rating | None = None
    intervals: Mapping[Rating, timedelta] | None = None
    ratings: tuple[tuple[str, Rating], ...] = ()
    """What was rated so far, in order: question id and rating."""
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """Everything that changes; a step makes a new one, so undo is keeping the old."""

    queue: tuple[str, ...]
    """Ids of questions; the first is open."""
    done: tuple[tuple[str, Rating], ...] = ()
    phase: Phase = Phase.ASKING
    asked_at: datetime | None = None
    asking: "_Asking | None" = None
    seconds: float = 0.0
    """The thinking time; negative where the clock was set back meanwhile, which says nothing of the learner."""
    response: Response | None = None
    mark: Mark | None = None
    recorded: Reviewed | None = None


@dataclass(frozen=True, slots=True)
class _Asking:
    """The open question as it is asked this time: its numbers and the order of its parts come from the seed."""

    entry: Entry
    question: Question
    order: tuple[int, ...]
    seed: int


def _asked(state: _State, now: datetime) -> _State:
    """With the first question of the queue open, and nothing said to it yet."""
    return replace(state, phase=Phase.ASKING, asked_at=now, seconds=0.0, response=None, mark=None, recorded=None)


class QuizSession:
    """One sitting: the ids in `queue`, looked up in `entries` when each is asked.

    `cards` are the schedule states at its start; a question without one is new.
    """

    def __init__(
        self,
        queue: Sequence[str],
        entries: Mapping[str, Entry],
        cards: Mapping[str, Card],
        schedule: Schedule,
        rng: random.Random,
        now: datetime,
    ) -> None:
        self._entries = entries
        self._cards = dict(cards)
        self._schedule = schedule
        self._rng = rng
        self._history: list[tuple[_State, Reviewed, Card | None]] = []
        self._state = self._open(_State(queue=tuple(queue)), now)

    def look_up_in(self, entries: Mapping[str, Entry]) -> None:
        """Ask questions as they are in `entries` from the next one on: they were edited. Those gone are passed over."""
        self._entries = entries

    def _open(self, state: _State, now: datetime) -> _State:
        while state.queue and state.queue[0] not in self._entries:
            state = replace(state, queue=state.queue[1:])
        if not state.queue:
            return replace(state, phase=Phase.DONE, asking=None, asked_at=None, response=None, mark=None, recorded=None)
        entry, seed = self._entries[state.queue[0]], self._rng.getrandbits(SEED_BITS)
        question = entry.question.drawn(seed)
        return _asked(replace(state, asking=_Asking(entry, question, question.shown_order(seed), seed)), now)

    def answer(self, response: Response, now: datetime) -> Reviewed | None:
        """Mark a response, stop the clock and reveal. Returns what to record, or None where only a rating can tell.

        Raises UnreadableError, in words for the learner, where the response cannot be read: nothing is counted then.
        """
        state = self._expect(Phase.ASKING)
        marked = mark(self._open_question(state).question, response)
        seconds = (now - (state.asked_at or now)).total_seconds()
        state = replace(state, phase=Phase.REVEALED, seconds=seconds, response=response, mark=marked)
        suggested = self._suggested(state)
        reviewed = None if suggested is None else self._reviewed(state, suggested, now)
        self._state = replace(state, recorded=reviewed)
        return reviewed

    def overrule(self, point: int, ticked: bool) -> None:
        """Tick or untick a rubric line by hand, counted from 0; the mark and the suggested rating follow."""
        state = self._expect(Phase.REVEALED)
        if not isinstance(state.response, Typed):
            raise ValueError("only a rubric can be overruled")
        overruled = {**dict(state.response.overruled), point: ticked}
        response = Typed(state.response.text, tuple(sorted(overruled.items())))
        marked = mark(self._open_question(state).question, response)
        self._state = replace(state, response=response, mark=marked)

    def rate(self, rating: Rating | None, now: datetime) -> Reviewed | None:
        """Settle the rating (None: as suggested, Good where nothing was) and go on. Returns what to record, if
        anything new.

        A question rated Again comes back at the end of this session.
        """
        state = self._expect(Phase.REVEALED)
        settled = rating or self._suggested(state) or Rating.GOOD
        reviewed = self._reviewed(state, settled, state.recorded.log.reviewed_at if state.recorded else now)
        question_id = state.queue[0]
        self._history.append((self._state, reviewed, self._cards.get(question_id)))
        self._cards[question_id] = reviewed.card
        rest = (*state.queue[1:], question_id) if settled is Rating.AGAIN else state.queue[1:]
        done = (*state.done, (question_id, settled))
        self._state = self._open(replace(state, queue=rest, done=done), now)
        if state.recorded is None:
            return reviewed
        unchanged = reviewed.log == state.recorded.log
        return None if unchanged else replace(reviewed, replaces=state.recorded.log)

    def skip(self, now: datetime) -> None:
        """Put the open question at the end of the queue, unanswered."""
        state = self._expect(Phase.ASKING)
        self._state = self._open(replace(state, queue=(*state.queue[1:], state.queue[0])), now)

    def undo(self, now: datetime) -> ReviewLog | None:
        """Take back the last answer: the one on show if it was recorded, else the last rated one.

        Returns the log to take back from the store, or None where there is nothing recorded to take back.
        The question is asked again, in the same order of options.
        """
        state = self._state
        if state.phase is Phase.REVEALED:
            self._state = _asked(state, now)
            return state.recorded.log if state.recorded else None
        if not self._history:
            return None
        earlier, reviewed, before = self._history.pop()
        if before is None:
            self._cards.pop(reviewed.card.id, None)
        else:
            self._cards[reviewed.card.id] = before
        self._state = _asked(earlier, now)
        return reviewed.log

    def settled(self) -> tuple[Settled, ...]:
        """Everything that was rated and not taken back, in order, for the summary of the sitting."""
        return tuple(
            Settled(entry=state.asking.entry, question=state.asking.question, mark=state.mark, reviewed=reviewed)
            for state, reviewed, _ in self._history
            if state.mark is not None and state.asking is not None
        )

    def view(self, now: datetime) -> QuizView:
        """What to draw now."""
        state = self._state
        asking, revealed = state.asking, state.phase is Phase.REVEALED
        total = len(state.done) + len(state.queue)
        return QuizView(
            phase=state.phase,
            entry=asking.entry if asking else None,
            question=asking.question if asking else None,
            number=min(len(state.done) + 1, total),
            total=total,
            order=asking.order if asking else (),
            asked_at=state.asked_at,
            seconds=max(0.0, state.seconds) if revealed else None,
            response=state.response,
            mark=state.mark,
            suggested=self._suggested(state) if revealed else None,
            intervals=self._schedule.intervals(self._cards.get(state.queue[0]), now) if revealed else None,
            ratings=state.done,
            can_undo=bool(self._history) or state.phase is Phase.REVEALED,
        )

    def _expect(self, phase: Phase) -> _State:
        if self._state.phase is not phase:
            raise ValueError(f"this needs that {phase.value}, and {self._state.phase.value}")
        return self._state

    def _suggested(self, state: _State) -> Rating | None:
        if state.mark is None or state.mark.outcome is Outcome.UNMARKED:
            return None
        read = len(self._open_question(state).question.in_full(answer=False))
        typed = characters_typed(state.response) if state.response else 0
        return suggest(state.mark.share, state.seconds, read + TYPING_COSTS * typed)

    @staticmethod
    def _open_question(state: _State) -> _Asking:
        assert state.asking is not None  # only where the queue is empty there is none, and then nobody asks
        return state.asking

    def _reviewed(self, state: _State, rating: Rating, now: datetime) -> Reviewed:
        question_id = state.queue[0]
        assert state.response is not None  # there is always one once the answer is shown
        log = ReviewLog(
            card_id=question_id,
            rating=rating,
            reviewed_at=now,
            seconds=max(0.0, state.seconds),
            response=json.dumps(
                {**response_as_data(state.response), "seed": self._open_question(state).seed}, ensure_ascii=False
            ),
            share=state.mark.share if state.mark else None,
        )
        return Reviewed(card=self._schedule.review(self._cards.get(question_id), question_id, rating, now), log=log)
