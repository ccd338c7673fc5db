"""Marking an order: every two steps count, by whether they stand in the right order to each other."""

from collections.abc import Sequence

from kdquiz.library.kinds.order import STEP_LETTERS, Order
from kdquiz.marking.letters import places_named
from kdquiz.marking.model import Mark, Ordered, Outcome, Response, StepMark, UnreadableError
from kdquiz.marking.sequence import agreement, in_order

SEPARATORS = ",.;:>-→"


def mark(question: Order, response: Response) -> Mark:
    """Pairs of steps in order less pairs out of order, over all pairs (Kendall's tau), never below 0.

    So a random order gives nothing on average, before the cut at 0, and the full share is reached by the right order
    alone. `Ordered(())` says that the learner does not know: a share of 0, and the steps in the right order, none of
    which was put there.

    Raises TypeError where the response is not Ordered, ValueError where it is not every step once.
    """
    if not isinstance(response, Ordered):
        raise TypeError(f"an {question.kind} takes Ordered steps, not {type(response).__name__}")
    steps = question.steps
    if not response.steps:
        unknown = tuple(StepMark(text, belongs, in_order=False) for belongs, text in enumerate(steps))
        return Mark(Outcome.WRONG, 0.0, steps=unknown)
    if sorted(response.steps) != list(range(len(steps))):
        raise ValueError(f"each of the {len(steps)} steps is named once, by its place from 0: {list(response.steps)}")
    marks = tuple(
        StepMark(steps[belongs], belongs, stands)
        for belongs, stands in zip(response.steps, in_order(response.steps), strict=True)
    )
    share = max(0.0, agreement(response.steps))
    outcome = Outcome.RIGHT if share == 1 else Outcome.PARTLY if share else Outcome.WRONG
    return Mark(outcome, share, steps=marks)


def read_line(question: Order, order: Sequence[int], line: str) -> Response:
    """The steps by their letters or numbers as shown, in the learner's order: `b a d c`, `2143`, `b > a > d > c`.

    An empty line knows nothing: `Ordered(())`. Raises UnreadableError where a step is missing or named twice, or there
    is none of that name.
    """
    shown = STEP_LETTERS[: len(order)]
    places = places_named(line, shown, "step", SEPARATORS)
    twice = next((place for at, place in enumerate(places) if place in places[:at]), None)
    if twice is not None:
        raise UnreadableError(f"Step {shown[twice]} is named twice: name each of {', '.join(shown)} once.")
    missing = [letter for place, letter in enumerate(shown) if place not in places]
    if places and missing:
        is_missing = f"Step {missing[0]} is" if len(missing) == 1 else f"Steps {', '.join(missing)} are"
        raise UnreadableError(f"{is_missing} missing: name each of {', '.join(shown)} once.")
    return Ordered(tuple(order[place] for place in places))


def how_to_type(question: Order) -> str:
    """The letters of all steps; no example, which could be the answer."""
    return f"Type all {len(question.steps)} letters in the right order."
