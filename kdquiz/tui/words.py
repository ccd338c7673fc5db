"""Numbers as people say them: durations, days, bars. Pure; imports nothing of kdquiz.

Times that come in are UTC; days are told in the local zone of the machine.
"""

from datetime import date, datetime, timedelta

MINUTE, HOUR, DAY = 60, 3600, 86400
FULL, EMPTY = "█", "░"


def interval(span: timedelta) -> str:
    """How long until a card comes back, in the one unit that says most: `10 min`, `3 h`, `4 d`, `5 mo`, `1.2 y`."""
    seconds = max(0.0, span.total_seconds())
    if seconds < HOUR:
        return f"{max(1, round(seconds / MINUTE))} min"
    if seconds < DAY:
        return f"{round(seconds / HOUR)} h"
    days = seconds / DAY
    if days < 31:
        return f"{round(days)} d"
    if days < 365:
        return f"{round(days / 30.44)} mo"
    return f"{days / 365.25:.1f} y"


def belongs_at(place: int, belongs: int) -> str:
    """Where a step belongs that is out of order at a place, both counted from 0: `belongs at 3`.

    It may stand at its own place all the same, with the others around it in disorder.
    """
    return f"belongs at {belongs + 1}{', but after and before other steps' if place == belongs else ''}"


def stopwatch(seconds: float) -> str:
    """`0:42`, `12:05`, `1:02:03`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def spent(seconds: float) -> str:
    """`42 s`, `9 min`, `1 h 5 min`."""
    if seconds < MINUTE:
        return f"{round(max(0.0, seconds))} s"
    minutes = round(seconds / MINUTE)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def day(moment: datetime) -> str:
    """`24 November`, in local time."""
    local = moment.astimezone()
    return f"{local.day} {local:%B}"


def date_words(when: date, today: date) -> str:
    """`24 November`; with the year where it is another one: `3 January 2027`."""
    return f"{when.day} {when:%B}" + (f" {when.year}" if when.year != today.year else "")


def days_ahead(days: int) -> str:
    """`today`, `tomorrow`, `in 21 days`."""
    return ("today", "tomorrow")[days] if days < 2 else f"in {days} days"


def comes_back(due: datetime, now: datetime) -> str:
    """When something is due: `now`, `within the hour`, `later today`, `tomorrow`, `in 5 days`, `in 3 mo`."""
    if due <= now:
        return "now"
    if due - now < timedelta(hours=1):
        return "within the hour"
    days = (due.astimezone().date() - now.astimezone().date()).days
    if days == 0:
        return "later today"
    if days == 1:
        return "tomorrow"
    return f"in {days} days" if days < 31 else f"in {interval(due - now)}"


def bar(share: float, width: int) -> str:
    """A bar of `width` cells, full in proportion to `share` (0 to 1)."""
    filled = round(min(1.0, max(0.0, share)) * width)
    return FULL * filled + EMPTY * (width - filled)


def percent(share: float) -> str:
    """`82 %`."""
    return f"{round(share * 100)} %"
