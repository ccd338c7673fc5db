"""What a sitting knows of the learner: cards, looked up one by one, what was decided, what may be put in today.

Imports `memory` and the values of `library`; the store stands behind the function that it is given. Goes in: a
`Learner`, that function, and the wish. Comes out: cards, standings, and whether a question is ready to be asked.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from kdquiz.library.filter import Filter
from kdquiz.library.model import Entry
from kdquiz.memory.due import is_due
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Card, Standing
from kdquiz.sessions.queueing import Readiness
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Settled

Past = Callable[[str], Card | None]
"""The card of a question or drill as the store has it; None where there is none, and where it cannot be read."""
UNDECIDED = Standing()


class Known:
    """Changes only by what the learner decides in the sitting, and by looking up."""

    def __init__(self, learner: Learner, past: Past, wish: Wish) -> None:
        self._learner = learner
        self._past = past
        self._wish = wish
        self._cards: dict[str, Card | None] = {}
        self._standings = dict(learner.standings)

    # ---- cards -------------------------------------------------------------------------------------------

    def card(self, card_id: str, settled: Sequence[Settled]) -> Card | None:
        """The card as the sitting has left it; None for a new one."""
        last = next((each for each in reversed(settled) if each.id == card_id), None)
        return last.reviewed.card if last is not None else self.card_before(card_id)

    def card_before(self, card_id: str) -> Card | None:
        """The card as it was when it was first looked up, which is before anything of it was recorded here."""
        if self._cards.get(card_id) is not None:
            return self._cards[card_id]
        if card_id not in self._cards or card_id in self._learner.known:  # else it was not readable then
            self._cards[card_id] = self._past(card_id)
        return self._cards[card_id]

    # ---- what was decided --------------------------------------------------------------------------------

    def standing(self, card_id: str) -> Standing:
        """What the learner decided about a question or drill."""
        return self._standings.get(card_id, UNDECIDED)

    def stand(self, card_id: str, standing: Standing) -> None:
        """The learner decided something else."""
        self._standings[card_id] = standing

    def buried(self, card_id: str, today: int) -> Standing:
        """Not asked again today."""
        return replace(self.standing(card_id), buried_on=today)

    def suspended(self, card_id: str) -> Standing:
        """Not asked until that is taken back."""
        return replace(self.standing(card_id), suspended=True)

    def marked(self, card_id: str) -> Standing:
        """Marked, or not any more."""
        return replace(self.standing(card_id), marked=not self.standing(card_id).marked)

    # ---- what may be put in ------------------------------------------------------------------------------

    def readiness(self, entry: Entry, asked: Collection[str], now: datetime, today: int) -> Readiness:
        """Whether a question may be put in, where those in `asked` were asked in this sitting before it.

        What it needs must have been asked at some time. What the learner did not wish for is never put in.
        """
        question = entry.question
        if self.standing(question.id).rests(today) or not _meets(entry, self._wish.filter):
            return Readiness.NOT
        card = self.card_before(question.id)
        if card is not None:
            return Readiness.DUE if is_due(card, now, today) else Readiness.NOT
        known = self._learner.known
        if question.id in known:  # its card cannot be read
            return Readiness.NOT
        return Readiness.NEW if all(need in known or need in asked for need in question.needs) else Readiness.NOT

    def new_left(self, ids: Iterable[str]) -> int:
        """How many new ones the day has room for, besides those among `ids`, which are asked in this sitting.

        No room where an interview is ahead: its plan has chosen today's new ones, as many as the minutes allow.
        """
        if self._learner.goal.ahead(self._learner.today) is not None:
            return 0
        new = sum(each not in self._learner.known for each in frozenset(ids))
        return self._learner.goal.new_a_day - self._learner.new_today - new

    def room(self, ids: Collection[str]) -> int | None:
        """How many more than `ids` the learner wished to be asked; None: as many as there are."""
        return None if self._wish.at_most is None else max(0, self._wish.at_most - len(frozenset(ids)))


def _meets(entry: Entry, wanted: Filter) -> bool:
    """Whether a question is one of those that a filter means."""
    question = entry.question
    return (
        (not wanted.topics or entry.topic.id in wanted.topics)
        and (not wanted.levels or question.level in wanted.levels)
        and (not wanted.kinds or question.kind in wanted.kinds)
        and (wanted.only is None or question.id in wanted.only)
        and question.id not in wanted.without
    )
