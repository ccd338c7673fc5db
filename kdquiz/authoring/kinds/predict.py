"""A prediction: whether the length of an option gives it away."""

from collections.abc import Iterator

from kdquiz.authoring.options import length_faults
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.predict import Predict


def faults(question: Predict) -> Iterator[Fault]:
    """At most one."""
    return length_faults(question.options)
