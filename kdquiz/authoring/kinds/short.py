"""A short question: whether its rubric ticks what the tests that it carries say, and whether it carries enough.

Every short question has a test that ticks a point and one that ticks nothing: else nobody knows that its phrases find
an answer, nor that they refuse one.
"""

from collections.abc import Iterator

from kdquiz.authoring.limits import beyond_limits
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.short import AnswerTest, Short
from kdquiz.library.problems import Key
from kdquiz.library.wording import some_of
from kdquiz.marking import mark
from kdquiz.marking.model import Typed
from kdquiz.marking.rubric import phrases_that_never_tick

MOST_PHRASES = 1_000
LONGEST_PHRASE = 300
"""Nobody writes more phrases for one question, nor a longer one."""


def faults(question: Short) -> Iterator[Fault]:
    """All that its tests find."""
    too_many = list(_too_much(question))
    if too_many:
        yield from too_many
        return
    for position, number, why in phrases_that_never_tick(question):
        hint = "Say it in other words, or remove it."
        yield Fault(message=f"this phrase never ticks: {why}", hint=hint, key=("points", position, "any", number))
    for number, test in enumerate(question.tests):
        yield from _test_faults(question, test, ("tests", number))
    yield from _missing_tests(question)


def _too_much(question: Short) -> Iterator[Fault]:
    phrases = sum(len(point.any) for point in question.points)
    if phrases > MOST_PHRASES:
        message = f"the rubric has {phrases:,} phrases, and takes at most {MOST_PHRASES:,}"
        hint = "Inflection, word order and typos need no phrases of their own."
        yield Fault(message=message, hint=hint, key=("points",))
    for position, point in enumerate(question.points):
        for number, phrase in enumerate(point.any):
            if len(phrase) > LONGEST_PHRASE:
                message = f"a phrase has {len(phrase):,} characters, and takes at most {LONGEST_PHRASE}"
                hint = "A phrase is a few words; write several phrases."
                yield Fault(message=message, hint=hint, key=("points", position, "any", number))
    yield from beyond_limits([test.say for test in question.tests])


def _test_faults(question: Short, test: AnswerTest, at: Key) -> Iterator[Fault]:
    beyond = [point for point in test.points if point > len(question.points)]
    if beyond:
        message = f"the test expects point {beyond[0]}, and there are {len(question.points)}"
        yield Fault(message=message, key=(*at, "points"))
        return
    points = mark(question, Typed(test.say)).points
    ticked = [position for position, point in enumerate(points, 1) if point.ticked]
    expected = sorted(set(test.points))
    if ticked != expected:
        words = "; ".join(f"point {position} by '{' '.join(points[position - 1].words)}'" for position in ticked)
        message = f"this answer ticks {some_of(ticked, 'point')}, and the test says {some_of(expected, 'point')}"
        hint = "Mend the phrases in `any`, or the test."
        yield Fault(message=message + (f" ({words})" if words else ""), hint=hint, key=(*at, "say"))


def _missing_tests(question: Short) -> Iterator[Fault]:
    ticking = any(test.points for test in question.tests)
    refusing = any(not test.points for test in question.tests)
    if ticking and refusing:
        return
    if ticking:
        missing, hint = "no test that ticks nothing", "Add `- {say: ..., points: []}`, a plausible wrong answer."
    elif refusing:
        missing, hint = "no test that ticks a point", "Add `- {say: ..., points: [1]}`."
    else:
        missing, hint = "no tests", "Add `tests:`, with an answer that ticks points and one that ticks none."
    yield Fault(message=f"the question has {missing}", hint=hint, key=("tests",), of_key=bool(question.tests))
