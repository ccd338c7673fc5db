"""A column is as wide as it is to be, whatever stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.tui.widgets.columns import MARKER, column, marker
from kdquiz.tui.widgets.prose import plain


@given(st.text("aé漢… "), st.integers(4, 20), st.integers(0, 2))
def test_a_column_has_exactly_its_cells(text: str, cells: int, gap: int) -> None:
    made = column(plain(text), cells, gap)
    assert made.cell_length == cells
    assert made.plain[len(made.plain) - gap :].isspace() or not gap
    if plain(text).cell_length <= cells - gap:
        assert made.plain.startswith(text)


def test_the_cursor_moves_no_text() -> None:
    assert len(marker(True)) == len(marker(False)) == len(MARKER)
