"""The pages of the statistics that are tables and lists: topics, mistakes, drills. See `exchange.statistics_pages`.

Imports the values of `exchange.statistics`, and bars. Goes in: the values of one page, a width in cells and how many
lines are seen at once, 0 for text without plots. Comes out: lines.
"""

from collections.abc import Sequence

from kdquiz.exchange import plots
from kdquiz.exchange.lines import BLANK, Line, Part, Span, date, days, heading, percent, row, said, time
from kdquiz.exchange.statistics import DrillFigures, LeechFigures, Misconception, TopicFigures
from kdquiz.library.wording import counted
from kdquiz.memory.trends import Trend

MOST_LISTED = 40
MOST_LEECHES = 20
ASIDE = 11
"""Cells before a sentence, for its trend."""

NOTHING_MISTAKEN = (
    "No misconception was met yet. One is counted when you choose a wrong option, or when a drill's mistake is named."
)
NOTHING_TRIED = "No drill was tried yet. Open one from the home screen with d."
ABOUT_STABILITY = (
    "Stability: the days after which the chance of recall has fallen to 90 %; half of the topic's questions that you "
    "have seen last longer than told here."
)
ABOUT_TRENDS = (
    "new: never met before the last 14 days. growing: half as often again as in the 14 days before, and at least twice "
    "more. fading: at most half as often as then. steady: anything between."
)
ABOUT_DRILLS = (
    "Tries, hints and time are those until the first accepted submission; a sitting counts from when the drill is "
    "opened. Submissions that could not be graded are not counted."
)
TRENDS: dict[Trend, tuple[str, Part]] = {
    Trend.NEW: ("+ new", "bad"),
    Trend.GROWING: ("▲ growing", "bad"),
    Trend.STEADY: ("= steady", ""),
    Trend.FADING: ("▼ fading", "good"),
}


def topics(found: Sequence[TopicFigures], width: int, lines: int) -> list[Line]:
    """What is remembered of each topic."""
    seen, chance, lasts = 14, 18, 10
    room = max(12, width - seen - chance - lasts)
    names = [("Topic", room), ("seen", seen), ("recalled now", chance), ("stability", -lasts)]
    page: list[Line] = [row(names, "strong")]
    for topic in found:
        name = row([(topic.title, room), (f"{topic.seen:,} of {topic.total:,}", seen)])
        if topic.recall is None or topic.stability is None:
            page.append((*name, Span("not seen", "quiet")))
        else:
            told = f" {percent(topic.recall):>5}"
            rest = " " * (chance - 10 - len(told))
            drawn = plots.bar(topic.recall, 10) if lines else (Span(" " * 10),)
            page.append((*name, *drawn, Span(told + rest + f"{days(topic.stability):>{lasts}}")))
    return [*page, BLANK, *said(ABOUT_STABILITY, width, "quiet")]


def mistakes(found: Sequence[Misconception], leeches: Sequence[LeechFigures], width: int, lines: int) -> list[Line]:
    """The misconceptions met most often lately, with their trend; then what is forgotten again and again."""
    page = said(NOTHING_MISTAKEN, width)
    if found:
        page = [heading("Misconceptions", "those met most in the last 14 days first")]
        page += [line for each in found[:MOST_LISTED] for line in _misconception(each, width)]
        if len(found) > MOST_LISTED:
            page += said(f"and {len(found) - MOST_LISTED} more: `kdquiz stats --json` lists all", width, "quiet")
        page += [BLANK, *said(ABOUT_TRENDS, width, "quiet")]
    if leeches:
        page += [BLANK, heading("Leeches", "forgotten again and again")]
        page += [line for each in leeches for line in _leech(each, width)]
    return page


def _misconception(each: Misconception, width: int) -> list[Line]:
    met = each.met
    sign, part = TRENDS[each.trend]
    first, *rest = said(met.sentence, width, "said", ASIDE)
    where = f"last on {date(met.last_day)} at "
    lately = f"{met.recent} in the last 14 days, {met.before} in the 14 before, {met.times} in all;"
    title = _short(each.title, width - ASIDE - len(where) - 2)
    aside = [*said(lately, width, "quiet", ASIDE), *said(f"{where}“{title}”", width, "quiet", ASIDE)]
    return [(Span(f"{sign:<{ASIDE}}", part), *first[1:]), *rest, *aside]


def _leech(each: LeechFigures, width: int) -> list[Line]:
    state = "; suspended" if each.suspended else ""
    told = f"forgotten {counted(each.lapses, 'time')} after it was learnt{state}"
    first: Line = (Span(f"{f'{each.lapses} ×':<{ASIDE}}"), Span(_short(each.title, width - ASIDE), "said"))
    return [first, *said(told, width, "quiet", ASIDE), *said(each.suggestion, width, "", ASIDE)]


def drills(found: Sequence[DrillFigures], width: int, lines: int) -> list[Line]:
    """Tries, hints and time until each was first solved."""
    if not found:
        return said(NOTHING_TRIED, width)
    tries, hints, spent, meant = 7, 7, 19, 10
    room = max(12, width - tries - hints - spent - meant)
    names = [("Drill", room), ("tries", -tries), ("hints", -hints), ("first accepted", -spent), ("meant", -meant)]
    page: list[Line] = [row(names, "strong")]
    for drill in found:
        record = drill.record
        took = f"after {time(record.seconds)}" if record.solved else f"not yet, {time(record.seconds)}"
        cells = [(str(record.tries), -tries), (str(record.hints or "–"), -hints), (took, -spent)]
        page.append(row([(drill.title, room), *cells, (f"{drill.minutes} min" if drill.minutes else "", -meant)]))
    solved = [drill.record for drill in found if drill.record.solved]
    page += [BLANK, *said(f"{len(solved)} solved of {len(found)} tried.", width)]
    return page + said(ABOUT_DRILLS, width, "quiet")


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
