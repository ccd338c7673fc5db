"""The works that a pack cites, as its `sources.yaml` lists them: which ones a `source` names, and each in full.

A `source` is one or more parts, separated by `; `. Each begins with the cite of a work, and may say where in it:
`Tian et al. 2020 (CRD), abstract`. Plain values that JSON can carry. Imports the types of text. Goes in: entries of
`sources.yaml`, the `source` of a question or drill. Comes out: works.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import MinLen

from kdquiz.library.text import Text

AFTER_A_CITE = " ,(#:"
"""What may follow a cite, besides the end of its part."""
AUTHORS_NAMED = 6
"""Of more authors the first is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A paper, a report, a page of documentation, a repository: what somebody can look up."""

    cite: Text
    """How questions name it; no other work of the pack has the same."""
    authors: Annotated[tuple[Text, ...], MinLen(1)]
    year: int | None = None
    """None of what is rewritten all the time, such as documentation."""
    title: Text
    venue: Text | None = None
    """Where it appeared, or what sort of page it is."""
    identifier: Text
    """By what it is found: `arXiv:1503.02531`, a DOI, an address."""

    @property
    def in_full(self) -> str:
        """One paragraph: authors, year, title, venue, identifier."""
        several = len(self.authors) > AUTHORS_NAMED
        authors = f"{self.authors[0]} et al." if several else ", ".join(self.authors)
        who = f"{authors} ({self.year})." if self.year is not None else f"{authors.removesuffix('.')}."
        sentences = [one.strip().removesuffix(".") + "." for one in (self.title, self.venue or "") if one]
        return " ".join([who, *sentences, self.identifier.strip()])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """The optional `sources.yaml` of a pack: every work that its questions and drills cite."""

    format: Literal[1]
    sources: Annotated[tuple[Work, ...], MinLen(1)]
    """The works, each once."""


def one_line(text: str) -> str:
    """A cite or a part of a source as it is compared: its words with one blank between them."""
    return " ".join(text.split())


def parts_of(source: str) -> list[str]:
    """The parts of a `source`, each on one line."""
    return one_line(source).split("; ")


def cited_by(part: str, cites: Collection[str]) -> str | None:
    """The longest of the cites that a part begins with, or None. Looks up as many beginnings as the part has words, so
    it does not matter how many cites there are; they are to be on one line each, in a set or mapping."""
    ends = [len(part), *(at for at in range(len(part) - 1, 0, -1) if part[at] in AFTER_A_CITE)]
    return next((part[:end] for end in ends if part[:end] in cites), None)


def works_cited(source: str, works: Iterable[Work]) -> tuple[Work, ...]:
    """The works that a `source` names, each once, in its order; parts that name none are left out."""
    known = {one_line(work.cite): work for work in works}
    cites = [cited_by(part, known) for part in parts_of(source)]
    return tuple(known[cite] for cite in dict.fromkeys(cites) if cite is not None)
