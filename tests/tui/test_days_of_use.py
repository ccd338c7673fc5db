"""What a learner meets after days of use: what was put aside, what is due again, what the clock did."""

from datetime import date

import pytest
from textual.geometry import Region

from kdquiz.memory.goal import Goal
from kdquiz.memory.model import Standing
from kdquiz.sessions.selection import Wish
from kdquiz.store.store import Store
from kdquiz.tui.kinds.short import AnswerBox
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.start import Quiz
from tests.tui.desk import SitDown
from tests.tui.examples import FLASHCARD, SHORT, library


async def test_a_suspended_drill_is_opened_by_the_key_for_drills_all_the_same(sit_down: SitDown, store: Store) -> None:
    store.stand("double", Standing(suspended=True))
    async with sit_down() as desk:
        await desk.press("d")
        assert isinstance(desk.app.screen, DrillScreen)


@pytest.mark.parametrize("kept", [Goal(), Goal(interview=date(2026, 12, 24))])
async def test_the_day_beside_a_date_is_that_of_the_date_while_another_line_is_wrong(
    sit_down: SitDown, store: Store, kept: Goal
) -> None:
    for setting in kept.as_settings().items():
        store.set_setting(*setting)
    async with sit_down() as desk:
        await desk.press("p", "x", *"2026-12-5", "down", "backspace", "backspace")
        assert "'' cannot be the minutes" in desk.text
        assert "Saturday, in 11 days" in desk.text


async def test_a_box_that_is_gone_may_still_be_drawn_below_a_dialog(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(SHORT, FLASHCARD)) as desk:
        box = desk.one(AnswerBox)
        await box.remove()
        assert len(box.render_lines(Region(0, 0, 9, 2))) == 2
