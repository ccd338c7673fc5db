"""What the rows share that search for the answer and then give a wrong one. Imports `saying`; no rows."""

from kdquiz.grading.report import Limits, Verdict
from tests.hostile.corpus.saying import cheated, said
from tests.hostile.row import QUICK, Row

ZERO = r"The value is wrong: expected -?[\d.e-]+, got -?0 "
REFUSED = r"PermissionError 13"
LONG = Limits(cpu_seconds=3, wall_seconds=8.0)
"""A search through hundreds of megabytes takes a while on a busy machine."""


def search(name: str, aim: str, attack: str, outcome: str, *, inside: bool = False, limits: Limits = QUICK) -> Row:
    """A wrong answer that first searches; the outcome as it is printed."""
    return Row(
        name=f"cheat-{name}",
        aim=aim,
        source=cheated(attack, inside=inside),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(ZERO, rf"\| OUTCOME {outcome}"),
        limits=limits,
    )
