"""What is typed into a blank, and what is accepted there, as words that can be compared.

Imports `marking.words` and `marking.negation`. Goes in: a short text. Comes out: a `Phrase`: its words as
`marking.words` has them, and what that leaves out and a blank cannot do without: prepositions, `or`, the members of a
list, brackets, the signs of a formula. English.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kdquiz.marking.negation import word_set
from kdquiz.marking.words import Token, fold, tokens

CACHED = 1 << 12
IGNORED = word_set(
    """
    a an the this that these those it its they their them there we us our you your i my he she his her
    is are was were be been being am do does did done has have had having also then so just such
    """
)
UNDECIDED = "or"
"""The small word that shows that a learner has not decided."""
_BETWEEN = re.compile(
    r"""
    (?P<word>[^\W_]+(?:['’][^\W\d_]+)*) (?P<bound>[-\u2010\u2011](?=\w|$))?
  | (?P<list>[,;&])
  | (?P<bracket>[()\[\]{}])
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_OPENING = str.maketrans("[{]}", "(())")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning, a sign or a bracket."""

    word: str
    spelled: str
    is_sign: bool = False
    is_negator: bool = False
    small: frozenset[str] = frozenset()
    """The small words before it that carry some meaning, such as prepositions."""
    bound: bool = False
    """Whether a hyphen ties a small word to it: `on-policy`."""
    adjoins: bool = False
    """Whether nothing but a space or a hyphen parts it from the word before, so that both may be one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text read. `members` are the parts of a list; one where it is none."""

    members: tuple[tuple[Word, ...], ...]
    after: frozenset[str]
    """Small words at its end."""
    has_brackets: bool

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for member in self.members for word in member)

    @property
    def is_formula(self) -> bool:
        return any(word.is_sign and word.word not in "()" for word in self.words)


@lru_cache(maxsize=CACHED)
def read(text: str) -> Phrase:
    """The text, read; of the same text the same phrase."""
    return _Reader(_plain(text)).phrase()


def _plain(text: str) -> str:
    """The text with arrows as words, and numbers written in the one way."""
    text = re.sub("[¼-¾⅐-⅞]", lambda sign: f" {unicodedata.normalize('NFKC', sign.group())} ", text).replace("⁄", "/")
    text = re.sub(r"->|→|⟶", " to ", text)
    text = re.sub(r"(?<![\w.])\.(?=\d)", "0.", text)
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)


@dataclass(slots=True)
class _Reader:
    """Reads a text into a phrase, word by word; between the words of `marking.words` stand the small ones."""

    text: str
    members: list[list[Word]] = field(default_factory=lambda: [[]])
    small: set[str] = field(default_factory=set)
    bound: bool = False
    end: int = 0
    """Up to where the text is read."""
    last: Token | None = None

    def phrase(self) -> Phrase:
        for token in tokens(self.text):
            before = self.text[self.end : token.start]
            self._between(before, token)
            adjoins = self.last is not None and before in ("", " ", "-", "_", "\u2010", "\u2011")
            for number, (word, spelled) in enumerate(_split(token)):
                self._add(Word(word, spelled, token.is_operator, token.is_negator, adjoins=adjoins or number > 0))
            self.end, self.last = max(self.end, token.end), token
        self._between(self.text[self.end :], None)
        members = tuple(tuple(member) for member in self.members if member)
        if len(members) > 1 and len(members[0]) > 1 and members[0][0].word == "both":
            members = (members[0][1:], *members[1:])  # both X and Y
        brackets = any(word.is_sign and word.word in "()" for member in members for word in member)
        return Phrase(members, frozenset(self.small), brackets)

    def _add(self, word: Word) -> None:
        self.members[-1].append(replace(word, small=frozenset(self.small), bound=self.bound))
        self.small, self.bound = set(), False

    def _between(self, text: str, following: Token | None) -> None:
        """What stands before `following`, or at the end: small words, commas, brackets, signs."""
        for found in _BETWEEN.finditer(text):
            said = found.group()
            if found["word"]:
                word = fold(found["word"])
                if word == "and":
                    self.members.append([])
                elif word not in IGNORED:
                    self.small.add(word)
                    self.bound |= found["bound"] is not None
            elif found["list"]:
                self.members.append([])
            elif found["bracket"]:
                self.members[-1].append(sign(said.translate(_OPENING)))  # small words go to the next word
            elif said == "/":
                self.small.add(UNDECIDED)
            elif said in "%^" or unicodedata.category(said) == "Sm" or self._is_minus(said, found.start(), following):
                self._add(sign(said))

    def _is_minus(self, said: str, at: int, following: Token | None) -> bool:
        """Whether a hyphen is a minus: before a term (`-log p`), after a bracket, or between symbols (`p-q`)."""
        if said != "-" or following is None:
            return False
        before, after = self.text[: self.end + at], self.text[self.end + at + 1 : following.start]
        if not before or before[-1].isspace() or before[-1] in "()[]{}":
            return not after.strip()
        return self.last is not None and self.last.end == len(before) and _is_term(self.last) and _is_term(following)


def sign(said: str) -> Word:
    """A sign or a bracket."""
    return Word(said, said, is_sign=True)


def _is_term(token: Token) -> bool:
    return token.is_symbol or token.word[:1].isdigit()


def _split(token: Token) -> list[tuple[str, str]]:
    """The word, and how it was spelled; `2t` is `2` and `t`."""
    product = re.fullmatch(r"(\d+(?:\.\d+)?)([^\W\d_]+(?:\^.+)?)", token.word)
    return [(part, part) for part in product.groups()] if product else [(token.word, token.spelled)]
