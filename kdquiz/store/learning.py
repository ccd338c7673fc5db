"""What the store knows of the learner, asked of the database itself: a hundred thousand cards take some milliseconds.

Imports `memory`'s values. Goes in: a way to read the database, within one snapshot of it, and the moment. Comes out:
a `Learner`, or the memories that a forecast is made from. The rule of what is due is `memory.due.is_due`; a test holds
the two against each other.
"""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple

from kdquiz.memory.curve import Memory
from kdquiz.memory.goal import LEFT_FOR_QUESTIONS, Goal
from kdquiz.memory.habits import CHECKING_SECONDS, Answers
from kdquiz.memory.learner import DUE_AT_MOST, Ids, Learner
from kdquiz.memory.model import CardState, Standing
from kdquiz.store.rows import microseconds

Read = Callable[..., list[tuple[Any, ...]]]
"""Rows of a query, by its text and its values."""

SEPARATOR = "\n"
"""Between ids that are read as one text, three times as fast as row by row."""

KNOWN = f"SELECT count(*), ifnull(group_concat(id, '{SEPARATOR}'), '') FROM card WHERE id >= ''"
"""The condition holds for all of them: by it SQLite reads them in order, which leaves nothing to sort."""

MADE_DUE = """
    SELECT DISTINCT card_id FROM made_due WHERE NOT EXISTS (
        SELECT 1 FROM live_review
        WHERE live_review.card_id = made_due.card_id AND live_review.number > made_due.after_review)
"""

OF_A_DRILL = "CASE WHEN json_valid(response) THEN json_extract(response, '$.response') = 'drill' ELSE 0 END IS 1"

NEW_ON = f"""
    SELECT count(*) FROM live_review AS first WHERE counted_day = ? AND NOT {OF_A_DRILL} AND NOT EXISTS (
        SELECT 1 FROM live_review AS before WHERE before.card_id = first.card_id AND before.number < first.number)
"""

SPENT_ON = f"""
    SELECT total(seconds), count(*), total(iif({OF_A_DRILL}, seconds, 0.0)), count(*) FILTER (WHERE {OF_A_DRILL})
    FROM live_review WHERE counted_day = ?
"""

LATEST = 1000
"""Answers by which a learner's pace is known: enough for two hundred of most kinds."""
ANSWERS = f"""
    SELECT card_id, counted_day, rating, seconds, number FROM live_review WHERE NOT {OF_A_DRILL}
    ORDER BY number DESC LIMIT ?
"""
ANSWERED_BEFORE = """
    SELECT card_id, (
        SELECT counted_day FROM live_review AS before WHERE before.card_id = latest.card_id AND before.number < ?1
        ORDER BY before.number DESC LIMIT 1) AS day
    FROM (SELECT DISTINCT card_id FROM review WHERE number >= ?1) AS latest WHERE day IS NOT NULL
"""

# The learner's day of a card is today at the latest, one day ahead at most after a flight, and so is the day on which
# one that is learnt is due: the index over the days finds all but those of a clock that was far ahead.
DUE = f"""
    due_day <= :today + 1 AND day <= :today + 1 AND CASE state
        WHEN {CardState.REVIEW.value} THEN due_day <= :today ELSE due <= :now OR day < :today END
"""
AHEAD = "day > :today + 1"
RESTING = "AND id IN (SELECT card_id FROM standing WHERE suspended OR buried_on = :today)"


class Answered(NamedTuple):
    """An answer as a plan looks at it: of which question, on which of the learner's days, rated how, until the
    reveal."""

    card_id: str
    day: int
    rating: int
    seconds: float


def learner(read: Read, now: datetime, today: int, standings: dict[str, Standing], goal: Goal) -> Learner:
    """What is known at the moment `now`, on the learner's day `today`."""
    resting = frozenset(card_id for card_id, standing in standings.items() if standing.rests(today))
    due, due_count = _due(read, microseconds(now), today, resting)
    ((new_today,),) = read(NEW_ON, today)
    return Learner(
        now=now,
        today=today,
        known=_known(read),
        due=tuple(due),
        lateness=tuple(due.values()),
        due_count=due_count,
        resting=resting,
        standings=standings,
        made_due=frozenset(card_id for (card_id,) in read(MADE_DUE)),
        new_today=new_today,
        seconds_today=_spent(read, today, goal),
        goal=goal,
        answers=Answers() if goal.ahead(today) is None else answers(read),
    )


def answers(read: Read) -> Answers:
    """The latest answers to questions. All of the log would take a second where it is long."""
    found = read(ANSWERS, LATEST)
    before = read(ANSWERED_BEFORE, found[-1][-1]) if len(found) == LATEST else []
    return Answers([Answered(*row[:-1]) for row in reversed(found)], dict(before))


def memories(read_as: Callable[[Callable[[tuple[Any, ...]], Memory], str], list[Memory]]) -> list[Memory]:
    """Every card as a forecast needs it."""
    return read_as(Memory._make, "SELECT id, stability, difficulty, day, lapses FROM card")


def _known(read: Read) -> AbstractSet[str]:
    ((count, together),) = read(KNOWN)
    if together.count(SEPARATOR) == max(0, count - 1):
        return Ids(together, SEPARATOR)
    return frozenset(card_id for (card_id,) in read("SELECT id FROM card"))  # one of them has a line break within


def _spent(read: Read, today: int, goal: Goal) -> float:
    """How much of the day's minutes is used up, in seconds.

    An answer takes what was thought and what it took to read what came of it, as a plan counts; drills, however long
    they took, leave the questions the same part as when they were still due.
    """
    ((seconds, reviews, on_drills, drills),) = read(SPENT_ON, today)
    on_questions = seconds - on_drills + CHECKING_SECONDS * (reviews - drills)
    return float(on_questions + min(on_drills, 60.0 * goal.minutes * (1.0 - LEFT_FOR_QUESTIONS)))


def _due(read: Read, now: int, today: int, resting: frozenset[str]) -> tuple[dict[str, float], int]:
    """The ids that are due with how late each is, the most overdue first as far as `DUE_AT_MOST`, and how many there
    are in all."""
    values = {"now": now, "today": today, "most": DUE_AT_MOST + len(resting)}  # so many may have to be left out
    lateness = "SELECT id, (:today - due_day) / stability AS lateness FROM card WHERE"
    found = read(f"{lateness} {DUE} UNION ALL {lateness} {AHEAD} ORDER BY lateness DESC LIMIT :most", values)
    due = [row for row in found if row[0] not in resting]
    most: dict[str, float] = dict(due[:DUE_AT_MOST])
    if len(found) < values["most"]:
        return most, len(due)
    count = "SELECT count(*) FROM card WHERE"
    every, asleep = (f"({count} {DUE} {which}) + ({count} {AHEAD} {which})" for which in ("", RESTING))
    ((due_count,),) = read(f"SELECT {every} - ({asleep})" if resting else f"SELECT {every}", values)
    return most, due_count
