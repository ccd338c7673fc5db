"""Blanks by keys: going among them, handing in, what is shown after."""

from dataclasses import replace

import pytest
from textual.content import Content

from kdquiz.library.kinds.cloze import Cloze
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.answer_line import AnswerLine
from kdquiz.tui.widgets.gap import beginning, ending
from tests.tui.desk import Desk, SitDown
from tests.tui.examples import CHOICE, MARKUP, library
from tests.tui.questions import CLOZE

QUIZ = Quiz(wish=Wish())
ONE: Cloze = replace(CLOZE, text="{{Dark}} knowledge.", answer=None)


def quiz(desk: Desk) -> QuizScreen:
    assert isinstance(desk.app.screen, QuizScreen)
    return desk.app.screen


def focused(desk: Desk) -> int:
    """The number of the blank that has the keys."""
    line = desk.app.screen.focused
    assert isinstance(line, AnswerLine)
    return line.place + 1


def values(desk: Desk) -> list[str]:
    return [line.value for line in desk.app.screen.query(AnswerLine)]


async def test_every_blank_stands_in_a_bit_of_its_text(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        lines = desk.text.splitlines()
        first, second, third = (
            next(line for line in lines if line.strip().startswith(sign)) for sign in ("▸ 1", "2", "3")
        )
        assert "is applied to" in first
        assert "in training and is" in first
        assert "in training and is" in second
        assert "at inference" in second
        assert "on the logits of" in third
        assert "applied to [1: ....] in training and is [2: ....]" in desk.text


async def test_enter_goes_on_and_hands_in_at_the_last(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        assert "Enter Next" in desk.text
        await desk.paste("both networks")
        await desk.press("enter")
        assert focused(desk) == 2
        await desk.paste("one")
        await desk.press("enter")
        await desk.paste("the student")
        assert "Enter Submit" in desk.text
        await desk.press("enter")
        assert "✓ Right" in desk.text
        assert "✓ 1  both networks" in desk.text
        assert "also both, teacher and student" in desk.text
        assert "Only the student is deployed." in desk.text
        (log,) = desk.store.reviews()
        assert '"blanks": ["both networks", "one", "the student"]' in log.response


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (("tab",), 2),
        (("down", "down"), 3),
        (("tab", "tab", "tab"), 1),
        (("shift+tab",), 3),
        (("down", "up"), 1),
        (("up", "shift+tab"), 2),
    ],
)
async def test_tab_and_arrows_go_among_the_blanks(sit_down: SitDown, keys: tuple[str, ...], number: int) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.press(*keys, "x")
        assert focused(desk) == number
        assert [bool(value) for value in values(desk)] == [place == number for place in (1, 2, 3)]
        assert any(line.strip().startswith(f"▸ {number}") for line in desk.text.splitlines())


async def test_empty_blanks_are_named_and_handed_in_at_the_second_enter(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.press("enter", *"1", "enter", "enter")
        assert "Blanks 1 and 3 are empty. Press Enter again" in desk.text
        assert desk.all_heard(messages.Responded) == []
        await desk.press("t")  # writing on, it is said again before anything is handed in
        assert "are empty" not in desk.text
        await desk.press("enter")
        assert "Blank 1 is empty." in desk.text
        await desk.press("enter")
        assert "◐ Partly right" in desk.text
        assert "✗ 1  left open; it is both  ·  also both networks, teacher and student" in desk.text
        assert "✓ 2  1" in desk.text
        assert "✗ 3  you wrote “t”; it is the student" in desk.text
        assert "applied to both in training and is 1 at inference, where" in desk.text


async def test_what_was_wrong_is_told_at_the_end(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.paste(MARKUP)
        await desk.press("enter", "1", "enter", "enter", "enter", "q")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "What else was wrong" in desk.text
        assert f"Blank 1: you wrote “{MARKUP}”; it is both" in desk.text
        assert "Blank 3: left open; it is the student" in desk.text
        assert "Blank 2" not in desk.text


async def test_not_knowing_is_one_key_even_when_something_is_typed(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.press("ctrl+n")
        assert "✗ Wrong" in desk.text
        assert "✗ 2  left open; it is 1" in desk.text


async def test_ctrl_u_undoes_only_while_every_blank_is_empty(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, CLOZE)) as desk:
        await desk.press("a", "enter", "space", "x", "tab")
        assert "Ctrl+U" not in desk.text
        await desk.press("ctrl+u")
        assert quiz(desk).view.number == 2
        assert values(desk) == ["x", "", ""]
        await desk.press("up", "ctrl+u")
        assert "Ctrl+U Undo" in desk.text
        await desk.press("ctrl+u")
        assert quiz(desk).view.number == 1


async def test_undo_asks_again_with_empty_blanks(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ONE)) as desk:
        await desk.press(*"dark", "enter", "u")
        assert quiz(desk).view.phase is Phase.ASKING
        assert values(desk) == [""]
        assert focused(desk) == 1


@pytest.mark.parametrize("key", ["escape", "ctrl+s", "ctrl+n"])
async def test_blanks_half_filled_are_asked_about(sit_down: SitDown, key: str) -> None:
    async with sit_down(QUIZ, content=library(CLOZE, CHOICE)) as desk:
        await desk.press("tab", "1", key)
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("enter")
        assert values(desk) == ["", "1", ""]
        assert focused(desk) == 2


async def test_a_click_goes_to_a_blank(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.pilot.click(desk.app.screen.query(AnswerLine)[2])
        await desk.press("x")
        assert values(desk) == ["", "", "x"]


async def test_the_keys_are_explained(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CLOZE)) as desk:
        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpScreen)
        assert "Enter or Tab goes to the next one" in desk.text
        assert "Go to the next blank" in desk.text
        assert "Go to the one before" in desk.text


async def test_as_many_blanks_as_there_may_be_are_in_sight(sit_down: SitDown) -> None:
    many = replace(CLOZE, text="\n\n".join(f"Paragraph {number} says {{{{x}}}}." for number in range(12)))
    async with sit_down(QUIZ, content=library(many)) as desk:
        await desk.press("up", "y")
        assert focused(desk) == 12
        assert "▸ 12" in desk.text
        assert "Paragraph 11 says  y" in desk.text


async def test_markup_between_blanks_stands_as_written(sit_down: SitDown) -> None:
    text = f"{MARKUP} \\\\ {{{{[a] | `b`}}}}(http://x) `{MARKUP}` and {{{{c}}}}\n- item {{{{d}}}} of\n- others"
    async with sit_down(QUIZ, content=library(replace(CLOZE, text=text, answer=MARKUP))) as desk:
        assert MARKUP in desk.text
        assert "(http://x)" in desk.text
        third = next(line for line in desk.text.splitlines() if line.strip().startswith("3"))
        assert "item" in third
        assert "and" not in third
        assert "others" not in third
        await desk.paste(MARKUP)
        assert MARKUP in desk.text
        await desk.press("enter", "c", "tab", "d", "enter")
        assert f"✗ 1  you wrote “{MARKUP}”; it is [a]  ·  also b" in desk.text


@pytest.mark.parametrize(("width", "shown"), [(0, ""), (1, "…"), (2, "…"), (3, "…熱"), (4, "…熱"), (9, "…to 熱")])
def test_the_end_of_a_text_fits(width: int, shown: str) -> None:
    text = ending(Content("applied to 熱"), width)
    assert text.plain == shown
    assert text.cell_length <= width


@pytest.mark.parametrize(
    ("width", "kept"), [(40, "of the networks it is"), (20, "…the networks it is"), (13, "…it is")]
)
def test_the_end_of_a_text_begins_with_a_whole_word_where_one_is_near(width: int, kept: str) -> None:
    assert ending(Content("of the networks it is"), width).plain == kept


def test_the_beginning_of_a_text_ends_with_a_whole_word() -> None:
    assert beginning(Content("inputs, and the student's"), 20).plain == "inputs, and the…"
    assert beginning(Content("inputs, and"), 20).plain == "inputs, and"
    assert beginning(Content("incomprehensibilities"), 10).plain == "incompreh…"
