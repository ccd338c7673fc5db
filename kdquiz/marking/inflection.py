"""Whether two words are one: the same but for inflection, spelling variants or a slip of the finger.

Imports a stemmer and a typo measure; nothing of kdquiz. Goes in: words in lower case. English.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from snowballstemmer.english_stemmer import EnglishStemmer

CACHED = 1 << 14
IRREGULAR = {
    **{"frozen": "freeze", "froze": "freeze", "taught": "teach", "learnt": "learn", "given": "give", "gave": "give"},
    **{"shown": "show", "saw": "see", "seen": "see", "kept": "keep", "lost": "lose", "fell": "fall", "fallen": "fall"},
    **{"grew": "grow", "grown": "grow", "shrank": "shrink", "shrunk": "shrink", "shrunken": "shrink"},
    **{"fewer": "few", "fewest": "few", "lower": "low", "lowest": "low", "bigger": "big", "biggest": "big"},
    **{"larger": "large", "largest": "large", "wider": "wide", "wrongly": "wrong", "highly": "high"},
    **{"rose": "rise", "risen": "rise", "chosen": "choose", "chose": "choose", "made": "make", "held": "hold"},
    **{"took": "take", "taken": "take", "went": "go", "gone": "go", "left": "leave", "meant": "mean", "ran": "run"},
    **{"forgot": "forget", "forgotten": "forget", "drew": "draw", "drawn": "draw", "hid": "hide", "hidden": "hide"},
    **{"told": "tell", "said": "say", "came": "come", "became": "become", "got": "get", "gotten": "get"},
    **{"found": "find", "knew": "know", "known": "know", "spoilt": "spoil", "threw": "throw", "thrown": "throw"},
    **{"mimicked": "mimic", "mimicking": "mimic", "mimicks": "mimic", "mimick": "mimic", "biggest": "big"},
    **{"beaten": "beat", "fed": "feed", "sought": "seek", "noisy": "noise", "noisier": "noise", "tinier": "tiny"},
    **{"data": "data", "datum": "data", "indices": "index", "axes": "axis", "vocab": "vocabulary", "losses": "loss"},
    **{"prob": "probability", "probs": "probability", "probabilistic": "probabilistic", "grad": "gradient"},
    **{"grads": "gradient", "acc": "accuracy", "net": "network", "nets": "network", "config": "configuration"},
    **{"reg": "regularise", "dist": "distribution", "dists": "distribution", "pred": "predict", "preds": "predict"},
    **{"arg": "argument", "args": "argument", "param": "parameter", "params": "parameter", "dim": "dimension"},
    **{"dims": "dimension", "init": "initialise", "mem": "memory", "avg": "average", "temp": "temperature"},
    **{"temps": "temperature", "info": "information", "aug": "augment", "augs": "augment", "val": "validation"},
    **{
        "gpus": "gpu",
        "cpus": "cpu",
        "tpus": "tpu",
        "hyperparams": "hyperparameter",
        "quant": "quantise",
        "comp": "compute",
        "std": "deviation",
    },
}
SUFFIXES = ("est", "er", "en", "li")  # softer, softest, soften, softly; the stemmer leaves these
SHORTEST_STEM = 4
WHOLE = {
    "teacher": "teacher",
    "teachers": "teacher",
    "learner": "learner",
    "learners": "learner",
    "layers": "layer",
    "means": "means",
    "relative": "relative",
}
"""Who does something is not the same as doing it."""
LONGEST_WORD = 40
"""Letters beyond which nothing is a word of English, and is compared as it is."""

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
    if word in WHOLE:
        return WHOLE[word]
    word = IRREGULAR.get(word, word)
    if not word.isalpha() or len(word) > LONGEST_WORD:
        return word
    for american, british in (("iz", "is"), ("yz", "ys")):  # minimize, analyze
        word = word.replace(american, british)
    stemmed: str = _stemmer.stemWord(word)
    for suffix in SUFFIXES:
        if stemmed.endswith(suffix) and len(stemmed) - len(suffix) >= SHORTEST_STEM:
            stemmed = stemmed.removesuffix(suffix)
            break
    undoubled = len(stemmed) > SHORTEST_STEM and stemmed[-1] == stemmed[-2]  # flatten: flatt, as flat
    ends_silent = len(stemmed) > SHORTEST_STEM and stemmed[-1] == "e"  # close, as closer
    return stemmed[:-1] if undoubled or ends_silent else stemmed


def mistyped(word: str, among: Sequence[str]) -> Iterable[str]:
    """Which of the words are `word` with a slip of the finger; all begin with the same letter."""
    if len(word) < TYPO_FROM or not word.isalpha():
        return ()
    slips = 2 if len(word) >= TWO_TYPOS_FROM else 1
    near = extract(word, among, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [other for other, _, _ in near if _forgiven(word, other)]


def _forgiven(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < TYPO_FROM or not other.isalpha():
        return False
    slips = 2 if shorter >= TWO_TYPOS_FROM and one[:4] == other[:4] else 1
    if OSA.distance(one, other, score_cutoff=slips) > slips:
        return False
    wrong_letter = len(one) == len(other) and sorted(one) != sorted(other)
    return not wrong_letter or shorter >= WRONG_LETTER_FROM
