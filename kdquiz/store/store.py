"""The Store: every question that the program asks its database, one method each.

Imports `memory`, and the rest of `kdquiz.store`. Values of `memory.model` go in and come out. Every
method raises StoreError where the database cannot be used; times are UTC (ValueError for any other).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kdquiz.errors import StoreError
from kdquiz.memory.curve import Memory
from kdquiz.memory.goal import Goal
from kdquiz.memory.habits import Answers
from kdquiz.memory.learner import Learner
from kdquiz.memory.model import Attempt, Card, Fit, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.store import learning, rows
from kdquiz.store.database import Database
from kdquiz.store.faults import faults_explained
from kdquiz.store.proof import disagreements

if TYPE_CHECKING:
    from kdquiz.store.history import History


TOLD_EVERY = 1000
"""Reviews."""


def _nobody(done: int, total: int) -> None:
    """Told how far a long piece of work is, where nobody looks on."""


class Store(Database):
    """The learner's database. Use it from the thread that opened it; close it, or use it in a `with`."""

    def __init__(self, path: Path, *, patience: float = 5.0) -> None:
        """Open the database file at `path`, creating it and its folder where they are missing.

        `patience` is how many seconds to wait for another process that writes.
        """
        self._schedule = Schedule()
        self._fit = 0
        super().__init__(path, patience=patience)

    # -- cards and reviews ---------------------------------------------------------------------------------------------

    @property
    def schedule(self) -> Schedule:
        """The schedule by the weights in use; another process may have changed them."""
        with faults_explained(self.path):
            return self._current_schedule()

    def cards(self) -> dict[str, Card]:
        """Every card, by id."""
        return {card.id: card for card in self._read_as(rows.card_from, f"SELECT {rows.CARD_COLUMNS} FROM card")}

    def card(self, card_id: str) -> Card | None:
        """The card of a question or drill; None where it was never reviewed."""
        found = self._read_as(rows.card_from, f"SELECT {rows.CARD_COLUMNS} FROM card WHERE id = ?", card_id)
        return found[0] if found else None

    def record(self, log: ReviewLog, replaces: ReviewLog | None = None) -> Card:
        """Append a review to the log and keep the card that it leads to, both or neither; on the disk when this
        returns. Returns that card, which takes in what other processes recorded.

        `replaces` is a review recorded before, which this one takes the place of: it is voided. A review that stands
        in the log already, to the microsecond, is not recorded again: the call before failed after it had written.
        Raises ValueError where the ids differ, and StoreError where `replaces` is not in the log (any more).
        """
        if log.card_id != (replaces or log).card_id:
            raise ValueError(f"a review replaces one of the same question: {log.card_id}, {(replaces or log).card_id}")
        with self._writing():
            if self._was_recorded(log, replaces) and (recorded := self.card(log.card_id)):
                return recorded
            number = self._insert("review", rows.REVIEW_COLUMNS, rows.review_row(log))
            for sentence in log.misconceptions:
                self._insert("misconception", "review, sentence", (number, rows.storable(sentence)))
            if replaces is None:
                kept = self._current_schedule().review(self.card(log.card_id), log)
            else:
                self._void(replaces, number)
                kept = self._current_schedule().fold(self.reviews(log.card_id))[log.card_id]
            self._keep(kept)
        return kept

    def undo(self, log: ReviewLog) -> Card | None:
        """Void a review. Returns the card that the rest of the log gives, None where the question is new again.

        Raises StoreError where the review is not in the log (any more).
        """
        with self._writing():
            self._void(log, None)
            card = self._current_schedule().fold(self.reviews(log.card_id)).get(log.card_id)
            if card is None:
                self._connection.execute("DELETE FROM card WHERE id = ?", (log.card_id,))
            else:
                self._keep(card)
        return card

    def reviews(self, card_id: str | None = None) -> list[ReviewLog]:
        """The reviews, of one card or of all, that were not voided, in the order in which they were recorded."""
        chosen = "" if card_id is None else "WHERE card_id = ?"
        of_card = [] if card_id is None else [card_id]
        met = self._misconceptions("review", f"SELECT number FROM live_review {chosen}", *of_card)
        query = f"SELECT {rows.REVIEW_COLUMNS}, number FROM live_review {chosen} ORDER BY number"
        return self._read_as(lambda row: rows.review_from(row[:-1], met.get(row[-1], ())), query, *of_card)

    def rebuild(self, tell: Callable[[int, int], None] = _nobody) -> int:
        """Make every card anew out of the log, telling how far that is as `verify` does. Returns how many there are."""
        with self._writing():
            return self._rebuild(tell)

    # -- the day, and what is known of the past -----------------------------------------------------------------------

    def learner(self, now: datetime, today: int) -> Learner:
        """What is known at the moment `now` on the learner's day `today`, all of it of one moment of the database."""
        with self._snapshot():
            goal = Goal.from_settings(self.setting)
            return learning.learner(self._read, now, today, self.standings(), goal)

    def memories(self) -> list[Memory]:
        """Every card as a forecast needs it."""
        return learning.memories(self._read_as)

    def answers(self) -> Answers:
        """The latest answers to questions, by which a plan knows the learner's pace."""
        with self._snapshot():
            return learning.answers(self._read)

    @property
    def history(self) -> "History":
        """Statistics of all that was recorded, read when they are asked for."""
        from kdquiz.store.history import History  # lazily: a quiz never asks

        return History(self._read)

    # -- the weights of the schedule -----------------------------------------------------------------------------------

    def adopt(self, fit: Fit) -> None:
        """Use other weights from now on; every card is made anew by them. ValueError where they are out of bounds."""
        Schedule(fit.weights)
        with self._writing():
            self._insert("fit", rows.FIT_COLUMNS, rows.fit_row(fit))
            self._rebuild()

    def fits(self) -> list[Fit]:
        """Everything that was adopted, in order; the last one whose weights are within their bounds is in use."""
        return self._read_as(rows.fit_from, f"SELECT {rows.FIT_COLUMNS} FROM fit ORDER BY number")

    # -- what the learner decided --------------------------------------------------------------------------------------

    def standings(self) -> dict[str, Standing]:
        """By id, for whatever the learner ever decided something about."""
        return dict(self._read_as(rows.standing_from, f"SELECT {rows.STANDING_COLUMNS} FROM standing"))

    def stand(self, card_id: str, standing: Standing) -> None:
        """Keep a decision, in place of the one before."""
        with self._writing():
            self._replace("standing", rows.STANDING_COLUMNS, rows.standing_row(card_id, standing))

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
        return frozenset(card_id for (card_id,) in self._read(learning.MADE_DUE))

    # -- drills --------------------------------------------------------------------------------------------------------

    def record_attempt(self, attempt: Attempt) -> None:
        """Keep an attempt at a drill, for ever. One that is kept already, to the microsecond, is not kept again."""
        with self._writing():
            values = rows.attempt_row(attempt)
            if self._read(f"SELECT 1 FROM attempt WHERE {rows.same(rows.ATTEMPT_COLUMNS)}", *values):
                return  # the call before failed after it had written
            number = self._insert("attempt", rows.ATTEMPT_COLUMNS, values)
            for sentence in attempt.misconceptions:
                self._insert("misconception", "attempt, sentence", (number, rows.storable(sentence)))

    def attempts(self, drill_id: str | None = None) -> list[Attempt]:
        """The attempts at one drill or at all, in order, with those that do not count (`Attempt.counts`)."""
        chosen = "" if drill_id is None else "WHERE drill_id = ?"
        of_drill = [] if drill_id is None else [drill_id]
        met = self._misconceptions("attempt", f"SELECT number FROM attempt {chosen}", *of_drill)
        query = f"SELECT {rows.ATTEMPT_COLUMNS}, number FROM attempt {chosen} ORDER BY number"
        return self._read_as(lambda row: rows.attempt_from(row[:-1], met.get(row[-1], ())), query, *of_drill)

    def save_draft(self, drill_id: str, source: str) -> None:
        """Keep what stands in a drill's editor, in place of what stood there before."""
        with self._writing():
            self._replace("draft", "drill_id, source", (drill_id, rows.storable(source)))

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
            self._replace("setting", "name, value", (name, rows.storable(value)))

    # -- proof ---------------------------------------------------------------------------------------------------------

    def verify(self, tell: Callable[[int, int], None] = _nobody) -> list[str]:
        """What is wrong with the database, a sentence each; empty when all is well.

        Asks SQLite to check the file, and folds the whole log to compare it with the cards that are kept; `tell` is
        called now and then with how many reviews were folded, and of how many.
        """
        try:
            with self._snapshot():
                found = [str(line) for (line,) in self._read("PRAGMA integrity_check") if line != "ok"]
                broken = len(self._read("PRAGMA foreign_key_check"))
                kept, folded = self.cards(), self._current_schedule().fold(_counted(self.reviews(), tell))
        except StoreError as error:
            return [f"{error.message} {error.hint}"]
        if broken:
            found.append(f"{broken} rows refer to a review that does not exist.")
        return found + disagreements(kept, folded)

    def unreadable(self) -> str:
        """What in the file cannot be read or is not what was written, in a word of SQLite's; empty where all is well.

        Raises DamagedError where it is a row that has no meaning. Reads the whole database.
        """
        with self._snapshot():
            found = self._read("PRAGMA integrity_check(1)")[0][0]
            for table in ("draft", "setting", "made_due"):
                self._read(f"SELECT * FROM {table}")
            for read in (self.cards, self.reviews, self.attempts, self.standings, self.fits):
                read()
        return "" if found == "ok" else str(found)

    # -- how -----------------------------------------------------------------------------------------------------------

    def _current_schedule(self) -> Schedule:
        """By the weights in use, read again only where another fit was adopted."""
        ((number,),) = self._connection.execute("SELECT ifnull(max(number), 0) FROM fit")
        if number != self._fit:
            self._schedule, self._fit = _by_the_last(self.fits()), number
        return self._schedule

    def _rebuild(self, tell: Callable[[int, int], None] = _nobody) -> int:
        """Within an open transaction."""
        cards = self._current_schedule().fold(_counted(self.reviews(), tell))
        self._connection.execute("DELETE FROM card")
        for card in cards.values():
            self._keep(card)
        return len(cards)

    def _misconceptions(self, of: str, numbers: str, *values: object) -> dict[int, tuple[str, ...]]:
        """Those of the reviews or attempts whose numbers a query gives, by number."""
        met: dict[int, tuple[str, ...]] = {}
        query = f"SELECT {of}, sentence FROM misconception WHERE {of} IN ({numbers}) ORDER BY number"
        for number, sentence in self._read(query, *values):
            met[number] = (*met.get(number, ()), sentence)
        return met

    def _keep(self, card: Card) -> None:
        self._replace("card", rows.CARD_COLUMNS, rows.card_row(card))

    def _was_recorded(self, log: ReviewLog, replaces: ReviewLog | None) -> bool:
        """Whether a call with the same values was carried out before."""
        replaced = replaces is None or (log != replaces and self._number(replaces) is None)
        return replaced and self._number(log) is not None

    def _number(self, log: ReviewLog, other_than: int | None = None) -> int | None:
        """The number of the last such review that was not voided, other than the one of that number."""
        query = f"SELECT max(number) FROM live_review WHERE {rows.same(rows.REVIEW_COLUMNS)} AND number IS NOT ?"
        ((number,),) = self._read(query, *rows.review_row(log), other_than)
        return None if number is None else int(number)

    def _void(self, log: ReviewLog, replaced_by: int | None) -> None:
        number = self._number(log, replaced_by)
        if number is None:
            raise StoreError(
                f"The review of '{log.card_id}' at {log.reviewed_at:%H:%M:%S} UTC is not in the log any more.",
                "Another copy of kdquiz may have undone it; open the question again to see its state.",
            )
        self._insert("voided", "review, replaced_by", (number, replaced_by))


def _by_the_last(fits: list[Fit]) -> Schedule:
    """A release of the package may narrow the bounds of weights: then those before are in use again."""
    for fit in reversed(fits):
        try:
            return Schedule(fit.weights)
        except ValueError:
            continue
    return Schedule()


def _counted(logs: list[ReviewLog], tell: Callable[[int, int], None]) -> Iterator[ReviewLog]:
    for number, log in enumerate(logs):
        if number % TOLD_EVERY == 0:
            tell(number, len(logs))
        yield log
    tell(len(logs), len(logs))
