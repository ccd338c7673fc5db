"""All pairs of a drill's mistakes on one exam: which of them are accepted, and which explanations are alike. torch.

A pair is the reference with two patches in it. There are hundreds, and all are trusted text: they are judged here and
not in runners.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kdquiz.grading.behaviour import Behaviour, observe
from kdquiz.grading.checks import Tried, right
from kdquiz.grading.compare import alike, tolerance_for
from kdquiz.grading.exam import Exam
from kdquiz.grading.prepared import Ids, PreparedDrill


@dataclass(frozen=True, slots=True)
class PairsJudged:
    """`accepted`: pairs that cancel. `alike`: groups of explanations that no case tells apart, the simplest first; each
    holds a pair."""

    accepted: frozenset[Ids]
    alike: tuple[tuple[Ids, ...], ...]


def judge_pairs(prepared: PreparedDrill, exam: Exam) -> PairsJudged:
    """Judge every pair whose patches do not overlap, and compare them with each other and with the single mistakes."""
    singles: list[Ids] = [(one,) for one in prepared.mistakes]
    table = {ids: _behaviours(prepared, ids, exam) for ids in (*singles, *prepared.pairs)}
    accepted = frozenset(pair for pair in prepared.pairs if _accepted(prepared, table[pair], exam))
    return PairsJudged(accepted, tuple(_alike_ones(prepared, table, exam)))


def _behaviours(prepared: PreparedDrill, ids: Ids, exam: Exam) -> list[Behaviour]:
    function = prepared.with_mistakes(ids)
    return [observe(function, drawn.case) for drawn in exam.cases]


def _accepted(prepared: PreparedDrill, behaviours: Sequence[Behaviour], exam: Exam) -> bool:
    tried = []
    for drawn, expected, seen in zip(exam.cases, exam.expected, behaviours, strict=True):
        tried.append(Tried(drawn, expected, seen, prepared.gradients))
        if right(tried[-1:]) is not None:
            return False
    benign = [one for one in tried if one.drawn.kind == "benign"]
    checks = [check for check in prepared.checks if check.kind.concerns == "benign"]
    return all(check.kind.function(benign, check.object) is None for check in checks)


def _alike_ones(prepared: PreparedDrill, table: Mapping[Ids, Sequence[Behaviour]], exam: Exam) -> list[tuple[Ids, ...]]:
    tolerances = [tolerance_for(drawn.dtype) for drawn in exam.cases]

    def same(left: Ids, other: Ids) -> bool:
        return all(
            alike(one, two, prepared.gradients, tolerance)
            for tolerance, one, two in zip(tolerances, table[left], table[other], strict=True)
        )

    groups: list[list[Ids]] = []
    for ids in table:
        group = next((one for one in groups if same(one[0], ids)), None)
        if group is None:
            groups.append([ids])
        else:
            group.append(ids)
    return [tuple(group) for group in groups if len(group) > 1 and len(group[-1]) > 1]
