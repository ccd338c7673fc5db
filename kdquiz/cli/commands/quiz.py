"""`kdquiz quiz`: a session of questions, in the app or line by line."""

import os

import click

from kdquiz.cli import services
from kdquiz.library import kinds
from kdquiz.library.filter import Filter
from kdquiz.library.model import LEVELS
from kdquiz.sessions.selection import Wish


@click.command(name="quiz")
@click.option(
    "--topic", "-t", "topics", multiple=True, metavar="T", help="Only this topic; may be given several times."
)
@click.option("--level", "-l", "levels", multiple=True, metavar="L", help=f"Only this level: {', '.join(LEVELS)}.")
@click.option("--kind", "-k", "only", multiple=True, metavar="K", help=f"Only this kind: {', '.join(kinds.names())}.")
@click.option("-n", "at_most", type=click.IntRange(min=1), metavar="N", help="At most N questions.")
@click.option("--all", "everything", is_flag=True, help="Also ask what is not due, in random order.")
@click.option("--seed", type=int, metavar="S", help="Repeat the order of an earlier session.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers, pipes and simple terminals.")
def command(
    topics: tuple[str, ...],
    levels: tuple[str, ...],
    only: tuple[str, ...],
    at_most: int | None,
    everything: bool,
    seed: int | None,
    plain: bool,
) -> None:
    """Ask what is due, then new questions.

    Every answer is checked, explained with its source, and scheduled at once.
    """
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    services.require_known(topics, tuple(loaded.library.topics), "topic")
    services.require_known(levels, LEVELS, "level")
    services.require_known(only, kinds.names(), "kind")
    wanted = Filter(topics=topics, levels=levels, kinds=only)
    wish = Wish(filter=wanted, at_most=at_most, everything=everything)
    if plain or os.environ.get("TERM") == "dumb":
        from kdquiz.cli.plain import run_plain

        with services.open_store() as store:
            run_plain(loaded.library, store, wish, services.generator(seed), services.now)
        return
    from kdquiz.cli.app import open_app
    from kdquiz.tui.start import Quiz

    open_app(Quiz(wish=wish), seed, loaded)
