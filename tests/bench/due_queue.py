"""The day's queue of a library of 100,000 questions: from the database and the compiled library to what is asked."""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.library.load import load_library
from kdquiz.memory.model import EPOCH, Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.selection import Wish, select
from kdquiz.store import rows
from kdquiz.store.store import Store
from tests.bench.measure import Cell, Quantity, Say, Table, p50, p95, timed
from tests.bench.packs import write_packs

TITLE = "The due queue of 100,000 cards"
SIZE, QUICK_SIZE = 100_000, 1_000
DUE_PART = 0.02
"""Of the cards, in the usual case."""
LAST_NEW = 50
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = (NOW - EPOCH).days


@dataclass(frozen=True)
class _Case:
    """Somebody who knows the first so many questions, of which a part is due."""

    name: str
    known: int
    due_part: float
    wish: Wish = field(default_factory=Wish)


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Measure; see the module."""
    size = QUICK_SIZE if quick else SIZE
    cases = [
        _Case("all known, 2 % due", size, DUE_PART),
        _Case("all known, all due", size, 1.0),
        _Case(f"the last {LAST_NEW} in reading order new, 2 % due", size - LAST_NEW, DUE_PART),
        _Case("half known, 2 % due", size // 2, DUE_PART),
        _Case("none known", 0, 0.0),
        _Case("all known, 2 % due, one topic", size, DUE_PART, Wish(filter=Filter(topics=("topic-0003",)))),
    ]
    with tempfile.TemporaryDirectory(prefix="kdquiz-bench-") as name:
        say(f"{size:,} questions: written, read and compiled")
        library = load_library([write_packs(Path(name) / "content", size)], Path(name) / "home").library
        found = [_measured(say, library, case, Path(name) / f"{number}.db", quick) for number, case in enumerate(cases)]
        library.close()
    columns = ["", "p50", "p95", "of it the database", "questions in the queue"]
    return [Table(f"From the database to the queue, {size:,} questions", columns, found, ["Bar: 50 ms."])]


def _measured(say: Say, library: Library, case: _Case, path: Path, quick: bool) -> list[Cell]:
    say(case.name)
    whole: list[float] = []
    database: list[float] = []
    queued = 0
    with Store(path) as store:
        _fill(store, library.ids()[: case.known], case.due_part)
        for seed in range(4 if quick else 31):

            def ask(seed: int = seed) -> None:
                nonlocal queued
                learner = store.learner(NOW, TODAY)
                weights = store.schedule.weights
                queue = select(library, case.wish, learner, random.Random(seed), store.memories, lambda: weights)
                queued = len(queue)

            whole.append(timed(ask))
            database.append(timed(lambda: store.learner(NOW, TODAY)))
    return [
        case.name,
        Quantity(p50(whole), "s"),
        Quantity(p95(whole), "s"),
        Quantity(p50(database), "s"),
        Quantity(queued),
    ]


def _fill(store: Store, ids: Sequence[str], due_part: float) -> None:
    """Cards of one review each, as long ago as makes the wished part due; written past the log, which takes minutes."""
    rng, schedule = random.Random(1), Schedule()
    log = ReviewLog(card_id="", rating=Rating.EASY, reviewed_at=NOW, seconds=9.0, day=TODAY)
    interval = schedule.review(None, log).due_day - TODAY
    made = []
    for card_id in ids:
        overdue = rng.randint(0, 20) if rng.random() < due_part else -rng.randint(1, 7)
        days = interval + overdue
        when = NOW - timedelta(days=days)
        made.append(schedule.review(None, replace(log, card_id=card_id, reviewed_at=when, day=TODAY - days)))
    marks = ", ".join("?" * len(rows.CARD_COLUMNS.split(",")))
    connection = store._connection
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO card ({rows.CARD_COLUMNS}) VALUES ({marks})", map(rows.card_row, made))
    connection.execute("COMMIT")
