"""What `choice` and `multi` have in common: chosen positions checked, and every option shown after the reveal.

Imports `library`, `marking.letters` and `marking.model`.
"""

from collections.abc import Sequence

from kdquiz.library.options import LETTERS, Option
from kdquiz.marking.letters import places_named
from kdquiz.marking.model import Chosen, OptionMark, Response


def chosen_positions(options: Sequence[Option], response: Response, kind: str) -> frozenset[int]:
    """The chosen positions, counted from 0 in authored order.

    Raises TypeError where the response chooses nothing by its form, ValueError where a position does not exist.
    """
    if not isinstance(response, Chosen):
        raise TypeError(f"a {kind} question takes Chosen options, not {type(response).__name__}")
    beyond = sorted(position for position in response.options if not 0 <= position < len(options))
    if beyond:
        raise ValueError(f"there is no option at position {beyond[0]}: the question has {len(options)}, from 0")
    return response.options


def option_marks(options: Sequence[Option], chosen: frozenset[int]) -> tuple[OptionMark, ...]:
    """Every option in authored order: right or not, chosen or not, and why."""
    return tuple(
        OptionMark(option.text, option.is_right, position in chosen, option.because or "")
        for position, option in enumerate(options)
    )


def read_letters(order: Sequence[int], line: str) -> Chosen:
    """The options named by a line of letters or digits as shown: `b`, `2`, `a c`, `a, c`.

    Raises UnreadableError, in words for the learner, where one of them is no option.
    """
    places = places_named(line, LETTERS[: len(order)], "option", separators=",.")
    return Chosen(frozenset(order[place] for place in places))
