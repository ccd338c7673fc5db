"""Fitting the weights of the schedule to the learner's own reviews, for the screen and the shell: done, and told.

Imports the store and `memory.fit`. Goes in: a store, the time. Comes out: an `Outcome`; what was adopted is in use from
then on. Raises StoreError. At 100,000 reviews it takes some ten seconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kdquiz.library.wording import counted
from kdquiz.memory.fit import Fitted, TooFew, fit
from kdquiz.memory.model import Fit
from kdquiz.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it, in words; `missing` is how many reviews are needed before there is enough to fit to."""

    adopted: bool
    told: str
    missing: int = 0
    fit: Fit | None = None

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        found = self.fit
        return {
            "adopted": self.adopted,
            "reviews": found.reviews if found else 0,
            "missing": self.missing,
            "loss_before": found.loss_before if found else None,
            "loss_after": found.loss_after if found else None,
        }


def refit(store: Store, now: datetime, stopped: Callable[[], bool] = lambda: False) -> Outcome:
    """Fit the weights to the log, and use them from now on if they predict reviews better that they never saw.

    Nothing is adopted where `stopped` says so then.
    """
    found = fit(store.reviews(), store.schedule, now)
    if isinstance(found, TooFew):
        return Outcome(adopted=False, told=_too_few(found), missing=found.missing)
    adopted = found.better and not stopped()
    if adopted:
        store.adopt(found.fit)
    return Outcome(adopted=adopted, told=_compared(found), fit=found.fit)


def go_back(store: Store, now: datetime) -> Outcome:
    """Use the default weights of FSRS-6 again."""
    fits = store.fits()
    if not fits or fits[-1].weights is None:
        return Outcome(adopted=False, told="The default weights are in use already.")
    store.adopt(Fit(weights=None, fitted_at=now))
    return Outcome(adopted=True, told="The default weights of FSRS-6 are in use again, and every card goes by them.")


def _too_few(found: TooFew) -> str:
    missing = counted(found.missing, "more review is", "more reviews are")
    return (
        f"{missing} needed that come on a later day than the one before: there are {found.reviews:,} so far, too few "
        "to fit 21 weights to."
    )


def _compared(found: Fitted) -> str:
    before, after = found.fit.loss_before, found.fit.loss_after
    measured = (
        f"Fitted to {found.fit.reviews:,} reviews. On the {found.held_out:,} after them, which it never saw, the log "
        f"loss is {before:.4f} with the weights in use and {after:.4f} with the fitted ones (less is better)"
    )
    if found.better:
        return f"{measured}. The fitted weights are in use from now on, and every card goes by them."
    return f"{measured}. That is no better, or not by more than chance explains: nothing is changed."
