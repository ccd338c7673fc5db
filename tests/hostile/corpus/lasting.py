"""What the rows share that change something for a whole process and leave it so. Imports `saying`; no rows."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import IMPORTS, said
from tests.hostile.row import Row, tried


def right(name: str, aim: str, attack: str, outcome: str = "True", *, inside: bool = False) -> Row:
    """A right answer that first changes something, and says what came of it."""
    return Row(
        name=f"global-{name}",
        aim=aim,
        source=IMPORTS + tried(attack, inside=inside),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all 10 cases", rf"\| OUTCOME did it: {outcome}"),
    )


def wrong(name: str, aim: str, attack: str, *reason: str) -> Row:
    """An answer that is wrong because of what it has changed."""
    return Row(
        name=f"global-{name}",
        aim=aim,
        source=IMPORTS + tried(attack),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(*reason, r"\| OUTCOME did it: "),
    )
