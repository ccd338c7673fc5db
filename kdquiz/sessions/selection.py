"""What a quiz asks: the library filtered as the learner wished, then the due queue."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kdquiz.library.model import Entry, Library
from kdquiz.memory.due import due_queue
from kdquiz.memory.model import Card

NEW_A_SESSION = 10
"""New questions a session by default: at about a minute each, they fit the candidate's twenty minutes with reviews."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which questions: empty tuples mean all. `everything` asks what is not due too."""

    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    at_most: int | None = None
    everything: bool = False


def matching(library: Library, wish: Wish) -> tuple[Entry, ...]:
    """The questions that the wish allows, in reading order."""
    return tuple(
        entry
        for entry in library.entries.values()
        if (not wish.topics or entry.topic.id in wish.topics)
        and (not wish.levels or entry.question.level in wish.levels)
        and (not wish.kinds or entry.question.kind in wish.kinds)
    )


def select(
    library: Library,
    wish: Wish,
    cards: Mapping[str, Card],
    made_due: frozenset[str],
    now: datetime,
    rng: random.Random,
) -> tuple[str, ...]:
    """The queue of a session, as ids: what is due, then new questions, prerequisites first; with `everything`, all in random
    order."""
    entries = matching(library, wish)
    if wish.everything:
        queue = [entry.question.id for entry in entries]
        rng.shuffle(queue)
    else:
        asked = {entry.question.id for entry in entries}
        # A prerequisite outside the wish does not hold back what the learner asked for.
        needs = {entry.question.id: [need for need in entry.question.needs if need in asked] for entry in entries}
        found = due_queue(
            [entry.question.id for entry in entries],
            needs,
            cards,
            now=now,
            new_limit=NEW_A_SESSION,
            wanted=made_due,
            rng=rng,
        )
        queue = list(found)
    return tuple(queue[: wish.at_most])
