"""Cards, reviews, attempts and fits as rows of the database, and back, without loss.

Imports `memory.model`. Times are whole microseconds since 1970 UTC: exact, and in order as numbers.
"""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from kdquiz.memory.model import EPOCH, Attempt, Card, CardState, Fit, Rating, ReviewLog, Standing

MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_A_DAY = 86_400_000_000
FARTHEST = 2_800_000
"""Days from 1970, some seven thousand years: beyond it intervals would leave the calendar."""
Row = tuple[Any, ...]

CARD_COLUMNS = "id, state, step, stability, difficulty, due, due_day, last_review, day, reviews, lapses"
REVIEW_COLUMNS = "card_id, rating, reviewed_at, seconds, response, share, day, fuzz, recall"
ATTEMPT_COLUMNS = "drill_id, source, verdict, report, hints_used, seconds, submitted_at, counts"
STANDING_COLUMNS = "card_id, buried_on, suspended, marked"
FIT_COLUMNS = "weights, fitted_at, reviews, loss_before, loss_after"


def same(columns: str) -> str:
    """The condition that a row holds just the values given for its columns."""
    return " AND ".join(f"{column.strip()} IS ?" for column in columns.split(","))


class NotARowError(Exception):
    """A row that no version of this program writes: somebody else has changed the database."""


@contextmanager
def _of(what: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise NotARowError(f"{what}: {error}") from error


def microseconds(moment: datetime) -> int:
    """A UTC time as a number. Raises ValueError for any other time zone or none."""
    if moment.tzinfo != UTC:
        raise ValueError(f"times are timezone-aware and UTC, and this one is not: {moment!r}")
    return (moment - EPOCH) // MICROSECOND


def moment(number: int) -> datetime:
    """The UTC time that `microseconds` made a number of."""
    return EPOCH + timedelta(microseconds=number)


def storable(text: str) -> str:
    """`text`, with what is no character (half a surrogate pair, from a pasted or broken file) as an escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def card_row(card: Card) -> Row:
    """In the order of CARD_COLUMNS."""
    due, last_review = microseconds(card.due), microseconds(card.last_review)
    memory = (card.state.value, card.step, card.stability, card.difficulty)
    return (card.id, *memory, due, card.due_day, last_review, card.day, card.reviews, card.lapses)


def card_from(row: Row) -> Card:
    """From a row of CARD_COLUMNS. This and the next ones raise NotARowError where a value has no meaning."""
    card_id, state, step, stability, difficulty, due, due_day, last_review, day, reviews, lapses = row
    with _of(f"the card of '{card_id}'"):
        return Card(
            id=card_id,
            state=CardState(state),
            step=step,
            stability=stability,
            difficulty=difficulty,
            due=moment(due),
            due_day=due_day,
            last_review=moment(last_review),
            day=day,
            reviews=reviews,
            lapses=lapses,
        )


def review_row(log: ReviewLog) -> Row:
    """In the order of REVIEW_COLUMNS; the misconceptions are rows of their own."""
    at = microseconds(log.reviewed_at)
    said = (float(log.seconds), storable(log.response), log.share)
    return (log.card_id, log.rating.value, at, *said, log.day, log.fuzz, log.recall)


def review_from(row: Row, misconceptions: tuple[str, ...] = ()) -> ReviewLog:
    """From a row of REVIEW_COLUMNS."""
    card_id, rating, reviewed_at, seconds, response, share, day, fuzz, recall = row
    with _of(f"a review of '{card_id}'"):
        if max(abs(reviewed_at) // MICROSECONDS_A_DAY, abs(day or 0)) > FARTHEST:
            raise ValueError("a day that no calendar has")
        if not math.isfinite(seconds):
            raise ValueError("a time without an end")
        return ReviewLog(
            card_id=card_id,
            rating=Rating(rating),
            reviewed_at=moment(reviewed_at),
            seconds=seconds,
            response=response,
            share=share,
            day=day,
            fuzz=fuzz,
            recall=recall,
            misconceptions=misconceptions,
        )


def attempt_row(attempt: Attempt) -> Row:
    """In the order of ATTEMPT_COLUMNS; the misconceptions are rows of their own."""
    said = (attempt.verdict, storable(attempt.report))
    used = (attempt.hints_used, float(attempt.seconds), microseconds(attempt.submitted_at), int(attempt.counts))
    return (attempt.drill_id, storable(attempt.source), *said, *used)


def attempt_from(row: Row, misconceptions: tuple[str, ...] = ()) -> Attempt:
    """From a row of ATTEMPT_COLUMNS."""
    drill_id, source, verdict, report, hints_used, seconds, submitted_at, counts = row
    with _of(f"an attempt at '{drill_id}'"):
        if not math.isfinite(seconds):
            raise ValueError("a time without an end")
        return Attempt(
            drill_id=drill_id,
            source=source,
            verdict=verdict,
            report=report,
            hints_used=hints_used,
            seconds=seconds,
            submitted_at=moment(submitted_at),
            counts=bool(counts),
            misconceptions=misconceptions,
        )


def standing_row(card_id: str, standing: Standing) -> Row:
    """In the order of STANDING_COLUMNS."""
    return (card_id, standing.buried_on, int(standing.suspended), int(standing.marked))


def standing_from(row: Row) -> tuple[str, Standing]:
    """The id and the standing, from a row of STANDING_COLUMNS."""
    card_id, buried_on, suspended, marked = row
    return card_id, Standing(buried_on=buried_on, suspended=bool(suspended), marked=bool(marked))


def fit_row(fit: Fit) -> Row:
    """In the order of FIT_COLUMNS."""
    weights = None if fit.weights is None else json.dumps(fit.weights)
    return (weights, microseconds(fit.fitted_at), fit.reviews, fit.loss_before, fit.loss_after)


def fit_from(row: Row) -> Fit:
    """From a row of FIT_COLUMNS."""
    weights, fitted_at, reviews, loss_before, loss_after = row
    with _of("a fit"):
        return Fit(
            weights=None if weights is None else tuple(map(float, json.loads(weights))),
            fitted_at=moment(fitted_at),
            reviews=reviews,
            loss_before=loss_before,
            loss_after=loss_after,
        )
