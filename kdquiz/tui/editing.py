"""The learner's editor: which one it is, how it is told to open a file at a line, and running it.

Imports the error tree and `Place`; knows no screen. Goes in: where to open, and the environment. Comes out: a command,
run until the editor is closed. Raises EditorError, in words for whoever sits there.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kdquiz.errors import KdquizError
from kdquiz.library.model import Place
from kdquiz.library.problems import cut

NAMED_BY = ("VISUAL", "EDITOR")
FALLBACKS = ("notepad",) if os.name == "nt" else ("nano", "vim", "vi")
SET_IT = "Set EDITOR to the one you like, such as `export EDITOR=nano`."

_LINE = ("+{line}", "{path}")
_LINE_COMMA_COLUMN = ("+{line},{column}", "{path}")
_LINE_COLON_COLUMN = ("+{line}:{column}", "{path}")
_VIM = ("+call cursor({line}, {column})", "{path}")
_CODE = ("--wait", "--goto", "{path}:{line}:{column}")
_WAIT_AT = ("--wait", "{path}:{line}:{column}")
_JETBRAINS = ("--wait", "--line", "{line}", "--column", "{column}", "{path}")
_HOW: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("vi", "nvi", "elvis", "joe", "jed", "ne", "mg", "mcedit", "neatvi"), _LINE),
    **dict.fromkeys(("vim", "nvim", "gvim"), _VIM),
    **dict.fromkeys(("nano", "pico"), _LINE_COMMA_COLUMN),
    **dict.fromkeys(("emacs", "emacsclient", "micro", "kak"), _LINE_COLON_COLUMN),
    **dict.fromkeys(("hx", "helix"), ("{path}:{line}:{column}",)),
    **dict.fromkeys(("code", "codium", "vscodium", "cursor", "windsurf"), _CODE),
    **dict.fromkeys(("subl", "zed", "zeditor"), _WAIT_AT),
    **dict.fromkeys(("pycharm", "idea"), _JETBRAINS),
    "gedit": ("--wait", "+{line}:{column}", "{path}"),
    "kate": ("--block", "--line", "{line}", "--column", "{column}", "{path}"),
    "mate": ("--wait", "--line", "{line}:{column}", "{path}"),
    "notepad++": ("-multiInst", "-n{line}", "-c{column}", "{path}"),
}
"""What each editor is given; a name that is missing here is given the file alone."""
_SHORT = {"--wait": "-w", "--goto": "-g", "--block": "-b"}
"""Options that a learner's own setting may hold already."""
Find = Callable[[str], str | None]
"""The program that a name stands for, as `shutil.which` finds it."""


class EditorError(KdquizError):
    """There is no editor, it could not be started, or it failed."""


def command(place: Place, environment: Mapping[str, str] = os.environ, find: Find = shutil.which) -> list[str]:
    """What opens the file at the line and column: `$VISUAL`, else `$EDITOR`, else an editor that most machines have."""
    variable = next((name for name in NAMED_BY if environment.get(name, "").strip()), None)
    if variable is None:
        found = next(filter(find, FALLBACKS), None)
        if found is None:
            raise EditorError("No editor was found.", SET_IT)
        program, *own = (found,)
    else:
        program, *own = _words(variable, environment[variable])
    started = find(program)
    if started is None:
        raise EditorError(f"There is no program '{cut(program)}', which ${variable} names as the editor.", SET_IT)
    given = [
        part.format(path=_file(place.path), line=place.line, column=place.column)
        for part in _how(started, program)
        if part not in own and _SHORT.get(part) not in own
    ]
    return [started, *own, *given]


def _file(path: Path) -> Path:
    """The path; from the root where an editor would take it for an option, as `-x/topic.yaml` or `+x/topic.yaml`."""
    return path.absolute() if str(path).startswith(("-", "+")) else path


def _words(variable: str, value: str) -> list[str]:
    """The program and its arguments. On Windows a backslash is part of a path, and quotes stay around words."""
    posix = os.name != "nt"
    try:
        words = shlex.split(value, posix=posix)
    except ValueError as error:
        raise EditorError(f"${variable} cannot be read: {str(error).lower()}. It is: {cut(value)}", SET_IT) from error
    return words if posix else [word.strip('"') for word in words]


def _how(started: str, program: str) -> tuple[str, ...]:
    """By the name as it was given; else by what that name leads to, such as `editor` to `/usr/bin/vim.basic`."""
    names = (_name(program), _name(os.path.realpath(started)))
    return next((_HOW[name] for name in names if name in _HOW), ("{path}",))


def _name(program: str) -> str:
    """`vim` for `/usr/bin/vim.basic`, `emacs` for `emacs-29`, `notepad++` for `C:\\...\\notepad++.exe`."""
    last = re.split(r"[\\/]", program)[-1].lower()
    found = re.match(r"[a-z]+(\+\+)?", last)
    return found.group() if found else last


def run(words: Sequence[str]) -> None:
    """Run the editor in this terminal, until it is closed. Raises EditorError."""
    name = Path(words[0]).name
    try:
        with _interrupts_left_to_the_editor():
            code = subprocess.run(words, check=False).returncode
    except OSError as error:
        raise EditorError(f"{name} cannot be started: {error.strerror or error}.", SET_IT) from error
    if code:
        ended = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        raise EditorError(f"{name} {ended}.", "What it had saved is in the file.")


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[None]:
    """Ctrl+C in the editor is meant for it, and reaches this process as well.

    A handler, and not `SIG_IGN`, which the editor would inherit.
    """

    def nothing(number: int, frame: FrameType | None) -> None:
        """The editor sees to it."""

    before = signal.signal(signal.SIGINT, nothing)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
