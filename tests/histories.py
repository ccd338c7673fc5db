"""A learner's past for tests, benchmarks and pictures: a year of reviews and attempts, written into a store at once.

Cards follow the real schedule, and the learner forgets as it predicts, but a little more often: so that a calibration
has something to show. The same seed gives the same past.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Attempt, Card, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.store import rows
from kdquiz.store.store import Store

SENTENCES = (
    "The student sees the same temperature as the teacher; the loss compares both at T.",
    "Without T² the soft term's gradient shrinks as T grows.",
    "`F.kl_div` expects log-probabilities as its first argument.",
    "α weighs the soft term here, not the hard one.",
    "Then the gradient flows into the teacher; detach its logits.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is to be written: at most so many reviews of these ids, over so many days, the last of them `today`; fewer
    where not as many come due. `drills` are those that were tried; `optimism` is how much less often than predicted
    the learner recalls."""

    ids: Sequence[str]
    reviews: int
    today: int
    days: int = 365
    drills: Sequence[str] = ()
    optimism: float = 0.05
    seed: int = 7


def write(store: Store, past: Past) -> int:
    """Write a past into an empty store, in one transaction. Returns how many reviews there are."""
    rng, calendar = random.Random(past.seed), Calendar()
    cards: dict[str, Card] = {}
    with store._writing():
        logs = list(_reviews(past, cards, rng, calendar))
        for log in logs:
            number = store._insert("review", rows.REVIEW_COLUMNS, rows.review_row(log))
            for sentence in log.misconceptions:
                store._insert("misconception", "review, sentence", (number, sentence))
        for card in cards.values():
            store._keep(card)
    for attempt in _attempts(past, rng, calendar):
        store.record_attempt(attempt)
    return len(logs)


def _reviews(past: Past, cards: dict[str, Card], rng: random.Random, calendar: Calendar) -> Iterator[ReviewLog]:
    """Each day some new ones, then what is due; nothing on a day now and then, and on a holiday. The last day has no
    end: it takes what is left of the reviews."""
    schedule, first, new = Schedule(), past.today - past.days + 1, iter(past.ids)
    left, due = past.reviews, dict[int, list[str]]()
    for day in range(first, past.today + 1):
        days_left = past.today + 1 - day
        room = left if days_left == 1 else min(left, round(left / days_left * rng.uniform(0.5, 1.5)))
        if days_left > 1 and (rng.random() < 0.06 or 0.55 < (day - first) / past.days < 0.58):
            room = 0
        waiting = due.pop(day, [])
        queue = [*islice(new, min(room, -(-len(past.ids) // past.days))), *waiting]
        left -= len(queue[:room])
        due.setdefault(day + 1, []).extend(queue[room:])
        for place, card_id in enumerate(queue[:room]):
            at = calendar.begin(day) + timedelta(hours=4, seconds=20 * place)
            card = cards.get(card_id)
            recall = None if card is None or card.day >= day else schedule.recall(card, day)
            right = rng.random() < (0.6 if recall is None else recall - past.optimism)
            log = _review(card_id, recall, right, rng, at, day)
            cards[card_id] = after = schedule.review(card, log)
            due.setdefault(max(day + 1, after.due_day), []).append(card_id)
            yield log


def _review(card_id: str, recall: float | None, right: bool, rng: random.Random, at: datetime, day: int) -> ReviewLog:
    slip = rng.random() < (0.5 if right else 0.0)
    return ReviewLog(
        card_id=card_id,
        rating=(Rating.HARD if slip else Rating.GOOD) if right else Rating.AGAIN,
        reviewed_at=at,
        seconds=rng.lognormvariate(2.7, 0.5),
        response='{"response": "choice", "chosen": 2}',
        share=float(right),
        day=day,
        fuzz=rng.random(),
        recall=recall,
        misconceptions=() if right or rng.random() < 0.5 else (rng.choice(SENTENCES),),
    )


def _attempts(past: Past, rng: random.Random, calendar: Calendar) -> Iterator[Attempt]:
    """Each drill tried a few times on one day, most of them until they were solved."""
    for place, drill_id in enumerate(past.drills):
        at = calendar.begin(past.today - past.days // (place + 2)) + timedelta(hours=12)
        tries, seconds = rng.randint(1, 5), 0.0
        for number in range(1, tries + 1):
            seconds += rng.uniform(60, 400)
            solved = number == tries and place % 4 != 3
            yield Attempt(
                drill_id=drill_id,
                source="def entry(x):\n    return x\n" * 20,
                verdict="accepted" if solved else "wrong-answer",
                report="{}",
                hints_used=number // 2,
                seconds=seconds,
                submitted_at=at + timedelta(seconds=seconds),
                misconceptions=() if solved else (rng.choice(SENTENCES),),
            )
