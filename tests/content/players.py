"""Players who know nothing of the subject, and pick options by what they look like: by length, hedges, figures, words.

Good content does not reward them: none is right more often than chance. Pure. Goes in: questions. Comes out: shares.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.predict import Predict
from kdquiz.library.model import Question

Player = Callable[[str, Sequence[str]], list[float]]
"""From what is asked and the options to how much each option is liked."""

HEDGES = re.compile(
    r"\b(may|might|can|could|often|usually|mostly|mainly|tends?|sometimes|generally|typically|roughly|about|almost"
    r"|nearly|partly|only if|unless|provided|depends?)\b",
    re.IGNORECASE,
)
ABSOLUTES = re.compile(r"\b(always|never|all|every|only|none|no|must|any|exactly|entirely|cannot)\b", re.IGNORECASE)
FIGURES = re.compile(r"[`0-9=²‖]")
_WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often a player was right, and how often one would be who draws lots; shares of `questions`."""

    player: str
    questions: int
    share: float
    chance: float

    @property
    def gain(self) -> float:
        """By how many points (hundredths) the player beats chance."""
        return 100 * (self.share - self.chance)


def words(text: str) -> frozenset[str]:
    """The words of a text that say something: those of four letters or more."""
    return frozenset(_WORD.findall(text.lower()))


def by_each(score: Callable[[str], float]) -> Player:
    """A player who looks at each option by itself."""
    return lambda ask, options: [score(option) for option in options]


def like_the_ask(ask: str, options: Sequence[str]) -> list[float]:
    """How many words an option has in common with what is asked."""
    return [len(words(option) & words(ask)) for option in options]


def like_the_others(ask: str, options: Sequence[str]) -> list[float]:
    """How many words an option has in common with the others, for each of its own."""
    held = [words(option) for option in options]
    return [
        sum(len(one & other) for place, other in enumerate(held) if place != own) / max(1, len(one))
        for own, one in enumerate(held)
    ]


PLAYERS: Mapping[str, Player] = {
    "the longest": by_each(len),
    "the shortest": by_each(lambda option: -len(option)),
    "the most hedged": by_each(lambda option: len(HEDGES.findall(option))),
    "the least absolute": by_each(lambda option: -len(ABSOLUTES.findall(option))),
    "most like the ask": like_the_ask,
    "most like the others": like_the_others,
    "the most figures and code": by_each(lambda option: len(FIGURES.findall(option))),
}
LONGEST_HALF = "the longest half"


def outcomes(questions: Iterable[Question]) -> list[Outcome]:
    """How every player does on the questions of which one option is right."""
    asked = [one for one in questions if isinstance(one, Choice | Predict)]
    return [_outcome(name, asked, player) for name, player in PLAYERS.items()] if asked else []


def outcomes_of_several(questions: Iterable[Question]) -> list[Outcome]:
    """How one does who picks the longer half of the options, where several are right: the share of picks that are."""
    asked = [one for one in questions if isinstance(one, Multi)]
    if not asked:
        return []
    found = [_longest_half(one) for one in asked]
    chance = sum(sum(option.is_right for option in one.options) / len(one.options) for one in asked)
    return [Outcome(LONGEST_HALF, len(asked), sum(found) / len(asked), chance / len(asked))]


def _outcome(name: str, asked: Sequence[Choice | Predict], player: Player) -> Outcome:
    share = chance = 0.0
    for question in asked:
        likes = player(question.ask, [option.text for option in question.options])
        best = [option for option, like in zip(question.options, likes, strict=True) if like == max(likes)]
        share += sum(option.is_right for option in best) / len(best)  # of several equals one is drawn
        chance += 1 / len(question.options)
    return Outcome(name, len(asked), share / len(asked), chance / len(asked))


def _longest_half(question: Multi) -> float:
    """Of as many options as are half of them, rounded down; where the last ones are as long as others, of these a
    part."""
    half = len(question.options) // 2
    lengths = sorted((len(option.text) for option in question.options), reverse=True)
    longer = [option for option in question.options if len(option.text) > lengths[half - 1]]
    equal = [option for option in question.options if len(option.text) == lengths[half - 1]]
    part = (half - len(longer)) / len(equal)
    return (sum(one.is_right for one in longer) + part * sum(one.is_right for one in equal)) / half
