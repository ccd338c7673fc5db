"""The fact base of a pack, its `facts.yaml`: what there is to be asked, by the ids that questions give in `facts`, and
the errors that people repeat. (`facts` is something else: what one file says that concerns others.)

Imports the types of text. Goes in: what an author writes. Comes out: claims.
"""

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MinLen

from kdquiz.library.text import Text

Evidence = Literal["paper", "abstract", "code", "secondary", "computed", "unverified"]
"""Read in the paper, in its abstract alone, in code; told by others; computed by ourselves; found nowhere yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that is said of the pack's subject, true or a common error."""

    id: Text
    about: Text
    """A title of a few words."""
    evidence: tuple[Evidence, ...] = ()
    """What it rests on; of an error it may be left out."""
    error: bool = False
    """Whether it is a commonly repeated error: it is asked as a misconception."""

    def __post_init__(self) -> None:
        if not self.evidence and not self.error:
            raise ValueError("a fact says what its `evidence` is, or that it is an `error`")

    @property
    def may_be_asked(self) -> bool:
        """What nobody has verified is kept, and not asked."""
        return "unverified" not in self.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsFile:
    """The optional `facts.yaml` of a pack."""

    format: Literal[1]
    facts: Annotated[tuple[Claim, ...], MinLen(1)]
    """The facts and the errors, each once."""
