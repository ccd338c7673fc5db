"""A learner's number or formula, read and evaluated as people write mathematics: `2π`, `log 2`, `√2`, `T²`, `e^-1`.

What two people would read differently, such as `1/2π` or `log 2/3`, is refused with the advice to use brackets: an
answer that cannot be read is not counted, one that is misread is. Imports `library`, `letters` and `numerals`.
"""

import math
import re
from collections.abc import Mapping

from kdquiz.library.arithmetic import FUNCTIONS, FormulaError, Value, as_float, call, entry_of, operate
from kdquiz.library.problems import cut
from kdquiz.marking.letters import greek_name
from kdquiz.marking.model import UnreadableError
from kdquiz.marking.numerals import row_at

MOST_DEEP = 20
QUOTED = 20
"""Characters of what was typed that a complaint quotes."""
CONSTANTS = {"e": math.e, "pi": math.pi}
LOGARITHMS = {"ln": 1.0, "log": 1.0, "log2": math.log(2), "log10": math.log(10)}
MAGNITUDES = {"k": 1e3, "K": 1e3, "M": 1e6, "G": 1e9, "B": 1e9, "bn": 1e9}
MAGNITUDES |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_WORD = re.compile(r"[^\W\d_]\w*")
_MAGNITUDE = re.compile(r" ?([A-Za-z]+)(?!\w)")
_FUNCTION_AND_DIGITS = re.compile(r"(log|ln|sqrt|exp)_?(?=[\d.])", re.IGNORECASE)
_BASE = re.compile(r"log_?(2|10)(?= ?\(| [\d.(√])", re.IGNORECASE)
_TIMES = re.compile(r" ?[xX](?= ?[\d.(√-])")
_AMBIGUOUS_E = re.compile(r" ?[eE] ?[+-] ?\d")
_EXPONENT_OVER = re.compile(r"\^ ?1 ?/ ?\d")


class Reader:
    """Reads one plain text (`numerals.plain`), once. In `unit` `%` a percent sign changes nothing.

    `ambiguous` tells then whether a comma had two readings, of which it took the first, or the second where `second`.
    """

    def __init__(self, text: str, unit: str, names: Mapping[str, float], second: bool) -> None:
        self._text = text
        self._names = names
        self._percent = 1.0 if unit == "%" else 0.01
        self._magnitudes = {} if unit.startswith(tuple(MAGNITUDES)) else MAGNITUDES  # 5 M, where MB are asked for
        self._second = second
        self._in_a_list = "[" in text
        self._at = 0
        self._depth = 0
        self.ambiguous = False

    def read(self) -> float:
        """The value. Raises UnreadableError, or FormulaError where it has none."""
        value = self._sum()
        if self._at < len(self._text):
            raise self._stop()
        if isinstance(value, tuple):
            raise UnreadableError("That is a list, and one number is asked for.")
        return value

    def _sum(self) -> Value:
        value = self._product()
        while sign := self._take("+", "-"):
            value = operate(sign, value, self._product())
        return value

    def _product(self) -> Value:
        value = self._signed()
        divided = False
        while True:
            if sign := self._take("*", "/") or self._take_times():
                value = operate(sign, value, self._signed())
                divided = sign == "/"
            elif self._at < len(self._text) and self._begins_a_factor():
                if divided or _AMBIGUOUS_E.match(self._text, self._at):
                    raise UnreadableError("That can be read in two ways: use brackets, or `*` for times.")
                value = operate("*", value, self._power())
            else:
                return value

    def _signed(self) -> Value:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        value = self._power()
        return operate("-", 0.0, value) if negative else value

    def _power(self) -> Value:
        base = self._with_endings()
        if _EXPONENT_OVER.match(self._text, self._at):
            raise UnreadableError("That can be read in two ways: put the exponent in brackets.")
        if not self._take("^"):
            return base
        self._nest()
        exponent = self._signed()
        self._depth -= 1
        return operate("**", base, exponent)

    def _with_endings(self) -> Value:
        value = self._atom()
        while ending := self._take("%", "["):
            if ending == "%":
                value = operate("*", value, self._percent)
            else:
                value = entry_of(value, self._sum())
                self._expect("]")
        return value

    def _atom(self) -> Value:
        self._skip_space()
        if self._take("√"):
            self._nest()
            value = call("sqrt", (self._with_endings(),))
            self._depth -= 1
            if self._at < len(self._text) and self._begins_a_factor():
                raise UnreadableError("It is not clear where the root ends: write brackets.")
            return value
        if self._take("("):
            return self._bracket()
        if self._take("["):
            entries = self._listed("]")
            if any(isinstance(entry, tuple) for entry in entries):
                raise UnreadableError("A list in a list cannot be read.")
            return tuple(entry for entry in entries if not isinstance(entry, tuple))
        if self._text[self._at : self._at + 1].isalpha():
            return self._word()
        return self._row()

    def _bracket(self) -> Value:
        self._nest()
        value = self._sum()
        self._expect(")")
        self._depth -= 1
        return value

    def _listed(self, closing: str) -> tuple[Value, ...]:
        self._nest()
        values = [self._sum()]
        while self._take(","):
            values.append(self._sum())
        self._expect(closing)
        self._depth -= 1
        return tuple(values)

    def _row(self) -> float:
        values, end = row_at(self._text, self._at, self._in_a_list)
        if not values:
            raise self._stop()
        self._at = end
        self.ambiguous |= len(values) > 1
        value = values[-1 if self._second else 0]
        magnitude = _MAGNITUDE.match(self._text, end)
        if magnitude and magnitude[1] in self._magnitudes and magnitude[1] not in self._names:
            self._at = magnitude.end()
            value *= self._magnitudes[magnitude[1]]
        if not math.isfinite(value):
            raise FormulaError("the number is too large")
        return value

    def _word(self) -> Value:
        found = _WORD.match(self._text, self._at)
        if found is None:
            raise self._stop()
        known = self._known(found.group())
        if known is not None:
            self._at = found.end()
            return known
        based = _BASE.match(self._text, self._at)
        function = based or _FUNCTION_AND_DIGITS.match(self._text, self._at) or found
        name = function.group().lower().replace("_", "" if based else "_").rstrip("_")
        if name not in FUNCTIONS and name not in LOGARITHMS:
            raise UnreadableError(f"'{cut(found.group(), QUOTED)}' cannot be read here.")
        self._at = function.end()
        return self._applied(name)

    def _known(self, word: str) -> float | None:
        """What a word stands for: a variable as written, a constant, a variable in other letters."""
        same = [name for name in self._names if name.casefold() == word.casefold()]
        if word in self._names:
            return as_float(self._names[word])
        if word in CONSTANTS:
            return CONSTANTS[word]
        if len(word) == 1 and not word.isascii():
            greek = greek_name(word.lower())
            same = [name for name in self._names if name == greek or (len(name) > 2 and greek.startswith(name))]
        return as_float(self._names[same[0]]) if len(same) == 1 else None

    def _applied(self, name: str) -> Value:
        if self._take("("):
            arguments = self._listed(")")
        else:
            self._nest()
            arguments = (self._signed(),)
            self._depth -= 1
            self._refuse_to_guess_the_end()
        if name in LOGARITHMS:
            return operate("/", call("log", arguments), LOGARITHMS[name])
        return call(name, arguments)

    def _refuse_to_guess_the_end(self) -> None:
        """Of an argument without brackets: `log 2/3` may be the logarithm of 2 or of 2/3."""
        self._skip_space()
        rest = self._text[self._at :]
        factor = _WORD.match(rest[1:].lstrip()) if rest[:1] in ("*", "/") else None
        if factor and re.sub(r"[\d_]", "", factor.group().lower()) in (*FUNCTIONS, *LOGARITHMS):
            return  # log 8 / log 2
        if rest[:1] in ("*", "/", "%") or (rest and self._begins_a_factor()):
            raise UnreadableError("It is not clear where the function ends: write its argument in brackets.")

    def _begins_a_factor(self) -> bool:
        self._skip_space()
        following = self._text[self._at : self._at + 1]
        return following.isalpha() or following in ("(", "√")

    def _take_times(self) -> str:
        """`5 x 10^-1`, unless x is a variable."""
        times = _TIMES.match(self._text, self._at)
        if times is None or self._known("x") is not None:
            return ""
        self._at = times.end()
        return "*"

    def _take(self, *signs: str) -> str:
        self._skip_space()
        sign = self._text[self._at : self._at + 1]
        if sign and sign in signs:
            self._at += 1
            return sign
        return ""

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            if self._at >= len(self._text):
                raise UnreadableError(f"A bracket is not closed: `{sign}` is missing.")
            raise self._stop()

    def _skip_space(self) -> None:
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1

    def _nest(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEEP:
            raise UnreadableError("That is nested too deep to be read.")

    def _stop(self) -> UnreadableError:
        rest = self._text[self._at :].strip()
        return UnreadableError(f"'{cut(rest, QUOTED)}' cannot be read here." if rest else "It breaks off.")
