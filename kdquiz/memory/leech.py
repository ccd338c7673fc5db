"""Leeches: questions that are forgotten again and again, with their history and what to do about each.

Imports `memory`'s values. Goes in: the reviews of one question and what it needs. Comes out: a `Leech`, or None. They
cost many times what others do, and one more repetition is what has already failed: so something else is suggested.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from kdquiz.memory.model import Card, CardState, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule

FIRST_AT = 4
"""Lapses. Anki says eight; an interview is weeks away, and four times forgotten is enough to see that it fails."""
ALWAYS = 0.5
"""The part of the wrong answers that show the same misconception, from which on it is the cause."""
SHAKY = 0.7
"""A chance of recall below which a prerequisite counts as forgotten."""


class Advice(Enum):
    """What to do with a leech, in the words for the learner."""

    STUDY_NEEDS = "Study what it builds on first."
    TELL_APART = "It is the same misconception each time: write down in one sentence how the two differ."
    REWRITE = "Make two smaller questions of it, mark it to come back to, or suspend it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One review of the history. `lapse` says that it was known before, and forgotten now."""

    log: ReviewLog
    lapse: bool

    @property
    def day(self) -> int:
        """The learner's day."""
        return self.log.counted_day

    @property
    def rating(self) -> Rating:
        """As the learner settled it."""
        return self.log.rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Leech:
    """`history` holds every review, in order; `misconceptions` those that its wrong answers showed, the most frequent
    first, with how often. `study` are the prerequisites to study first, `because` the misconception to tell apart."""

    card_id: str
    lapses: int
    history: tuple[Step, ...]
    misconceptions: tuple[tuple[str, int], ...]
    advice: Advice
    study: tuple[str, ...] = ()
    because: str | None = None


def leech(
    logs: Sequence[ReviewLog], needs: Iterable[str], cards: Mapping[str, Card], today: int, schedule: Schedule
) -> Leech | None:
    """What to say of a question with these reviews, in the order recorded; None while it has lapsed less than 4 times.

    `needs` are its prerequisites; `cards` those of them that were ever reviewed. The suggestion goes by the evidence,
    the cause before the symptom: a prerequisite never seen, being relearnt, or recalled with a chance below 70 % on
    `today`; else a misconception that at least half of the wrong answers show, twice at least; else the question
    itself asks for too much.
    """
    history = _history(logs, schedule)
    lapses = sum(step.lapse for step in history)
    if lapses < FIRST_AT:
        return None
    wrong = [step.log for step in history if step.rating is Rating.AGAIN]
    met = Counter(sentence for log in wrong for sentence in dict.fromkeys(log.misconceptions)).most_common()
    study = tuple(need for need in needs if _is_shaky(cards.get(need), today, schedule))
    same = next((sentence for sentence, times in met if times >= max(2, ALWAYS * len(wrong))), None)
    if study:
        advice, same = Advice.STUDY_NEEDS, None
    else:
        advice = Advice.REWRITE if same is None else Advice.TELL_APART
    return Leech(
        card_id=logs[0].card_id,
        lapses=lapses,
        history=history,
        misconceptions=tuple(met),
        advice=advice,
        study=study,
        because=same,
    )


def _history(logs: Sequence[ReviewLog], schedule: Schedule) -> tuple[Step, ...]:
    """The reviews, each with whether it was a lapse as the schedule counts them."""
    card: Card | None = None
    steps = []
    for log in logs:
        after = schedule.review(card, log)
        steps.append(Step(log=log, lapse=after.lapses > (card.lapses if card else 0)))
        card = after
    return tuple(steps)


def _is_shaky(card: Card | None, today: int, schedule: Schedule) -> bool:
    return card is None or card.state is CardState.RELEARNING or schedule.recall(card, today) < SHAKY
