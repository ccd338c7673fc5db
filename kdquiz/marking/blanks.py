"""Whether what a learner typed into a blank is what the author accepts.

Imports `marking.blank_words`, `marking.inflection` (which brings a stemmer and a typo measure: so only `kinds.cloze`
imports this module) and `marking.numbers`. Goes in: two short texts. Comes out: yes or no. English.

A typed text is a variant when both have the same words in the same order, where

- words may be inflected, spelled the British or the American way, joined or split (`one-hot`, `onehot`), and longer
  ones mistyped; a word that denies (`not`, `without`) is missing in neither;
- articles, pronouns and forms of `be`, `have` and `do` count for nothing; a preposition may be left out, but not be
  another one (`to the student`, `from the student`);
- the members of a list may stand in any order (`teacher and student`), and `or` is not `and`: who names two
  alternatives has not decided;
- a number is compared as a number, exactly;
- in a formula signs and brackets count, and × may be left out; between words, + stands for `and`;
- of a keyword and its value, as in `reduction='mean'`, the value counts.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from kdquiz.marking.blank_words import UNDECIDED, Phrase, Word, read, sign
from kdquiz.marking.inflection import mistyped, stem
from kdquiz.marking.model import UnreadableError
from kdquiz.marking.numbers import readings

LONGEST = 500
"""Characters beyond which nothing is the answer to a blank, unless it is the variant to the letter."""
CACHED = 1 << 12
SAME_NUMBER = 1e-12
"""Relative; what floating point takes away from 1/3 written in two ways."""
SPOKEN = {"over": "/", "divided": "/", "times": "*", "multiplied": "*", "plus": "+", "minus": "-", "equals": "="}
"""The signs of a formula in words."""
BEGINNINGS = (("macro", "micro"), ("max", "min"), ("inter", "intra"), ("hyper", "hypo"))
ENDINGS = (("er", "ee"), ("ful", "less"))
"""What makes opposites of words that are otherwise the same, or a slip of the finger apart."""
_PLUS_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{3}) ?\+ ?(?=[^\W\d_]{3})")
_KEYWORD_AND_VALUE = re.compile(r"[^\W\d]\w* ?= ?(['\"])(.*)\1")
_EDGES = " .,;:!?\"'`"


def is_accepted(typed: str, variants: Sequence[str]) -> bool:
    """Whether a typed text is one of the variants."""
    letters = _letters(typed)
    return bool(letters) and any(_is_variant(typed, letters, variant) for variant in variants)


def _is_variant(typed: str, letters: str, variant: str) -> bool:
    if letters == _letters(variant):
        return True
    if len(typed) > LONGEST:
        return False
    wanted = _numbers(variant)
    given = _numbers(typed) if wanted and "=" not in variant else ()
    if given:
        return any(math.isclose(wanted[0], number, rel_tol=SAME_NUMBER) for number in given)
    phrase = read(variant)
    return _same_phrase(phrase, read(typed)) or (not phrase.is_formula and _same_phrase(phrase, read(_in_words(typed))))


def _in_words(typed: str) -> str:
    """The text with `teacher + student` as a list, and `reduction='mean'` as the value alone."""
    value = _KEYWORD_AND_VALUE.fullmatch(typed.strip())
    return value[2] if value else _PLUS_BETWEEN_WORDS.sub(" & ", typed)


def _letters(text: str) -> str:
    """The text to the letter, but for case, white space and the punctuation around it."""
    line = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return line.strip(_EDGES) or line


@lru_cache(maxsize=CACHED)
def _numbers(text: str) -> tuple[float, ...]:
    """What the text may be as a number, also behind a name (`T = 1`); nothing where it is none."""
    *sides, _ = re.split("[=≈]", text)
    if any(len(side.split()) > 1 and any(map(str.isalpha, side)) for side in sides):
        return ()
    try:
        return tuple(number for number in readings(text) if math.isfinite(number))
    except UnreadableError:
        return ()


def _same_phrase(variant: Phrase, typed: Phrase) -> bool:
    if not variant.words or not typed.words or not _may_follow(variant.after, typed.after):
        return False
    if any(UNDECIDED in word.small for word in typed.words) != any(UNDECIDED in word.small for word in variant.words):
        return False  # also where the word behind it is a sign that may be left out
    if variant.is_formula or typed.is_formula:
        return _aligned(_formula(variant.words), _formula(typed.words))
    ours, theirs = ([_no_brackets(member) for member in phrase.members] for phrase in (variant, typed))
    in_order = variant.has_brackets or typed.has_brackets
    if len(ours) == len(theirs) > 1 and not in_order and _same_members(ours, theirs):
        return True
    return _aligned(_no_brackets(variant.words), _no_brackets(typed.words))


def _same_members(ours: Sequence[tuple[Word, ...]], theirs: Sequence[tuple[Word, ...]]) -> bool:
    """Whether two lists name the same, in whatever order."""
    left = list(theirs)
    for member in ours:
        found = next((other for other in left if _aligned(member, other)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _no_brackets(words: Sequence[Word]) -> tuple[Word, ...]:
    return tuple(word for word in words if not (word.is_sign and word.word in "()"))


def _formula(words: Sequence[Word]) -> tuple[Word, ...]:
    """Signs in place of their names, without × and without brackets around the whole or around one word."""
    signs = [sign(SPOKEN[word.word]) if word.word in SPOKEN else word for word in words]
    factors = [word for word in signs if not (word.is_sign and word.word == "*")] or signs
    place = 0
    while place + 2 < len(factors):
        if factors[place].word == "(" and factors[place + 2].word == ")":
            factors[place : place + 3] = [factors[place + 1]]
        place += 1
    while len(factors) > 2 and factors[0].word == "(" and _closes_at(factors) == len(factors) - 1:
        factors = factors[1:-1]
    return tuple(factors)


def _closes_at(words: Sequence[Word]) -> int:
    """Where the bracket that opens at the beginning is closed; -1 where it is not."""
    depth = 0
    for place, word in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word.word, 0)
        if depth == 0:
            return place
    return -1


def _aligned(ours: Sequence[Word], theirs: Sequence[Word]) -> bool:
    """Whether the words of both are the same one after the other; two neighbours may be the one word they make."""
    reached = {(0, 0)}
    for place in range(len(ours)):
        for other in range(len(theirs)):
            if (place, other) not in reached or not _may_stand(ours[place], theirs[other]):
                continue
            if _same(ours[place], theirs[other]):
                reached.add((place + 1, other + 1))
            if _makes(ours[place : place + 2], theirs[other]):
                reached.add((place + 2, other + 1))
            if _makes(theirs[other : other + 2], ours[place]):
                reached.add((place + 1, other + 2))
    return (len(ours), len(theirs)) in reached


def _may_stand(ours: Word, theirs: Word) -> bool:
    """Whether the small words before two words may stand for each other."""
    if not _may_follow(ours.small, theirs.small):
        return False
    return ours.small == theirs.small or not (ours.bound or theirs.bound)


def _may_follow(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether one of them has no small words, or both have the same."""
    if (UNDECIDED in ours) != (UNDECIDED in theirs):
        return False
    return ours == theirs or not ours or not theirs


def _makes(two: Sequence[Word], one: Word) -> bool:
    """Whether two neighbours, such as `one hot`, are the one word."""
    if len(two) < 2 or not two[1].adjoins or two[1].small or any(word.is_sign or word.is_negator for word in two):
        return False
    together = two[0].spelled + two[1].spelled
    return not one.is_sign and (together == one.spelled or stem(together) == stem(one.spelled))


def _same(ours: Word, theirs: Word) -> bool:
    one, other = ours.word, theirs.word
    if one == other:
        return ours.is_sign == theirs.is_sign
    if ours.is_sign or theirs.is_sign or ours.is_negator or theirs.is_negator:
        return False
    if one[0].isdigit() and other[0].isdigit():
        return _same_digits(one, other)
    return _same_word(one, other)


def _same_digits(one: str, other: str) -> bool:
    try:
        return float(one) == float(other) and math.isfinite(float(one))
    except ValueError:  # such as 3d
        return False


def _same_word(one: str, other: str) -> bool:
    """Whether two words are one: inflected, spelled in another way, or mistyped."""
    if not (one.isalpha() and other.isalpha()) or _opposed(one, other):
        return False
    return stem(one) == stem(other) or (one[0] == other[0] and other in mistyped(one, (other,)))


@lru_cache(maxsize=CACHED)
def _opposed(one: str, other: str) -> bool:
    """Whether a beginning or an ending makes opposites of two words: `macro-`, `micro-`; `trainer`, `trainee`."""
    for here, there in ((one, other), (other, one)):
        if any(here.startswith(first) and there.startswith(second) for first, second in BEGINNINGS):
            return True
        if any(here.endswith(first) and there.endswith(second) for first, second in ENDINGS):
            return True
    return False
