"""A cloze: whether the variants accept what the tests that it carries say."""

from collections.abc import Iterator

from kdquiz.authoring.limits import beyond_limits
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.cloze import Cloze, ClozeTest
from kdquiz.library.problems import Key
from kdquiz.library.wording import counted, some_of
from kdquiz.marking import mark
from kdquiz.marking.model import Filled


def faults(question: Cloze) -> Iterator[Fault]:
    """All that its tests find."""
    too_much = list(beyond_limits(["".join(test.say) for test in question.tests]))
    if too_much:
        yield from too_much
        return
    for number, test in enumerate(question.tests):
        yield from _test_faults(question, test, ("tests", number))


def _test_faults(question: Cloze, test: ClozeTest, at: Key) -> Iterator[Fault]:
    count = len(question.blanks)
    if len(test.say) != count:
        message = f"the test fills {counted(len(test.say), 'blank')}, and the text has {count}"
        yield Fault(message=message, key=(*at, "say"))
        return
    beyond = [blank for blank in test.right if blank > count]
    if beyond:
        message = f"the test expects blank {beyond[0]}, and the text has {counted(count, 'blank')}"
        yield Fault(message=message, key=(*at, "right"))
        return
    marks = mark(question, Filled(test.say)).blanks
    right = [position for position, blank in enumerate(marks, 1) if blank.right]
    expected = sorted(set(test.right))
    if right != expected:
        message = f"this answer has {some_of(right, 'blank')} right, and the test says {some_of(expected, 'blank')}"
        yield Fault(message=message, hint="Mend the variants in the text, or the test.", key=(*at, "say"))
