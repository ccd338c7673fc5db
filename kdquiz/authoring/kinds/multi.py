"""A multi: whether the length of an option gives it away."""

from collections.abc import Iterator

from kdquiz.authoring.options import length_faults
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.multi import Multi


def faults(question: Multi) -> Iterator[Fault]:
    """At most one."""
    return length_faults(question.options)
