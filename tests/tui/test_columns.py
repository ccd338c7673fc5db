"""A column is as wide as it is to be, whatever stands in it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.authoring.texts import TITLE
from kdquiz.exchange import plan_text
from kdquiz.exchange.outlook import Chances, Prospect
from kdquiz.memory.forecast import Chance
from kdquiz.tui.overview import DrillRow, DrillState, TopicRow
from kdquiz.tui.widgets import rows
from kdquiz.tui.widgets.chance_table import chance_table
from kdquiz.tui.widgets.columns import MARKER, column, marker
from kdquiz.tui.widgets.prose import plain
from tests.tui.desk import NOON

HOME_AT_80, PLAN_AT_80 = 71, 73
"""Cells of a row at 80 columns, on the home screen and in the plan."""


@given(st.text("aé漢… "), st.integers(4, 20), st.integers(0, 2))
def test_a_column_has_exactly_its_cells(text: str, cells: int, gap: int) -> None:
    made = column(plain(text), cells, gap)
    assert made.cell_length == cells
    assert made.plain[len(made.plain) - gap :].isspace() or not gap
    if plain(text).cell_length <= cells - gap:
        assert made.plain.startswith(text)


def test_the_cursor_moves_no_text() -> None:
    assert len(marker(True)) == len(marker(False)) == len(MARKER)


@pytest.mark.parametrize("row", ["topic", "drill", "plan", "text"])
def test_a_title_as_wide_as_the_checker_allows_is_shown_whole_at_80_columns(row: str) -> None:
    title = "T" * TITLE
    now, all_of_it = Chance(total=100, seen=100, recalled=50), Chance(total=100, seen=100, recalled=100)
    half = Chances(now=now, untouched=now, planned=all_of_it)
    prospect = Prospect(whole=half, topics={title: half})
    if row == "topic":
        seen = TopicRow(id="t", title=title, seen=100, total=100, recall=1.0)
        drawn = rows.topic(seen, None, None, False, HOME_AT_80, True).plain
    elif row == "drill":
        new = DrillRow(id="d", title=title, level="core", minutes=15, state=DrillState.NEW)
        drawn = rows.drill(new, NOON, HOME_AT_80, True).plain
    elif row == "plan":
        drawn = chance_table(prospect, PLAN_AT_80).plain
        assert all(len(line) <= PLAN_AT_80 for line in drawn.splitlines())
    else:
        (drawn,) = plan_text.topic_lines(prospect)
        assert len(drawn) <= 80
    assert title in drawn
    assert "100 " in drawn or row == "drill"


def test_what_is_known_of_a_drill_leaves_its_title_whole() -> None:
    back = NOON + timedelta(days=40)
    for state in DrillState:
        row = DrillRow(id="d", title="T" * TITLE, level="core", minutes=15, state=state, solved_at=NOON, due=back)
        assert "T" * TITLE in rows.drill(row, NOON, HOME_AT_80, True).plain
