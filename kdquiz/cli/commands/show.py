"""`kdquiz show ID`: one question, drill or lesson as text."""

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError, did_you_mean
from kdquiz.exchange.text import drill_text, lesson_text, question_text


@click.command(name="show")
@click.argument("name", metavar="ID")
@click.option("--answer", is_flag=True, help="With the answer and its source; of a drill, with the reference.")
def command(name: str, answer: bool) -> None:
    """Show one question, drill or lesson."""
    loaded = services.open_library()
    services.warn_of_problems(loaded)
    library = loaded.library
    if name in library.entries:
        entry = library.entries[name]
        click.echo(question_text(entry, answer, library.works(entry)))
    elif name in library.drills:
        found = library.drills[name]
        click.echo(drill_text(found.drill, answer, library.works(found)))
    elif name in library.lessons:
        click.echo(lesson_text(library.lessons[name].lesson, library))
    else:
        hint = did_you_mean(name, [*library.entries, *library.drills, *library.lessons])
        raise UsageError(
            f"there is no question, drill or lesson '{name}'", f"{hint} `kdquiz list` shows what there is.".strip()
        )
