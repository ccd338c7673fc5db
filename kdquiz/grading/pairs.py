"""The pairs of a drill's mistakes that cancel on an exam: both at once, and every check is passed. torch.

A pair is the reference with two patches in it. There are hundreds, and all are trusted text: they are judged here and
not in runners, and each only as far as the first case on which it is wrong.
"""

from kdquiz.grading.behaviour import observe
from kdquiz.grading.checks import Tried, look, right
from kdquiz.grading.exam import Exam
from kdquiz.grading.prepared import Ids, PreparedDrill


def cancelling_pairs(prepared: PreparedDrill, exam: Exam) -> frozenset[Ids]:
    """Of the pairs whose patches do not overlap, those that the exam accepts."""
    return frozenset(pair for pair in prepared.pairs if _accepted(prepared, pair, exam))


def _accepted(prepared: PreparedDrill, pair: Ids, exam: Exam) -> bool:
    function = prepared.with_mistakes(pair)
    tried: list[Tried] = []
    for drawn, expected in zip(exam.cases, exam.expected, strict=True):
        tried.append(prepared.tried(drawn, expected, observe(function, drawn.case)))
        if right(tried[-1:]) is not None:
            return False
    benign = [one for one in tried if one.drawn.kind == "benign"]
    checks = [check for check in prepared.checks if check.kind.concerns == "benign"]
    return all(look(check, benign) is None for check in checks)
