"""Marking a choice: the one right option or not. A prediction is marked in the same way."""

from collections.abc import Sequence

from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.predict import Predict
from kdquiz.library.options import right_positions
from kdquiz.marking.model import Mark, Outcome, Response, UnreadableError
from kdquiz.marking.options import chosen_positions, option_marks, read_letters


def mark(question: Choice | Predict, response: Response) -> Mark:
    """A share of 1 for the right option, of 0 for a wrong one or for none.

    Raises TypeError where the response is not Chosen, ValueError where it names a position that does not exist or
    more than one.
    """
    chosen = chosen_positions(question.options, response, question.kind)
    if len(chosen) > 1:
        raise ValueError(f"a {question.kind} takes one option, and {len(chosen)} were chosen")
    right = chosen == right_positions(question.options)
    return Mark(
        Outcome.RIGHT if right else Outcome.WRONG,
        1.0 if right else 0.0,
        options=option_marks(question.options, chosen),
    )


def read_line(question: Choice | Predict, order: Sequence[int], line: str) -> Response:
    """One option by its letter or number; an empty line chooses none."""
    chosen = read_letters(order, line)
    if len(chosen.options) > 1:
        raise UnreadableError("Choose one option.")
    return chosen


def how_to_type(question: Choice) -> str:
    """A letter; digits are read as well."""
    return "Type the letter of the right one."
