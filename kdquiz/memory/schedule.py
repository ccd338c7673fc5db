"""The schedule: what a review does to a card, by FSRS-6 through the `fsrs` package.

Imports `memory.model`, and `fsrs` only when the first card is scheduled: a run that schedules nothing never pays for
it. Goes in: a card and a review. Comes out: the next card. Nothing of `fsrs` leaves this module.

Every rule here is a pure function of its arguments. Time passes in the learner's days, as the reviews count them, so
that a flight or a change of the clocks neither loses a day nor makes an interval negative. Fuzz is drawn by whoever
makes the review and kept with it: the same log always gives the same cards.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kdquiz.memory.model import EPOCH, Card, CardState, Rating, ReviewLog

if TYPE_CHECKING:
    import fsrs

LEAST_FUZZED = 3
"""Days; shorter intervals are as computed."""
FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From day, to day, and by which part of the days between an interval may be off, besides one day: as Anki does."""
LONGEST = 36500
"""Days."""


class Schedule:
    """FSRS-6 with 90 % desired retention, and steps of 1 and 10 minutes for what is learnt anew.

    `weights` are the 21 of FSRS-6; None for the default ones. ValueError where they are out of bounds.
    """

    def __init__(self, weights: Sequence[float] | None = None) -> None:
        self._weights = None if weights is None else tuple(weights)
        if weights is not None:
            _ = self._scheduler  # checks them

    @property
    def weights(self) -> tuple[float, ...]:
        """The 21 weights of FSRS-6."""
        return self._weights or tuple(self._scheduler.parameters)

    def review(self, card: Card | None, log: ReviewLog) -> Card:
        """The card after a review; `card` is None for a question never reviewed.

        Where the clock was set back, so that the review is before the last one, no day counts as having passed and
        the next interval starts at the review. Raises ValueError where its time is not UTC or `card` is another's.
        """
        now, day = log.reviewed_at, log.counted_day
        _require_utc(now)
        if card is not None and card.id != log.card_id:
            raise ValueError(f"the card of {card.id!r} cannot take a review of {log.card_id!r}")
        import fsrs  # lazily: see the module's docstring

        at = _as_time(day)
        after, _ = self._scheduler.review_card(_as_fsrs(card, day), fsrs.Rating(log.rating), at)
        assert after.stability is not None  # every review sets both
        assert after.difficulty is not None
        state, interval = CardState(after.state), after.due - at
        if state is CardState.REVIEW:
            interval = timedelta(days=fuzzed(interval.days, log.fuzz))
        return Card(
            id=log.card_id,
            state=state,
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due=now + interval,
            due_day=day + interval.days,
            last_review=now,
            day=day,
            reviews=1 + (card.reviews if card else 0),
            lapses=(card.lapses if card else 0)
            + (card is not None and card.state is CardState.REVIEW and log.rating is Rating.AGAIN),
        )

    def intervals(
        self, card: Card | None, now: datetime, day: int, fuzz: float | None = None
    ) -> dict[Rating, timedelta]:
        """How long each rating, given at `now` on `day`, would put the card off; all are positive."""
        card_id = card.id if card else ""
        logs = {
            rating: ReviewLog(card_id=card_id, rating=rating, reviewed_at=now, day=day, fuzz=fuzz, seconds=0.0)
            for rating in Rating
        }
        return {rating: self.review(card, log).due - now for rating, log in logs.items()}

    def recall(self, card: Card, day: int) -> float:
        """The chance, 0 to 1, that the card is recalled on `day`.

        1.0 on the day of the last review, and where the clock was set back before it.
        """
        return float(self._scheduler.get_card_retrievability(_as_fsrs(card, day), _as_time(day)))

    def fold(self, logs: Iterable[ReviewLog]) -> dict[str, Card]:
        """The cards, by id, that a log of reviews leads to, taken in the order given."""
        cards: dict[str, Card] = {}
        for log in logs:
            cards[log.card_id] = self.review(cards.get(log.card_id), log)
        return cards

    @cached_property
    def _scheduler(self) -> "fsrs.Scheduler":
        import fsrs  # lazily: see the module's docstring

        if self._weights is None:
            return fsrs.Scheduler(enable_fuzzing=False, maximum_interval=LONGEST)
        return fsrs.Scheduler(self._weights, enable_fuzzing=False, maximum_interval=LONGEST)


def fuzzed(days: int, fuzz: float | None) -> int:
    """An interval in days, moved within the range that its length allows: 0 to the shortest, 1 to the longest.

    The range is Anki's, so that cards learnt together do not stay together for ever. As computed where `fuzz` is None.
    """
    if fuzz is None or days < LEAST_FUZZED:
        return days
    reach = 1.0 + sum(part * max(0.0, min(days, end) - start) for start, end, part in FUZZ)
    shortest, longest = max(2, round(days - reach)), min(LONGEST, round(days + reach))
    return min(longest, shortest + int(fuzz * (longest - shortest + 1)))


def _require_utc(now: datetime) -> None:
    if now.tzinfo != UTC:
        raise ValueError(f"times are timezone-aware and UTC, and this one is not: {now!r}")


def _as_time(day: int) -> datetime:
    """Days as the package counts them: whole days between two moments."""
    return EPOCH + timedelta(days=day)


def _as_fsrs(card: Card | None, day: int) -> "fsrs.Card":
    import fsrs  # lazily: see the module's docstring

    if card is None:
        # Without an id the package reads the clock and sleeps a millisecond to make one; without `due` it reads it too.
        return fsrs.Card(card_id=0, due=_as_time(day))
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=_as_time(day),
        last_review=min(_as_time(card.day), _as_time(day)),
    )
