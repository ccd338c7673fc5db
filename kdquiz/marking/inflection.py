"""Whether two words are one: the same but for inflection, spelling variants or a slip of the finger.

Imports a stemmer and a typo measure; nothing of kdquiz. Goes in: words in lower case. English.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA
from snowballstemmer.english_stemmer import EnglishStemmer

CACHED = 1 << 14
IRREGULAR = {
    **{"frozen": "freeze", "froze": "freeze", "taught": "teach", "learnt": "learn", "given": "give", "gave": "give"},
    **{"shown": "show", "saw": "see", "seen": "see", "kept": "keep", "lost": "lose", "fell": "fall", "fallen": "fall"},
    **{"grew": "grow", "grown": "grow", "shrank": "shrink", "shrunk": "shrink", "shrunken": "shrink"},
    **{"fewer": "few", "fewest": "few", "lower": "low", "lowest": "low", "bigger": "big", "biggest": "big"},
}
SUFFIXES = ("est", "er", "en", "li")  # softer, softest, soften, softly; the stemmer leaves these
SHORTEST_STEM = 4

TYPO_FROM = 6
"""Letters from which one letter may be missing, added or swapped with its neighbour."""
WRONG_LETTER_FROM = 8
"""Letters from which one may be wrong: in shorter words that too often is another word (sample, simple)."""
TWO_TYPOS_FROM = 10
"""Letters from which two slips are forgiven, if the first four letters stand."""

_stemmer = EnglishStemmer()


@lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """What `word` has in common with its inflected forms."""
    word = IRREGULAR.get(word, word)
    if not word.isalpha():
        return word
    for american, british in (("iz", "is"), ("yz", "ys")):  # minimize, analyze
        word = word.replace(american, british)
    stemmed: str = _stemmer.stemWord(word)
    for suffix in SUFFIXES:
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) >= SHORTEST_STEM:
            stemmed = stemmed.removesuffix(suffix)
            break
    undoubled = len(stemmed) > SHORTEST_STEM and stemmed[-1] == stemmed[-2]  # flatten: flatt, as flat
    return stemmed[:-1] if undoubled else stemmed


def same_word(one: str, other: str) -> bool:
    """Whether two words, which begin with the same letter, are one."""
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()):
        return False  # numbers and formulas are exact
    may_be_inflected = one[1:2] == other[1:2] or one in IRREGULAR or other in IRREGULAR  # saves most of the stemming
    return (may_be_inflected and stem(one) == stem(other)) or _mistyped(one, other)


def _mistyped(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < TYPO_FROM:
        return False
    slips = 2 if shorter >= TWO_TYPOS_FROM and one[:4] == other[:4] else 1
    if OSA.distance(one, other, score_cutoff=slips) > slips:
        return False
    wrong_letter = len(one) == len(other) and sorted(one) != sorted(other)
    return not wrong_letter or shorter >= WRONG_LETTER_FROM
