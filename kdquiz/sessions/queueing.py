"""The order of a sitting's queue after an answer: pure functions over tuples of ids. Imports nothing of kdquiz.

`rest` is the queue without what is open.
"""

from collections.abc import Callable, Collection, Sequence
from enum import Enum

AGAIN_AFTER = 7
"""Others that are asked before a question rated Again comes back, where there are so many: five to ten minutes, by when
it must be recalled once more rather than be held in mind. At the end of a long queue it would come back too late."""


class Readiness(Enum):
    """Whether a question that is not in the queue may be put in as a follow-up."""

    NEW = "never asked, and what it needs was"
    DUE = "due today"
    NOT = "it rests, is out of the wish, or needs what was never asked"


def come_back(rest: Sequence[str], card_id: str) -> tuple[str, ...]:
    """`rest` with a question that was rated Again, once: after `AGAIN_AFTER` others, or all where they are fewer."""
    others = without(rest, card_id)
    return (*others[:AGAIN_AFTER], card_id, *others[AGAIN_AFTER:])


def follow_ups(
    then: Sequence[str],
    rest: Collection[str],
    answered: Collection[str],
    readiness: Callable[[str, Sequence[str]], Readiness],
    new_left: int,
    room: int | None,
) -> tuple[str, ...]:
    """Those of the interviewer's follow-ups that are asked right away, in the author's order.

    One that stands in `rest` moves up. Any other is put in where it is new or due: at most `new_left` new ones, and no
    more than `room` in all (None: as many as there are). What was answered in this sitting is not asked for it again,
    so that chains end. `readiness` is given an id, and the ids that will have been asked before it.
    """
    chosen: list[str] = []
    for card_id in dict.fromkeys(then):
        if card_id in answered:
            continue
        if card_id not in rest:
            ready = readiness(card_id, chosen)
            if ready is Readiness.NOT or room == 0 or (ready is Readiness.NEW and new_left <= 0):
                continue
            new_left -= ready is Readiness.NEW
            room = None if room is None else room - 1
        chosen.append(card_id)
    return tuple(chosen)


def at_once(rest: Sequence[str], chosen: Collection[str]) -> tuple[str, ...]:
    """`rest` with the chosen ones first."""
    return (*chosen, *without(rest, *chosen))


def without(queue: Sequence[str], *gone: str) -> tuple[str, ...]:
    """The queue without some ids."""
    return tuple(each for each in queue if each not in gone)
