"""Which words of a sentence are negated, by a rule a reader can follow; no grammar of English is attempted.

Imports nothing. Goes in: the words of a text one by one. Comes out: for each whether it stands under a negation.

- A negated verb ("does not", "never", "isn't") reaches over the next few words of its clause.
- A negated noun ("no", "without", "instead of") reaches over that noun alone.
- Both end with the clause: at a comma, at "but", "because", "and".
- Two negations that reach the same word cancel: "does not work without T²".
"""

from dataclasses import dataclass, field


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as a text."""
    return frozenset(text.split())


OF_VERBS = word_set(
    """
    not never cannot hardly barely scarcely aint isnt arent wasnt werent dont doesnt didnt wont wouldnt cant couldnt
    shouldnt hasnt havent hadnt mustnt
    """
)
OF_NOUNS = word_set("no without neither nor none nobody nothing")
PAIRS = {("instead", "of"), ("rather", "than")}
HARMLESS_AFTER = word_set("only just merely simply doubt matter")  # not only, no doubt
CLAUSE_WORDS = word_set(
    """
    but because since while whereas although though if when unless until which who then thus hence therefore however
    otherwise and
    """
)
PRONOUNS = word_set("it they we you i he she")
ARTICLES = word_set("a an the any this that these those its their your our my")
VERBS = word_set("is are was were be been do does did has have had can could may might will would must should")

VERB_REACH = 4
NOUN_REACH = 3


def is_negator(word: str) -> bool:
    """Whether `word` (lower case) negates what follows: `not`, `isn't`, `without`."""
    return word in OF_VERBS or word in OF_NOUNS or word.endswith("n't")


@dataclass(slots=True)
class _Reach:
    """One negation at work: how many more words it covers, and whether it covers a noun alone."""

    words: int
    noun_only: bool
    begun: bool = False


@dataclass(slots=True)
class Negation:
    """Reads a text word by word."""

    _reaches: list[_Reach] = field(default_factory=list)
    _previous: str = ""

    @property
    def holds(self) -> bool:
        """Whether what comes next is negated."""
        return len(self._reaches) % 2 == 1

    def end_clause(self) -> None:
        """A comma, a full stop: no negation reaches across."""
        self._reaches.clear()
        self._previous = ""

    def read(self, word: str, carries_meaning: bool) -> bool:
        """Read the next word (lower case); whether it is negated. Only words that carry meaning use up the reach."""
        previous, self._previous = self._previous, word
        if is_negator(word) or (previous, word) in PAIRS:
            negated = self.holds
            if word == "nor":
                self._reaches.clear()
            noun_only = word in OF_NOUNS or word in {"of", "than"}
            self._reaches.append(_Reach(NOUN_REACH if noun_only else VERB_REACH, noun_only))
            return negated
        if not self._reaches:
            return False
        if is_negator(previous) and word in HARMLESS_AFTER:
            self._reaches.pop()
        elif _begins_clause(word, previous):
            self._reaches.clear()
        else:
            self._reaches = [reach for reach in self._reaches if not _ends(reach, word)]
        negated = self.holds
        if carries_meaning:
            for reach in self._reaches:
                reach.words -= 1
                reach.begun = True
            self._reaches = [reach for reach in self._reaches if reach.words]
        return negated


def _begins_clause(word: str, previous: str) -> bool:
    if previous == "so":  # "so it is sharp" begins one, "so sharp" does not
        return word in PRONOUNS or word in ARTICLES
    return word in CLAUSE_WORDS and not is_negator(previous)


def _ends(reach: _Reach, word: str) -> bool:
    """Whether `word` stands after the noun that a negation of nouns covers."""
    return reach.noun_only and (word in PRONOUNS or word in VERBS or (reach.begun and word in ARTICLES))
