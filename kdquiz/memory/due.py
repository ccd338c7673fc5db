"""The due queue: which questions are asked now, and in which order.

Imports `memory.model` alone. Goes in: the ids in reading order, what each needs, the cards, the time. Comes out: a
tuple of ids. An id without a card is a new question.
"""

import heapq
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from kdquiz.memory.model import Card


def due_queue(
    ids: Sequence[str],
    needs: Mapping[str, Sequence[str]],
    cards: Mapping[str, Card],
    *,
    now: datetime,
    new_limit: int,
    wanted: frozenset[str] = frozenset(),
    rng: random.Random,
) -> tuple[str, ...]:
    """The ids to ask, each once, all of them from `ids`.

    1. What is wanted (a drill's diagnosis made it due), in reading order, each after the new questions it needs.
    2. Reviews that are due: the most overdue first, measured in stabilities, since a day late costs more of a memory
       that lasts a day than of one that lasts a year. `rng` orders those that are equally late.
    3. New questions, at most `new_limit`, in reading order but prerequisites before dependants.

    A new question is never asked before everything it needs has been seen or stands earlier in this queue: one that
    needs a new question outside `ids`, or itself in a circle, is left out.
    """
    order = list(dict.fromkeys(ids))
    new = _new_in_order(order, needs, cards)
    queue: dict[str, None] = {}  # a dict for its order: every id once
    for card_id in order:
        if card_id in wanted and (card_id in cards or card_id in new):
            queue.update(dict.fromkeys([*_new_before(card_id, needs, new), card_id]))
    late = [card_id for card_id in order if card_id in cards and card_id not in queue and cards[card_id].due <= now]
    rng.shuffle(late)
    queue.update(dict.fromkeys(sorted(late, key=lambda card_id: -_lateness(cards[card_id], now))))
    queue.update(dict.fromkeys([card_id for card_id in new if card_id not in queue][: max(0, new_limit)]))
    return tuple(queue)


def _lateness(card: Card, now: datetime) -> float:
    return (now - card.due) / timedelta(days=card.stability)


def _new_in_order(order: list[str], needs: Mapping[str, Sequence[str]], cards: Mapping[str, Card]) -> dict[str, None]:
    """The new ids that can be asked: each time the first in reading order whose needs are all met."""
    position = {card_id: place for place, card_id in enumerate(order)}
    unmet: dict[str, set[str]] = {}
    dependants: dict[str, list[str]] = {}
    for card_id in order:
        if card_id not in cards:
            unmet[card_id] = {need for need in needs.get(card_id, ()) if need not in cards}
            for need in unmet[card_id]:
                dependants.setdefault(need, []).append(card_id)
    ready = [position[card_id] for card_id, missing in unmet.items() if not missing]  # ascending, so already a heap
    placed: dict[str, None] = {}
    while ready:
        card_id = order[heapq.heappop(ready)]
        placed[card_id] = None
        for dependant in dependants.get(card_id, ()):
            unmet[dependant].discard(card_id)
            if not unmet[dependant]:
                heapq.heappush(ready, position[dependant])
    return placed


def _new_before(card_id: str, needs: Mapping[str, Sequence[str]], new: dict[str, None]) -> list[str]:
    """The new ids that `card_id` needs, directly or through others, in an order in which they can be asked."""
    wanted: set[str] = set()
    path = [card_id]
    while path:
        for need in needs.get(path.pop(), ()):
            if need in new and need not in wanted:
                wanted.add(need)
                path.append(need)
    return [each for each in new if each in wanted]
