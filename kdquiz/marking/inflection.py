"""Whether two words are one: the same but for inflection, spelling variants or a slip of the finger.

Imports a stemmer and a typo measure; nothing of kdquiz. Goes in: words in lower case. English.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from snowballstemmer.english_stemmer import EnglishStemmer

CACHED = 1 << 14
IRREGULAR_FORMS = """
    freeze: frozen froze; teach: taught; learn: learnt; give: given gave; show: shown; see: saw seen;
    keep: kept; lose: lost; fall: fell; grow: grew grown; shrink: shrank shrunk shrunken;
    few: fewer fewest; low: lower lowest; big: bigger biggest; wide: wider;
    rise: rose risen; choose: chosen chose; make: made; hold: held;
    take: took taken; go: went gone; leave: left; mean: meant; run: ran; forget: forgot forgotten;
    draw: drew drawn; hide: hid hidden; tell: told; say: said; come: came; become: became; get: got gotten;
    find: found; know: knew known; spoil: spoilt; throw: threw thrown; mimic: mimicked mimicking mimicks mimick;
    feed: fed; seek: sought; noise: noisy noisier; data: datum; index: indices; axis: axes
"""
"""A word, then forms of it that the stemmer does not bring together with it."""
ABBREVIATIONS = """
    vocabulary: vocab; probability: prob probs; gradient: grad grads; accuracy: acc; network: net nets;
    configuration: config; regularise: reg; distribution: dist dists; predict: pred preds; argument: arg args;
    parameter: param params; dimension: dim dims; initialise: init; memory: mem; average: avg;
    temperature: temp temps; information: info; augment: aug augs; validation: val; gpu: gpus; cpu: cpus;
    tpu: tpus; hyperparameter: hyperparams; quantise: quant; compute: comp; deviation: std
"""
"""A word of machine learning, then how it is cut short in speech and in code."""


def _by_form(groups: str) -> Mapping[str, str]:
    """The word of each form."""
    listed = (group.split(":") for group in groups.split(";"))
    return {form: word.strip() for word, forms in listed for form in forms.split()}


IRREGULAR = {**_by_form(IRREGULAR_FORMS), **_by_form(ABBREVIATIONS)}
SUFFIXES = ("est", "er", "en", "li")  # softer, softest, soften, softly; the stemmer leaves these
SHORTEST_STEM = 4
WHOLE = {
    "teacher": "teacher",
    "teachers": "teacher",
    "learner": "learner",
    "learners": "learner",
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
