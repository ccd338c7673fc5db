"""Several right options; each option counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Len, Predicate

from kdquiz.library.model import Pace, Question
from kdquiz.library.options import LETTERS, Option, Optioned, require_distinct, right_positions
from kdquiz.library.text import Text


def several_are_right(options: Sequence[Option]) -> bool:
    """Raises ValueError where fewer than two are right, or none is wrong, or two read the same."""
    right = len(right_positions(options))
    if not 2 <= right < len(options):
        has = f"{right} of {len(options)}"
        raise ValueError(f"a multi has at least two right options and one wrong; this one has {has}")
    require_distinct(options)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Multi(Optioned, Question):
    """Options are kept in authored order here; a session shuffles them."""

    pace: ClassVar[Pace] = Pace(quick=8, slow=60)
    """Every option is a decision of its own, three to six of them."""
    kind: Literal["multi"]
    ask: Text
    options: Annotated[tuple[Option, ...], Len(3, len(LETTERS)), Predicate(several_are_right)]
