"""The function that a drill is about, looked at in the text of its Python files: is it there, and what does it take?

Nothing is run or compiled here: `compile` computes constants, and `10 ** 10 ** 10` would take for ever.
"""

import ast
import warnings
from dataclasses import dataclass

from kdquiz.errors import did_you_mean
from kdquiz.library.faults import Fault, File

_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a function. `by_position`: a positional argument reaches it."""

    name: str
    has_default: bool = False
    by_position: bool = True


def entry_function(source: str, entry: str) -> ast.FunctionDef | None:
    """The last function of that name, as a call finds it; None where there is none, or the source is not Python."""
    try:
        found = [one for one in _functions(source) if one.name == entry]
    except _NOT_PYTHON:
        return None
    return found[-1] if found else None


def _functions(source: str) -> list[ast.FunctionDef]:
    with warnings.catch_warnings():  # "\d" in a text is right enough, and would be told on the terminal
        warnings.simplefilter("ignore")
        parsed = ast.parse(source)
    return [one for one in parsed.body if isinstance(one, ast.FunctionDef)]


def line_of_entry(source: str, entry: str) -> int:
    """The line of `def entry`; 1 where there is none."""
    function = entry_function(source, entry)
    return 1 if function is None else function.lineno


def parameters(function: ast.FunctionDef) -> tuple[Parameter, ...]:
    """What the function takes, in order; `*args` and `**kwargs` left aside."""
    takes = function.args
    positional = [*takes.posonlyargs, *takes.args]
    without = len(positional) - len(takes.defaults)
    found = [Parameter(one.arg, has_default=number >= without) for number, one in enumerate(positional)]
    by_name = zip(takes.kwonlyargs, takes.kw_defaults, strict=True)
    found += [Parameter(one.arg, default is not None, by_position=False) for one, default in by_name]
    return tuple(found)


def source_faults(file: File, source: str, entry: str) -> list[Fault]:
    """At most one: the file is not Python, or does not define the entry point."""
    try:
        functions = [one.name for one in _functions(source)]
    except SyntaxError as error:
        why = f"not Python: {error.msg}"
        return [Fault(message=why, file=file, line=error.lineno or 1, column=error.offset or 1)]
    except _NOT_PYTHON as error:
        return [Fault(message=f"not Python: {str(error) or 'nested too deeply'}", file=file)]
    if entry in functions:
        return []
    named = ", ".join(functions) or "none"
    message = f"defines no function '{entry}', the drill's entry point (functions here: {named})"
    return [Fault(message=message, hint=did_you_mean(entry, functions), file=file, key=("entry",))]
