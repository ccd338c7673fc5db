"""Which words of a sentence are negated, by a rule a reader can follow; no grammar of English is attempted.

Imports nothing. Goes in: the words of a text one by one. Comes out: for each whether it stands under a negation,
whether it is only the other side of a contrast, and whether it denies what stands before it.

- A negated verb ("does not", "never", "isn't", "fails to") reaches over the next few words of its clause.
- A negated noun ("no", "without") reaches over that noun alone.
- "it is wrong that", "it is a myth that" reach to the end of their clause.
- All end with the clause: at a comma, at "but", "because", "and".
- Two negations that reach the same word cancel: "does not work without T²", "don't forget T²".
- "instead of", "rather than", "as opposed to" set a noun aside: it is neither affirmed nor denied beside what takes its
  place ("soft targets instead of hard labels"), and denied where it stands alone.
- "is a myth", "is wrong", "is not needed", "does not matter" deny what stands before them in their clause.
"""

from dataclasses import dataclass, field


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as a text."""
    return frozenset(text.split())


OF_VERBS = word_set(
    """
    not never cannot nobody hardly barely scarcely aint isnt arent wasnt werent dont doesnt didnt wont wouldnt cant
    couldnt shouldnt hasnt havent hadnt mustnt
    """
)
OF_NOUNS = word_set("no without w/o neither nor none nothing")
CONTRASTS = {("instead", "of"), ("rather", "than"), ("opposed", "to"), ("contrast", "to"), ("place", "of")}
FAILS = {(verb, "to") for verb in ("fail", "fails", "failed", "failing", "unable", "refuses", "impossible")}
HARMLESS_AFTER = word_set("only just merely simply doubt")  # not only, no doubt
FORGETTING = word_set("forget forgetting forgot forgotten omit omitting neglect miss drop")
"""What undoes a negation: not to forget is to think of."""
CLAUSE_WORDS = word_set(
    """
    but because since while whereas although though if when unless until which who then thus hence therefore however
    otherwise and so
    """
)
PRONOUNS = word_set("it they we you i he she there")
ARTICLES = word_set("a an the any this that these those its their your our my")
VERBS = word_set("is are was were be been do does did has have had can could may might will would must should")

COPULAS = word_set("is are was were be being isn't aren't wasn't isnt arent wasnt seems sounds")
BETWEEN = word_set(
    "a an just only simply actually really completely totally entirely plain pure also not never therefore absolutely "
    "quite rather clearly obviously"
)
DENIERS = word_set(
    "myth misconception nonsense wrong false incorrect untrue irrelevant unnecessary superfluous pointless useless "
    "redundant rubbish needless unimportant unrelated harmless excluded forbidden"
)
"""After "is": they deny what stands before."""
WANTED = word_set(
    "needed necessary required true correct important relevant matter matters case apply happen happens issue problem "
    "concern reason work works help helps"
)
"""Where they are negated, they deny what stands before."""

MOST_AT_WORK = 8
"""Negations at once beyond which the oldest is forgotten; nobody can follow as many."""
VERB_REACH = 4
NOUN_REACH = 3
CLAUSE_REACH = 12


def is_negator(word: str) -> bool:
    """Whether `word` (lower case) negates what follows: `not`, `isn't`, `without`."""
    return word in OF_VERBS or word in OF_NOUNS or word.endswith("n't")


@dataclass(slots=True)
class _Reach:
    """One negation at work: how many more words it covers, and whether it covers a noun alone."""

    words: int
    noun_only: bool = False
    contrast: bool = False
    read: int = 0


@dataclass(slots=True)
class Negation:
    """Reads a text word by word."""

    contrasts: bool = False
    """Whether the word just read is set aside by a contrast."""
    since: int = 0
    """Which word that carries meaning the word just read is after the last negation at work; 0: none is at work."""
    denies: bool = False
    """Whether the word just read denies what stands before it in its clause."""
    _reaches: list[_Reach] = field(default_factory=list)
    _previous: str = ""
    _after_copula: bool = False

    @property
    def holds(self) -> bool:
        """Whether what comes next is negated."""
        return sum(not reach.contrast and reach.read < reach.words for reach in self._reaches) % 2 == 1

    def end_clause(self) -> None:
        """A comma, a full stop: no negation reaches across."""
        self._reaches.clear()
        self._previous = ""
        self._after_copula = self.contrasts = self.denies = False
        self.since = 0

    def read(self, word: str, carries_meaning: bool) -> bool:
        """Read the next word (lower case); whether it is negated. Only words that carry meaning use up the reach."""
        if self.denies and word in ("that", "to"):
            self._reaches = [_Reach(CLAUSE_REACH)]
        negated = self._read(word, carries_meaning)
        self.since = min((reach.read for reach in self._reaches if not reach.contrast), default=0)
        self.contrasts = carries_meaning and any(reach.contrast for reach in self._reaches)
        self.denies = negated if word in WANTED else (self._after_copula and word in DENIERS and not negated)
        self._after_copula = word in COPULAS or (self._after_copula and word in BETWEEN)
        return negated

    def _read(self, word: str, carries_meaning: bool) -> bool:
        previous, self._previous = self._previous, word
        opened = _opened(previous, word)
        if opened is not None:
            negated = self.holds
            if word == "nor":
                self._reaches.clear()
            self._reaches.append(opened)
            del self._reaches[:-MOST_AT_WORK]
            return negated
        if not self._reaches:
            return False
        if word in FORGETTING and self.holds:
            self._reaches.clear()
        elif is_negator(previous) and (word in HARMLESS_AFTER or (previous, word) == ("no", "matter")):
            self._reaches.pop()
        elif _begins_clause(word, previous):
            self._reaches.clear()
        else:
            inverted = previous in ("neither", "nor") and word in VERBS  # nor are labels needed
            self._reaches = [reach for reach in self._reaches if inverted or not _ends(reach, word)]
        self._reaches = [reach for reach in self._reaches if reach.read < reach.words]
        negated = self.holds
        if carries_meaning:
            for reach in self._reaches:
                reach.read += 1
        return negated


def _opened(previous: str, word: str) -> _Reach | None:
    """The reach that begins with this word, if one does."""
    if (previous, word) in CONTRASTS:
        return _Reach(NOUN_REACH, noun_only=True, contrast=True)
    if (previous, word) in FAILS:
        return _Reach(VERB_REACH)
    if is_negator(word):
        return _Reach(NOUN_REACH, noun_only=True) if word in OF_NOUNS else _Reach(VERB_REACH)
    return None


def _begins_clause(word: str, previous: str) -> bool:
    if word == "so":  # "so it is sharp" begins one, "so sharp" does not: seen by the word after it
        return False
    if previous == "so":
        return word in PRONOUNS or word in ARTICLES
    return word in CLAUSE_WORDS and not is_negator(previous)


def _ends(reach: _Reach, word: str) -> bool:
    """Whether `word` stands after the noun that a negation of nouns covers."""
    return reach.noun_only and (word in PRONOUNS or word in VERBS or (reach.read > 0 and word in ARTICLES))
