"""`kdquiz watch ID [FILE]`: a coding drill written in the learner's own editor, graded at every save."""

import stat
from pathlib import Path

import click

from kdquiz.cli import services
from kdquiz.errors import UsageError


@click.command(name="watch")
@click.argument("drill_id", metavar="ID")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
def command(drill_id: str, file: Path | None) -> None:
    """Grade FILE at every save, in a terminal beside your own editor.

    Without FILE it is the drill's id with underscores and `.py`, in this folder. Where there is no such file the
    starter is written to it; a file that is there is never changed.
    """
    drill = services.drill_by_id(services.open_library(), drill_id)
    from kdquiz.cli.app import open_app, require_terminal
    from kdquiz.tui.start import WatchStart

    require_terminal()
    if file == Path("-"):
        raise UsageError("standard input is not saved again and again", "`kdquiz grade ID -` grades it once.")
    if file is None:
        file = Path(f"{drill.id.replace('-', '_')}.py")
    provide(file, drill.starter)
    open_app(WatchStart(drill_id=drill.id, file=file))
    click.echo(f"Your code is in {file}")


def provide(file: Path, starter: str) -> None:
    """Write the starter to `file` if there is none; whatever is there is left alone.

    Raises UsageError where `file` cannot be made, or is nothing that can be watched.
    """
    try:
        opened = file.open("xb")  # fails where the name is taken, be it only by a link that leads nowhere
    except FileExistsError:
        _require_readable(file)
        return
    except FileNotFoundError as error:
        raise UsageError(f"cannot write {file}: there is no folder {file.parent}", "Make the folder first.") from error
    except OSError as error:
        raise _unwritten(file, error) from error
    try:
        with opened:
            opened.write(starter.encode())
    except OSError as error:
        file.unlink(missing_ok=True)  # it is ours, and half a starter is of no use
        raise _unwritten(file, error) from error


def _unwritten(file: Path, error: OSError) -> UsageError:
    hint = "Name a file that can be written: `kdquiz watch ID FILE`."
    return UsageError(f"cannot write {file}: {error.strerror or error}", hint)


def _require_readable(file: Path) -> None:
    try:
        kind = file.stat().st_mode
        if stat.S_ISDIR(kind):
            raise UsageError(f"{file} is a folder", "Name a file in it.")
        if not stat.S_ISREG(kind):
            raise UsageError(f"{file} is not a file that can be saved", "Name a file of your own.")
        with file.open("rb") as opened:
            opened.read(1)
    except FileNotFoundError as error:
        hint = "Remove the link, or make the file that it leads to."
        raise UsageError(f"{file} is a link to a file that is not there", hint) from error
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
