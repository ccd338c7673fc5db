"""Lines of text for every door, made of spans that say which part they play, and the words of the numbers in them.

Imports `memory`'s values. Goes in: texts, numbers, widths in cells. Comes out: lines; a door gives parts their colours,
or leaves them.
"""

import textwrap
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from kdquiz.memory.day import date_of
from kdquiz.memory.statistics import Share

Part = Literal["", "strong", "quiet", "bar", "good", "bad", "said"]
"""What a span is: ordinary text, a heading, an aside, a mark of the data, good or bad news, a sentence of content in
which words may stand between backticks."""


class Span(NamedTuple):
    """A piece of a line."""

    text: str
    part: Part = ""


Line = tuple[Span, ...]
BLANK: Line = ()
Draw = Callable[[int, int], list[Line]]
"""Lines for a width in cells, and for so many lines that are seen at once."""


def percent(share: float) -> str:
    """`82 %`."""
    return f"{round(share * 100)} %"


def between(share: Share) -> str:
    """The interval: `79–85 %`."""
    return f"{round(share.low * 100)}–{round(share.high * 100)} %"


def date(day: int) -> str:
    """`24 Nov 2026`."""
    when = date_of(day)
    return f"{when.day} {when:%b %Y}"


def time(seconds: float) -> str:
    """`42 s`, `9 min`, `1 h 5 min`, `467 h`."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours:,} h"


def days(stability: float) -> str:
    """`0.4 d`, `23 d`, `1.5 y`."""
    if stability < 10:
        return f"{stability:.1f} d"
    return f"{round(stability)} d" if stability < 365 else f"{stability / 365.25:.1f} y"


def said(text: str, width: int, part: Part = "", indent: int = 0) -> list[Line]:
    """A sentence over as many lines as it needs."""
    wrapped = textwrap.wrap(text, max(20, width - indent), break_on_hyphens=False)
    return [(Span(" " * indent), Span(line, part)) if indent else (Span(line, part),) for line in wrapped]


def heading(text: str, aside: str = "") -> Line:
    """What the lines below are."""
    return (Span(text, "strong"), Span(f"  {aside}", "quiet")) if aside else (Span(text, "strong"),)


def row(cells: Sequence[tuple[str, int]], part: Part = "") -> Line:
    """Texts in columns; a negative width sets a text to the right, one that is too long is cut."""
    return (Span("".join(map(_cell, cells)), part),)


def _cell(cell: tuple[str, int]) -> str:
    text, width = cell
    room = abs(width)
    cut = text if len(text) < room or width < 0 else text[: room - 2] + "…"
    return cut.rjust(room) if width < 0 else cut.ljust(room)


def beside(left: Sequence[Line], right: Sequence[Line], width: int) -> list[Line]:
    """Two blocks side by side, the left one in so many cells."""
    lines = []
    for place in range(max(len(left), len(right))):
        first = left[place] if place < len(left) else BLANK
        second = right[place] if place < len(right) else BLANK
        gap = width - sum(len(span.text) for span in first)
        lines.append((*first, Span(" " * gap), *second) if second else first)
    return lines
