"""`kdquiz show ID`: one question or drill as text."""

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError, did_you_mean
from kdquiz.exchange.text import drill_text, question_text


@click.command(name="show")
@click.argument("name", metavar="ID")
@click.option("--answer", is_flag=True, help="With the answer and its source; of a drill, with the reference.")
def command(name: str, answer: bool) -> None:
    """Show one question or drill."""
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    library = loaded.library
    if name in library.entries:
        click.echo(question_text(library.entries[name], answer))
    elif name in library.drills:
        click.echo(drill_text(library.drills[name].drill, answer))
    else:
        hint = did_you_mean(name, [*library.entries, *library.drills])
        raise UsageError(
            f"there is no question or drill '{name}'", f"{hint} `kdquiz list` shows what there is.".strip()
        )
