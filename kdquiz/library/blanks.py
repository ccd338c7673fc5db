"""A text with blanks, as a cloze writes them: `The loss is averaged over {{the batch | all rows}}.`

Imports nothing of kdquiz. Goes in: the text as authored. Comes out: its blanks, each with the variants that are
accepted, and the pieces of text around them.

- A blank stands between `{{` and `}}`; single braces, as in `{0, 1}`, are text, also within a blank: `{{{0, 1}}}`.
- `|` parts the variants. A `|` that belongs to a variant is written `\\|`, or the variant is a code span.
- In a code span nothing is special: neither braces nor `|`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

CACHED = 1 << 10
MOST_BLANKS = 12
MOST_VARIANTS = 50
LONGEST_VARIANT = 200
"""In characters."""
QUOTED = 30
"""How many characters of the text a message quotes."""

_BACKTICKS = re.compile("`+")
_MARKS = re.compile(r"\{\{+|\}\}+|\\?\|")


@dataclass(frozen=True, slots=True)
class Gapped:
    """A text taken apart: `pieces` stand around the blanks, so there is one more of them; any may be empty."""

    pieces: tuple[str, ...]
    blanks: tuple[tuple[str, ...], ...]
    """The accepted variants of each blank; the first is the author's choice."""


@lru_cache(maxsize=CACHED)
def gapped(text: str) -> Gapped:
    """Take a text apart at its blanks.

    Raises ValueError, in words for the author, where there is no blank, or more than `MOST_BLANKS`, one is not closed
    or never opened, or has an empty variant or the same variant twice, or too many, or one too long.
    """
    pieces: list[str] = []
    blanks: list[tuple[str, ...]] = []
    end, opened = 0, -1
    parted: list[tuple[int, int]] = []
    for start, mark in _marks(text):
        if mark.startswith("{"):
            if opened >= 0:
                raise ValueError(_not_closed(text, opened))
            pieces.append(text[end:start])
            opened, parted = start, []
        elif mark.startswith("}"):
            if opened < 0:
                raise ValueError(f"a `}}}}` closes no blank: '{_quoted(text, start)}'; in text it is written `}} }}`")
            end = start + len(mark)
            blanks.append(_variants(text, opened + 2, end - 2, parted))
            opened = -1
        elif opened >= 0:
            parted.append((start, start + len(mark)))
    if opened >= 0:
        raise ValueError(_not_closed(text, opened))
    if not blanks:
        raise ValueError("the text has no blank; one is written `{{the answer | another way to say it}}`")
    if len(blanks) > MOST_BLANKS:
        raise ValueError(f"the text has {len(blanks)} blanks, and takes at most {MOST_BLANKS}")
    return Gapped((*pieces, text[end:]), tuple(blanks))


def joined(pieces: tuple[str, ...], fillings: tuple[str, ...]) -> str:
    """The text with its blanks filled, one filling a blank."""
    return pieces[0] + "".join(filling + piece for filling, piece in zip(fillings, pieces[1:], strict=True))


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Every run of two or more braces, and every `|` or `\\|`, that stands in no code span, with its place."""
    spans = list(_code_spans(text))
    starts = [start for start, _ in spans]
    for found in _MARKS.finditer(text):
        before = bisect_right(starts, found.start()) - 1
        if before < 0 or found.start() >= spans[before][1]:
            yield found.start(), found.group()


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code spans begin and end: a run of backticks is closed by the next run that is as long."""
    runs = [found.span() for found in _BACKTICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(number)
    number = 0
    while number < len(runs):
        start, end = runs[number]
        same = by_length[end - start]
        later = bisect_right(same, number)
        if later < len(same):
            number = same[later]
            yield start, runs[number][1]
        number += 1


def _variants(text: str, start: int, end: int, parted: list[tuple[int, int]]) -> tuple[str, ...]:
    """The variants between two places; `parted` are the places of `|` and `\\|` among them."""
    variants, variant, begun = [], "", start
    for bar, after in parted:
        variant += text[begun:bar]
        if after - bar == 1:
            variants.append(variant)
            variant = ""
        else:
            variant += "|"
        begun = after
    variants = [" ".join(one.split()) for one in (*variants, variant + text[begun:end])]
    _require_sound(variants, f"the blank '{_quoted(text[: end + 2], start - 2)}'")
    return tuple(variants)


def _require_sound(variants: Sequence[str], blank: str) -> None:
    """Refuse variants that say nothing, the same, or too much."""
    if not any(variants):
        raise ValueError(f"{blank} is empty; write what is accepted")
    if not all(variants):
        raise ValueError(f"{blank} has an empty variant; a `|` that belongs to the text is written `\\|`")
    if len(variants) > MOST_VARIANTS:
        raise ValueError(f"{blank} has {len(variants)} variants, and takes at most {MOST_VARIANTS}")
    seen: set[str] = set()
    for one in variants:
        if len(one) > LONGEST_VARIANT:
            raise ValueError(f"{blank} has a variant of {len(one)} characters, and takes at most {LONGEST_VARIANT}")
        if one.casefold() in seen:
            raise ValueError(f"{blank} has the variant '{_quoted(one, 0)}' twice; case makes no difference")
        seen.add(one.casefold())


def _not_closed(text: str, start: int) -> str:
    return f"the blank '{_quoted(text, start)}' is not closed by `}}}}`"


def _quoted(text: str, start: int) -> str:
    """What stands at a place of the text, on one line."""
    line = " ".join(text[start : start + QUOTED + 1].split())
    return line if len(text) - start <= QUOTED else f"{line[: QUOTED - 1]}…"
