"""Opens the terminal app on a start screen, with the services it needs, if there is a terminal to open it on."""

import sys
from typing import TYPE_CHECKING

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError
from kdquiz.library.load import Loaded
from kdquiz.memory.day import Calendar
from kdquiz.tui.app import KdquizApp
from kdquiz.tui.ending import KILLED
from kdquiz.tui.services import Services
from kdquiz.tui.start import Start

if TYPE_CHECKING:
    from kdquiz.grading.client import Grader
    from kdquiz.store.recovery import Recovery


def open_app(start: Start, seed: int | None = None, loaded: Loaded | None = None) -> None:
    """Run the app until the learner leaves it; on the library that the caller has opened, if it has.

    Raises UsageError without a terminal, StoreError without a data folder.
    """
    require_terminal()
    recovered: list[Recovery] = []
    with services.open_store(recovered.append) as store:
        loaded = loaded or services.open_library()
        app = KdquizApp(
            Services(
                library=loaded.library,
                problems=loaded.problems,
                left_out=loaded.left_out,
                reload=services.reopen_library,
                store=store,
                calendar=Calendar(),
                clock=services.now,
                rng=services.generator(seed),
                grader=_grader,
                recovery=recovered[0] if recovered else None,
            ),
            start,
        )
        app.run()
    if app.return_code:
        if app.return_code != KILLED:
            click.echo("kdquiz: a fault of kdquiz itself; please report the lines above.", err=True)
            click.echo("Everything that you had answered is kept.", err=True)
        sys.exit(3)


def _grader() -> "Grader":
    from kdquiz.grading.client import Grader  # a quiz alone never needs it

    return Grader()


def require_terminal() -> None:
    """The app reads keys from standard input and draws on standard error: none of the three may be redirected."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise UsageError(
            "the app needs a terminal, and there is none here",
            "`kdquiz quiz --plain` asks line by line; `kdquiz grade`, `list`, `show` and `check` work in scripts.",
        )
