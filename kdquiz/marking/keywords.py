"""Whether an answer is a bare list of keywords, which shows that its writer knows the words and nothing more.

Imports `marking.words`, `marking.negation`, `marking.synonyms`. Goes in: the text of an answer. Comes out: yes or no.

The rule: cut the answer at commas, semicolons, slashes, full stops, bullets and line breaks. It is a bare list when
there are at least three pieces, each of at most three words, and no piece says something about something: none holds a
small word (`the`, `of`, `is`, `not`, `because`, `between`), a sign such as `=`, a common verb or a word of degree
(`shrinks`, `lower`). So is a row of six words or more without a comma and without any of these.

    softmax, temperature, gradient, T²          a list
    gradients shrink 1/T², labels win           an answer: something shrinks
    logits, hidden layers and distances         an answer: `and` makes a sentence of it
"""

import re
from functools import lru_cache

from kdquiz.marking.inflection import stem
from kdquiz.marking.negation import CLAUSE_WORDS, is_negator, word_set
from kdquiz.marking.words import STOP_WORDS

LEAST_PIECES = 3
LONGEST_PIECE = 3
LONGEST_ROW = 6
LONGEST_LIST = 600
"""Letters beyond which nobody types a mere list."""

PIECES = re.compile(r"[,;\n•·/]|\s[-–—+|]\s|(?<=\S)\.(?=\s|$)")
WORDS = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|[<>≤≥=≈→‖]|\|\||(?<=\w)\((?=\w)")
FUNCTION_WORDS = (STOP_WORDS | CLAUSE_WORDS) - word_set("i t also")
SAYING = frozenset(
    map(
        stem,
        word_set(
            """
            increase rise raise grow gain amplify decrease shrink reduce drop fall fade vanish weaken soften
            flatten sharpen larger bigger higher lower smaller weaker stronger softer sharper flatter better
            worse fewer faster slower cheaper more less most least too very only instead than like between
            among without over per within across against under above below through during after before until
            via become get go make take give keep stay remain change help hurt beat outperform dominate
            ignore imitate mimic copy match learn teach train tell show carry contain spread remove cut
            delete use need require want work fail miss lose save cost run call put divide multiply scale
            sum average compare depend vary differ resemble look see know cancel follow reach approach
            exceed compensate restore prevent avoid allow force forbid store shuffle
            """
        ),
    )
)
NAMES = word_set(
    """
    training learning scaling soft sharp flat high low small large big weak strong cheap fast slow call dependence
    average copy difference
    """
)
"""Names and qualities of which the stem is also a verb's, or another degree's."""
SIGNS = frozenset([*"<>≤≥=≈→‖(", "||"])


def is_bare_list(text: str) -> bool:
    """Whether the answer is a list of keywords that says nothing about any of them."""
    if len(text) > LONGEST_LIST:
        return False
    pieces = [words for piece in PIECES.split(text) if (words := WORDS.findall(piece.lower()))]
    if any(_says_something(word) for words in pieces for word in words):
        return False
    if len(pieces) >= LEAST_PIECES:
        return all(len(words) <= LONGEST_PIECE for words in pieces)
    return any(len(words) >= LONGEST_ROW for words in pieces)


@lru_cache(maxsize=1 << 12)
def _says_something(word: str) -> bool:
    if word in SIGNS or word in FUNCTION_WORDS or is_negator(word):
        return True
    return word not in NAMES and stem(word) in SAYING
