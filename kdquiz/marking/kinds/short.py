"""Marking a short answer by its rubric: each line is ticked on its own, and the learner's word overrules.

The typo and inflection libraries that the rubric needs are imported with this module, so only a short answer pays for
them.
"""

from collections.abc import Sequence

from kdquiz.library.kinds.short import Short
from kdquiz.marking.answers import Answer
from kdquiz.marking.keywords import is_bare_list
from kdquiz.marking.model import Mark, Outcome, PointMark, Response, Typed
from kdquiz.marking.rubric import words_that_tick


def mark(question: Short, response: Response) -> Mark:
    """The share is the ticked lines over all lines.

    A line is ticked when one of its phrases stands in the answer (`marking.rubric`), unless the learner overruled it.
    Raises TypeError where the response is not Typed, ValueError where it overrules a line that does not exist.
    """
    if not isinstance(response, Typed):
        raise TypeError(f"a {question.kind} question takes Typed text, not {type(response).__name__}")
    by_hand = dict(response.overruled)
    for position in by_hand:
        if not 0 <= position < len(question.points):
            raise ValueError(
                f"there is no rubric line at position {position}: there are {len(question.points)}, from 0"
            )
    answer = Answer.of("" if is_bare_list(response.text) else response.text)
    points = []
    for position, point in enumerate(question.points):
        words = words_that_tick(point.any, answer, question.ask, question.synonyms)
        ticked = by_hand.get(position, bool(words))
        points.append(PointMark(point.text, ticked, words if ticked else (), overruled=ticked != bool(words)))
    ticks = sum(point.ticked for point in points)
    outcome = Outcome.RIGHT if ticks == len(points) else Outcome.PARTLY if ticks else Outcome.WRONG
    return Mark(outcome, ticks / len(points), points=tuple(points))


def read_line(question: Short, order: Sequence[int], line: str) -> Response:
    """The line is the answer."""
    return Typed(line)


def how_to_type(question: Short) -> str:
    """Anything can be typed."""
    return "Answer in your own words, on one line."
