"""Plots made of characters, legible without colour: bars, columns, a calendar in shades, recall against its prediction.

Imports `memory`'s values, and plotille when the first curve is drawn: it marks the dots, the axes are ours. Goes in:
numbers and a size in cells. Comes out: lines of spans, each with the part it plays; a door gives parts their colours.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kdquiz.exchange.lines import Line, Span, date
from kdquiz.memory.day import date_of
from kdquiz.memory.statistics import Calibration, Share, monday, shade, shade_starts

if TYPE_CHECKING:
    from plotille import Canvas

EIGHTHS = " ▁▂▃▄▅▆▇█"
SHADES = "·░▒▓█"
"""A day without a review, and the four shades, which get darker by their shape alone."""
BLANK = "\N{BRAILLE PATTERN BLANK}"
BRAILLE = range(0x2800, 0x2900)
WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")
MARGIN = 6
"""Cells before a curve, for the labels of its axis."""
DOT = "o"
TELLING = 10
"""Reviews from which on a bin has a say in how far the axes go."""


def bar(share: float, width: int) -> Line:
    """A bar, full as far as the share (0 to 1)."""
    filled = round(min(1.0, max(0.0, share)) * width)
    return (Span("█" * filled, "bar"), Span("░" * (width - filled), "quiet"))


def columns(values: Sequence[float], height: int, cells: int = 1, most: float | None = None) -> list[Line]:
    """Columns, each so many cells wide, the highest value as high as `height` lines; what is not 0 is seen."""
    top = most or max(values, default=0) or 1
    steps = [min(8 * height, max(int(value > 0), round(8 * height * value / top))) for value in values]
    lines: list[Line] = []
    for row in reversed(range(height)):
        marks = [EIGHTHS[min(8, max(0, step - 8 * row))] for step in steps]
        gap = " " if cells > 1 else ""
        lines.append((Span("".join(mark * (cells - len(gap)) + gap for mark in marks), "bar"),))
    return lines


# ---- the calendar --------------------------------------------------------------------------------------------------


def calendar(reviews: Mapping[int, int], today: int, width: int) -> list[Line]:
    """A column a week, a line a weekday, the last week on the right: at most a year, as much as fits.

    Below it stands what the shades mean.
    """
    weeks = max(1, min(53, width - len(WEEKDAYS[0]) - 1))
    first = monday(today) - 7 * (weeks - 1)
    starts = shade_starts([count for day, count in reviews.items() if first <= day <= today])
    lines: list[Line] = [(Span(" " * 4 + _months(first, weeks), "quiet"),)]
    for weekday, name in enumerate(WEEKDAYS):
        days = range(first + weekday, today + 1, 7)
        marks = "".join(SHADES[shade(reviews.get(day, 0), starts)] for day in days)
        lines.append((Span(f"{name:<4}", "quiet"), *_shaded(marks)))
    told = "   ".join(f"{mark} {_from(starts, place)}" for place, mark in enumerate(SHADES[1:]))
    return [*lines, (Span(f"    {SHADES[0]} none   {told} reviews", "quiet"),)]


def _from(starts: Sequence[int], place: int) -> str:
    start, after = starts[place], starts[place + 1] if place + 1 < len(starts) else None
    if after is None:
        return f"{start} or more"
    return str(start) if after == start + 1 else f"{start}–{after - 1}"


def _shaded(marks: str) -> list[Span]:
    return [
        Span("".join(same), "quiet" if empty else "bar")
        for empty, same in groupby(marks, key=lambda mark: mark == SHADES[0])
    ]


def _months(first: int, weeks: int) -> str:
    """Their names above the weeks in which they begin."""
    named = ""
    for week in range(weeks):
        start, before = date_of(first + 7 * week), date_of(first + 7 * (week - 1))
        if start.month != before.month and len(named) <= week and week <= weeks - 3:
            named = f"{named:<{week}}{start:%b} "
    return named


# ---- curves --------------------------------------------------------------------------------------------------------


def recalled_against_predicted(found: Calibration, width: int, height: int) -> list[Line]:
    """For each bin what was recalled, with its interval, against what was predicted; the diagonal is a perfect
    prediction. `width` and `height` are in cells, with the axes. A bin of a few reviews does not stretch the axes:
    what is beyond them is not drawn."""
    telling = [each for each in found.bins if each.recalled.of >= TELLING]
    low = _tenth(min([0.5, *(each.predicted for each in telling), *(each.recalled.share for each in telling)]))
    room, rows = width - MARGIN, height - 2
    perfect, data = _canvas(room, rows, low, 1.0, low), _canvas(room, rows, low, 1.0, low)
    _line(perfect, low, low, 1.0, 1.0)
    shown = [each for each in found.bins if each.predicted >= low]
    for each in shown:
        if each.recalled.high >= low:
            _line(data, each.predicted, each.recalled.low, each.predicted, each.recalled.high)
    for each in shown:
        if each.recalled.share >= low:
            data.point(_within_x(each.predicted, data), _within(each.recalled.share, data), marker=DOT)
    lines = _with_axis(_overlaid(perfect, data), low)
    start, end = f"{round(low * 100)} %", "100 %"
    names = start + "predicted".center(room - len(start) - len(end)) + end
    return [*lines, (Span(" " * MARGIN + names, "quiet"),)]


def recalled_by_week(weeks: Sequence[tuple[int, Share]], width: int, height: int) -> list[Line]:
    """True retention week by week, as a curve from half to all; the first and last week are named."""
    low = _tenth(min([0.5, *(share.share for _, share in weeks)]))
    first, last = weeks[0][0], weeks[-1][0]
    room = width - MARGIN
    canvas = _canvas(room, height - 2, first, last + 7, low)
    for (day, share), (next_day, next_share) in pairwise(weeks):
        _line(canvas, day, share.share, next_day, next_share.share)
    for day, share in (weeks[0], weeks[-1]):
        canvas.point(_within_x(day, canvas), _within(share.share, canvas), marker=DOT)
    names = f"week of {date(first)}{f'week of {date(last)}':>{room - len(date(first)) - 8}}"
    return [*_with_axis(_overlaid(None, canvas), low), (Span(" " * MARGIN + names, "quiet"),)]


def _tenth(share: float) -> float:
    return math.floor(share * 10) / 10


def _canvas(width: int, height: int, start: float, end: float, low: float) -> "Canvas":
    from plotille import Canvas  # lazily: see the module

    return Canvas(max(1, width), max(1, height), xmin=start, xmax=end, ymin=low, ymax=1.0)


def _within(value: float, canvas: "Canvas") -> float:
    """The end of the axis is outside of a canvas."""
    return float(max(canvas.ymin, min(value, canvas.ymax_inside)))


def _within_x(value: float, canvas: "Canvas") -> float:
    return float(max(canvas.xmin, min(value, canvas.xmax_inside)))


def _line(canvas: "Canvas", x: float, y: float, to_x: float, to_y: float) -> None:
    canvas.line(_within_x(x, canvas), _within(y, canvas), _within_x(to_x, canvas), _within(to_y, canvas))


def _overlaid(below: "Canvas | None", above: "Canvas") -> list[Line]:
    """Two canvases of one size in one; where both have dots, the one above counts as the part that is seen."""
    over = above.plot(linesep="\n").split("\n")
    under = below.plot(linesep="\n").split("\n") if below is not None else [BLANK * len(line) for line in over]
    lines: list[Line] = []
    for upper, lower in zip(over, under, strict=True):
        cells = [_cell(a, b) for a, b in zip(upper, lower, strict=True)]
        spans = groupby(cells, key=lambda cell: cell.part)
        lines.append(tuple(Span("".join(cell.text for cell in same), part) for part, same in spans))
    return lines


def _cell(above: str, below: str) -> Span:
    if above == BLANK:
        return Span(" " if below == BLANK else below, "quiet")
    if ord(above) in BRAILLE and ord(below) in BRAILLE:
        return Span(chr(ord(above) | ord(below)), "bar")
    return Span(above, "bar")


def _with_axis(plot: Sequence[Line], low: float) -> list[Line]:
    """The lines with what their heights mean, and the axis below."""
    rows, step = len(plot), 10 if len(plot) * 10 >= 200 * (1.0 - low) else 20
    ticks = {round((100 - tick) / (100 * (1.0 - low)) * rows): tick for tick in range(100, round(low * 100), -step)}
    lines: list[Line] = []
    for place, line in enumerate(plot):
        label = f"{ticks[place]} %" if place in ticks else ""
        lines.append((Span(f"{label:>{MARGIN - 1}}{'┤' if label else '│'}", "quiet"), *line))
    width = sum(len(span.text) for span in plot[0])
    return [*lines, (Span(" " * (MARGIN - 1) + "└" + "─" * width, "quiet"),)]
