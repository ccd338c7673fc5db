"""A sitting as it is shown: the state, and what follows from it. Goes in: a `State`. Comes out: a `QuizView`."""

from datetime import datetime

from kdquiz.sessions.going_on import GoingOn
from kdquiz.sessions.known import Known
from kdquiz.sessions.reviewing import Reviewing, suggested
from kdquiz.sessions.state import State
from kdquiz.sessions.view import Phase, QuizView


def look(state: State, known: Known, reviewing: Reviewing, going_on: GoingOn, now: datetime) -> QuizView:
    """What to draw of a state; the clock that stands and what can be undone are the session's to add."""
    asking, revealed = state.asking, state.phase is Phase.REVEALED
    total = len(state.done) + len(state.queue)
    return QuizView(
        phase=state.phase,
        entry=asking.entry if asking else None,
        question=asking.question if asking else None,
        drill=state.drill,
        tried=state.tried,
        number=min(len(state.done) + 1, total),
        total=total,
        seed=asking.seed if asking else None,
        order=asking.order if asking else (),
        asked_at=state.asked_at,
        seconds=max(0.0, state.seconds) if revealed else None,
        response=state.response,
        mark=state.mark,
        suggested=suggested(state) if revealed else None,
        intervals=reviewing.intervals(state, now) if revealed else None,
        follow_ups=going_on.told(state, now) if revealed else (),
        settled=state.done,
        aside=state.aside,
        marked=bool(state.queue) and known.standing(state.open_id).marked,
        can_rerate=can_rerate(state),
    )


def can_rerate(state: State) -> bool:
    """Whether the last rating can be given again: one is there, and no other answer is on show."""
    return bool(state.done) and state.phase is not Phase.REVEALED
