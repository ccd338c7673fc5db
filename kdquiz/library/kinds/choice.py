"""One right option among several; each wrong one stands for a misconception."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Len, Predicate

from kdquiz.library.model import Pace, Question
from kdquiz.library.options import LETTERS, Option, Optioned, require_distinct, right_positions
from kdquiz.library.text import Text


def one_is_right(options: Sequence[Option]) -> bool:
    """Raises ValueError where none or several are right, or two read the same."""
    right = len(right_positions(options))
    if right != 1:
        raise ValueError(f"a choice has exactly one right option, this one has {right}; several are kind `multi`")
    require_distinct(options)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Optioned, Question):
    """Options are kept in authored order here; a session shuffles them."""

    pace: ClassVar[Pace] = Pace(quick=4, slow=30)
    """The answer is in sight: it is recognised at once, or found by ruling the others out."""
    kind: Literal["choice"]
    ask: Text
    options: Annotated[tuple[Option, ...], Len(2, len(LETTERS)), Predicate(one_is_right)]
