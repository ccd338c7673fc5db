"""A numeric question: what its variants show (formulas without a value, mistakes that cannot be told apart, tests that
fail), and whether it carries tests enough.

Every numeric question has a test that is right and one that is wrong: else nobody knows that its tolerance lets an
answer in, nor that it keeps one out.
"""

from collections.abc import Iterator

from kdquiz.authoring.limits import beyond_limits
from kdquiz.authoring.numeric_faults import numeric_faults
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.numeric import Numeric

MOST_SLIPS = 20


def faults(question: Numeric) -> Iterator[Fault]:
    """All that its variants show."""
    too_much = list(_too_much(question))
    yield from too_much or (*numeric_faults(question), *_missing_tests(question))


def _too_much(question: Numeric) -> Iterator[Fault]:
    if len(question.slips) > MOST_SLIPS:
        message = f"there are {len(question.slips):,} slips, and a question takes at most {MOST_SLIPS}"
        yield Fault(message=message, hint="Keep those that learners make.", key=("slips",))
    yield from beyond_limits([test.say for test in question.tests])


def _missing_tests(question: Numeric) -> Iterator[Fault]:
    expected = {test.expect for test in question.tests}
    if {"right", "wrong"} <= expected:
        return
    if "right" in expected:
        missing, hint = "no test that is wrong", 'Add `- {say: "...", expect: wrong}`.'
    elif "wrong" in expected:
        missing, hint = "no test that is right", 'Add `- {say: "{value}", expect: right}`.'
    else:
        missing, hint = "neither a test that is right nor one that is wrong", "Add both under `tests:`."
    yield Fault(message=f"the question has {missing}", hint=hint, key=("tests",), of_key=bool(question.tests))
