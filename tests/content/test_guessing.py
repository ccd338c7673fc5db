"""Options do not give themselves away: somebody who knows nothing of the subject is right no more often than chance."""

import pytest

from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.options import Option
from tests.content.players import Outcome, outcomes, outcomes_of_several
from tests.content.shipped import entries, packs

MOST_POINTS = 5.0
"""By how much a player may beat chance, over all questions."""


def test_picking_by_looks_does_not_pay() -> None:
    questions = [entry.question for entry in entries(packs())]
    found = [*outcomes(questions), *outcomes_of_several(questions)]
    assert found
    assert [told(one) for one in found if one.gain > MOST_POINTS] == []


def told(found: Outcome) -> str:
    return f"who picks {found.player} is right in {found.share:.1%} of {found.questions}, by chance {found.chance:.1%}"


def options(*texts: str) -> tuple[Option, ...]:
    """Those that end in `!` are right."""
    return tuple(Option(right=one) if one.endswith("!") else Option(wrong=one, because="No.") for one in texts)


def test_a_player_is_told_from_chance() -> None:
    asked = Choice(
        id="a", kind="choice", source="s", ask="What?", options=options("The longest of all!", "A", "B", "C")
    )
    found = {one.player: one for one in outcomes([asked])}
    assert (found["the longest"].share, found["the longest"].chance, found["the longest"].gain) == (1.0, 0.25, 75.0)
    assert found["the shortest"].share == 0.0
    assert found["the most hedged"].share == 0.25  # nothing is hedged: lots are drawn


def test_the_longer_half_of_several() -> None:
    asked = Multi(
        id="a", kind="multi", source="s", ask="What?", options=options("aaaaaa!", "bbbb!", "ccccc", "dd", "e")
    )
    (found,) = outcomes_of_several([asked])
    assert found.share == pytest.approx(0.75)  # the longest, and one of two that are as long
    assert found.chance == pytest.approx(0.4)
