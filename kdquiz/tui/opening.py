"""Opening a quiz: what the store knows and the library has becomes a session that looks up the rest when it is needed.

Imports `store`, `library` and `sessions`, no Textual. A start reads no card, however many there are.
"""

import random
from functools import partial

from kdquiz.errors import StoreError
from kdquiz.library.library import Library
from kdquiz.memory.day import Calendar
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Card
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.selection import Wish, select
from kdquiz.store.store import Store


def open_quiz(
    library: Library, store: Store, wish: Wish, learner: Learner, rng: random.Random, calendar: Calendar
) -> QuizSession | None:
    """A sitting as wished, None where there is nothing to ask. Raises StoreError."""

    def weights() -> tuple[float, ...]:
        return store.schedule.weights

    queue = select(library, wish, learner, rng, store.memories, weights)
    if not queue:
        return None
    return QuizSession(queue, library, learner, partial(_card, store), store.schedule, rng, calendar, wish)


def _card(store: Store, card_id: str) -> Card | None:
    """None also where the store cannot be read just now: what is written next tells the learner."""
    try:
        return store.card(card_id)
    except StoreError:
        return None
