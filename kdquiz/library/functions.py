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
    found = _entry(source, entry)
    return found if isinstance(found, ast.FunctionDef) else None


def _entry(source: str, entry: str) -> ast.FunctionDef | ast.ClassDef | None:
    """The last function or class of that name."""
    try:
        found = [one for one in _defined(source) if one.name == entry]
    except _NOT_PYTHON:
        return None
    return found[-1] if found else None


def _defined(source: str) -> list[ast.FunctionDef | ast.ClassDef]:
    return [one for one in _parsed(source).body if isinstance(one, ast.FunctionDef | ast.ClassDef)]


def _parsed(source: str) -> ast.Module:
    with warnings.catch_warnings():  # "\d" in a text is right enough, and would be told on the terminal
        warnings.simplefilter("ignore")
        return ast.parse(source)


def line_of_entry(source: str, entry: str) -> int:
    """The line of `def entry`, or of the class of that name; 1 where there is none."""
    found = _entry(source, entry)
    return 1 if found is None else found.lineno


def no_functions(source: str) -> list[tuple[str, str, int]]:
    """What a file defines that is called otherwise than a function: its name, what it is, its line."""
    try:
        body = _parsed(source).body
    except _NOT_PYTHON:
        return []
    words = {ast.ClassDef: "a class", ast.AsyncFunctionDef: "a coroutine function"}
    return [
        (one.name, words[type(one)], one.lineno) for one in body if isinstance(one, ast.ClassDef | ast.AsyncFunctionDef)
    ]


def names_used(source: str) -> frozenset[str]:
    """The names that a source reads; none where it is not Python."""
    try:
        parsed = _parsed(source)
    except _NOT_PYTHON:
        return frozenset()
    return frozenset(one.id for one in ast.walk(parsed) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load))


def parameters(function: ast.FunctionDef) -> tuple[Parameter, ...]:
    """What the function takes, in order; `*args` and `**kwargs` left aside."""
    takes = function.args
    positional = [*takes.posonlyargs, *takes.args]
    without = len(positional) - len(takes.defaults)
    found = [Parameter(one.arg, has_default=number >= without) for number, one in enumerate(positional)]
    by_name = zip(takes.kwonlyargs, takes.kw_defaults, strict=True)
    found += [Parameter(one.arg, default is not None, by_position=False) for one, default in by_name]
    return tuple(found)


def source_faults(file: File, source: str, entry: str, *, classes: bool = False) -> list[Fault]:
    """At most one: the file is not Python, or does not define the entry point, which may be a class with `classes`."""
    defined, faults = definitions(file, source, classes=classes)
    if faults or entry in defined:
        return faults
    named = ", ".join(defined) or "none"
    what, here = ("function or class", "defined") if classes else ("function", "functions")
    message = f"defines no {what} '{entry}', the drill's entry point ({here} here: {named})"
    return [Fault(message=message, hint=did_you_mean(entry, defined), file=file, key=("entry",))]


def definitions(file: File, source: str, *, classes: bool = False) -> tuple[list[str], list[Fault]]:
    """The names of the functions that a file defines, with `classes` of its classes too; or why it is not Python."""
    try:
        return [one.name for one in _defined(source) if classes or isinstance(one, ast.FunctionDef)], []
    except SyntaxError as error:
        why = f"not Python: {error.msg}"
        return [], [Fault(message=why, file=file, line=error.lineno or 1, column=error.offset or 1)]
    except _NOT_PYTHON as error:
        return [], [Fault(message=f"not Python: {str(error) or 'nested too deeply'}", file=file)]
