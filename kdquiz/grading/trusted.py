"""A drill's own code, run in the judge's process: loaded, called with bounded patience, and its failures told to its
author.

The reference and its mistakes are as trusted as the text of the drill, and may be wrong like any text: they may raise,
end the process, or never come to an end. None of that may cost a learner more than a sentence. Imports torch.
"""

import signal
import threading
import traceback
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn

from kdquiz.grading.behaviour import Function
from kdquiz.grading.printable import first_line, printable
from kdquiz.library.drill import Drill
from kdquiz.library.faults import BrokenDrillError, Fault, File
from kdquiz.library.functions import line_of_entry

PATIENCE_SECONDS = 10.0
"""How long one call may take. The slowest of the shipped drills takes milliseconds, so no slow machine comes near."""

_FILE = "<reference>"
_HARNESS = "<harness>"


class OutOfPatienceError(BaseException):
    """A drill's own code did not come to an end; `fault` tells its author.

    No Exception, since those are what a mistake may well raise, and are taken for its behaviour.
    """

    def __init__(self, fault: Fault | None = None) -> None:
        super().__init__()
        self.fault = fault


class EndedError(Exception):
    """A drill's own code asked for the end of the process."""


def load(source: str, entry: str) -> Function:
    """The function that a drill's own source defines; each call of it is patient and survives `sys.exit`.

    Raises SyntaxError, ValueError where it defines none, OutOfPatienceError, and whatever the source raises.
    """
    return patient(as_written(source, entry))


def as_written(source: str, entry: str) -> Function:
    """The function, or the class, that a drill's own source defines, as it stands there. Raises as `load` does."""
    function = _namespace(source, "reference", _FILE).get(entry)
    if not callable(function):
        raise ValueError(f"the reference defines no function '{entry}'")
    found: Function = function
    return found


def load_harness(source: str) -> Mapping[str, Any]:
    """What a drill's harness defines, by name. Raises SyntaxError, OutOfPatienceError, and whatever it raises."""
    return _namespace(source, "harness", _HARNESS)


def _namespace(source: str, name: str, file: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": name}
    patient(exec)(compile(source, file, "exec"), namespace)  # a drill's own code, as trusted as its text
    return namespace


def raising(error: BaseException) -> Function:
    """A function that raises whenever it is called: what two patches make that together are no Python."""

    def call(*_: object) -> NoReturn:
        raise error

    return call


def patient(function: Function) -> Function:
    """The function, each call of which is patient and survives `sys.exit`."""

    def call(*arguments: object, **named: object) -> Any:
        with Patience():
            try:
                return function(*arguments, **named)
            except SystemExit as error:
                code = "" if error.code is None else repr(error.code)
                raise EndedError(f"sys.exit({code})").with_traceback(error.__traceback__) from error

    return call


class Patience:
    """What runs `with Patience():` for longer than PATIENCE_SECONDS is ended by an OutOfPatienceError.

    By the alarm of this process, which Python hears in its main thread and between two of its own instructions; what
    never returns from a library's code is ended from outside, by whoever waits for the judge.
    """

    __slots__ = ("_heard",)
    _running: ClassVar[bool] = False
    """Within another patience, that one's time is what counts."""

    def __enter__(self) -> None:
        self._heard = (
            not Patience._running
            and hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
        )
        if self._heard:
            Patience._running = True
            if signal.getsignal(signal.SIGALRM) is not _out_of_patience:
                signal.signal(signal.SIGALRM, _out_of_patience)
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)

    def __exit__(self, *_: object) -> None:
        if self._heard:
            Patience._running = False
            signal.setitimer(signal.ITIMER_REAL, 0)


def _out_of_patience(*_: object) -> NoReturn:
    raise OutOfPatienceError


def in_words(error: BaseException) -> str:
    """What the reference did: `raises IndexError: ...`."""
    if isinstance(error, OutOfPatienceError):
        return f"does not come to an end within {PATIENCE_SECONDS:g} s"
    if isinstance(error, EndedError):
        return f"ends the process by `{error}`"
    if isinstance(error, SyntaxError):
        return f"is not Python: {error.msg}"
    said = first_line(printable(str(error).strip()))
    return f"raises {type(error).__name__}" + (f": {said}" if said else "")


def line_of(error: BaseException, drill: Drill) -> int:
    """The line of the reference in which it happened; where none is known, that of its function."""
    if isinstance(error, SyntaxError) and error.filename == _FILE and error.lineno:
        return error.lineno
    lines = [one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == _FILE]
    return (lines[-1] if lines else None) or line_of_entry(drill.reference, drill.entry)


def place_of(error: BaseException, drill: Drill) -> tuple[File, int]:
    """The file and the line in which it happened: of the harness, where that is what raised, else of the reference."""
    if isinstance(error, SyntaxError) and error.filename == _HARNESS:
        return "harness.py", error.lineno or 1
    found = [one for one in traceback.extract_tb(error.__traceback__) if one.filename in (_FILE, _HARNESS)]
    if found and found[-1].filename == _HARNESS:
        return "harness.py", found[-1].lineno or 1
    return "reference.py", line_of(error, drill)


def faults_of(error: BrokenDrillError | OutOfPatienceError, drill: Drill) -> tuple[Fault, ...]:
    """What an author has to mend."""
    if isinstance(error, BrokenDrillError):
        return error.faults
    said = f"the drill's own code {in_words(error)}"
    file, line = place_of(error, drill)
    return (error.fault or Fault(message=said, file=file, line=line),)
