"""The pages of the statistics as lines of spans, for the screen and for the shell: every number with what it means.

Imports the values of `exchange.statistics` and `exchange.plots`. Goes in: the values of one page, a width in cells and
how many lines are seen at once, 0 for text without plots. Comes out: lines; a page may be longer than what is seen, and
begins with what matters.
"""

from collections.abc import Callable, Sequence
from functools import partial

from kdquiz.exchange import plots
from kdquiz.exchange.lines import (
    BLANK,
    Draw,
    Line,
    Span,
    beside,
    between,
    date,
    heading,
    percent,
    row,
    said,
    time,
)
from kdquiz.exchange.statistics import (
    Load,
    Overview,
    Retention,
    Statistics,
)
from kdquiz.exchange.statistics_tables import MOST_LEECHES, drills, mistakes, topics
from kdquiz.library.wording import counted
from kdquiz.memory.day import date_of
from kdquiz.memory.statistics import Calibration, Verdict

TALL = 28
"""Lines from which on there is room for higher plots."""
LAST = 30
"""Days in the columns of the overview."""
NOTHING_YET = "Nothing has been answered yet. Answer some questions first: today's session on the home screen begins."
NOTHING_PREDICTED = (
    "There is no prediction to compare with yet: the schedule predicts your recall from the second day on. Come back "
    "to some questions tomorrow."
)
NOTHING_AHEAD = "No card comes back in the next days. Answer some questions first; each comes back before it is lost."
ABOUT_LOAD = "Each card counts once, at its next review; what you forget comes back sooner, and new ones come on top."
ABOUT_CALIBRATION = "o is what you recalled, the line through it how sure that is; on the diagonal it is as predicted."
VERDICTS = {
    Verdict.TOO_FEW: "That is too little to judge the predictions by.",
    Verdict.AS_PREDICTED: "You recall as often as predicted.",
    Verdict.MORE: "You recall more often than predicted: reviews come sooner than they need to.",
    Verdict.LESS: "You recall less often than predicted: reviews come too late for you.",
}


def overview(found: Overview, width: int, lines: int) -> list[Line]:
    """A year of days in shades, days in a row, all there was, the last days."""
    if not found.totals.reviews:
        return said(NOTHING_YET, width)
    by_day = {each.day: each for each in found.days}
    page: list[Line] = []
    if lines:
        page = [heading("Reviews a day, the last year")]
        page += plots.calendar({day: each.reviews for day, each in by_day.items()}, found.today, width)
        page.append(BLANK)
    page += [*said(_in_a_row(found), width), *said(_in_all(found), width), BLANK]
    page.append(heading(f"The last {LAST} days", f"{date(found.today - LAST + 1)} to today"))
    last = [(day, by_day.get(day)) for day in range(found.today - LAST + 1, found.today + 1)]
    reviews = [each.reviews if each else 0 for _, each in last]
    minutes = [each.seconds / 60 if each else 0.0 for _, each in last]
    if lines:
        for name, values in (("Reviews", reviews), ("Minutes", minutes)):
            page += _columns(name, values, high=lines >= TALL)
    else:
        page += [
            (Span(f"{date(day)}: {counted(each.reviews, 'review')}, {time(each.seconds)}"),)
            for day, each in last
            if each
        ]
    return page + said(_on_average(reviews, minutes), width, "quiet")


def _columns(name: str, values: Sequence[float], high: bool) -> list[Line]:
    """A day a cell, with the name before the last line and the most after it."""
    *above, lowest = plots.columns(values, 3 if high else 1)
    drawn: list[Line] = [(Span(" " * 9), *line) for line in above]
    drawn.append((Span(f"{name:<9}"), *lowest, Span(f"  {values[-1]:.0f} today, {max(values):.0f} at most", "quiet")))
    return [*drawn, BLANK] if high else drawn


def _in_a_row(found: Overview) -> str:
    current, longest = found.streak.current, found.streak.longest
    if not current:
        return f"Nothing was answered yesterday or today; your longest row was {counted(longest, 'day')}."
    most = "more than ever before" if current == longest else f"your longest row was {counted(longest, 'day')}"
    pending = "" if any(each.day == found.today for each in found.days) else "; one answer today keeps it up"
    return f"{counted(current, 'day')} in a row, {most}{pending}."


def _in_all(found: Overview) -> str:
    totals = found.totals
    since = f" since {date(totals.first_day)}" if totals.first_day is not None else ""
    return (
        f"In all {totals.reviews:,} reviews of {totals.cards:,} questions and drills, {time(totals.seconds)} of "
        f"thinking on {counted(totals.days, 'day')}{since}."
    )


def _on_average(reviews: Sequence[int], minutes: Sequence[float]) -> str:
    active = [(count, spent) for count, spent in zip(reviews, minutes, strict=True) if count]
    if not active:
        return f"Nothing was answered in the last {LAST} days."
    mean = sum(count for count, _ in active) / len(active), sum(spent for _, spent in active) / len(active)
    return f"On {counted(len(active), 'day')} with reviews: {mean[0]:.0f} reviews in {mean[1]:.0f} minutes on average."


def retention(found: Retention, width: int, lines: int) -> list[Line]:
    """Predicted and true recall; by time since the last review; by week; the weights."""
    measured = found.calibration
    if not measured.recalled.of:
        return [*said(NOTHING_PREDICTED, width), BLANK, *_weights(found, width)]
    page = said(_retained(measured), width)
    page += said(VERDICTS[measured.verdict], width, "strong")
    page.append(BLANK)
    ages = _ages(found)
    if lines:
        left = max(36, min(56, width - 35))
        height = 15 if lines >= TALL else 10
        plot = plots.recalled_against_predicted(measured, left - 3, height)
        page += beside([heading("Recalled against predicted"), *plot], ages, left)
        page += said(ABOUT_CALIBRATION, width, "quiet")
    else:
        page += [*_bins(measured), BLANK, *ages]
    page += [BLANK, *_weights(found, width)]
    if len(found.weeks) > 1 and lines:
        page += [BLANK, heading("Recalled, week by week"), *plots.recalled_by_week(found.weeks[-53:], width, 8)]
    return page


def _bins(measured: Calibration) -> list[Line]:
    """The calibration in words, for who sees no plot."""
    return [
        (
            Span(
                f"Predicted {percent(each.start)} to {percent(each.end)}: recalled {percent(each.recalled.share)} "
                f"({between(each.recalled)}) of {each.recalled.of:,}"
            ),
        )
        for each in measured.bins
    ]


def _retained(measured: Calibration) -> str:
    recalled = measured.recalled
    return (
        f"You recalled {percent(recalled.share)} of {recalled.of:,} reviews on a later day (the true share is within "
        f"{between(recalled)}, 19 times of 20); the schedule had predicted {percent(measured.predicted)}."
    )


def _ages(found: Retention) -> list[Line]:
    block: list[Line] = [row([("Recalled after", 16), ("", -11), ("of", -7)], "strong")]
    for start, end, share in found.ages:
        name = f"{start}+ days" if end is None else f"{start}–{end} days"
        cells = [(name, 12), (percent(share.share), -5), (between(share), -10), (f"{share.of:,}", -7)]
        block.append(row(cells))
    measured = found.calibration
    block += [BLANK, row([("Log loss", 20), (f"{measured.log_loss:.3f}", -7)])]
    block.append(row([("RMSE over the bins", 20), (f"{measured.rmse * 100:.1f} %", -7)]))
    block += said("Both tell how far predictions are off: less is better.", 34, "quiet")
    return block


def _weights(found: Retention, width: int) -> list[Line]:
    fit = found.fit
    if fit is None:
        told = "The schedule uses the default weights of FSRS-6, learnt from many learners."
    else:
        told = f"The schedule uses weights fitted to your own log on {fit.fitted_at:%d %b %Y}, {fit.reviews:,} reviews"
        if fit.loss_before is not None and fit.loss_after is not None:
            told += f": log loss {fit.loss_before:.4f} before, {fit.loss_after:.4f} after, on reviews held out"
        told += "."
    numbers = ", ".join(f"{weight:.4g}" for weight in found.weights)
    return [heading("Weights"), *said(told, width), *said(numbers, width, "quiet")]


def load(found: Load, width: int, lines: int) -> list[Line]:
    """What comes back on which day."""
    if not any(found.cards):
        return said(NOTHING_AHEAD, width)
    today, rest = found.cards[0], found.cards[1:]
    page = [heading(f"Cards that come back, the next {len(found.cards)} days")]
    if lines:
        page += _days_ahead(found, width, 12 if lines >= TALL else 8)
    else:
        page += [(Span(f"{date(found.today + ahead)}: {cards:,}"),) for ahead, cards in enumerate(found.cards) if cards]
    page.append(BLANK)
    took = f", about {time(today * found.seconds)} at your {found.seconds:.0f} s a review" if found.seconds else ""
    page += said(f"Due today: {counted(today, 'card')}, the overdue ones included{took}.", width)
    week = sum(rest[:7])
    page += said(f"In the seven days after: {counted(week, 'card')}, {week / 7:.0f} a day.", width)
    return page + said(ABOUT_LOAD, width, "quiet")


def _days_ahead(found: Load, width: int, height: int) -> list[Line]:
    """A column a day; one of today that would dwarf all others is cut."""
    today, usual = found.cards[0], max(found.cards[1:])
    off = bool(usual) and today > 3 * usual
    most = usual if off else max(today, usual)
    cells = 3 if width >= 8 + 3 * len(found.cards) else 2
    drawn: list[Line] = []
    for place, line in enumerate(plots.columns(found.cards, height, cells, most)):
        label = f"{most:,}" if place == 0 else ""
        drawn.append((Span(f"{label:>6} │", "quiet"), *line))
    drawn.append((Span("     0 └" + "─" * (cells * len(found.cards)), "quiet"),))
    drawn.append((Span(" " * 8 + _dates(found, cells), "quiet"),))
    if off:
        drawn += said(f"Today's column would be {today / most:.0f} times as high as there is room.", width, "quiet")
    return drawn


def _dates(found: Load, cells: int) -> str:
    named = ""
    for ahead in range(0, len(found.cards), 7):
        when = date_of(found.today + ahead)
        name = "today" if not ahead else f"{when.day} {when:%b}"
        named = f"{named:<{ahead * cells}}{name}"
    return named


PAGES: dict[str, Callable[[Statistics], Draw]] = {
    "overview": lambda found: partial(overview, found.overview()),
    "recall": lambda found: partial(retention, found.retention()),
    "load": lambda found: partial(load, found.load()),
    "topics": lambda found: partial(topics, found.topics()),
    "mistakes": lambda found: partial(mistakes, found.misconceptions(), found.leeches(MOST_LEECHES)),
    "drills": lambda found: partial(drills, found.drills()),
}
"""The pages by name: what is read for one, then drawn as often as its size changes."""
