"""What is to be in a database of one learner's answers: values, each made from the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Answer:
    """A review that is to be in the log. `rating` is None where it is the one that was suggested."""

    number: int
    id: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class Aside:
    """What was decided about a question."""

    buried: bool = False
    suspended: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What is to be in the database of the answers of this app, in any order, and of what was decided."""

    answers: tuple[Answer, ...] = ()
    aside: Mapping[str, Aside] = field(default_factory=dict)

    def with_answer(self, answer: Answer) -> "State":
        """With this answer in place of the one of the same number, if there is one."""
        return replace(self, answers=(*(one for one in self.answers if one.number != answer.number), answer))

    def without(self, answer: Answer) -> "State":
        return replace(self, answers=tuple(one for one in self.answers if one.number != answer.number))

    def with_aside(self, card_id: str, aside: Aside) -> "State":
        return replace(self, aside={**self.aside, card_id: aside})
