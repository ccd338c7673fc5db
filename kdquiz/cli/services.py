"""What commands need, built in one place: the library with its problems, the store, the clock, drills by id."""

import os
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kdquiz.cli.progress import ProgressLine
from kdquiz.errors import StoreError, UsageError, did_you_mean
from kdquiz.grading.printable import printable
from kdquiz.library.folders import content_folders
from kdquiz.library.load import Loaded, load_library
from kdquiz.store.folder import data_folder
from kdquiz.store.opening import open_or_recover
from kdquiz.store.store import Store

if TYPE_CHECKING:
    from kdquiz.library.drill import Drill
    from kdquiz.store.recovery import Recovery

FILES_WORTH_TELLING = 40
"""Changed files from which reading them takes so long that somebody would wonder."""
DATABASE = "kdquiz.sqlite"


def now() -> datetime:
    """The clock of the whole program; everything below takes the time as an argument."""
    return datetime.now(UTC)


def open_library() -> Loaded:
    """The shipped packs and those of `KDQUIZ_CONTENT`; what was parsed is kept beside the database."""
    line = ProgressLine()

    def tell(done: int, total: int) -> None:
        if done == total:
            line.clear()
        elif total >= FILES_WORTH_TELLING:
            line.draw(f"kdquiz: reading content, {done} of {total} files")

    return load_library(content_folders(), _kept_in(), tell)


def reopen_library() -> Loaded:
    """The same, for an app that has the terminal: nothing is told."""
    return load_library(content_folders(), _kept_in())


def _kept_in() -> Path | None:
    """The data folder, once there is one: looking something up makes none."""
    try:
        folder = data_folder()
    except StoreError:
        return None  # told by whoever needs the database
    return folder if folder.is_dir() else None


def warn_of_problems(loaded: Loaded) -> None:
    """Say on standard error which packs were left out, and where the first problem of each stands."""
    for left in loaded.left_out:
        click.echo(f"kdquiz: the pack '{left.pack}' is left out: {left.first}", err=True)
    if loaded.problems:
        click.echo("`kdquiz check` lists every problem.", err=True)


def database_file() -> Path:
    """The learner's database; it need not exist yet. Raises StoreError where the data folder is not known.

    A link is followed: SQLite keeps what belongs to a database beside the file itself, and so do we.
    """
    path = data_folder() / DATABASE
    return Path(os.path.realpath(path)) if path.is_symlink() and path.exists() else path


def open_store(told: Callable[["Recovery"], None] = lambda recovery: None) -> Store:
    """The learner's database; a damaged one is recovered, which is said on standard error, and to `told`.

    Raises StoreError where the data folder cannot be used.
    """

    def begun() -> None:
        click.echo("kdquiz: the database is damaged; all that can be read is being recovered.", err=True)

    def tell(recovery: "Recovery") -> None:
        click.echo(f"kdquiz: {printable(recovery.sentence)}", err=True)
        told(recovery)

    return open_or_recover(database_file(), now(), tell, begun)


def generator(seed: int | None) -> random.Random:
    """A generator of its own, from the seed if there is one."""
    return random.Random(seed)


def drill_by_id(loaded: Loaded, drill_id: str) -> "Drill":
    """The drill of that id. Raises UsageError with a suggestion where there is none."""
    found = loaded.library.drills.get(drill_id)
    if found:
        return found.drill
    warn_of_problems(loaded)  # it may stand in a pack that was left out
    hint = f"{did_you_mean(drill_id, loaded.library.drills)} `kdquiz list drills` shows what there is.".strip()
    raise UsageError(f"there is no drill '{drill_id}'", hint)


def require_known(words: tuple[str, ...], known: tuple[str, ...], what: str) -> None:
    """Raise UsageError for the first word that is not known, with a suggestion."""
    for word in words:
        if word not in known:
            hint = did_you_mean(word, known) or f"Known: {', '.join(known)}."
            raise UsageError(f"there is no {what} '{word}'", hint)
