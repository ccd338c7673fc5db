"""Finding a rubric's phrases in an answer that a learner typed in their own words.

Imports `marking.answers` and `marking.phrases`, which bring a stemmer and a typo measure: so only `kinds.short` imports
this module. Goes in: phrases, an answer, the question, the pack's synonyms. Comes out: the learner's words that tick
the phrase, as typed.

A phrase stands in the answer when all its words stand close together in one sentence, in any order, and:

- words may be inflected ("shrinks", "shrinking"), joined or split ("one-hot", "onehot"), and longer ones mistyped;
- a synonym may stand for a word: those of the pack, and, in a phrase of several words, those of general English
  (`marking.synonyms`), but not for the alternatives of a bracket: who writes some means these;
- the words found are negated or denied exactly if the phrase is: "not sharp" does not tick `sharp`, and does tick
  `isn't sharp`; "T² is a myth" does not tick `T²` (`marking.negation`);
- who does something to whom stays: "the teacher imitates the student" does not tick `student imitates teacher`; beyond
  the end of a clause the words stand in the order of the phrase, and nearly side by side;
- at least one word of the phrase is not in the question: who repeats the question has not answered it;
- a phrase with an operator (`T = 1`, `1 - α`) is a formula: in that order, nothing in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from kdquiz.library.kinds.short import Short
from kdquiz.library.model import Synonyms
from kdquiz.marking.answers import Answer, Places
from kdquiz.marking.phrases import Phrase, read_phrase

SLACK = 2
"""How many other words that carry meaning may stand between the words of a phrase."""
SLACK_BEYOND_CLAUSE = 1
"""The same where a clause ends between them."""
CLOSE_NEGATION = 2
"""Which word after a negation must be in a phrase that is negated, at the latest."""
MOST_WORDS = 60
"""Words of a phrase beyond which no answer holds it: nobody says so many close together, and trying takes minutes."""
MOST_FINDS = 500
"""In how many places the words of a phrase are looked at; an essay of a thousand words has fewer."""
CACHED = 1 << 14


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Where a word of a phrase stands in an answer."""

    at: Places
    slots: tuple[int, ...]
    """Which words of the phrase the tokens are; two where they are written as one."""
    asked: bool
    """Whether the question says it already."""
    negated: bool
    """Whether the phrase wants it negated."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A phrase together with what of it the question says already: pairs of a slot and a choice, from 0."""

    phrase: Phrase
    asked: frozenset[tuple[int, int]]
    negation_is_news: bool
    """Whether the question does not negate what the phrase negates."""

    @property
    def can_tick(self) -> bool:
        """Whether some answer can hold it and say more than the question does."""
        slots = self.phrase.slots
        if not 0 < len(slots) <= MOST_WORDS or not all(slot.choices for slot in slots):
            return False
        return self.negation_is_news or any(
            (number, which) not in self.asked for number, slot in enumerate(slots) for which in range(len(slot.choices))
        )


def words_that_tick(phrases: Sequence[str], answer: Answer, ask: str, synonyms: Synonyms = ()) -> tuple[str, ...]:
    """The learner's words, as typed and in order, that are the first of the `phrases` found; empty if none is.

    `ask` is the question: a phrase made of its words alone counts for nothing. Raises ValueError for a phrase whose
    alternatives cannot be read.
    """
    if answer.tokens:
        for text in phrases:
            places = _find(_rubric(text, ask, synonyms), answer)
            if places:
                return answer.as_typed(places)
    return ()


def phrases_that_never_tick(question: Short) -> Iterator[tuple[int, int, str]]:
    """The phrases that no answer can hold: the positions of the line and of the phrase in `any`, from 0, and why."""
    for position, point in enumerate(question.points):
        for number, text in enumerate(point.any):
            rubric = _rubric(text, question.ask, question.synonyms)
            if not rubric.can_tick:
                slots = rubric.phrase.slots
                no_meaning = not slots or not all(slot.choices for slot in slots)
                why = "only small words" if no_meaning else "only words of the question"
                yield position, number, f"more than {MOST_WORDS} words" if len(slots) > MOST_WORDS else why


@lru_cache(maxsize=CACHED)
def _rubric(text: str, ask: str, synonyms: Synonyms) -> Rubric:
    phrase = read_phrase(text, synonyms)
    question = _question(ask)
    asked = frozenset(
        (number, which)
        for number, slot in enumerate(phrase.slots)
        for which, (choice, _) in enumerate(slot.choices)
        if question.places(choice)
    )
    negates = any(negated for slot in phrase.slots for _, negated in slot.choices)
    as_if_unasked = Rubric(phrase, frozenset(), negation_is_news=False)
    return Rubric(phrase, asked, negates and not _find(as_if_unasked, question))


@lru_cache(maxsize=256)
def _question(ask: str) -> Answer:
    return Answer.of(ask)


def _find(rubric: Rubric, answer: Answer) -> Places:
    """The answer's tokens that are this phrase, or nothing."""
    if len(rubric.phrase.slots) > MOST_WORDS:
        return ()
    for found in _in_order(rubric, answer) if rubric.phrase.is_formula else _close_together(rubric, answer):
        wants_negation = any(one.negated for one in found)
        says_more = not all(one.asked for one in found) or (wants_negation and rubric.negation_is_news)
        places = tuple(place for one in found for place in one.at)
        if says_more and _stands_as_wanted(answer, places, wants_negation):
            return places
    return ()


def _stands_as_wanted(answer: Answer, places: Places, wants_negation: bool) -> bool:
    """Whether what stands there is negated, denied from behind or only set aside exactly if the phrase is negated.

    A phrase that is negated wants its negation close by: "cannot be trained in one day on labels" is not `no labels`.
    """
    found = [answer.tokens[place] for place in places]
    reach = CLOSE_NEGATION if wants_negation else len(answer.tokens)
    for token in found:
        denied = token.denied_by >= 0 and token.denied_by not in places
        negated = token.negated and token.since_negation <= reach
        if negated != denied and not token.is_negator:
            return wants_negation
    return wants_negation == (bool(found) and all(token.set_aside for token in found))


def _finds(rubric: Rubric, answer: Answer, number: int) -> Iterator[Found]:
    """Every place where the answer has what a slot asks for."""
    for which, (choice, negated) in enumerate(rubric.phrase.slots[number].choices):
        for at in answer.places(choice):
            yield Found(at, (number,), (number, which) in rubric.asked, negated)


def _close_together(rubric: Rubric, answer: Answer) -> Iterator[tuple[Found, ...]]:
    """Every way in which all slots of the phrase are filled close together in one sentence, in the slots' order."""
    slots = rubric.phrase.slots
    finds: list[Found] = []
    for number, slot in enumerate(slots):
        finds += islice(_finds(rubric, answer, number), MOST_FINDS)
        following = slots[number + 1].plain if number + 1 < len(slots) else ""
        if slot.plain and following:
            negated = slot.choices[0][1]
            as_one = answer.as_one_word(slot.plain, following)
            finds += [Found(at, (number, number + 1), asked=False, negated=negated) for at in as_one]
        if not any(number in found.slots for found in finds):
            return
    finds.sort()
    del finds[MOST_FINDS:]
    for start in range(len(finds)):
        filled = _filled(finds, start, len(slots) + SLACK, answer)
        if len(filled) == len(slots):
            ordered = tuple(filled[number] for number in range(len(slots)))
            if _may_be_said(answer, ordered, rubric.phrase.relation):
                yield ordered


def _filled(finds: Sequence[Found], start: int, reach: int, answer: Answer) -> dict[int, Found]:
    """The first thing found for each slot, from `start` on, within reach and in the same sentence."""
    first = finds[start]
    sentence = answer.tokens[first.at[0]].sentence
    taken: set[int] = set()
    filled: dict[int, Found] = {}
    for place in range(start, len(finds)):
        found = finds[place]
        if found.at[0] - first.at[-1] >= reach or answer.tokens[found.at[0]].sentence != sentence:
            break
        if taken.isdisjoint(found.at) and not any(number in filled for number in found.slots):
            filled.update(dict.fromkeys(found.slots, found))
            taken.update(found.at)
    return filled


def _may_be_said(answer: Answer, ordered: Sequence[Found], relation: int) -> bool:
    """Whether words found close together can say what the phrase says.

    Beyond the end of a clause only in the order of the phrase and nearly side by side; and who does something to whom
    stays, after "by" the other way round.
    """
    places = [found.at[0] for found in ordered]
    if len({answer.tokens[place].clause for place in places}) > 1:
        together = ordered[-1].at[-1] - places[0] < sum(len(found.at) for found in ordered) + SLACK_BEYOND_CLAUSE
        if places != sorted(places) or not together:
            return False
    if relation < 0:
        return True
    before, verb, after = places[relation - 1 : relation + 2]
    passive = " by " in answer.text[answer.tokens[verb].end : answer.tokens[max(before, after)].start]
    if before < verb < after:
        return not passive
    return passive or not after < verb < before


def _in_order(rubric: Rubric, answer: Answer) -> Iterator[tuple[Found, ...]]:
    """Every place where the tokens of a formula stand one after the other."""
    slots = rubric.phrase.slots
    by_start = [{found.at[0]: found for found in _finds(rubric, answer, number)} for number in range(len(slots))]
    for start in sorted(by_start[0]):
        formula: list[Found] = []
        following = start
        for slot, found in zip(slots, by_start, strict=True):
            if following in found:
                formula.append(found[following])
                following = found[following].at[-1] + 1
            elif not slot.may_be_absent:
                break
        else:
            yield tuple(formula)
