"""The Store: every question that the program asks its database, one method each.

Imports `memory`, and the rest of `kdquiz.store`. Values of `memory.model` go in and come out. Every
method raises StoreError where the database cannot be used; times are UTC (ValueError for any other).
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from kdquiz.errors import StoreError
from kdquiz.memory.model import Attempt, Card, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.store import migrate, rows
from kdquiz.store.faults import ELSEWHERE, faults_explained
from kdquiz.store.proof import disagreements

T = TypeVar("T")


class Store:
    """The learner's database. Use it from the thread that opened it; close it, or use it in a `with`."""

    def __init__(self, path: Path, schedule: Schedule, *, patience: float = 5.0) -> None:
        """Open the database file at `path`, creating it and its folder where they are missing.

        `schedule` rebuilds cards from the log. `patience` is how many seconds to wait for another process that writes.
        """
        self.path = path
        self._schedule = schedule
        with faults_explained(path):
            if path.is_dir():
                raise StoreError(f"{path} is a folder, and the database is a file.", f"Move {path} away, {ELSEWHERE}.")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
            try:
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA fullfsync = ON")  # macOS: through the disk's own cache
                migrate.bring_up_to_date(self._connection, path)
                self._connection.execute("PRAGMA journal_mode = WAL")
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the database; nothing else can be called afterwards."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # -- cards and reviews ---------------------------------------------------------------------------------------------

    def cards(self) -> dict[str, Card]:
        """Every card, by id."""
        return {card.id: card for card in self._read_as(rows.card_from, f"SELECT {rows.CARD_COLUMNS} FROM card")}

    def record(self, card: Card, log: ReviewLog, replaces: ReviewLog | None = None) -> Card:
        """Append a review to the log and keep its card, both or neither; on the disk when this returns.

        `replaces` is a review recorded before, which this one takes the place of: it is voided.

        Returns the card that is now kept. It is `card`, unless another process has reviewed the same question since
        the caller read it: then both reviews count, and the card returned is the one that the whole log gives.
        Raises ValueError where the ids differ, and StoreError where `replaces` is not in the log (any more).
        """
        if not card.id == log.card_id == (replaces or log).card_id:
            raise ValueError(
                f"a card, its review and the review replaced are of one question: {card.id}, {log.card_id}"
            )
        with self._writing():
            before = self._card(card.id)
            number = self._insert("review", rows.REVIEW_COLUMNS, rows.review_row(log))
            if replaces is None:
                kept = self._schedule.review(before, log.card_id, log.rating, log.reviewed_at)
            else:
                self._void(replaces, number)
                kept = self._schedule.fold(self.reviews(card.id))[card.id]
            self._keep(kept)
        return kept

    def undo(self, log: ReviewLog) -> Card | None:
        """Void a review. Returns the card that the rest of the log gives, None where the question is new again.

        Raises StoreError where the review is not in the log (any more).
        """
        with self._writing():
            self._void(log, None)
            card = self._schedule.fold(self.reviews(log.card_id)).get(log.card_id)
            if card is None:
                self._connection.execute("DELETE FROM card WHERE id = ?", (log.card_id,))
            else:
                self._keep(card)
        return card

    def reviews(self, card_id: str | None = None) -> list[ReviewLog]:
        """The reviews, of one card or of all, that were not voided, in the order in which they were recorded."""
        chosen = "" if card_id is None else "WHERE card_id = ?"
        query = f"SELECT {rows.REVIEW_COLUMNS} FROM live_review {chosen} ORDER BY number"
        return self._read_as(rows.review_from, query, *([] if card_id is None else [card_id]))

    # -- what a diagnosis made due -------------------------------------------------------------------------------------

    def make_due(self, card_ids: Iterable[str], now: datetime, because: str) -> None:
        """Ask for these questions, whatever their schedule says; `because` says why (a mistake's id)."""
        with self._writing():
            (last,) = self._connection.execute("SELECT ifnull(max(number), 0) FROM review").fetchone()
            for card_id in card_ids:
                wish = (card_id, rows.microseconds(now), rows.storable(because), last)
                self._insert("made_due", "card_id, asked_at, because, after_review", wish)

    def made_due(self) -> frozenset[str]:
        """The ids that were asked for and have not been reviewed since; a review undone does not count."""
        query = """
            SELECT DISTINCT card_id FROM made_due WHERE NOT EXISTS (
                SELECT 1 FROM live_review
                WHERE live_review.card_id = made_due.card_id AND live_review.number > made_due.after_review)
        """
        return frozenset(card_id for (card_id,) in self._read(query))

    # -- drills --------------------------------------------------------------------------------------------------------

    def record_attempt(self, attempt: Attempt) -> None:
        """Keep an attempt at a drill, for ever."""
        with self._writing():
            self._insert("attempt", rows.ATTEMPT_COLUMNS, rows.attempt_row(attempt))

    def attempts(self, drill_id: str | None = None) -> list[Attempt]:
        """The attempts at one drill or at all, in order, with those that do not count (`Attempt.counts`)."""
        chosen = "" if drill_id is None else "WHERE drill_id = ?"
        query = f"SELECT {rows.ATTEMPT_COLUMNS} FROM attempt {chosen} ORDER BY number"
        return self._read_as(rows.attempt_from, query, *([] if drill_id is None else [drill_id]))

    def save_draft(self, drill_id: str, source: str) -> None:
        """Keep what stands in a drill's editor, in place of what stood there before."""
        with self._writing():
            values = (drill_id, rows.storable(source))
            self._connection.execute("INSERT OR REPLACE INTO draft (drill_id, source) VALUES (?, ?)", values)

    def draft(self, drill_id: str) -> str | None:
        """What stood in a drill's editor last; None where it was never opened."""
        return next((source for (source,) in self._read("SELECT source FROM draft WHERE drill_id = ?", drill_id)), None)

    # -- settings ------------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A setting's value; None where it was never set."""
        return next((value for (value,) in self._read("SELECT value FROM setting WHERE name = ?", name)), None)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting, in place of its value before."""
        with self._writing():
            values = (name, rows.storable(value))
            self._connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", values)

    # -- proof ---------------------------------------------------------------------------------------------------------

    def verify(self) -> list[str]:
        """What is wrong with the database, a sentence each; empty when all is well.

        Asks SQLite to check the file, and folds the whole log to compare it with the cards that are kept.
        """
        try:
            with self._snapshot():
                found = [str(line) for (line,) in self._read("PRAGMA integrity_check") if line != "ok"]
                broken = len(self._read("PRAGMA foreign_key_check"))
                kept, folded = self.cards(), self._schedule.fold(self.reviews())
        except StoreError as error:
            return [f"{error.message} {error.hint}"]
        if broken:
            found.append(f"{broken} rows refer to a review that does not exist.")
        return found + disagreements(kept, folded)

    # -- how -----------------------------------------------------------------------------------------------------------

    def _read(self, query: str, *values: object) -> list[rows.Row]:
        with faults_explained(self.path):
            return self._connection.execute(query, values).fetchall()

    def _read_as(self, value: Callable[[rows.Row], T], query: str, *values: object) -> list[T]:
        with faults_explained(self.path):
            return [value(row) for row in self._connection.execute(query, values)]

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """What is read within is of one moment."""
        with faults_explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All that is written within, or nothing. The lock is taken at once, so that what is read within stays true."""
        with faults_explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _insert(self, table: str, columns: str, values: rows.Row) -> int:
        marks = ", ".join("?" * len(values))
        number = self._connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values).lastrowid
        assert number is not None
        return number

    def _card(self, card_id: str) -> Card | None:
        found = self._read_as(rows.card_from, f"SELECT {rows.CARD_COLUMNS} FROM card WHERE id = ?", card_id)
        return found[0] if found else None

    def _keep(self, card: Card) -> None:
        values = rows.card_row(card)
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT OR REPLACE INTO card ({rows.CARD_COLUMNS}) VALUES ({marks})", values)

    def _void(self, log: ReviewLog, replaced_by: int | None) -> None:
        same = " AND ".join(f"{column.strip()} IS ?" for column in rows.REVIEW_COLUMNS.split(","))
        query = f"SELECT max(number) FROM live_review WHERE {same} AND number IS NOT ?"
        ((number,),) = self._read(query, *rows.review_row(log), replaced_by)
        if number is None:
            raise StoreError(
                f"The review of '{log.card_id}' at {log.reviewed_at:%H:%M:%S} UTC is not in the log any more.",
                "Another copy of kdquiz may have undone it; open the question again to see its state.",
            )
        self._insert("voided", "review, replaced_by", (number, replaced_by))
