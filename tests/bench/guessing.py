"""What options give away: players who pick by looks alone, against chance, over the shipped questions."""

from collections.abc import Sequence

from tests.bench.measure import Quantity, Say, Table
from tests.content.players import Outcome, outcomes, outcomes_of_several
from tests.content.shipped import entries, packs

TITLE = "Guessing by the looks of the options"


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Measure; see the module."""
    say("reading the shipped questions")
    questions = [entry.question for entry in entries(packs())]
    one = _table("One option is right", "right", outcomes(questions))
    several = _table("Several are right", "picks that are right", outcomes_of_several(questions))
    return [table for table in (one, several) if table.rows]


def _table(title: str, what: str, found: Sequence[Outcome]) -> Table:
    rows = [
        (f"picks {one.player}", Quantity(100 * one.share, "%"), Quantity(100 * one.chance, "%"), f"{one.gain:+.1f}")
        for one in found
    ]
    notes = [f"{found[0].questions} questions; of options that a player likes as much, one is drawn."] if found else []
    return Table(title, ("player", what, "by chance", "points above"), rows, notes)
