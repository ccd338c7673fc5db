"""A cloze: a text with blanks to fill, each with the variants that are accepted."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Predicate

from kdquiz.library.blanks import gapped, joined
from kdquiz.library.model import Pace, Question
from kdquiz.library.text import Text

GAP = "...."
"""Shown in a gap: dots, which Markdown takes for nothing else."""
LEFT_OUT = "…"
CONTINUES_A_LINK = ("(", "[", ":")
"""What Markdown takes for the rest of a link after a closing bracket."""


def blanks_can_be_read(text: str) -> bool:
    """Raises ValueError, in words for the author, where a blank is not written as `library.blanks` reads it."""
    return bool(gapped(text).blanks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeTest:
    """What a learner puts into the blanks, one entry a blank, and which of these, counted from 1, are right; run by
    `kdquiz check`."""

    say: tuple[str, ...]
    right: tuple[Annotated[int, Ge(1)], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Question):
    """The text as authored, with `{{accepted | variants}}`; `library.blanks` says how it is written.

    What is derived from a text that it cannot read raises ValueError.
    """

    pace: ClassVar[Pace] = Pace(quick=4, slow=30)
    """A word comes to mind with its sentence, or it does not come."""
    kind: Literal["cloze"]
    text: Annotated[Text, Predicate(blanks_can_be_read)]
    """With `{{accepted | variants}}` for each blank."""
    answer: Text | None = None
    """An explanation, Markdown."""
    tests: tuple[ClozeTest, ...] = ()

    @property
    def blanks(self) -> tuple[tuple[str, ...], ...]:
        """The accepted variants of each blank; the first is the author's choice."""
        return gapped(self.text).blanks

    @property
    def pieces(self) -> tuple[str, ...]:
        """The text around the blanks, Markdown; one piece more than blanks, and any may be empty."""
        return gapped(self.text).pieces

    @property
    def title(self) -> str:
        return " ".join(joined(self.pieces, (LEFT_OUT,) * len(self.blanks)).split())

    @property
    def asked(self) -> str:
        """The text with numbered gaps: `It is averaged over [1: ....].`"""
        return self._numbered((GAP,) * len(self.blanks))

    @property
    def filled(self) -> str:
        """The text with the author's choice in each blank."""
        return joined(self.pieces, tuple(accepted[0] for accepted in self.blanks))

    @property
    def model_answer(self) -> str:
        return self.answer or ""

    def in_full(self, answer: bool) -> str:
        if not answer:
            return self.asked.rstrip()
        parts = [self._numbered(tuple(accepted[0] for accepted in self.blanks)).rstrip()]
        also = [f"- {number}: {' | '.join(accepted)}" for number, accepted in enumerate(self.blanks, 1) if accepted[1:]]
        if also:
            parts.append("\n".join(["Accepted:", "", *also]))
        return "\n\n".join([*parts, self.answer.rstrip()] if self.answer else parts)

    def _numbered(self, fillings: tuple[str, ...]) -> str:
        first, *others = self.pieces
        boxes = (f"[{number}: {filling}]" for number, filling in enumerate(fillings, 1))
        apart = (f" {piece}" if piece.startswith(CONTINUES_A_LINK) else piece for piece in others)
        return joined((first, *apart), tuple(boxes))
