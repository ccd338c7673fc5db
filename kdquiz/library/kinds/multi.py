"""Several right options; each option counts."""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Len

from kdquiz.library.model import Question
from kdquiz.library.options import Option, options_text, require_distinct, right_positions
from kdquiz.library.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Multi(Question):
    """Options are kept in authored order here; a session shuffles them."""

    kind: Literal["multi"]
    ask: Text
    options: Annotated[tuple[Option, ...], Len(3, 6)]

    def __post_init__(self) -> None:
        right = len(right_positions(self.options))
        if not 2 <= right < len(self.options):
            raise ValueError(
                f"a multi has at least two right options and one wrong; this one has {right} of {len(self.options)}"
            )
        require_distinct(self.options)

    @property
    def title(self) -> str:
        return self.ask

    def text(self, answer: bool) -> str:
        return options_text(self.ask, self.options, answer)
