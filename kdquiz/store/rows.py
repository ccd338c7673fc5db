"""Cards, reviews and attempts as rows of the database, and back, without loss.

Imports `memory.model`. Times are whole microseconds since 1970 UTC: exact, and in order as numbers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from kdquiz.memory.model import Attempt, Card, CardState, Rating, ReviewLog

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
Row = tuple[Any, ...]

CARD_COLUMNS = "id, state, step, stability, difficulty, due, last_review, reviews, lapses"
REVIEW_COLUMNS = "card_id, rating, reviewed_at, seconds, response, share"
ATTEMPT_COLUMNS = "drill_id, source, verdict, report, hints_used, seconds, submitted_at, counts"


class NotARowError(Exception):
    """A row that no version of this program writes: somebody else has changed the database."""


@contextmanager
def _of(what: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, OverflowError) as error:
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
    return (card.id, *memory, due, last_review, card.reviews, card.lapses)


def card_from(row: Row) -> Card:
    """From a row of CARD_COLUMNS. This and the next two raise NotARowError where a value has no meaning."""
    card_id, state, step, stability, difficulty, due, last_review, reviews, lapses = row
    with _of(f"the card of '{card_id}'"):
        return Card(
            id=card_id,
            state=CardState(state),
            step=step,
            stability=stability,
            difficulty=difficulty,
            due=moment(due),
            last_review=moment(last_review),
            reviews=reviews,
            lapses=lapses,
        )


def review_row(log: ReviewLog) -> Row:
    """In the order of REVIEW_COLUMNS."""
    at = microseconds(log.reviewed_at)
    return (log.card_id, log.rating.value, at, float(log.seconds), storable(log.response), log.share)


def review_from(row: Row) -> ReviewLog:
    """From a row of REVIEW_COLUMNS."""
    card_id, rating, reviewed_at, seconds, response, share = row
    with _of(f"a review of '{card_id}'"):
        return ReviewLog(
            card_id=card_id,
            rating=Rating(rating),
            reviewed_at=moment(reviewed_at),
            seconds=seconds,
            response=response,
            share=share,
        )


def attempt_row(attempt: Attempt) -> Row:
    """In the order of ATTEMPT_COLUMNS."""
    said = (attempt.verdict, storable(attempt.report))
    used = (attempt.hints_used, float(attempt.seconds), microseconds(attempt.submitted_at), int(attempt.counts))
    return (attempt.drill_id, storable(attempt.source), *said, *used)


def attempt_from(row: Row) -> Attempt:
    """From a row of ATTEMPT_COLUMNS."""
    drill_id, source, verdict, report, hints_used, seconds, submitted_at, counts = row
    with _of(f"an attempt at '{drill_id}'"):
        return Attempt(
            drill_id=drill_id,
            source=source,
            verdict=verdict,
            report=report,
            hints_used=hints_used,
            seconds=seconds,
            submitted_at=moment(submitted_at),
            counts=bool(counts),
        )
