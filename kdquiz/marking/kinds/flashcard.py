"""Marking a flashcard: there is nothing to mark, the learner has looked and rates themself."""

from collections.abc import Sequence

from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.marking.model import Mark, Outcome, Recalled, Response


def mark(question: Flashcard, response: Response) -> Mark:
    """An unmarked mark. Raises TypeError where the response is not Recalled."""
    if not isinstance(response, Recalled):
        raise TypeError(f"a {question.kind} is Recalled, not {type(response).__name__}")
    return Mark(Outcome.UNMARKED, None)


def read_line(question: Flashcard, order: Sequence[int], line: str) -> Response:
    """Whatever is typed, the learner has recalled what they could."""
    return Recalled()


def how_to_type(question: Flashcard) -> str:
    """What the line is for."""
    return "Recall the answer; an empty line shows it."
