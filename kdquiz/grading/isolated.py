"""How every grading process is started: by an isolated interpreter, and what it says first. The app's side and the
judge's; standard library alone, on every platform.

Isolated (`python -I`): no variable of the environment, no file in the working folder and no user folder decides what
is imported. So the process is told where this very kdquiz lives, and which other folders its starter imports from, for
what its own interpreter does not find.
"""

import errno
import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kdquiz
from kdquiz.errors import GradingError

_BOOTSTRAP = """
import importlib, json, sys
root, folders, module, arguments = json.loads(sys.argv[1])
sys.path.insert(0, root)
import kdquiz
del sys.path[0]
sys.path += [folder for folder in folders if folder not in sys.path]
importlib.import_module(module).main(*arguments)
"""
"""Takes `kdquiz` from where the starter has it, whatever other one is installed; all else as the interpreter finds
it."""

_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # a second thread would hang every forked process
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",  # a device's threads do not survive a fork
}
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""What libraries are found by; the last is Windows's."""

NICENESS = 10
FOLDER = Path(sys.prefix).anchor
"""A working folder in which nothing of anybody's lies."""
NOT_NEEDED = "Everything but the drills works without it."
IF_AGAIN = "If it happens again, `kdquiz doctor` tells what is wrong."
_TOO_MANY_FILES = "Too many files are open: end some programs, or raise the limit (`ulimit -n`), and try again."
_HINTS = {
    errno.EMFILE: _TOO_MANY_FILES,
    errno.ENFILE: _TOO_MANY_FILES,
    errno.EAGAIN: "You run as many processes as you may: end some programs, or raise the limit (`ulimit -u`), and "
    "try again.",
    errno.ENOMEM: "The machine's memory is used up: end some programs, and try again.",
}


def command(module: str, *arguments: object) -> list[str]:
    """The command line of a process that calls `main(*arguments)` of a module, with what JSON can carry."""
    root = Path(kdquiz.__file__).resolve().parents[1]
    # The first entry is the folder of the script, or the working folder: a stray torch.py there must not count.
    folders = [p for p in sys.path[0 if sys.flags.safe_path else 1 :] if Path(p).is_absolute()]
    settings = json.dumps([str(root), folders, module, arguments])
    return [sys.executable, "-I", "-X", "utf8", "-c", _BOOTSTRAP, settings]


def environment() -> dict[str, str]:
    """The variables that a grading process is given."""
    return _ENVIRONMENT | {name: os.environ[name] for name in _INHERITED if name in os.environ}


def cannot_start(error: OSError) -> GradingError:
    """What to do where the system refuses what a process needs."""
    hint = _HINTS.get(error.errno or 0, IF_AGAIN)
    return GradingError(f"The grading processes cannot be started: {error.strerror or error}.", hint)


def check_first_word(message: Mapping[str, Any], how_it_ended: str) -> dict[str, Any]:
    """What a process says once it has imported torch (`{"ready": {"torch": version, "open": attacks}}`): the value.

    Raises GradingError, with what to do, where it could not get ready (`{"fault": text, "missing": bool}`, and "torch"
    where it was not the import that failed); the message is empty where it has died, as `how_it_ended` tells.
    """
    if "ready" in message:
        return dict(message["ready"])
    if message.get("missing"):
        raise GradingError(
            "Drills need PyTorch, and it is not installed.",
            f"Install it with:  {sys.executable} -m pip install torch numpy\n"
            f"(the smaller build without CUDA: add --index-url https://download.pytorch.org/whl/cpu). {NOT_NEEDED}",
        )
    if "torch" in message:
        raise GradingError(f"The grading processes cannot be started: {message['fault']}.", IF_AGAIN)
    if not message and "SIGKILL" in how_it_ended:
        raise GradingError(
            f"PyTorch could not be loaded: {how_it_ended}",
            f"The machine may have run out of memory: end some programs, and try again. {NOT_NEEDED}",
        )
    raise GradingError(
        f"PyTorch cannot be loaded: {message.get('fault') or how_it_ended}",
        f"Install it anew:  {sys.executable} -m pip install --force-reinstall torch\n{NOT_NEEDED}",
    )


def last_words(code: int | None, line: str) -> str:
    """How a process ended, from its exit code (below zero for the signal that ended it) and the last line it wrote."""
    how = f"the process ended with exit code {code}"
    if code is not None and code < 0:
        name = next((one.name for one in signal.Signals if one == -code), f"signal {-code}")
        how = f"the process was ended by {name}"
    return f"{how}: {line}" if line else how


def last_line(written: bytes) -> str:
    """What the end of a standard error ends with: mostly the exception under a traceback, of which it may be the middle
    only; empty where there is no such line."""
    lines = [line for line in written.decode("utf-8", "replace").splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith((" ", "Traceback "))]
    return told[-1] if told else ""
