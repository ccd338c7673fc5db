"""A rubric's phrases, read: for each word of a phrase what may stand for it in an answer.

Imports `marking.words`, `marking.synonyms`, and `library.kinds.short` for how phrases are written. Goes in: phrases,
the synonyms of the pack. Comes out: `Phrase`s, to be found in an answer by `marking.rubric`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from kdquiz.library.kinds.short import alternatives
from kdquiz.library.model import Synonyms
from kdquiz.marking.inflection import stem
from kdquiz.marking.negation import word_set
from kdquiz.marking.synonyms import general_synonyms
from kdquiz.marking.words import Token, tokens

Term = tuple[str, ...]
"""One word, or several that stand one after the other; the empty term: it may be left out."""

OPERATORS: Mapping[str, tuple[Term, ...]] = {
    "=": (("equal",), ()),
    ">": (("above",), ("over",), ("greater", "than"), ("larger", "than"), ("higher", "than"), ("exceed",)),
    "<": (("below",), ("under",), ("smaller", "than"), ("less", "than"), ("lower", "than")),
    ">=": (("least",),),
    "*": (("times",), ("multiply",), ()),
    "/": (("over",), ("divide",)),
    "+": (("plus",),),
    "-": (("minus",),),
}
"""How an operator of a formula may be said."""
DEEDS = frozenset(
    map(
        stem,
        word_set("imitate mimic copy reproduce follow match teach beat outperform exceed surpass train cause replace"),
    )
)
"""Words that say who does something to whom, in any form."""
COMPARISONS = word_set("better worse larger smaller higher lower bigger weaker stronger more less")
"""Words that say who is more than whom, as they stand."""
STAND_IN = "choicestandsin"
"""Takes the place of an alternative while the words around it are read."""
CACHED = 1 << 14
MOST_WAYS = 100
"""In how many ways one synonym of several words is said at most, with the synonyms of its words put in."""
MOST_TERMS = 5_000
"""Synonyms of a pack, beyond which no more are put in for the words of others: who lists as many need not wait."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A word of a phrase, or an alternative, with all that may stand for it. Compared by identity."""

    terms: tuple[Term, ...]
    may_be_absent: bool
    plain: str
    """The word itself, for joining with a neighbour (`one hot`, `onehot`); empty where it is several words."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """What must stand in the answer for one word of a phrase: one of the choices, each with whether it is negated."""

    choices: tuple[tuple[Choice, bool], ...]

    @property
    def may_be_absent(self) -> bool:
        """Whether the answer may leave it out, as the `=` of `T = 1`."""
        return any(choice.may_be_absent for choice, _ in self.choices)

    @property
    def plain(self) -> str:
        """The one word it is, if it is one."""
        return self.choices[0][0].plain if len(self.choices) == 1 else ""


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of a rubric, read."""

    slots: tuple[Slot, ...]
    is_formula: bool
    relation: int
    """Which slot says who does something to whom, such as `imitates`; -1: none does."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The synonyms of a pack, by the stem of their first word."""

    groups: tuple[tuple[Term, ...], ...]
    by_stem: Mapping[str, Mapping[int, Mapping[Term, int]]]
    """For each stem that a synonym begins with, its length, the longest first, and its stems: its group."""

    def at(self, words: Sequence[Token], place: int) -> tuple[int, int]:
        """The length of the longest synonym that begins at this place, and its group; (1, -1) where none does."""
        for length, groups in self.by_stem.get(stem(words[place].word), {}).items():
            group = groups.get(tuple(stem(token.word) for token in words[place : place + length]), -1)
            if group >= 0:
                return length, group
        return 1, -1


@lru_cache(maxsize=64)
def lexicon(synonyms: Synonyms) -> Lexicon:
    """The pack's groups, read. A group's words stand for each other inside longer synonyms too."""
    read = [[tuple(token.word for token in tokens(said)) for said in group] for group in synonyms]
    singles = {
        stem(group[0][0]): [term for term in group if len(term) == 1] for group in read if group and len(group[0]) == 1
    }
    by_stem: dict[str, dict[int, dict[Term, int]]] = {}
    groups: list[tuple[Term, ...]] = []
    for number, group in enumerate(read):
        left = MOST_TERMS - sum(map(len, groups))
        others = (every for term in group for every in islice(_with_words_of(term, singles), MOST_WAYS))
        terms = dict.fromkeys(term for term in (*group, *islice(others, max(0, left))) if term)
        groups.append(tuple(terms))
        for term in terms:
            stems = tuple(map(stem, term))
            by_stem.setdefault(stems[0], {}).setdefault(len(stems), {}).setdefault(stems, number)
    return Lexicon(
        tuple(groups), {first: dict(sorted(found.items(), reverse=True)) for first, found in by_stem.items()}
    )


def _with_words_of(term: Term, singles: Mapping[str, Sequence[Term]]) -> Iterator[Term]:
    """`small model` also as `small network`, where a group says that a model is a network; ever more ways for a long
    one."""
    if len(term) > 1:
        for words in product(*(singles.get(stem(word), [(word,)]) for word in term)):
            yield tuple(one for word in words for one in word)


@lru_cache(maxsize=CACHED)
def read_phrase(text: str, synonyms: Synonyms) -> Phrase:
    """A phrase as written. Raises ValueError as `alternatives` does.

    Words such as `not` become the negation of the words they reach; with nothing behind them they are words as others.
    """
    parts = alternatives(text)
    brackets = iter(parts[1::2])
    every = tokens(f" {STAND_IN} ".join(part[0] for part in parts[::2]))
    affirmed_or_not = [token for token in every if not token.is_negator]
    is_formula = len(every) > 1 and any(token.is_operator for token in every)
    negates = any(_is_negated(token) for token in affirmed_or_not) and not is_formula
    words = affirmed_or_not if negates else list(every)
    is_single = len(words) == 1 and len(parts) == 1
    slots: list[Slot] = []
    relation = -1
    place = 0
    while place < len(words):
        token = words[place]
        length = 1
        if token.word == STAND_IN:
            read = [_alternative(said, synonyms, _is_negated(token)) for said in next(brackets)]
            slots.append(Slot(tuple(choice for choice in read if choice is not None)))
            says_relation = any(_says_relation(choice.terms[0][0]) for choice, _ in slots[-1].choices)
        else:
            length, group = lexicon(synonyms).at(words, place)
            own = tuple(word.word for word in words[place : place + length])
            choice = _choice(own, token.spelled, group, synonyms, is_formula or is_single)
            negated = any(_is_negated(word) for word in words[place : place + length])
            slots.append(Slot(((choice, negated),)))
            says_relation = _says_relation(token.word)
        place += length
        inner = len(slots) > 1 and place < len(words)
        relation = len(slots) - 1 if says_relation and inner and relation < 0 else relation
    return Phrase(tuple(slots), is_formula, relation)


def _says_relation(word: str) -> bool:
    return word in COMPARISONS or stem(word) in DEEDS


def _is_negated(token: Token) -> bool:
    return not token.is_negator and token.negated != (token.denied_by >= 0)


def _alternative(said: str, synonyms: Synonyms, negated: bool) -> tuple[Choice, bool] | None:
    """One alternative of a bracket, and whether it is negated; None where it holds small words only.

    It has no synonyms of general English: the author has listed what may be said.
    """
    every = tokens(said)
    words = [token for token in every if not token.is_negator] or list(every)
    if not words:
        return None
    length, group = lexicon(synonyms).at(words, 0)
    own = tuple(token.word for token in words)
    within = any(_is_negated(token) for token in words) and not any(token.is_operator for token in every)
    return _choice(own, "", group if length == len(words) else -1, synonyms, True), negated != within


@lru_cache(maxsize=CACHED)
def _choice(own: Term, spelled: str, group: int, synonyms: Synonyms, exact: bool) -> Choice:
    """One choice for equal words, so that an answer looks them up once. `exact`: no synonyms of general English."""
    terms = dict.fromkeys([own])
    if group >= 0:
        terms.update(dict.fromkeys(lexicon(synonyms).groups[group]))
    if len(own) == 1:
        others = OPERATORS.get(own[0], ()) if exact else tuple((word,) for word in general_synonyms(own[0]))
        terms.update(dict.fromkeys(others))
    return Choice(tuple(term for term in terms if term), () in terms, spelled if len(own) == 1 else "")
