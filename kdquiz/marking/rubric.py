"""Finding a rubric's phrases in an answer that a learner typed in their own words.

Imports `marking.words` and `marking.inflection`, which brings a stemmer and a typo measure: so only `kinds.short`
imports this module. Goes in: phrases,
an answer, the question. Comes out: the learner's words that tick the phrase, as typed.

A phrase stands in the answer when all its words stand close together in one sentence, in any order, and:

- words may be inflected ("shrinks", "shrinking"), joined or split ("one-hot", "onehot"), and longer ones mistyped;
- the words found are negated exactly if the phrase is: "not sharp" does not tick `sharp`, and does tick `isn't sharp`;
- at least one word of the phrase is not in the question: who repeats the question has not answered it;
- a phrase with an operator (`T = 1`, `1 - α`) is a formula: in that order, nothing in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

from kdquiz.marking.inflection import same_word, stem
from kdquiz.marking.words import Token, tokens

SLACK = 2
"""How many other words that carry meaning may stand between the words of a phrase."""
CACHED = 1 << 14


@dataclass(frozen=True, slots=True)
class Found:
    """Where words of a phrase stand in an answer: the tokens taken, and which words of the phrase they are."""

    at: tuple[int, ...]
    words: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A text prepared for looking up words. Not to be changed; the look-ups it remembers are no part of its value."""

    text: str
    tokens: tuple[Token, ...]
    _by_letter: dict[str, list[int]] = field(compare=False)
    _joined: dict[str, list[tuple[int, int]]] = field(compare=False)
    _known: dict[str, tuple[tuple[int, ...], ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The text's words, indexed by their first letter; neighbours also as the one word they may be split from."""
        words = tokens(text)
        by_letter: dict[str, list[int]] = {}
        joined: dict[str, list[tuple[int, int]]] = {}
        for place, token in enumerate(words):
            by_letter.setdefault(token.word[0], []).append(place)
            if place and _could_be_one(text, words[place - 1], token):
                joined.setdefault(words[place - 1].spelled + token.spelled, []).append((place - 1, place))
        return cls(text, words, by_letter, joined)

    def places(self, word: str) -> tuple[tuple[int, ...], ...]:
        """The places of a word: each the one token, or the two it is split into."""
        known = self._known.get(word)
        if known is None:
            ones = [(place,) for place in self._by_letter.get(word[0], ()) if same_word(word, self.tokens[place].word)]
            if word in ("squared", "cubed"):
                power = "^2" if word == "squared" else "^3"
                ones += [(place,) for place, token in enumerate(self.tokens) if token.word.endswith(power)]
            twos = [
                pair
                for spelled, pairs in self._joined.items()
                if spelled[:2] == word[:2] and (spelled == word or stem(spelled) == stem(word))
                for pair in pairs
            ]
            known = self._known[word] = (*ones, *twos)
        return known


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a rubric, read."""

    words: tuple[Token, ...]
    negated: bool
    is_formula: bool
    reach: int
    """Within how many of the answer's tokens all words must stand."""

    @classmethod
    def of(cls, text: str) -> Self:
        """Words such as `not` become the phrase's negation; with nothing behind them they are words like others."""
        every = tokens(text)
        words = tuple(token for token in every if not token.is_negator)
        negated = any(token.negated for token in words)
        is_formula = len(every) > 1 and any(token.is_operator for token in every)
        return cls(words if negated and not is_formula else every, negated, is_formula, len(every) + SLACK)

    def found_in(self, answer: Answer) -> tuple[int, ...]:
        """The answer's tokens that are this phrase, or nothing."""
        for places in _in_order(self, answer) if self.is_formula else _close_together(self, answer):
            taken = [answer.tokens[place] for place in places]
            if any(token.negated for token in taken if not token.is_negator) == self.negated:
                return places
        return ()

    def says_more_than(self, question: Answer) -> bool:
        """Whether something in the phrase is not in the question already: a word, an operator, its negation."""
        if any(not question.places(token.word) for token in self.words):
            return True
        return self.negated and not self.found_in(question)


def words_that_tick(phrases: Sequence[str], answer: Answer, ask: str) -> tuple[str, ...]:
    """The learner's words, as typed and in order, that are the first of the `phrases` found; empty if none is.

    `ask` is the question: a phrase made of its words alone counts for nothing.
    """
    if answer.tokens:
        for text in phrases:
            phrase = _phrase(text)
            places = phrase.found_in(answer)
            if places and _worth_finding(text, ask):
                return _as_typed(answer, places)
    return ()


@lru_cache(maxsize=CACHED)
def _phrase(text: str) -> Phrase:
    return Phrase.of(text)


@lru_cache(maxsize=CACHED)
def _worth_finding(phrase: str, ask: str) -> bool:
    return _phrase(phrase).says_more_than(Answer.of(ask))


def _could_be_one(text: str, first: Token, second: Token) -> bool:
    """Whether only a space or a hyphen stands between two words, as in `one hot`."""
    if first.is_operator or second.is_operator or first.end > second.start:
        return False
    return text[first.end : second.start] in (" ", "-", "_", "\u2011", "\u2010")


def _close_together(phrase: Phrase, answer: Answer) -> Iterator[tuple[int, ...]]:
    """Every way in which all words of the phrase stand close together in one sentence, from left to right."""
    count = len(phrase.words)
    finds = [Found(at, (number,)) for number, token in enumerate(phrase.words) for at in answer.places(token.word)]
    for number in range(count - 1):
        joined = phrase.words[number].spelled + phrase.words[number + 1].spelled
        finds += [Found(at, (number, number + 1)) for at in answer.places(joined) if len(at) == 1]
    finds.sort(key=lambda found: (found.at, found.words))
    if len({number for found in finds for number in found.words}) < count:
        return
    for start, first in enumerate(finds):
        taken: list[int] = []
        seen: set[int] = set()
        for found in finds[start:]:
            near = found.at[-1] - first.at[0] < phrase.reach
            if not near or answer.tokens[found.at[0]].sentence != answer.tokens[first.at[0]].sentence:
                break
            if seen.isdisjoint(found.words) and not set(found.at) & set(taken):
                seen.update(found.words)
                taken += found.at
        if len(seen) == count:
            yield tuple(taken)


def _in_order(phrase: Phrase, answer: Answer) -> Iterator[tuple[int, ...]]:
    """Every place where the tokens of a formula stand one after the other."""
    count = len(phrase.words)
    for start in range(len(answer.tokens) - count + 1):
        places = tuple(range(start, start + count))
        if all((place,) in answer.places(token.word) for token, place in zip(phrase.words, places, strict=True)):
            yield places


def _as_typed(answer: Answer, places: Sequence[int]) -> tuple[str, ...]:
    """The typed words at these places; what is typed as one word, such as `one-hot`, is one."""
    spans: list[tuple[int, int]] = []
    for place in sorted(places):
        token = answer.tokens[place]
        if spans and (token.start < spans[-1][1] or _one_word(answer.text[spans[-1][1] : token.start])):
            spans[-1] = (spans[-1][0], max(token.end, spans[-1][1]))
        else:
            spans.append((token.start, token.end))
    return tuple(answer.text[start:end] for start, end in spans)


def _one_word(gap: str) -> bool:
    return not any(character.isspace() or character.isalnum() for character in gap)
