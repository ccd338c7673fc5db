"""Steps being put in order, as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kdquiz.tui.widgets.arrangement import Arrangement

FOUR = Arrangement((0, 1, 2, 3), cursor=1)


def test_the_cursor_goes_around_the_ends_and_moves_nothing() -> None:
    assert FOUR.go(-1).go(-1) == Arrangement((0, 1, 2, 3), cursor=3)
    assert FOUR.go(3).cursor == 0


@pytest.mark.parametrize(
    ("place", "steps"),
    [(0, (1, 0, 2, 3)), (1, (0, 1, 2, 3)), (3, (0, 2, 3, 1)), (-1, (1, 0, 2, 3)), (9, (0, 2, 3, 1))],
)
def test_a_step_goes_to_a_place_and_the_others_close_up(place: int, steps: tuple[int, ...]) -> None:
    put = FOUR.put(place)
    assert put.steps == steps
    assert put.steps[put.cursor] == 1


def test_a_held_step_is_carried_to_the_ends_and_no_further() -> None:
    held = FOUR.pick_up()
    assert held.go(1).go(1).go(1) == Arrangement((0, 2, 3, 1), cursor=3, held=True)
    assert held.go(-1).put_down() == Arrangement((1, 0, 2, 3), cursor=0)


@given(st.lists(st.sampled_from(["go", "put", "go_to"]).flatmap(lambda do: st.tuples(st.just(do), st.integers(0, 4)))))
def test_no_step_is_lost(done: list[tuple[str, int]]) -> None:
    arrangement = Arrangement(tuple(range(5)))
    for do, place in done:
        arrangement = getattr(arrangement.pick_up() if place % 2 else arrangement.put_down(), do)(place)
        assert sorted(arrangement.steps) == list(range(5))
        assert 0 <= arrangement.cursor < 5
