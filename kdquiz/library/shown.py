"""Numbers as people read them, and texts with `{name}` and `{formula}` in which they are filled in.

`{{` and `}}` are literal braces. Imports `formula`. Pure.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kdquiz.library.arithmetic import FormulaError, Value
from kdquiz.library.formula import CACHED, evaluate, parse

DIGITS = 4
"""Significant digits of a computed number, unless its whole part has more or a tolerance asks for more."""
MOST_DIGITS = 17
MOST_FORMULAS = 50
"""Formulas in one text: no sentence says more, and a file full of them would take seconds to read or to try."""
PART_OF_TOLERANCE = 10
"""Rounding may take this part of a tolerance."""
NONE: Mapping[str, float] = MappingProxyType({})
_WHOLE_BELOW = 1e15
_SMALLEST_WRITTEN_OUT = 1e-4

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


def shown(number: float, tolerance: float = math.inf) -> str:
    """A number for people: `0.5761`, `−2`, `524288`, `1.2e-5`.

    Whole numbers in full; others with 4 significant digits, or as many more as keep rounding within a tenth of
    `tolerance`, trailing zeros left out.
    """
    if number == int(number) and abs(number) < _WHOLE_BELOW:
        return _signed(str(int(number)))
    size = abs(number)
    fewest = max(DIGITS, len(str(int(size)))) if size < _WHOLE_BELOW else DIGITS
    for digits in range(fewest, MOST_DIGITS):
        if abs(float(f"{number:.{digits}g}") - number) <= tolerance / PART_OF_TOLERANCE:
            return _written(number, digits)
    return _written(number, MOST_DIGITS)


def _written(number: float, digits: int) -> str:
    rounded = float(f"{number:.{digits}g}")
    if _SMALLEST_WRITTEN_OUT <= abs(rounded) < _WHOLE_BELOW:
        places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
        text = f"{rounded:.{places}f}"
        return _signed(text.rstrip("0").rstrip(".") if "." in text else text)
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return _signed(f"{mantissa}e{int(exponent)}")


def _signed(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


def as_authored(number: float) -> str:
    """A number that an author wrote, with all its digits: 2 is not 2.0."""
    text = str(number)
    return _signed(text) if "e" not in text else shown(number, 0.0)


@dataclass(frozen=True, slots=True)
class _Blank:
    formula: str


@lru_cache(maxsize=CACHED)
def _pieces(text: str) -> tuple[str | _Blank, ...]:
    """The text between braces and the formulas in them. Raises FormulaError where braces hold no formula."""
    pieces: list[str | _Blank] = []
    end = 0
    for found in _PIECE.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        if found.group() in ("{{", "}}"):
            pieces.append(found.group()[0])
        elif found[1] is None:
            near = " ".join(text[max(0, found.start() - 10) : found.end() + 10].split())
            opens = "opens and is never closed" if found.group() == "{" else "closes, and none is open"
            raise FormulaError(f"a brace {opens}, near `{near}`", "A literal brace is written {{ or }}.")
        else:
            if len(pieces) > 2 * MOST_FORMULAS:
                raise FormulaError(f"more than {MOST_FORMULAS} formulas in one text", "Say it with fewer.")
            _require_formula(found[1])
            pieces.append(_Blank(found[1]))
    return (*pieces, text[end:])


def _require_formula(text: str) -> None:
    """Raises FormulaError where it is none; perhaps the author meant the braces as such."""
    try:
        parse(text)
    except FormulaError as error:
        hint = f"{error.hint} Braces hold a formula; a literal one is written {{{{ or }}}}.".strip()
        raise FormulaError(error.message, hint, error.at) from None


def names_in(text: str) -> dict[str, tuple[str, int]]:
    """The names that a text needs, each with the formula and the character in it where it first stands.

    Raises FormulaError where braces hold no formula.
    """
    found: dict[str, tuple[str, int]] = {}
    for piece in _pieces(text):
        if isinstance(piece, _Blank):
            for name, at in parse(piece.formula).names.items():
                found.setdefault(name, (piece.formula, at))
    return found


def filled(
    text: str, scope: Mapping[str, float], tolerance: float = math.inf, computed: Mapping[str, float] = NONE
) -> str:
    """The text with every `{formula}` replaced by its value; a name of `scope` alone as it was authored.

    Names of `computed` stand for numbers that were computed, and are rounded as such (`shown`). A minus is `−`, and `-`
    in a code span, from where it may be copied. Raises FormulaError where a formula has no value.
    """
    result = ""
    for piece in _pieces(text):
        if isinstance(piece, str):
            result += piece
        else:
            number = _filled_in(piece.formula, scope, tolerance, computed)
            result += number.replace("−", "-") if result.count("`") % 2 else number
    return result


def _filled_in(formula: str, scope: Mapping[str, float], tolerance: float, computed: Mapping[str, float]) -> str:
    name = formula.strip()
    if name in scope:
        return as_authored(scope[name])
    return _in_text(evaluate(formula, {**scope, **computed}), tolerance)


def _in_text(value: Value, tolerance: float) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(shown(number, tolerance) for number in value)}]"
    return shown(value, tolerance)
