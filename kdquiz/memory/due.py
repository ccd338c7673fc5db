"""The due queue: which questions are asked now, and in which order.

Imports `memory.model` alone. Goes in: the questions asked for, the cards, the time. Comes out: a tuple of ids. An id
without a card is a new question. A library may hold a hundred thousand questions, so it is read only as far as needed.
"""

import heapq
import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from kdquiz.memory.model import Card


class Asked(Protocol):
    """The questions that a session may ask."""

    def in_order(self) -> Iterable[str]:
        """Every id, in reading order; read only as far as needed."""

    def among(self, ids: Collection[str]) -> Sequence[str]:
        """Those of `ids` that may be asked, in reading order."""

    def needs(self, card_id: str) -> Sequence[str]:
        """What one of them needs; what may not be asked anyway may be left out."""


def due_queue(
    asked: Asked,
    cards: Mapping[str, Card],
    *,
    now: datetime,
    new_limit: int,
    wanted: frozenset[str] = frozenset(),
    rng: random.Random,
) -> tuple[str, ...]:
    """The ids to ask, each once, all of them from `asked`.

    1. What is wanted (a drill's diagnosis made it due), in reading order, each after the new questions it needs.
    2. Reviews that are due: the most overdue first, measured in stabilities, since a day late costs more of a memory
       that lasts a day than of one that lasts a year. `rng` orders those that are equally late.
    3. New questions, at most `new_limit`, in reading order but prerequisites before dependants.

    A new question is never asked before everything it needs has been seen or stands earlier in this queue: one that
    needs a new question that may not be asked, or itself in a circle, is left out.
    """
    queue: dict[str, None] = {}  # a dict for its order: every id once
    for card_id in asked.among(wanted):
        before = _new_before(card_id, asked, cards)
        if card_id in cards or card_id in before:
            queue.update(dict.fromkeys([*(each for each in before if each != card_id), card_id]))
    due = [card_id for card_id, card in cards.items() if card.due <= now and card_id not in queue]
    late = list(asked.among(due))
    rng.shuffle(late)
    queue.update(dict.fromkeys(sorted(late, key=lambda card_id: -_lateness(cards[card_id], now))))
    limit = len(queue) + max(0, new_limit)
    for card_id in _new_in_order(asked.in_order(), asked, cards):
        if len(queue) >= limit:
            break
        queue[card_id] = None
    return tuple(queue)


def _lateness(card: Card, now: datetime) -> float:
    return (now - card.due) / timedelta(days=card.stability)


def _new_in_order(order: Iterable[str], asked: Asked, cards: Mapping[str, Card]) -> Iterator[str]:
    """The new ids that can be asked: each time the first in reading order whose needs are all met.

    One that must wait is asked as soon as the last question it needs was; `order` is read no further than to the id
    that is yielded.
    """
    placed: set[str] = set()
    unmet: dict[str, set[str]] = {}
    waiting: dict[str, list[tuple[int, str]]] = {}
    for place, card_id in enumerate(order):
        if card_id in cards or card_id in placed or card_id in unmet:
            continue
        missing = {need for need in asked.needs(card_id) if need not in cards and need not in placed}
        for need in missing:
            waiting.setdefault(need, []).append((place, card_id))
        if missing:
            unmet[card_id] = missing
            continue
        ready = [(place, card_id)]
        while ready:
            _, next_id = heapq.heappop(ready)
            placed.add(next_id)
            yield next_id
            for dependant in waiting.pop(next_id, ()):
                unmet[dependant[1]].discard(next_id)
                if not unmet[dependant[1]]:
                    heapq.heappush(ready, dependant)


def _new_before(card_id: str, asked: Asked, cards: Mapping[str, Card]) -> list[str]:
    """The new ids that `card_id` needs, directly or through others, in an order in which they can be asked.

    `card_id` itself is among them if it is new and can be asked.
    """
    reached = {card_id}
    path = [card_id]
    while path:
        for need in asked.needs(path.pop()):
            if need not in cards and need not in reached:
                reached.add(need)
                path.append(need)
    return list(_new_in_order(asked.among(reached), asked, cards))
