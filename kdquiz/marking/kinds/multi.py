"""Marking a multi: several right options, each option counts."""

from collections.abc import Sequence

from kdquiz.library.kinds.multi import Multi
from kdquiz.library.options import right_positions
from kdquiz.marking.model import Mark, Outcome, Response
from kdquiz.marking.options import chosen_positions, option_marks, read_letters


def mark(question: Multi, response: Response) -> Mark:
    """The part of the right options that was chosen, less the part of the wrong ones that was chosen, never below 0.

    With 3 right options and 2 wrong, choosing two right and one wrong gives 2/3 − 1/2 = 1/6. So choosing everything
    (like choosing nothing) gives 0, as does guessing, on average, before the cut at 0; the full share is reached by
    exactly the right set.

    Raises TypeError where the response is not Chosen, ValueError where it names a position that does not exist.
    """
    chosen = chosen_positions(question.options, response, question.kind)
    right = right_positions(question.options)
    wrong_count = len(question.options) - len(right)
    share = max(0.0, len(chosen & right) / len(right) - len(chosen - right) / wrong_count)
    outcome = Outcome.RIGHT if chosen == right else Outcome.PARTLY if share else Outcome.WRONG
    return Mark(outcome, share, options=option_marks(question.options, chosen))


def read_line(question: Multi, order: Sequence[int], line: str) -> Response:
    """The options by their letters or numbers; an empty line chooses none."""
    return read_letters(order, line)


def how_to_type(question: Multi) -> str:
    """Letters; digits are read as well."""
    return "Type the letters of all that are right, such as a c."
