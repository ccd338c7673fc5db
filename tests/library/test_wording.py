"""Counts and lists of words as messages say them."""

import pytest

from kdquiz.library.wording import counted, listed, some_of


@pytest.mark.parametrize(
    ("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), ((1, 2, 4), "1, 2 and 4")]
)
def test_a_list_is_said_in_one_breath(words: tuple[object, ...], said: str) -> None:
    assert listed(words) == listed(iter(words)) == said
    assert listed(words, "or") == said.replace("and", "or")


def test_one_and_several_are_counted() -> None:
    assert [counted(count, "blank") for count in (0, 1, 2)] == ["0 blanks", "1 blank", "2 blanks"]
    assert counted(2, "entry", "entries") == "2 entries"
    assert [some_of(numbers, "point") for numbers in ([], [3], [1, 2, 4])] == [
        "no point",
        "point 3",
        "points 1, 2 and 4",
    ]
