"""The learner's source as a module: compiled, executed, its entry point found; or why not, in words for the learner.

The runner's side; standard library alone, nothing of kdquiz. Whatever is looked at here is the learner's, and may lie.
"""

import difflib
import inspect
import io
import linecache
import sys
import traceback
import types
from collections.abc import Callable, Sequence

SUBMISSION = "submission.py"
"""What the learner's source is called in tracebacks."""
ERROR_TEXT = 4096
"""Characters of an exception's text that are told."""


class NoAnswerError(Exception):
    """Why there are no more answers, as the ERROR frame tells it: `kind` is compile, raised, exited, memory or
    malformed."""

    def __init__(self, kind: str, error: str, plain: str = "", line: int = 0) -> None:
        super().__init__(error)
        self.kind, self.error, self.plain, self.line = kind, error, plain, line


def load(source: str, entry: str, *, classes: bool = False) -> Callable[..., object]:
    """Compile and execute the source as the module `submission`; its entry point, which may be a class with `classes`.
    Raises NoAnswerError, and what the source raises."""
    lines = io.StringIO(source, newline=None).readlines()
    linecache.cache[SUBMISSION] = (len(source), None, lines, SUBMISSION)
    try:
        code = compile(source, SUBMISSION, "exec", dont_inherit=True)
    except SyntaxError as error:
        where = error.lineno or 0
        raise NoAnswerError("compile", f"{type(error).__name__}: {error.msg}", line=where) from error
    except (MemoryError, RecursionError, OverflowError, ValueError) as error:
        words = "It is nested too deeply, or holds a constant that is too large."
        raise NoAnswerError("compile", f"Python cannot compile this: {describe(error)}", words) from error
    module = types.ModuleType("submission")
    module.__file__ = SUBMISSION
    sys.modules["submission"] = module
    sys.argv = [SUBMISSION]
    exec(code, module.__dict__)  # noqa: S102 the purpose of this process
    return _entry_point(module, entry, classes)


def while_loading(error: BaseException) -> str:
    """Where in the file that came from which the file itself raised, by calling a function of its own; empty where the
    line tells."""
    steps = traceback.walk_tb(error.__traceback__)
    lines = [number for frame, number in steps if frame.f_code.co_filename == SUBMISSION]
    if len(lines) < 2:
        return ""
    return (
        f"Line {lines[0]} of your file, which calls it, was run when the file was loaded; the function had not been "
        "called with our inputs yet."
    )


def _entry_point(module: types.ModuleType, entry: str, classes: bool) -> Callable[..., object]:
    if not hasattr(module, entry):
        what = "function or class" if classes else "function"
        words = f"The file defines no {what} named `{entry}`.{_instead(module, entry)}"
        raise NoAnswerError("raised", f"no {what} `{entry}`", words)
    function = getattr(module, entry)
    if isinstance(function, type) and not classes:
        words = f"`{entry}` is a class: write a function of that name, which may well use the class."
        raise NoAnswerError("raised", f"`{entry}` is not a function", words)
    if not callable(function):
        words = f"`{entry}` is {article(type(function).__name__)}, not a function."
        raise NoAnswerError("raised", f"`{entry}` is not a function", words)
    if inspect.iscoroutinefunction(function):
        words = f"`{entry}` is declared with `async def`; write `def {entry}(...)`."
        raise NoAnswerError("raised", f"`{entry}` is a coroutine function", words, _first_line(function))
    result: Callable[..., object] = function
    return result


def _instead(module: types.ModuleType, entry: str) -> str:
    """What the file defines that may be meant."""
    defined = vars(module)
    for name, value in defined.items():
        if isinstance(value, type) and value.__module__ == module.__name__ and callable(vars(value).get(entry)):
            return f" It is a method of `{name}`: write it as a function of the file."
    functions = [name for name, value in defined.items() if inspect.isfunction(value)]
    for near in difflib.get_close_matches(entry, functions, n=1):
        return f" It defines `{near}`{_odd_letter(near, entry)}: is that the one?"
    return ""


def _odd_letter(name: str, entry: str) -> str:
    """Which letter only looks like the right one."""
    for position, (letter, right) in enumerate(zip(name, entry, strict=False), 1):
        if letter != right and not letter.isascii():
            return f", whose letter {position} is {letter} (U+{ord(letter):04X}) and not {right}"
    return ""


def check_signature(function: Callable[..., object], names: Sequence[str], arguments: Sequence[object]) -> None:
    """Raise NoAnswerError where the function cannot be called with so many arguments."""
    try:
        signature = inspect.signature(function, follow_wrapped=False)  # what is called is the wrapper
    except (TypeError, ValueError):  # some callables have none; then the call itself tells
        return
    try:
        signature.bind(*arguments)
    except TypeError as error:
        count = f"{len(names)} positional argument{'' if len(names) == 1 else 's'}"
        words = f"The function is called with {count}: {', '.join(names)}. Yours does not take them: {error}."
        raise NoAnswerError("raised", f"TypeError: {error}", words, _first_line(function)) from None


def _first_line(function: object) -> int:
    line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
    return line if isinstance(line, int) else 0


def describe(error: BaseException) -> str:
    """`ValueError: its text`, cut."""
    name = type(error).__name__
    try:
        text = str(error)[:ERROR_TEXT]
    except BaseException:  # `__str__` is the learner's too
        return name
    return f"{name}: {text}" if text else name


def article(name: str) -> str:
    """`a list`, `an int`."""
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
