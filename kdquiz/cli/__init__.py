"""The command line: finds the command, turns errors into a message and an exit code. One command is one file.

The composition root: `cli.services` builds what a command needs and hands it over. A command is added by adding a file
under `commands/` whose module defines `command`; it is imported only when it is asked for, so that each starts fast.
"""

import errno
import gc
import io
import os
import pkgutil
import sys
import traceback
from importlib import import_module

import click

from kdquiz import __version__
from kdquiz.cli import commands
from kdquiz.errors import KdquizError, did_you_mean
from kdquiz.grading.printable import printable

EXIT_CODES = """
Exit codes: 0 all well; 1 the answer is no (a submission was not accepted, content has problems);
2 the command line is wrong; 3 a fault of kdquiz or of this machine.

KDQUIZ_HOME moves the data folder, KDQUIZ_CONTENT adds folders of packs, NO_COLOR switches colours off.
"""


OBJECTS_BEFORE_COLLECTING = 100_000
"""What is imported at start is no garbage: looking for some every 700 objects takes a tenth of the start."""


class _Commands(click.Group):
    """The commands are the modules under `commands/`, imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{commands.__name__}.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            hint = did_you_mean(args[0], self.list_commands(ctx)) or "`kdquiz --help` lists the commands."
            ctx.fail(f"there is no command '{args[0]}'. {hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="kdquiz %(version)s")
@click.pass_context
def group(context: click.Context) -> None:
    """Prepare a machine-learning interview: questions, spaced repetition, and coding drills that name your mistake.

    Without a command, the app opens on its home screen.
    """
    if context.invoked_subcommand is None:
        from kdquiz.cli.app import open_app  # Textual is imported for the app alone
        from kdquiz.tui.start import Home

        open_app(Home())


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")  # a `?` for what the terminal's encoding has no character for
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code; every error has become a message on standard error."""
    try:
        result = group.main(args=arguments, prog_name="kdquiz", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kdquiz: stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except KdquizError as error:
        _say(error.message, error.hint)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (`kdquiz list | head`): nothing is wrong, and nothing more can be written.
        _give_up_output()
        return 0
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
            return _own_fault()
        _give_up_output()
        _say(f"the output cannot be written: {error.strerror}", "Free some space where it goes, or send it elsewhere.")
        return 3
    except Exception:
        return _own_fault()


def _own_fault() -> int:
    _say("a fault of kdquiz itself, not of yours; please report these lines:", traceback.format_exc())
    return 3


def _give_up_output() -> None:
    """What is still to be written when the program ends goes nowhere, rather than failing again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str, hint: str) -> None:
    """What is said may repeat a file's name, or what was typed, and that may hold anything."""
    click.echo(f"kdquiz: {printable(message)}", err=True)
    if hint:
        click.echo(printable(hint.rstrip()), err=True)
