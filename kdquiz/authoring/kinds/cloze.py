"""A cloze: whether the variants accept what the tests that it carries say."""

from collections.abc import Iterator

from kdquiz.authoring.limits import test_limits
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.cloze import Cloze
from kdquiz.marking.kinds.cloze import faults_of_tests


def faults(question: Cloze) -> Iterator[Fault]:
    """All that its tests find."""
    too_much = list(test_limits(["".join(test.say) for test in question.tests]))
    yield from too_much or faults_of_tests(question)
