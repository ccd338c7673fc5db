"""Which of a day's questions follow each other: not two that say nearly the same, where there is something else.

Imports `library.filter`. Goes in: questions in the order of their urgency. Comes out: the same ones, hardly moved.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import islice

from kdquiz.library.filter import Link

LOOK_AHEAD = 8
"""By how many places a question is put off, or brought forward, at most: what is urgent stays urgent."""
STRANGERS, ONE_TOPIC, RELATIVES, STEP = 0, 1, 2, 3
"""How little the learner forgets between two questions, from nothing in common to a new one and what it builds on."""


def kinship(link: Link, following: Link, new: AbstractSet[str]) -> int:
    """What `following` has in common with `link`, asked just before it; `new` are the ids that were never asked."""
    if link.id in following.needs:
        return STEP if link.id in new and following.id in new else RELATIVES
    if following.id in link.needs or following.id in link.then or link.id in following.then:
        return RELATIVES
    return ONE_TOPIC if link.topic == following.topic else STRANGERS


def spread(order: Sequence[Link], new: AbstractSet[str]) -> list[Link]:
    """The same questions, with strangers next to each other as far as possible.

    Each time the first of the next `LOOK_AHEAD` is taken that has least in common with the one before; none is passed
    over more than `LOOK_AHEAD` times. None is moved before a new one that it needs, nor before one that it needs
    and that is among the next, too.
    """
    upcoming = iter(order)
    window = list(islice(upcoming, LOOK_AHEAD))
    passed = [0] * len(window)
    unmet = {link.id for link in order if link.id in new}
    placed: list[Link] = []
    while window:
        position = _next(window, placed[-1], new, unmet) if placed and passed[0] < LOOK_AHEAD else 0
        for before in range(position):
            passed[before] += 1
        passed.pop(position)
        link = window.pop(position)
        placed.append(link)
        unmet.discard(link.id)
        for another in islice(upcoming, 1):
            window.append(another)
            passed.append(0)
    return _steps_apart(placed, new)


def _next(window: Sequence[Link], last: Link, new: AbstractSet[str], unmet: AbstractSet[str]) -> int:
    """The position of the one to ask after `last`."""
    best, least = 0, STEP + 1
    for position, link in enumerate(window):
        if link.needs and not unmet.isdisjoint(link.needs):
            continue
        common = kinship(last, link, new)
        if common < RELATIVES and link.needs and any(other.id in link.needs for other in window):
            common = RELATIVES
        if common < least:
            best, least = position, common
            if common == STRANGERS:
                break
    return best


def _steps_apart(placed: list[Link], new: AbstractSet[str]) -> list[Link]:
    """With an earlier one put between a new question and the one it builds on where nothing later was left."""
    for position in range(1, len(placed)):
        link, following = placed[position - 1], placed[position]
        if kinship(link, following, new) < STEP:
            continue
        for earlier in range(position - 2, max(-1, position - 2 - LOOK_AHEAD), -1):
            moved = placed[earlier]
            over = placed[earlier + 1 : position]
            gap = placed[earlier - 1 : earlier] + over[:1]
            breaks = any(moved.id in other.needs and other.id in new for other in over)
            pairs = [(link, moved), (moved, following), (gap[0], gap[-1])]
            if not breaks and all(kinship(one, other, new) < STEP for one, other in pairs):
                placed[earlier:position] = [*over, moved]
                break
    return placed
