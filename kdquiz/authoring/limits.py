"""How much a question may carry to be tried: far more than anybody writes, and little enough to be done soon. Pure."""

from collections.abc import Iterator, Sequence

from kdquiz.library.faults import Fault

MOST_TESTS = 100
MOST_SAID = 20_000
"""Characters in the answers of all tests of a question together."""


def beyond_limits(answers: Sequence[str]) -> Iterator[Fault]:
    """What is too much in the answers of a question's tests."""
    if len(answers) > MOST_TESTS:
        message = f"there are {len(answers):,} tests, and a question takes at most {MOST_TESTS}"
        yield Fault(message=message, hint="Keep those that differ.", key=("tests",))
    said = sum(map(len, answers))
    if said > MOST_SAID:
        message = f"the answers of the tests have {said:,} characters, and take at most {MOST_SAID:,}"
        yield Fault(message=message, hint="Keep to what a learner types.", key=("tests",))
