"""Ids of which there are a hundred thousand: read as one text, and compared in runs."""

from hypothesis import given
from hypothesis import strategies as st

from kdquiz.memory import learner
from kdquiz.memory.learner import Ids, absent


def test_ids_of_one_text_are_a_set() -> None:
    ids = Ids("c\na\nb", "\n")
    assert list(ids) == ["a", "b", "c"]
    assert not ids.__contains__(5)
    assert "b" in ids
    assert "d" not in ids
    assert len(ids) == 3
    assert sorted(ids | {"d"}) == ["a", "b", "c", "d"]
    assert len(Ids("", "\n")) == 0


names = st.text("abc", min_size=1, max_size=4)


@given(st.frozensets(names), st.frozensets(names), st.integers(1, 4))
def test_what_is_absent_is_the_difference(one: frozenset[str], other: frozenset[str], run: int) -> None:
    before, learner.RUN = learner.RUN, run
    try:
        assert absent(sorted(one), other) == sorted(one - other)
        assert absent(sorted(one), Ids("\n".join(other), "\n")) == sorted(one - other)
    finally:
        learner.RUN = before
    assert absent(sorted(one), one) == []
