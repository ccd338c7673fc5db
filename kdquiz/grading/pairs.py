"""The pairs of a drill's mistakes that cancel on an exam: both at once, and every check is passed. torch.

A pair is the reference with two patches in it. There are hundreds, and all are trusted text: they are judged here and
not in runners, and each only as far as the first case on which it is wrong.
"""

import random
from collections.abc import Sequence

from kdquiz.grading.checks import Tried, look, right
from kdquiz.grading.exam import Exam
from kdquiz.grading.prepared import Ids, PreparedDrill

SECONDS = 20.0
"""How long all pairs of a drill may take, about; where they would take longer, so many are tried as take that long."""
_FEWEST = 10
_CALLS_A_PAIR = 1.5
"""Nearly every pair is wrong on the first case."""


def pairs_to_try(prepared: PreparedDrill, exams: int) -> tuple[Ids, ...]:
    """The pairs whose patches do not overlap; where one call takes long, some of them, always the same for a number."""
    affordable = SECONDS / max(prepared.seconds_a_call * _CALLS_A_PAIR * exams, 1e-9)
    if len(prepared.pairs) <= max(affordable, _FEWEST):
        return prepared.pairs
    drawn = random.Random(0).sample(prepared.pairs, max(int(affordable), _FEWEST))
    return tuple(pair for pair in prepared.pairs if pair in set(drawn))


def cancelling_pairs(prepared: PreparedDrill, exam: Exam, pairs: Sequence[Ids]) -> frozenset[Ids]:
    """Of these pairs, those that the exam accepts."""
    return frozenset(pair for pair in pairs if _accepted(prepared, pair, exam))


def _accepted(prepared: PreparedDrill, pair: Ids, exam: Exam) -> bool:
    tried: list[Tried] = []
    for index, (drawn, expected) in enumerate(zip(exam.cases, exam.expected, strict=True)):
        tried.append(prepared.tried(drawn, expected, exam.behaviour(prepared, pair, index)))
        if right(tried[-1:]) is not None:
            return False
    benign = [one for one in tried if one.drawn.kind == "benign"]
    checks = [check for check in prepared.checks if check.kind.concerns == "benign"]
    return all(look(check, benign) is None for check in checks)
