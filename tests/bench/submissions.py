"""Submissions to the shipped drill: right ones, and wrong ones of every kind of diagnosis. No torch.

All are made from the drill itself, so that they follow it when it changes.
"""

import itertools
from collections.abc import Sequence

from kdquiz.cli import services
from kdquiz.library.drill import Drill, patched

DRILL = "distillation-loss"


def drill() -> Drill:
    """The drill that is measured."""
    return services.drill_by_id(services.open_library(), DRILL)


def right(drill: Drill) -> str:
    """A submission that is accepted."""
    return drill.reference


def single_mistakes(drill: Drill) -> list[str]:
    """The reference with each of the drill's mistakes."""
    return [patched(drill.reference, mistake) for mistake in drill.mistakes]


def pairs_of_mistakes(drill: Drill, most: int) -> list[str]:
    """The reference with two mistakes at once, `most` of all such pairs, evenly spread."""
    found = []
    for two in itertools.combinations(drill.mistakes, 2):
        try:
            found.append(patched(drill.reference, *two))
        except ValueError:  # these two change the same words
            continue
    return spread(found, most)


def unknown_mistake(drill: Drill, number: int = 0) -> str:
    """A mistake that is not listed, so that the smallest failing case is looked for; each number is another one."""
    return (
        f"{drill.reference}\n\nright = {drill.entry}\n\n\n"
        f"def {drill.entry}(*arguments):\n    return right(*arguments) * {1.5 + number / 7} + {number + 1}\n"
    )


def mixed(drill: Drill, count: int) -> list[str]:
    """Wrong submissions: a third with a single mistake, a third with a pair, a third with one that is not listed."""
    singles, pairs = single_mistakes(drill), pairs_of_mistakes(drill, count)
    kinds = (
        lambda number: singles[number % len(singles)],
        lambda number: pairs[number % len(pairs)],
        lambda number: unknown_mistake(drill, number),
    )
    return [kinds[number % 3](number) for number in range(count)]


def spread(values: Sequence[str], most: int) -> list[str]:
    """`most` of the values, or all where there are fewer, from the first to the last."""
    if len(values) <= most:
        return list(values)
    return [values[number * len(values) // most] for number in range(most)]
