"""What a typed line means, kind by kind."""

import pytest

from kdquiz.marking import read_line
from kdquiz.marking.model import Chosen, Recalled, Response, Typed
from tests.sessions.examples import choice, flashcard, multi, short

ORDER = (2, 0, 1)
"""As shown: a is authored option 2, b is 0, c is 1."""


@pytest.mark.parametrize(
    ("line", "chosen"),
    [("a", {2}), ("B", {0}), ("3", {1}), (" c. ", {1}), ("", set())],
)
def test_one_option(line: str, chosen: set[int]) -> None:
    assert read_line(choice(), ORDER, line) == Chosen(frozenset(chosen))


@pytest.mark.parametrize(
    ("line", "chosen"), [("a c", {2, 1}), ("a, c", {2, 1}), ("ac", {2, 1}), ("1 3", {2, 1}), ("b b", {0})]
)
def test_several_options(line: str, chosen: set[int]) -> None:
    assert read_line(multi(), ORDER, line) == Chosen(frozenset(chosen))


@pytest.mark.parametrize("line", ["d", "4", "0", "x", "²", "just right"])
def test_what_is_no_option_is_said(line: str) -> None:
    with pytest.raises(ValueError, match=r"There is no option '.': the options are a, b, c\."):
        read_line(choice(), ORDER, line)


def test_a_choice_is_one_option() -> None:
    with pytest.raises(ValueError, match="Choose one option"):
        read_line(choice(), ORDER, "a b")


@pytest.mark.parametrize(("question", "response"), [(flashcard(), Recalled()), (short(), Typed("peaked"))])
def test_words(question: object, response: Response) -> None:
    assert read_line(question, (), "peaked") == response  # type: ignore[arg-type]  # two kinds in one table
