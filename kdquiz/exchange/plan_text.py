"""The plan for the interview in words, the same in the shell and in the app.

Imports `memory` and `exchange.outlook`. Goes in: a `Study` and its `Prospect`. Comes out: sentences and lines.
"""

from collections.abc import Iterator, Mapping

from kdquiz.exchange.outlook import Chances, Prospect, Study
from kdquiz.memory.forecast import MOST_MINUTES, Chance, Day

BAR_CELLS = 18
TITLE_CELLS = 36
TITLE_AND_BAR = 44
"""Cells of 80 that a title and its bar share: a title is not to be cut, so the bar gives way."""


def until(study: Study) -> str:
    """How far the interview is."""
    interview = study.goal.interview
    if interview is None or study.goal.day is None:
        return "No interview date is set."
    day = f"{interview:%A} {interview.day} {interview:%B} {interview.year}"
    days = study.goal.day - study.today
    if days < 0:
        return f"The interview was on {day}. What is due now keeps what you know for good."
    if days == 0:
        return f"The interview is today, {day}."
    return f"{_count(days, 'day')} until the interview on {day}."


def now(whole: Chances) -> str:
    """What would be recalled today."""
    return f"Today you would recall {_both(whole.now, 'so far')}."


def untouched(whole: Chances) -> str:
    """What will be recalled on the day if nothing more is done; empty where no day is ahead."""
    return "" if whole.untouched is None else f"On the day, without more study: {_both(whole.untouched)}."


def planned(study: Study, whole: Chances) -> str:
    """What will be recalled on the day with the plan; empty where no day is left to study."""
    if whole.planned is None or not study.goal.ahead(study.today):
        return ""
    return f"On the day, at {_count(study.goal.minutes, 'minute')} a day: {_both(whole.planned)}."


def todays(day: Day) -> str:
    """What there is to do on a day."""
    parts = [f"{round(day.again)} to repeat"] if round(day.again) else []
    parts += [f"{round(day.new)} new"] if round(day.new) else []
    if not parts:
        return "Today: nothing more."
    return f"Today: {' and '.join(parts)}, about {_count(max(1, round(day.minutes)), 'minute')}."


def unseen(study: Study, prospect: Prospect, enough: int | None) -> str:
    """That there is not the time to see everything even once; `enough` are the minutes a day that are, None where none
    are. Empty where there is the time."""
    ahead = prospect.outlook
    if ahead is None or ahead.seen_all or not study.goal.ahead(study.today):
        return ""
    stay = "stays" if ahead.unseen == 1 else "stay"
    said = (
        f"At {_count(study.goal.minutes, 'minute')} a day you cannot see everything before the day: "
        f"{_count(ahead.unseen, 'question')} of {prospect.whole.now.total} {stay} unseen."
    )
    return f"{said} {enough} minutes a day are enough." if enough else f"{said} Not even {MOST_MINUTES} are enough."


def more(study: Study, whole: Chances, enough: Mapping[float, int | None]) -> str:
    """Which minutes a day reach more: `enough` has them by chance. Empty where the plan reaches all of these."""
    if whole.planned is None or not enough:
        return ""
    reached, minutes = whole.planned.of_all, study.goal.minutes
    wanted = {
        target: its
        for target, its in enough.items()
        if target > reached and _percent(target) != _percent(reached) and (its is None or its > minutes)
    }
    if not wanted:
        return ""
    farthest = {its: target for target, its in wanted.items() if its}
    said = [f"{its} would reach {_percent(target)}" for its, target in farthest.items()]
    out_of_reach = [_percent(target) for target, its in wanted.items() if not its]
    if out_of_reach:
        said.append(f"not even {MOST_MINUTES} would reach {' or '.join(out_of_reach)}")
    return f"At {_count(minutes, 'minute')} a day you will reach {_percent(reached)}; {', '.join(said)}."


def topic_lines(prospect: Prospect) -> Iterator[str]:
    """A line for each topic: its chance today as a full bar, and what the plan adds to it lighter."""
    width = min(TITLE_CELLS, max((len(title) for title in prospect.topics), default=0))
    for title, its in prospect.topics.items():
        then = its.now if its.planned is None else its.planned
        cells = min(BAR_CELLS, TITLE_AND_BAR - width)
        name = title if len(title) <= width else f"{title[: width - 1]}…"
        says = _percent(its.now.of_all)
        if its.planned is not None:
            says = f"{says:>5} → {_percent(then.of_all):>5}"
        yield f"{name:<{width}}  {bar(its, cells)}  {says}  ({its.now.seen} of {its.now.total} seen)"


def bar(chances: Chances, cells: int = BAR_CELLS) -> str:
    """The chance today, what the plan adds until the day, and what is left."""
    full = round(chances.now.of_all * cells)
    until_day = full if chances.planned is None else max(full, round(chances.planned.of_all * cells))
    return "█" * full + "▒" * (until_day - full) + "·" * (cells - until_day)


def _both(chance: Chance, until: str = "until then") -> str:
    """Of everything, and of what was seen until a moment where that is less than everything."""
    said = f"{_percent(chance.of_all)} of everything"
    if 0 < chance.seen < chance.total:
        said += f", {_percent(chance.of_seen)} of the {_count(chance.seen, 'question')} seen {until}"
    return said


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
