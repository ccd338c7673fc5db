"""The tests inside a cloze, run: what each finds otherwise than it says."""

from kdquiz.authoring.kinds import faults
from kdquiz.library.faults import Fault
from kdquiz.library.kinds.cloze import ClozeTest
from tests.library.examples import TWO_BLANKS, cloze


def test_the_tests_of_a_question_are_run() -> None:
    tests = (
        ClozeTest(say=("both", "one"), right=(2, 1)),
        ClozeTest(say=("the teacher", "2"), right=()),
        ClozeTest(say=("both", "2"), right=(1, 2)),
        ClozeTest(say=("both", "1"), right=()),
        ClozeTest(say=("both",), right=(1,)),
        ClozeTest(say=("both", "1"), right=(1, 3)),
    )
    hint = "Mend the variants in the text, or the test."
    assert faults(cloze(TWO_BLANKS, *tests)) == (
        Fault(
            message="this answer has blank 1 right, and the test says blanks 1 and 2",
            hint=hint,
            key=("tests", 2, "say"),
        ),
        Fault(
            message="this answer has blanks 1 and 2 right, and the test says no blank",
            hint=hint,
            key=("tests", 3, "say"),
        ),
        Fault(message="the test fills 1 blank, and the text has 2", key=("tests", 4, "say")),
        Fault(message="the test expects blank 3, and the text has 2 blanks", key=("tests", 5, "right")),
    )
