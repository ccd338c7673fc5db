"""Text as the words that carry its meaning, each with its place in the text and whether it is negated.

Imports `marking.negation` and `marking.letters`. Goes in: what a learner, or an author, typed. Comes out: `Token`s in
which spelling no longer matters: case, accents, curly quotes, T² against T^2 and "T squared", α against alpha, one
against 1. English.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from kdquiz.marking.letters import greek_name
from kdquiz.marking.negation import CLAUSE_WORDS, OF_VERBS, Negation, is_negator, word_set

STOP_WORDS = word_set(
    """
    a an the this that these those it its they them their there we us our you your i my he she his her
    is are was were be been being am do does did done has have had having can could may might will would shall should
    must of to in on at as by for from with into onto about and or also then so just such
    """
)
GREEK_NAMES = frozenset(greek_name(chr(code)) for code in range(ord("α"), ord("ω") + 1))
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
DIGITS = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
POWERS = {"2": "squared", "3": "cubed"}
OPERATORS = {"≤": "<=", "≥": ">=", "==": "=", "×": "*", "·": "*", "÷": "/", "−": "-", "||": "|", "‖": "|", "!=": "≠"}
DENIAL_REACH = 12
"""Over how many tokens before it a denial such as "is a myth" reaches."""
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ"

TOKEN = re.compile(
    r"""
    (?P<abbreviation>\b(?:e\.g|i\.e|vs|cf|etc|approx)\.)
  | (?P<sentence>[.!?;]["')\]]*(?=\s|$) | \n\s*(?:\n|[-*•]\s|\d+[.)]\s))
  | (?P<clause>[,:()\u2013\u2014])
  | (?P<word>
        (?: \bw/o\b | \d+(?:\.\d+)?(?:e-?\d+)?(?![^\W\d_])                        # 0.5, 1e-5
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
    since_negation: int = 0
    """Which word that carries meaning it is after the negation: 1 is the first; 0 where nothing negates it."""
    set_aside: bool = False
    """Whether it is the other side of a contrast, as after "instead of"."""
    denied_by: int = -1
    """The place of the token that denies this one from behind ("is a myth"); -1: none does."""
    clause: int = 0
    """Counts from 0, over all sentences."""
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
    sentence = clause = 0
    subject = 0  # where in `found` that begins which a denial would deny
    previous = ""
    for match in TOKEN.finditer(text):
        kind, typed = match.lastgroup, match.group()
        start, end = match.span()
        if kind in ("sentence", "clause"):
            if found and _is_elliptic(previous):
                negator = found.pop()
                _deny(found, subject)
                found.append(negator)
            previous = ""
            sentence += kind == "sentence"
            clause, subject = clause + 1, len(found)
            negation.end_clause()
        elif kind == "operator":
            sign = OPERATORS.get(typed, typed)
            found.append(Token(sign, sign, start, end, sentence, negation.holds, clause=clause, is_operator=True))
        elif kind == "word":
            for spelled in _spellings(typed):
                begins_clause = spelled in CLAUSE_WORDS
                negated = negation.read(spelled, spelled not in STOP_WORDS and not begins_clause)
                if begins_clause:
                    clause, subject = clause + 1, len(found)
                elif spelled in ("the", "a", "an") and previous not in STOP_WORDS and not is_negator(previous):
                    subject = len(found)  # the targets, of "with crops the targets are wrong"
                previous = spelled
                if negation.denies:
                    _deny(found, subject)
                if spelled not in STOP_WORDS and not begins_clause:
                    word = _one_spelling(spelled)
                    found.append(
                        Token(
                            word,
                            spelled,
                            start,
                            end,
                            sentence,
                            negated,
                            negation.since,
                            negation.contrasts,
                            clause=clause,
                        )
                    )
            _join_powers(found, text)
    return tuple(found)


def _is_elliptic(spelled: str) -> bool:
    """Whether the word denies what stands before it where a clause ends with it, as in "hidden states can't"."""
    return spelled != "not" and _one_spelling(spelled) == "not"


def _deny(found: list[Token], subject: int) -> None:
    """Mark the tokens at the end of `found`, back to where their subject begins, as denied by the token to come.

    What is negated already stands behind the subject: "it is not an optimisation problem".
    """
    for place in range(max(subject, len(found) - DENIAL_REACH), len(found)):
        if not found[place].negated:
            found[place] = replace(found[place], denied_by=len(found))


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
    base = greek_name(base) or base
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
