"""The schedule: what a rating does to a card, by FSRS-6 through the `fsrs` package.

Imports `memory.model`, and `fsrs` only when the first card is scheduled: a run that schedules nothing never pays for
it. Goes in: a card, a rating and the time. Comes out: the next card. Nothing of `fsrs` leaves this module.

Every rule here is a pure function of its arguments: fuzz is off, so that the same log always gives the same cards.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kdquiz.memory.model import Card, CardState, Rating, ReviewLog

if TYPE_CHECKING:
    import fsrs


class Schedule:
    """FSRS-6 with its default parameters: 90 % desired retention, steps of 1 and 10 minutes for what is learnt anew."""

    def review(self, card: Card | None, card_id: str, rating: Rating, now: datetime) -> Card:
        """The card after a review at `now`; `card` is None for a question never reviewed.

        Where the clock was set back, so that `now` is before the last review, no time counts as having passed and the
        next interval starts at `now`. Raises ValueError where `now` is not UTC or `card` is another question's.
        """
        _require_utc(now)
        if card is not None and card.id != card_id:
            raise ValueError(f"the card of {card.id!r} cannot take a review of {card_id!r}")
        import fsrs  # lazily: see the module's docstring

        after, _ = self._scheduler.review_card(_as_fsrs(card, now), fsrs.Rating(rating), now)
        assert after.stability is not None  # every review sets both
        assert after.difficulty is not None
        forgotten = card is not None and card.state is CardState.REVIEW and rating is Rating.AGAIN
        return Card(
            id=card_id,
            state=CardState(after.state),
            step=after.step,
            stability=after.stability,
            difficulty=after.difficulty,
            due=after.due,
            last_review=now,
            reviews=1 + (card.reviews if card else 0),
            lapses=(card.lapses if card else 0) + forgotten,
        )

    def intervals(self, card: Card | None, now: datetime) -> dict[Rating, timedelta]:
        """How long each rating, given at `now`, would put the card off; all are positive. ValueError as `review`."""
        card_id = card.id if card else ""
        return {rating: self.review(card, card_id, rating, now).due - now for rating in Rating}

    def retrievability(self, card: Card, now: datetime) -> float:
        """The chance, 0 to 1, that the card is recalled at `now`, counted in whole days since its last review.

        1.0 on the day of the review, and where the clock was set back before it. Raises ValueError as `review` does.
        """
        _require_utc(now)
        return float(self._scheduler.get_card_retrievability(_as_fsrs(card, now), now))

    def fold(self, logs: Iterable[ReviewLog]) -> dict[str, Card]:
        """The cards, by id, that a log of reviews leads to, taken in the order given."""
        cards: dict[str, Card] = {}
        for log in logs:
            cards[log.card_id] = self.review(cards.get(log.card_id), log.card_id, log.rating, log.reviewed_at)
        return cards

    @cached_property
    def _scheduler(self) -> "fsrs.Scheduler":
        import fsrs  # lazily: see the module's docstring

        return fsrs.Scheduler(enable_fuzzing=False)


def _require_utc(now: datetime) -> None:
    if now.tzinfo != UTC:
        raise ValueError(f"times are timezone-aware and UTC, and this one is not: {now!r}")


def _as_fsrs(card: Card | None, now: datetime) -> "fsrs.Card":
    import fsrs  # lazily: see the module's docstring

    if card is None:
        # Without an id the package reads the clock and sleeps a millisecond to make one; without `due` it reads it too.
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )
