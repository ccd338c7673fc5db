"""Formulas of authors: parsed by Python's grammar, walked here, bounded in size and time. Nothing is ever executed.

    softmax([a/T, 0, 0])[0]        (1 - alpha) * log(C)

Numbers, names, + - * / **, lists of numbers, an entry by its position, and the functions of `arithmetic.FUNCTIONS`.
Between lists of one length, and between a list and a number, arithmetic goes entry by entry. Goes in: the text, and the
numbers that the names stand for; comes out: a float or a tuple of floats. Imports `arithmetic`, `problems`, `errors`.
"""

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kdquiz.errors import did_you_mean
from kdquiz.library.arithmetic import (
    FUNCTIONS,
    LONGEST_LIST,
    FormulaError,
    Value,
    as_float,
    as_value,
    call,
    entry_of,
    operate,
)
from kdquiz.library.problems import cut

LONGEST = 400
"""Characters of a formula."""
QUOTED = 80
"""Characters of it that a message quotes."""
MOST_NODES = 300
MOST_DEEP = 60
CACHED = 1 << 12

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ALLOWED = re.compile(r"[A-Za-z0-9_ .,+\-*/()\[\]]*")
_RUN_TOGETHER = re.compile(r"(?<![\w.])(?=\.?\d)\d*+\.?+\d*+(?:[eE][+-]?\d++)?+(?=[A-Za-z_])")
_INSTEAD = {"^": "**", "−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "²": "**2", "√": "sqrt( )", "%": "/ 100"}
_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_CALLED = {"ln": "Write log( ), the natural logarithm."}
_WHAT_THERE_IS = "A formula has numbers, names, + - * / **, lists, [position] and the functions"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that can be read: its text, its tree, and the names that must be known to evaluate it."""

    text: str
    tree: ast.expr
    names: Mapping[str, int]
    """Each name with the character at which it first stands, from 1."""


@lru_cache(maxsize=CACHED)
def parse(text: str) -> Formula:
    """Read a formula. Raises FormulaError, in words for the author, where it is none; names are not looked up."""
    flat = re.sub(r"\s", " ", text).rstrip()
    start = len(flat) - len(flat.lstrip())
    _require_readable(text, flat)
    try:
        tree = ast.parse(flat[start:], mode="eval").body
    except SyntaxError as error:
        raise _syntax(text, flat[start:], error) from None
    except (RecursionError, MemoryError, ValueError):
        raise _error(text, "it is nested too deep") from None
    for node in ast.walk(tree):
        if hasattr(node, "col_offset"):
            node.col_offset += start
    names: dict[str, int] = {}
    _require_known(text, tree, names)
    return Formula(text, tree, names)


def evaluate(text: str, scope: Mapping[str, Value]) -> Value:
    """The value of a formula where each name stands for the number, or list of numbers, that `scope` says.

    Raises FormulaError where it cannot be read, names what is unknown, or has no finite value.
    """
    formula = parse(text)
    for name, at in formula.names.items():
        if name not in scope:
            raise unknown_name(text, name, at, scope)
    return _value(text, formula.tree, scope)


def evaluate_number(text: str, scope: Mapping[str, float]) -> float:
    """As `evaluate`, of a formula that gives one number. Raises FormulaError also where it gives a list."""
    value = evaluate(text, scope)
    if isinstance(value, tuple):
        raise _error(text, f"it gives a list of {len(value)}, and one number is needed", "Choose an entry: […][0].")
    return value


def unknown_name(text: str, name: str, at: int, known: Mapping[str, object]) -> FormulaError:
    """The error of a name that is none of the known ones; a function's name without brackets is one, too."""
    if name in FUNCTIONS:
        return _error(text, f"the function {name} is not called", f"Write {name}( ).", at)
    there_are = f"Drawn are: {', '.join(known)}." if known else "Nothing is drawn: a name stands under `draw`."
    return _error(text, f"unknown name '{name}'", did_you_mean(name, [*known, *FUNCTIONS]) or there_are, at)


def _error(text: str, message: str, hint: str = "", at: int = 0) -> FormulaError:
    place = f" at character {at}" if at else ""
    return FormulaError(f"in the formula `{' '.join(cut(text, QUOTED).split())}`{place}: {message}", hint, at)


def _require_readable(text: str, flat: str) -> None:
    """Raises FormulaError for what Python's parser would take for something else, or warn of."""
    if not flat.strip():
        raise FormulaError("the formula is empty", "Write it out.")
    if len(text) > LONGEST:
        raise _error(text, f"it has {len(text)} characters, and may have {LONGEST}")
    end = _ALLOWED.match(flat).end()  # type: ignore[union-attr]  # it matches the empty text, too
    if end < len(flat):
        sign = flat[end]
        hint = f"Write `{_INSTEAD[sign]}`." if sign in _INSTEAD else ""
        raise _error(text, f"{sign!r} is not used in formulas", hint, end + 1)
    if found := _RUN_TOGETHER.search(flat):
        raise _error(text, "a number and a name run together", "Put `*` between them.", found.end() + 1)


def _syntax(text: str, flat: str, error: SyntaxError) -> FormulaError:
    """The complaint of Python's parser in an author's words; `flat` is what it was given."""
    start = len(text) - len(text.lstrip())
    at = start + (error.offset or 0)
    if "never closed" in error.msg or "unmatched" in error.msg or "does not match" in error.msg:
        bracket = text[at - 1]
        closed = "is never closed" if bracket in "([" else "closes none that is open"
        return _error(text, f"the bracket {bracket} {closed}", at=at)
    if not error.offset or error.offset > len(flat):
        return _error(text, "it breaks off")
    return _error(text, "it cannot be read from here", at=at)


def _require_known(text: str, tree: ast.expr, names: dict[str, int]) -> None:
    """Fills `names`. Raises FormulaError for what formulas do not have, and for one that is too large; without
    recursion, since it is what bounds the depth."""
    todo: list[tuple[ast.AST, int]] = [(tree, 1)]
    seen = 0
    while todo:
        node, depth = todo.pop()
        seen += 1
        if depth > MOST_DEEP:
            raise _error(text, f"it is nested deeper than {MOST_DEEP} levels")
        if seen > MOST_NODES:
            raise _error(text, "it is too long", "Compute a part of it beforehand.")
        if isinstance(node, ast.Name):
            names[node.id] = min(names.get(node.id, LONGEST), node.col_offset + 1)
        todo += [(child, depth + 1) for child in _children(text, node)]


def _children(text: str, node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return []
        case ast.Name():
            return []
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            return [node.operand]
        case ast.BinOp() if type(node.op) in _SIGNS:
            return [node.left, node.right]
        case ast.List(elts=[_, *_]):
            if len(node.elts) > LONGEST_LIST:
                raise _error(text, f"a list has at most {LONGEST_LIST} entries", at=node.col_offset + 1)
            return node.elts
        case ast.Subscript() if not isinstance(node.slice, ast.Slice | ast.Tuple):
            return [node.value, node.slice]
        case ast.Call(func=ast.Name(), keywords=[]):
            return _arguments(text, node, node.func)
    raise _refusal(text, node)


def _arguments(text: str, node: ast.Call, function: ast.expr) -> list[ast.expr]:
    name = function.id if isinstance(function, ast.Name) else ""
    if name not in FUNCTIONS:
        known = f"Known: {', '.join(sorted(FUNCTIONS))}."
        hint = _CALLED.get(name) or did_you_mean(name, FUNCTIONS) or known
        raise _error(text, f"unknown function '{name}'", hint, node.col_offset + 1)
    return node.args


def _refusal(text: str, node: ast.AST) -> FormulaError:
    at = getattr(node, "col_offset", -1) + 1
    if isinstance(node, ast.List):
        return _error(text, "a list is empty", at=at)
    if isinstance(node, ast.Tuple):
        return _error(
            text,
            "a comma stands outside of a list or a function",
            "Write a list in [ ], and a number without commas.",
            at,
        )
    return _error(text, "this is not used in formulas", f"{_WHAT_THERE_IS} {', '.join(sorted(FUNCTIONS))}.", at)


def _value(text: str, node: ast.expr, scope: Mapping[str, Value]) -> Value:
    try:
        match node:
            case ast.Constant(value=int() | float() as number):
                return as_float(number)
            case ast.Name(id=name):
                return as_value(scope[name])
            case ast.UnaryOp(op=op, operand=operand):
                return operate("-" if isinstance(op, ast.USub) else "+", 0.0, _value(text, operand, scope))
            case ast.BinOp(left=left, op=op, right=right):
                return operate(_SIGNS[type(op)], _value(text, left, scope), _value(text, right, scope))
            case ast.List(elts=entries):
                values = tuple(_value(text, entry, scope) for entry in entries)
                numbers = tuple(one for one in values if not isinstance(one, tuple))
                if len(numbers) < len(values):
                    raise FormulaError("a list stands in a list; a list has numbers alone")
                return numbers
            case ast.Subscript(value=listed, slice=index):
                return entry_of(_value(text, listed, scope), _value(text, index, scope))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return call(name, tuple(_value(text, one, scope) for one in arguments))
    except FormulaError as error:
        if error.at:
            raise
        raise _error(text, error.message, error.hint, node.col_offset + 1) from None
    raise AssertionError(f"{type(node).__name__} is refused when a formula is read")
