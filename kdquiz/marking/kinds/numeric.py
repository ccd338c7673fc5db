"""Marking a number: right within the tolerance; a typical mistake is recognised by its value."""

import math
import re
from collections.abc import Sequence

from kdquiz.library.kinds.numeric import Numeric, tolerance_in_words
from kdquiz.library.measure import with_unit
from kdquiz.library.shown import shown
from kdquiz.marking.distance import how_far, is_within, what_counts
from kdquiz.marking.model import Mark, NumberMark, Outcome, Response, Typed
from kdquiz.marking.numbers import is_obvious, readings, without_unit


def mark(question: Numeric, response: Response) -> Mark:
    """A share of 1 for a number within the tolerance, of 0 for any other; of an undrawn question the first variant.

    A comma that may separate thousands or decimals is read as the right number where one of both is. An empty answer
    means that the learner does not know: it is wrong, what was read is then not a number (nan).
    Raises TypeError where the response is not Typed, UnreadableError where it cannot be read.
    """
    if not isinstance(response, Typed):
        raise TypeError(f"a {question.kind} question takes Typed text, not {type(response).__name__}")
    right, tolerance = question.number, question.tolerance
    if not response.text.strip():
        return _marked(False, NumberMark(math.nan, right, what_counts(question)))
    text = _without_what_is_asked(question, response.text)
    read = readings(text, question.unit, question.scope)
    for number in read:
        if is_within(number, right, tolerance):
            told = f"{_as_read(question, text, number)}{what_counts(question)}"
            return _marked(True, NumberMark(number, right, told))
    slips = {number: slip for number in read if (slip := slip_of(question, number)) is not None}
    number = next(iter(slips), read[0])
    because = question.filled_in(question.slips[slips[number]].because) if slips else ""
    told = f"{_as_read(question, text, number)}{how_far(question, number)} {what_counts(question)}"
    return _marked(False, NumberMark(number, right, told, because))


def slip_of(question: Numeric, number: float) -> int | None:
    """The position of the slip that gives a number that is not right, counted from 0; None where none does.

    Where several fit, the nearest: a learner who made it has computed its very value. Of two that give the same value
    the first, which the author thought of first.
    """
    fitting = [
        (abs(number - value), position)
        for position, value in enumerate(question.slip_numbers)
        if value is not None and is_within(number, value, question.tolerance_of(value))
    ]
    return min(fitting)[1] if fitting else None


def read_line(question: Numeric, order: Sequence[int], line: str) -> Response:
    """The line is the answer; an empty one means that the learner does not know."""
    return Typed(line.strip())


def how_to_type(question: Numeric) -> str:
    """The unit, and how exact it must be."""
    times = question.unit in ("×", "x", "times")
    unit = " of times" if times else f" in {question.unit}" if question.unit else ""
    return f"Type a number{unit}, {tolerance_in_words(question)}."


def _marked(right: bool, number: NumberMark) -> Mark:
    return Mark(Outcome.RIGHT if right else Outcome.WRONG, 1.0 if right else 0.0, number=number)


def _without_what_is_asked(question: Numeric, text: str) -> str:
    """The text without `times smaller` at its end where the question asks how many times smaller."""
    asked = re.search(rf"(?<!\w){re.escape(question.unit)} \w+", question.asked) if question.unit else None
    return without_unit(text.strip().rstrip(".,;!?"), asked[0]) if asked else text


def _as_read(question: Numeric, text: str, number: float) -> str:
    """`Read as 0.5. ` where it is not what stands there."""
    if is_obvious(without_unit(text.strip(), question.unit).removesuffix(question.unit)):
        return ""
    return f"Read as {with_unit(shown(number, min(question.tolerance, abs(number) / 100)), question.unit)}. "
