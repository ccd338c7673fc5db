"""What is in a database, compared with what must be: every answer once, each with its card, nothing half.

Goes in: the path, and the states in which it may be. Comes out: which of them it is in.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kdquiz.memory.model import ReviewLog, Standing
from kdquiz.store.store import Store
from tests.durability.pack import BECAUSE
from tests.durability.states import Answer, Aside, State


def found_in(path: Path, before: Sequence[ReviewLog], possible: Sequence[State]) -> tuple[list[ReviewLog], State]:
    """Everything that is in the log now, and the last of the possible states that it is in.

    `before` are the reviews that were there before the answers of these states; each must be there still, and once.
    Raises AssertionError, with what is there and what should be.
    """
    with Store(path) as store:
        assert store.verify() == []
        logs, standings = store.reviews(), store.standings()
        assert sum(card.reviews for card in store.cards().values()) == len(logs)
    _assert_whole(logs)
    new = list(logs)
    for log in before:
        assert log in new, f"lost: {log}"
        new.remove(log)
    for state in reversed(possible):
        if _are(new, state.answers) and _asides(standings) == {k: v for k, v in state.aside.items() if v != Aside()}:
            return logs, state
    told = "\n".join(map(str, possible))
    raise AssertionError(f"in the log are\n{new}\n{_asides(standings)}\nand these should be:\n{told}")


def _are(logs: Sequence[ReviewLog], answers: Sequence[Answer]) -> bool:
    """Whether these are the reviews of those answers, each once."""
    if Counter(log.card_id for log in logs) != Counter(answer.id for answer in answers):
        return False
    rated = Counter((answer.id, answer.rating) for answer in answers if answer.rating is not None)
    return rated <= Counter((log.card_id, log.rating.value) for log in logs)


def _assert_whole(logs: Sequence[ReviewLog]) -> None:
    """A wrong choice has its misconception, and nothing else has one."""
    for log in logs:
        if log.card_id.startswith("choice"):
            wrong = bool(set(json.loads(log.response)["options"]) - {0})
            expected = (BECAUSE.format(id=log.card_id),) * wrong
            assert log.misconceptions == expected, log


def _asides(standings: dict[str, Standing]) -> dict[str, Aside]:
    found = {
        card_id: Aside(standing.buried_on is not None, standing.suspended, standing.marked)
        for card_id, standing in standings.items()
    }
    return {card_id: aside for card_id, aside in found.items() if aside != Aside()}
