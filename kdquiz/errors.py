"""The error tree. Every error is written for the person at the keyboard: what is wrong, then what to do next.

    KdquizError            exit code 3: a fault of ours or of the machine
    ├── UsageError         exit code 2: the command line is wrong (an unknown id, a missing file, no terminal)
    ├── StoreError         exit code 3: the database cannot be opened, read or written
    │   └── DamagedError   what the database holds is no longer what was written
    └── GradingError       exit code 3: the grading processes cannot run (torch missing, a process died)

Imports nothing of kdquiz. `cli.main` is the only place that turns an error into a message and an exit code.
"""

from collections.abc import Iterable

LONGEST_SUGGESTED = 80
"""Characters up to which a word is compared with those that are known."""
NEAR = 0.599
"""Which part of two words, counted in letters, must stand in both in one order: three of five."""
MOST_ALIKE = 8


class KdquizError(Exception):
    """A fault with a `message` (what is wrong) and a `hint` (what to do next, may be empty)."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n{hint}" if hint else message)
        self.message = message
        self.hint = hint


class UsageError(KdquizError):
    """The command line is wrong."""

    exit_code = 2


class StoreError(KdquizError):
    """The database or its folder cannot be used."""


class DamagedError(StoreError):
    """The database is damaged. Whoever opens it anew recovers what can be recovered."""


class GradingError(KdquizError):
    """The grading processes cannot be started or have died."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` may have been meant for, or None where none is near. Of several that are as near, the
    one that begins as `word` does for longest."""
    from rapidfuzz.distance import Indel, Prefix  # only who is told of a mistake waits for it
    from rapidfuzz.process import extract

    if len(word) > LONGEST_SUGGESTED:
        return None  # no word that somebody mistyped
    words = sorted(known)  # whatever their order, the same one is suggested
    for one in words:
        if one.lower() == word.lower():
            return one
    near = extract(word, words, scorer=Indel.normalized_similarity, score_cutoff=NEAR, limit=MOST_ALIKE)
    best = max(near, key=lambda found: (found[1], Prefix.similarity(word, found[0])), default=None)
    return best[0] if best else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'x'?` for the known word nearest to `word`, or the empty string where none is near."""
    near = nearest(word, known)
    return f"Did you mean '{near}'?" if near else ""
