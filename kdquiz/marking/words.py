"""Text as the words that carry its meaning, each with its place in the text and whether it is negated.

Imports `marking.negation`. Goes in: what a learner, or an author, typed. Comes out: `Token`s in which spelling no
longer matters: case, accents, curly quotes, T² against T^2 and "T squared", α against alpha, one against 1. English.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from kdquiz.marking.negation import CLAUSE_WORDS, OF_VERBS, Negation, is_negator, word_set

STOP_WORDS = word_set(
    """
    a an the this that these those it its they them their there we us our you your i my he she his her
    is are was were be been being am do does did done has have had having can could may might will would shall should
    must of to in on at as by for from with into onto about and or also then so just such
    """
)
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
POWERS = {"2": "squared", "3": "cubed"}
OPERATORS = {"≤": "<=", "≥": ">=", "==": "=", "×": "*", "·": "*", "÷": "/", "−": "-", "||": "|", "‖": "|", "!=": "≠"}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ"

TOKEN = re.compile(
    r"""
    (?P<abbreviation>\b(?:e\.g|i\.e|vs|cf|etc|approx)\.)
  | (?P<sentence>[.!?;]["')\]]*(?=\s|$) | \n\s*(?:\n|[-*•]\s|\d+[.)]\s))
  | (?P<clause>[,:()\u2013\u2014])
  | (?P<word>
        (?: \d+(?:\.\d+)?(?:e-?\d+)?(?![^\W\d_])                        # 0.5, 1e-5
          | (?:non[-\s]+)?[^\W_]+(?:['’ʼ][^\W\d_]+)* )                  # isn't, kl, T², non-target
        (?: \s*\^\s*[{(]?(?:-?\d+|[^\W\d_](?!\w))[})]?                 # T^2, T^{2}, e^x
          | \*\*-?\d+ | \s+\*\*\s+-?\d+                               # T**2, T ** 2
          | [⁻⁺][⁰¹²³⁴-⁹]+ )?                                           # 10⁻³
    )
  | (?P<operator>
        <= | >= | == | != | \|\| | [≤≥≠<>=+×·÷−≈≪≫‖]
      | (?<=\s)[-*](?=\s) | (?<=[\w)])\*(?=[\w(])                       # not the marks of Markdown
      | (?<=\d)-(?=(?:[^\W\d_]|alpha|beta|gamma|lambda|tau)\b)          # 1-alpha, but not one-hot
      | (?<![\w)])-(?=\d)                                               # dim=-1
      | / (?!(?<=[^\W\d_][^\W\d_]/)[^\W\d_]{2})                         # logits/T, but not teacher/student
    )""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or an operator of a text; `text[start:end]` is how it was typed, `sentence` counts from 0."""

    word: str
    """The word in its one spelling: lower case, digits for number words, `t^2`; or the operator."""
    spelled: str
    """As `word`, but number words as they were typed."""
    start: int
    end: int
    sentence: int
    negated: bool = False
    is_operator: bool = False

    @property
    def is_negator(self) -> bool:
        """Whether the token is itself a word such as `not`."""
        return is_negator(self.spelled)

    @property
    def is_symbol(self) -> bool:
        """A letter of a formula, such as T or α."""
        return (len(self.spelled) == 1 and self.spelled.isalpha()) or self.spelled in GREEK_NAMES


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` that carry meaning, and its operators, in order. Stop words are left out."""
    found: list[Token] = []
    negation = Negation()
    sentence = 0
    for match in TOKEN.finditer(text):
        kind, typed = match.lastgroup, match.group()
        if kind == "sentence":
            sentence += 1
            negation.end_clause()
        elif kind == "clause":
            negation.end_clause()
        elif kind == "operator":
            sign = OPERATORS.get(typed, typed)
            found.append(Token(sign, sign, match.start(), match.end(), sentence, negation.holds, is_operator=True))
        elif kind == "word":
            for spelled in _spellings(typed):
                carries_meaning = spelled not in STOP_WORDS and spelled not in CLAUSE_WORDS
                negated = negation.read(spelled, carries_meaning)
                if spelled not in STOP_WORDS:
                    found.append(Token(_one_spelling(spelled), spelled, match.start(), match.end(), sentence, negated))
            _join_powers(found, text)
    return tuple(found)


def fold(text: str) -> str:
    """`text` without regard to case, accents, compatibility forms and curly quotes."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ʼ", "'")).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))


def _one_spelling(spelled: str) -> str:
    if spelled.endswith("n't") or (spelled in OF_VERBS and spelled.endswith("t")):
        return "not"
    return DIGITS.get(spelled, spelled)


def _greek_name(character: str) -> str:
    name = unicodedata.name(character, "")
    return name.rpartition(" ")[2].lower().replace("lamda", "lambda") if name.startswith("GREEK SMALL LETTER") else ""


GREEK_NAMES = frozenset(_greek_name(chr(code)) for code in range(ord("α"), ord("ω") + 1))


def _spellings(typed: str) -> list[str]:
    """The one or two words that a typed word stands for: `T²` is `t^2`, `temperature²` is `temperature squared`."""
    if not typed.isascii():
        typed = re.sub(f"[{SUPERSCRIPTS}]+", lambda power: f"^{power.group()}", typed)
    word = fold(typed).replace("−", "-")
    if word.isalpha() and (word.isascii() or len(word) > 1) and not word.startswith("non"):
        return [word]  # by far the most words
    word = re.sub(r"^non[-\s]+", "non", word)
    word = re.sub(r"[\s{}()]", "", word).replace("**", "^")
    word = re.sub(r"'s?$", "", word)
    base, _, power = word.partition("^")
    base = _greek_name(base) or base if len(base) == 1 else base
    if not power:
        return [base] if base else []  # some characters fold to nothing
    if len(base) > 1 and base not in GREEK_NAMES and power in POWERS:
        return [base, POWERS[power]]
    return [f"{base}^{power}"] if base else []


def _join_powers(found: list[Token], text: str) -> None:
    """`T squared` and `T * T` at the end of `found` become the one token `t^2`."""
    if len(found) >= 2 and found[-2].is_symbol and text[found[-2].end : found[-1].start].isspace():
        for power, name in POWERS.items():
            if found[-1].word == name:
                last = found.pop()
                found[-1] = _raised(found[-1], power, last.end)
                return
    if len(found) >= 3 and found[-2].word == "*" and found[-1].is_symbol and found[-1].word == found[-3].word:
        end = found[-1].end
        del found[-2:]
        found[-1] = _raised(found[-1], "2", end)


def _raised(symbol: Token, power: str, end: int) -> Token:
    word = f"{symbol.word}^{power}"
    return replace(symbol, word=word, spelled=word, end=end)
