"""Steps to order: whether they give their order away. Pure."""

import re
from collections.abc import Iterator

from kdquiz.library.faults import Fault
from kdquiz.library.kinds.order import Order

_NUMBERED = re.compile(r"\s*(?:step\s+)?\(?(\d+)[.):]\s", re.IGNORECASE)


def faults(question: Order) -> Iterator[Fault]:
    """At most one: every step starts with its number."""
    found = [_NUMBERED.match(step) for step in question.steps]
    if [int(one[1]) for one in found if one] == list(range(1, len(question.steps) + 1)):
        message = "the steps are numbered: the numbers give their order away"
        yield Fault(message=message, hint="Leave the numbers out; the file has the right order.", key=("steps", 0))
