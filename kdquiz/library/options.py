"""Answer options, as `choice`, `multi` and `predict` list them: each says `right` or `wrong`; a wrong one says why."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from kdquiz.library.faults import Fault, FaultyQuestionError
from kdquiz.library.problems import cut
from kdquiz.library.text import Text

LETTERS = "abcdef"
"""How options are named where they are shown, in the order shown; so there are at most six."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: exactly one of `right` and `wrong` holds its text."""

    right: Text | None = None
    wrong: Text | None = None
    because: Text | None = None
    """Of a wrong option the misconception it stands for (required); of a right one why it is right (welcome)."""

    def __post_init__(self) -> None:
        if (self.right is None) == (self.wrong is None):
            raise ValueError("an option says either `right:` or `wrong:`, and its text")
        if self.wrong is not None and self.because is None:
            raise ValueError("a wrong option says `because:`, the misconception it stands for")

    @property
    def text(self) -> str:
        """What the learner reads."""
        return self.right if self.right is not None else self.wrong or ""

    @property
    def is_right(self) -> bool:
        return self.right is not None


class Optioned:
    """What kinds of question with options have in common; put before `Question` among a kind's bases."""

    __slots__ = ()
    id: str
    ask: str
    options: tuple[Option, ...]

    @property
    def title(self) -> str:
        return self.ask

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options)

    def in_full(self, answer: bool) -> str:
        """In an order that is always the same for a question, and not the authored one: authors write the right option
        first, so their order would give the answer away."""
        options = self.options
        order = list(range(len(options)))
        random.Random(crc32(self.id.encode())).shuffle(order)
        return options_text(self.ask, [options[position] for position in order], answer)


def right_positions(options: Sequence[Option]) -> frozenset[int]:
    """Positions of the right options, counted from 0 in authored order."""
    return frozenset(position for position, option in enumerate(options) if option.is_right)


def require_distinct(options: Sequence[Option]) -> None:
    """Refuse two options with the same text: nobody could choose between them.

    Raises FaultyQuestionError with each that another one before it has, its key the way from the list on.
    """
    texts = [" ".join(option.text.split()).casefold() for option in options]
    again = [position for position, text in enumerate(texts) if text in texts[:position]]
    if again:
        raise FaultyQuestionError([_same_again(position, options[position]) for position in again])


def _same_again(position: int, option: Option) -> Fault:
    key = (position, "right" if option.is_right else "wrong")
    return Fault(message=f"two options read the same: '{cut(option.text)}'", key=key)


def options_text(ask: str, options: Sequence[Option], answer: bool) -> str:
    """A question with its options as Markdown; with the answer, each marked and explained."""
    lines = [ask.rstrip(), ""]
    for letter, option in zip(LETTERS, options, strict=False):
        sign = ("✓ " if option.is_right else "✗ ") if answer else ""
        lines.append(f"{letter}. {sign}{option.text.strip()}")
        if answer and option.because:
            lines.append(f"   {option.because.strip()}")
    return "\n".join(lines)
