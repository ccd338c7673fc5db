"""Numbers as people type them: `0.5`, `.50`, `0,5`, `1/2`, `½`, `50 %`, `5·10⁻¹`, `log 2`, `p ≈ 0.5 nats`.

Imports `typed_formula` (what mathematics is read) and `numerals` (what digits are). Goes in: what was typed, the unit
that may stand behind it, the variables that may stand in it. Comes out: a number; or UnreadableError, which says what
can be typed. Pure, and bounded in time whatever is typed.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from kdquiz.library.arithmetic import FUNCTIONS, FormulaError
from kdquiz.library.measure import PERCENT
from kdquiz.library.problems import on_one_line
from kdquiz.library.wording import listed
from kdquiz.marking.model import UnreadableError
from kdquiz.marking.numerals import plain
from kdquiz.marking.typed_formula import Reader

LONGEST = 200
"""Characters of an answer that is read."""
LONGEST_PLAIN = 2 * LONGEST
MOST_SIDES = 4
ABOUT_EQUAL = 0.05
"""How far apart, as a part of the larger, the two sides of `2/3 = 0.67` may be."""
NO_NAMES: Mapping[str, float] = MappingProxyType({})

_PERCENT_IN_WORDS = re.compile(r"(?<![^\W\d_])(?:percentage points?|per ?cent|pct\.?|pp)(?!\w)", re.IGNORECASE)
_HEDGE = re.compile(r"(?:about|approximately|approx|roughly|around|circa|ca|nearly|almost)\b\.? *", re.IGNORECASE)
_RANGE = re.compile(r"(\d+\.?\d*|\.\d+) ?- ?(\d+\.?\d*|\.\d+)")
_BARE_WORD = re.compile(r"[^\W\d]\w*")
_LITERAL = r"-?(?:\d[\d.,]*|[.,]\d+) ?%?"
_IN_BRACKETS = re.compile(rf"(.*[^ ]) \(({_LITERAL})\)")


def read_number(text: str, unit: str = "", names: Mapping[str, float] = NO_NAMES) -> float:
    """The number typed, in `unit`; of `1,234` the number with a thousand. Raises UnreadableError.

    `names` are variables that the learner may use. Where `unit` is `%`, `37.5` and `37.5 %` are both 37.5; otherwise a
    percentage is a part of 1.
    """
    return readings(text, unit, names)[0]


def readings(text: str, unit: str = "", names: Mapping[str, float] = NO_NAMES) -> tuple[float, ...]:
    """As `read_number`; a comma that may separate thousands or decimals (`1,234`) gives both, thousands first.

    The cause of an UnreadableError says alone what cannot be read.
    """
    try:
        return _readings(text, unit, names)
    except UnreadableError as error:
        raise UnreadableError(f"{on_one_line(str(error))} {what_can_be_typed(unit, names)}") from error
    except FormulaError as error:
        reason = f"{error.message}." if error.message.startswith(tuple(FUNCTIONS)) else _sentence(error.message)
        raise UnreadableError(f"{reason} {what_can_be_typed(unit, names)}") from UnreadableError(reason)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}."


def what_can_be_typed(unit: str = "", names: Mapping[str, float] = NO_NAMES) -> str:
    """Sentences for the learner."""
    variables = f"; {listed(names)} may stand in it" if names else ""
    told = f"Type one number, such as 0.5, 1/2, 5e-1 or log(2){variables}."
    if unit == PERCENT:
        return f"{told} It is in percent: 37.5 and 37.5 % are the same."
    return f"{told} It is measured in {unit}; the unit may be left out." if unit else f"{told} 50 % is 0.5."


def is_obvious(text: str) -> bool:
    """Whether everybody reads this text as the same number: digits with at most one decimal point, and a minus."""
    return re.fullmatch(r"[-−]?(?:\d+\.?\d*|\.\d+)", text.strip(), re.ASCII) is not None


def _readings(text: str, unit: str, names: Mapping[str, float]) -> tuple[float, ...]:
    if not text.strip():
        raise UnreadableError("Nothing is typed.")
    if len(text) > LONGEST:
        raise UnreadableError(f"That has {len(text)} characters, more than can be read.")
    simple = plain(without_unit(text.strip(" \t\r\n`'\"$").rstrip(".,;!?"), unit))
    simple = _PERCENT_IN_WORDS.sub(PERCENT, simple).rstrip(" .")
    if len(simple) > LONGEST_PLAIN:
        raise UnreadableError("That is longer than can be read.")
    *left, last = [_HEDGE.sub("", side.strip(), count=1) for side in re.split("[=≈]+", simple)]
    if _RANGE.fullmatch(last) and float(last.split("-")[0]) < float(last.split("-")[1]):
        raise UnreadableError("That may be a range or a difference.")
    found = _said_twice(last, unit, names) or _both(last, unit, names)
    for side in left[-MOST_SIDES:]:
        if _far_from(side, found, unit, names):
            raise UnreadableError("Those are two different numbers.")
    return found


def _said_twice(text: str, unit: str, names: Mapping[str, float]) -> tuple[float, ...]:
    """What `0.58 (58 %)` or `2/3 (0.667)` says, which is no product; nothing where a text is not of that form."""
    match = _IN_BRACKETS.fullmatch(text)
    if match is None:
        return ()
    said, again = match.groups()
    if unit == PERCENT and again.endswith(PERCENT):
        said, again = again, said
    try:
        found = _both(said, unit, names)
    except (UnreadableError, FormulaError):
        return ()  # such as log (2)
    if not _far_from(again, found, unit, names):
        return found
    if re.fullmatch(_LITERAL, said):
        raise UnreadableError("That can be read in two ways: type one number, or `*` for times.")
    return ()


def _both(text: str, unit: str, names: Mapping[str, float]) -> tuple[float, ...]:
    """One reading or two; of two, one that has no value, such as exp(1,234), is left out."""
    if not text:
        raise UnreadableError("There is no number.")
    first = Reader(text, unit, names, second=False)
    try:
        value = first.read()
    except FormulaError:
        if not first.ambiguous:
            raise
        return (Reader(text, unit, names, second=True).read(),)
    if not first.ambiguous:
        return (value,)
    try:
        return value, Reader(text, unit, names, second=True).read()
    except FormulaError:
        return (value,)


def _far_from(side: str, found: tuple[float, ...], unit: str, names: Mapping[str, float]) -> bool:
    """Whether the left side of `=` is a number, too, and another one; `p` in `p = 0.5` is none.

    Where percent is asked for, 3/8 is the same as 37.5 %.
    """
    if not side or _BARE_WORD.fullmatch(side):
        return False
    try:
        sides = _both(side, unit, names)
    except (UnreadableError, FormulaError):
        return False
    if unit == PERCENT and PERCENT not in side:
        sides += tuple(100 * one for one in sides)
    return all(abs(one - other) > ABOUT_EQUAL * max(abs(one), abs(other)) for one in sides for other in found)


def without_unit(text: str, unit: str) -> str:
    """The text without the unit at its end, in any letters, singular or plural; a percent sign stays."""
    if not unit or unit == PERCENT:
        return text
    folded = _folded(unit)
    spellings = {folded, f"{folded}s"} if len(folded) > 2 else {folded}
    spellings |= {folded[:-1]} if len(folded) > 3 and folded.endswith("s") else set()
    spellings |= {"×", "x", "times", "fold", "-fold"} if folded in ("×", "x", "times") else set()
    spellings |= {f"({spelling})" for spelling in spellings} | {f"[{spelling}]" for spelling in spellings}
    for start in range(max(1, len(text) - len(unit) - 6), len(text)):
        runs_on = text[start - 1].isalpha() and text[start].isalpha()
        if _folded(text[start:]) in spellings and not runs_on:
            return text[:start].rstrip()
    return text


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
