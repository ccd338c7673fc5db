"""The review log as CSV, one review a line, for a spreadsheet or a data frame.

Imports the library and the store's history. Goes in: a history, a library, a file open for text (`newline=""`). Comes
out: what is written. A text cell that a spreadsheet would take for a formula has an apostrophe before it.
"""

import csv
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import TextIO

from kdquiz.library.library import Library
from kdquiz.memory.day import date_of
from kdquiz.memory.model import Rating
from kdquiz.store.history import History, Logged

COLUMNS = ("id", "topic", "kind", "day", "time", "rating", "seconds", "share", "recall", "response")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that spreadsheets evaluate, or that hides such a beginning."""


ASKED_EVERY = 1000
"""Reviews after which it is asked whether to stop."""
Kinds = Mapping[str, tuple[str, str]]
"""Topic and kind of questions and drills, by id."""


def write(history: History, kinds: Kinds, file: TextIO, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write all reviews that count, in order, with a line of names before. Returns how many there were.

    `topic` and `kind` are empty where the question is not in the library any more; `day` is the learner's, `time` ISO
    8601 in UTC, `rating` a word, `share` and `recall` are empty where there is none. `stopped` is asked now and then.
    """
    writer = csv.writer(file)  # lines end as RFC 4180 says, or a carriage return in a cell would not be quoted
    writer.writerow(COLUMNS)
    count = 0
    for count, review in enumerate(history.log(), 1):
        writer.writerow(_cells(review, *kinds.get(review.card_id, ("", ""))))
        if count % ASKED_EVERY == 0 and stopped():
            break
    return count


def kinds_of(library: Library) -> Kinds:
    """Of every question and drill that there is."""
    kinds = {row.id: (row.topic, row.kind) for row in library.rows()}
    return kinds | {drill_id: (entry.drill.topic, "drill") for drill_id, entry in library.drills.items()}


def _cells(review: Logged, topic: str, kind: str) -> tuple[str, ...]:
    return (
        harmless(review.card_id),
        harmless(topic),
        kind,
        date_of(review.day).isoformat(),
        review.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        Rating(review.rating).word,
        f"{review.seconds:.3f}",
        "" if review.share is None else f"{review.share:.4g}",
        "" if review.recall is None else f"{review.recall:.4f}",
        harmless(review.response),
    )


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would evaluate."""
    return f"'{text}" if text.startswith(FORMULA) else text
