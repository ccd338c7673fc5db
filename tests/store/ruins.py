"""A database with something of everything in it, and ways to damage it."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kdquiz.memory.model import Attempt, Fit, Rating, ReviewLog, Standing
from kdquiz.memory.schedule import Schedule
from kdquiz.store import carving
from kdquiz.store.backup import back_up
from kdquiz.store.store import Store
from tests.store.conftest import NOON, answer, log_of

TODAY = 20513
PAGE = 4096
REVIEWS = 120
BACKED_UP = 80
"""After so many reviews."""

Damage = Callable[[Path], object]


def review(number: int) -> ReviewLog:
    """Some are too long for a page, some show a misconception."""
    answered = log_of(
        f"card-{number % 40}", list(Rating)[number % 4], 37 * number, "y" * (5000 * (number % 17 == 3) + 150)
    )
    return replace(answered, day=TODAY + number // 40, fuzz=0.5, misconceptions=("wrong",) * (number % 7 == 0))


def fill(store: Store) -> None:
    """Everything that a learner leaves behind; a backup after two thirds of the reviews."""
    for number in range(REVIEWS):
        answer(store, review(number))
        if number == BACKED_UP - 1:
            back_up(store.path, TODAY + number // 40)
    answer(store, replace(review(REVIEWS - 1), rating=Rating.EASY), replaces=review(REVIEWS - 1))
    store.undo(review(REVIEWS - 2))
    weights = list(Schedule().weights)
    weights[0] *= 1.5
    store.adopt(Fit(weights=tuple(weights), fitted_at=NOON, reviews=100, loss_before=0.5, loss_after=0.4))
    sentences = ("The gradient shrinks.", "α weighs the soft term.")
    for number in range(3):
        store.record_attempt(
            Attempt(
                drill_id="loss",
                source=f"def loss():\n    return {number}\n" * 200,
                verdict="wrong-answer",
                report='{"seed": 1}',
                hints_used=0,
                seconds=60.5,
                submitted_at=NOON,
                misconceptions=sentences[: number % 3],
            )
        )
    store.make_due(["never-asked", "card-1"], NOON, "swapped-alpha")
    store.stand("card-2", Standing(suspended=True))
    store.save_draft("loss", "half a thought " * 400)
    store.set_setting("minutes-a-day", "35")


def everything(store: Store) -> dict[str, object]:
    """All that a store gives."""
    return {
        "reviews": store.reviews(),
        "attempts": store.attempts(),
        "cards": store.cards(),
        "standings": store.standings(),
        "fits": store.fits(),
        "made due": store.made_due(),
        "draft": store.draft("loss"),
        "minutes": store.setting("minutes-a-day"),
    }


def copied(path: Path, to: Path, *, log: bool, backups: bool) -> Path:
    """A copy of a database that is open, as a dying process leaves it; without its log it is not whole."""
    to.mkdir()
    for name in (path.name, *([f"{path.name}-wal"] if log else [])):
        shutil.copyfile(path.with_name(name), to / name)
    if backups:
        shutil.copytree(path.parent / "backups", to / "backups")
    return to / path.name


def page(number: int, content: bytes = b"\x7f") -> Damage:
    """A page of a database overwritten."""

    def damage(path: Path) -> None:
        whole = bytearray(path.read_bytes())
        whole[(number - 1) * PAGE : number * PAGE] = content * PAGE
        path.write_bytes(whole)

    return damage


def leaf(path: Path) -> None:
    """A page with reviews of the middle, which no start looks at."""
    whole = path.read_bytes()
    leaves = [
        at for at in range(0, len(whole), PAGE) if whole[at] == carving.LEAF and b"yyyyyy" in whole[at : at + PAGE]
    ]
    for at in leaves[len(leaves) // 2 :][:1]:  # a database whose process was killed may have all in its log
        page(at // PAGE + 1)(path)


def cut_to(part: float) -> Damage:
    """The file cut off."""
    return lambda path: os.truncate(path, int(path.stat().st_size * part))


def lines_of_text(path: Path) -> None:
    """Another file in its place."""
    path.write_text("once upon a time\n" * 500)
