"""Why there is nothing to ask, in words, and what can be asked instead: values, without Textual.

Goes in: the library, the wish, what is known of the learner. Comes out: a `Nothing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.library.wording import counted
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Card
from kdquiz.sessions.selection import Wish
from kdquiz.tui.overview import next_due
from kdquiz.tui.words import comes_back

PRACTICE = 20
"""Questions of a session that is asked for although nothing is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Why a session as wished would be empty: a title and a sentence; `instead` is what the sentence offers to ask."""

    title: str
    reason: str
    instead: Wish | None = None


def why_nothing(library: Library, wish: Wish, learner: Learner, cards: Callable[[], Mapping[str, Card]]) -> Nothing:
    """Why there is nothing to ask. `cards` is called only where the schedule is the reason."""
    if not library.entries:
        return Nothing(title="There are no questions", reason="No pack could be loaded: `kdquiz check` tells why.")
    anything = Wish(everything=True, at_most=PRACTICE) if library.count(_awake(Filter(), learner)) else None
    if not library.count(wish.filter):
        reason = f"No question has all of this: {_in_words(wish.filter)}."
        return _offer("No question matches", reason, "Ask any question?", anything)
    awake = _awake(wish.filter, learner)
    if not library.count(awake):
        reason = "You suspended all of these, or buried them for today. Browse (b) brings them back."
        return _offer("All of these are put aside", reason, "Ask others?", anything)
    again = replace(wish, everything=True, at_most=wish.at_most or PRACTICE)
    return _offer(*_why_not_now(library, awake, learner, cards), "Ask questions all the same?", again)


def _offer(title: str, reason: str, offer: str, instead: Wish | None) -> Nothing:
    return Nothing(title=title, reason=f"{reason} {offer}" if instead else reason, instead=instead)


def _awake(wanted: Filter, learner: Learner) -> Filter:
    return replace(wanted, without=wanted.without | learner.resting)


def _why_not_now(
    library: Library, awake: Filter, learner: Learner, cards: Callable[[], Mapping[str, Card]]
) -> tuple[str, str]:
    """Title and sentence where there are questions that are not asked now."""
    goal, known = learner.goal, frozenset(learner.known)
    seen = library.ids(replace(awake, only=known if awake.only is None else awake.only & known))
    unseen = library.count(awake) - len(seen)
    if goal.ahead(learner.today) is not None and learner.seconds_today >= 60 * goal.minutes:
        return "Done for today", f"You have used today's {counted(goal.minutes, 'minute')}; well done."
    if unseen and learner.new_today >= goal.new_a_day:
        met = f"today's {counted(goal.new_a_day, 'new question')}" if goal.new_a_day else "no new ones: you set 0 a day"
        return "Done for today", f"Nothing is due, and you have seen {met}."
    if unseen:
        return "Not ready for these yet", "They build on questions that you have not seen; today's session asks those."
    soonest = next_due(cards(), learner, seen)
    when = f": the next review comes {comes_back(soonest, learner.now)}" if soonest else ""
    return "Nothing is due", f"You are up to date here{when}."


def _in_words(wanted: Filter) -> str:
    """`topic temperature; kind short or multi`."""
    named = (("topic", wanted.topics), ("level", wanted.levels), ("kind", wanted.kinds))
    return "; ".join(f"{name} {' or '.join(values)}" for name, values in named if values)
