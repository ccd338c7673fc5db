"""Statistics as rows for other programs: `kdquiz stats --json` prints one a line. The fields are a contract.

Imports `exchange.statistics`. Goes in: a `Statistics`. Comes out: dicts that JSON can say. Days are ISO dates, shares
and chances 0 to 1, times in the unit that their name says.
"""

from collections.abc import Iterator
from typing import Any

from kdquiz.exchange.statistics import Statistics
from kdquiz.memory.day import date_of
from kdquiz.memory.statistics import Share

Row = dict[str, Any]


def rows(found: Statistics) -> Iterator[Row]:
    """Every row, in the order that the help of `kdquiz stats` lists them."""
    yield _total(found)
    yield from _days(found)
    yield from _retention(found)
    for ahead, cards in enumerate(found.load().cards):
        yield {"line": "load", "day": _iso(found.today + ahead), "cards": cards}
    for topic in found.topics():
        yield {
            "line": "topic",
            "id": topic.id,
            "title": topic.title,
            "seen": topic.seen,
            "questions": topic.total,
            "recall": _rounded(topic.recall),
            "stability_days": _rounded(topic.stability),
        }
    yield from _mistakes(found)
    for drill in found.drills():
        record = drill.record
        yield {
            "line": "drill",
            "id": record.drill_id,
            "title": drill.title,
            "attempts": record.attempts,
            "solved": record.solved,
            "tries": record.tries,
            "hints": record.hints,
            "seconds": _rounded(record.seconds),
        }


def _total(found: Statistics) -> Row:
    overview = found.overview()
    totals = overview.totals
    return {
        "line": "total",
        "today": _iso(found.today),
        "reviews": totals.reviews,
        "cards": totals.cards,
        "minutes": _rounded(totals.seconds / 60),
        "days": totals.days,
        "first_day": None if totals.first_day is None else _iso(totals.first_day),
        "days_in_a_row": overview.streak.current,
        "most_days_in_a_row": overview.streak.longest,
    }


def _days(found: Statistics) -> Iterator[Row]:
    for each in found.overview().days:
        yield {
            "line": "day",
            "day": _iso(each.day),
            "reviews": each.reviews,
            "minutes": _rounded(each.seconds / 60),
            "new": each.new,
            "tested": each.tested,
            "recalled": each.recalled,
        }


def _retention(found: Statistics) -> Iterator[Row]:
    retention = found.retention()
    measured = retention.calibration
    yield {
        "line": "retention",
        "of": "all",
        **_share(measured.recalled),
        "predicted": _rounded(measured.predicted),
        "log_loss": _rounded(measured.log_loss),
        "rmse": _rounded(measured.rmse),
        "weights": list(retention.weights),
        "fitted": retention.fit is not None,
    }
    for week, share in retention.weeks:
        yield {"line": "retention", "of": "week", "day": _iso(week), **_share(share)}
    for start, end, share in retention.ages:
        yield {"line": "retention", "of": "age", "from_days": start, "to_days": end, **_share(share)}
    for each in measured.bins:
        bounds = {"from": each.start, "to": each.end, "predicted": _rounded(each.predicted)}
        yield {"line": "calibration", **bounds, **_share(each.recalled)}


def _mistakes(found: Statistics) -> Iterator[Row]:
    for each in found.misconceptions():
        met = each.met
        yield {
            "line": "misconception",
            "sentence": met.sentence,
            "id": met.card_id,
            "times": met.times,
            "last_day": _iso(met.last_day),
            "last_14_days": met.recent,
            "14_days_before": met.before,
            "trend": each.trend.value,
        }
    for leech in found.leeches():
        yield {
            "line": "leech",
            "id": leech.id,
            "title": leech.title,
            "lapses": leech.lapses,
            "suspended": leech.suspended,
            "suggestion": leech.suggestion,
        }


def _share(share: Share) -> Row:
    if not share.of:
        return {"reviews": 0, "recalled": 0, "share": None, "low": None, "high": None}
    interval = {"low": _rounded(share.low), "high": _rounded(share.high)}
    return {"reviews": share.of, "recalled": share.hits, "share": _rounded(share.share), **interval}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _iso(day: int) -> str:
    return date_of(day).isoformat()
