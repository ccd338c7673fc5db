"""Comparing the cards that are kept with those that the log gives. Imports `memory.model`; pure."""

import math
from collections.abc import Mapping
from dataclasses import replace

from kdquiz.memory.model import Card


def disagreements(kept: Mapping[str, Card], folded: Mapping[str, Card]) -> list[str]:
    """A sentence for every card that is not what the fold over the log gives, by id."""
    return [
        f"The card of '{card_id}' is kept as {_described(kept.get(card_id))}, "
        f"and its reviews give {_described(folded.get(card_id))}."
        for card_id in sorted(kept.keys() | folded.keys())
        if not _agree(kept.get(card_id), folded.get(card_id))
    ]


def _agree(kept: Card | None, folded: Card | None) -> bool:
    """Whether two cards are one, but for the last digits, which another processor may compute otherwise."""
    if kept is None or folded is None:
        return kept is folded
    near = math.isclose(kept.stability, folded.stability) and math.isclose(kept.difficulty, folded.difficulty)
    return near and replace(kept, stability=folded.stability, difficulty=folded.difficulty) == folded


def _described(card: Card | None) -> str:
    if card is None:
        return "new"
    times = "once" if card.reviews == 1 else f"{card.reviews} times"
    return f"reviewed {times}, due {card.due:%Y-%m-%d %H:%M:%S}, stability {card.stability:.6g} days"
