"""A learner's answer prepared for looking up words: where they stand, however they are inflected, split or mistyped.

Imports `marking.words`, `marking.phrases` and `marking.inflection`. Goes in: a text. Comes out: an `Answer`, which
knows the places of a word, and of whatever may stand for it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self

from kdquiz.marking.inflection import mistyped, stem
from kdquiz.marking.phrases import Choice, Term
from kdquiz.marking.synonyms import EXACTLY
from kdquiz.marking.words import Token, tokens

GAP = 1
"""How many other words that carry meaning may stand between two words of a synonym."""
POWERS = {"^2": stem("squared"), "^3": stem("cubed")}
Places = tuple[int, ...]
"""The tokens, counted from 0, that are a word or a synonym."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A text prepared for looking up words. Not to be changed; the look-ups it remembers are no part of its value."""

    text: str
    tokens: tuple[Token, ...]
    _by_stem: dict[str, list[int]] = field(compare=False)
    _by_letter: dict[str, dict[str, list[int]]] = field(compare=False)
    _joined: dict[str, list[Places]] = field(compare=False)
    _words: dict[str, tuple[Places, ...]] = field(default_factory=dict, compare=False)
    _choices: dict[Choice, tuple[Places, ...]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, text: str) -> Self:
        """The text's words, by stem and by first letter; neighbours also as the one word they may be split from."""
        words = tokens(text)
        by_stem: dict[str, list[int]] = {}
        by_letter: dict[str, dict[str, list[int]]] = {}
        joined: dict[str, list[Places]] = {}
        for place, token in enumerate(words):
            by_stem.setdefault(stem(token.word), []).append(place)
            by_letter.setdefault(token.word[0], {}).setdefault(token.word, []).append(place)
            if token.word[-2:] in POWERS:
                by_stem.setdefault(POWERS[token.word[-2:]], []).append(place)
            if place and _could_be_one(text, words[place - 1], token):
                joined.setdefault(stem(words[place - 1].spelled + token.spelled), []).append((place - 1, place))
        return cls(text, words, by_stem, by_letter, joined)

    def places(self, choice: Choice) -> tuple[Places, ...]:
        """The places of a choice: each the tokens that are one of its terms."""
        known = self._choices.get(choice)
        if known is None:
            found = {places: None for term in choice.terms for places in self._term(term)}
            known = self._choices[choice] = tuple(found)
        return known

    def as_one_word(self, one: str, other: str) -> tuple[Places, ...]:
        """The places where two words of a phrase are written as one; no slip of the finger is forgiven in these."""
        return tuple((place,) for place in self._by_stem.get(stem(one + other), ()))

    def as_typed(self, places: Sequence[int]) -> tuple[str, ...]:
        """The typed words at these places; what is typed as one word, such as `one-hot`, is one."""
        spans: list[tuple[int, int]] = []
        for place in sorted(set(places)):
            token = self.tokens[place]
            if spans and (token.start < spans[-1][1] or _one_word(self.text[spans[-1][1] : token.start])):
                spans[-1] = (spans[-1][0], max(token.end, spans[-1][1]))
            else:
                spans.append((token.start, token.end))
        return tuple(self.text[start:end] for start, end in spans)

    def _word(self, word: str) -> tuple[Places, ...]:
        """The places of a word: each the one token, or the two it is split into."""
        known = self._words.get(word)
        if known is None:
            if word.startswith(EXACTLY) and word != EXACTLY:
                exact = self._by_letter.get(word[1], {}).get(word[1:], ())
                known = tuple((place,) for place in exact)
            else:
                known = self._any_form(word)
            self._words[word] = known
        return known

    def _any_form(self, word: str) -> tuple[Places, ...]:
        root = stem(word)
        ones = {(place,): None for place in self._by_stem.get(root, ())}
        others = self._by_letter.get(word[0], {})
        for other in mistyped(word, list(others)) if others else ():
            ones.update({(place,): None for place in others[other]})
        return (*ones, *self._joined.get(root, ()))

    def _term(self, term: Term) -> Iterator[Places]:
        if len(term) == 1:
            yield from self._word(term[0])
            return
        starts = self._word(term[0])
        rest = [sorted(self._word(word)) for word in term[1:]] if starts else []
        for start in starts:
            places = _one_after_the_other(start, rest)
            if places and self.tokens[places[0]].clause == self.tokens[places[-1]].clause:
                yield places


def _could_be_one(text: str, first: Token, second: Token) -> bool:
    """Whether only a space or a hyphen stands between two words, as in `one hot`."""
    if first.is_operator or second.is_operator or first.end > second.start:
        return False
    return text[first.end : second.start] in (" ", "-", "_", "\u2011", "\u2010")


def _one_after_the_other(start: Places, rest: Sequence[Sequence[Places]]) -> Places:
    """`start` and then one of each of the rest, with little in between; nothing where they do not stand so."""
    places = start
    for choices in rest:
        following = bisect_left(choices, (places[-1] + 1,))
        if following == len(choices) or choices[following][0] - places[-1] > 1 + GAP:
            return ()
        places += choices[following]
    return places


def _one_word(gap: str) -> bool:
    return not any(character.isspace() or character.isalnum() for character in gap)
