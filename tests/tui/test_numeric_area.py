"""A number by keys: what is said before, what is taken, what cannot be read, what is shown after."""

from dataclasses import replace

import pytest

from kdquiz.library.kinds.numeric import Numeric, Slip
from kdquiz.marking.model import Outcome
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.answer_line import LONGEST, AnswerLine
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import CHOICE, MARKUP, library
from tests.tui.questions import NUMERIC

QUIZ = Quiz(wish=Wish())
IN_NATS: Numeric = replace(
    NUMERIC, ask=f"How far? {MARKUP}", draw={}, value=2, within="2 %", unit="nats", answer="", slips=()
)


def quiz(desk: Desk) -> QuizScreen:
    assert isinstance(desk.app.screen, QuizScreen)
    return desk.app.screen


async def test_the_tolerance_and_the_unit_are_said_before_the_answer(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        assert "A teacher's logits are [4, 0, 0]. At T = 2" in desk.text
        assert "Give it to within 0.005." in desk.text
    async with sit_down(QUIZ, content=library(IN_NATS)) as desk:
        assert "Give it to within 2 %." in desk.text
        assert desk.text.splitlines()[6].rstrip().endswith("nats")
        assert MARKUP in desk.text


async def test_a_right_number_is_told_as_such(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.paste("0.787")
        await desk.press("enter")
        assert "✓ 0.787" in desk.text
        assert "✓ Right" in desk.text
        assert "You did this" not in desk.text
        assert "softmax([2, 0, 0])[0] is 0.787." in desk.text


async def test_a_slip_is_recognised_and_named_again_at_the_end(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.paste(" 0.965\n")
        await desk.press("enter")
        assert "✗ 0.965" in desk.text
        assert "You did this: That is T = 1; divide the logits by T first." in desk.text
        assert "✗ Wrong" in desk.text
        await desk.press("q")
        assert "✗ That is T = 1; divide the logits by T first." in desk.text
        assert "What else was wrong" not in desk.text


async def test_a_wrong_number_without_a_slip_says_how_far_it_is_off(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.press(*"0.5", "enter")
        view = quiz(desk).view
        assert view.mark is not None
        assert view.mark.number is not None
        assert view.mark.outcome is Outcome.WRONG
        assert view.mark.number.told.split(". ")[0] in desk.text
        assert "You did this" not in desk.text
        await desk.press("q")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "What else was wrong" in desk.text
        assert "A teacher's logits are [4, 0, 0]." in desk.text


async def test_what_cannot_be_read_is_not_counted_and_can_be_mended(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.paste(f"{MARKUP} lots")
        await desk.press("enter")
        assert quiz(desk).view.phase is Phase.ASKING
        assert desk.store.reviews() == []
        assert "cannot be read" in desk.text
        assert desk.one(AnswerLine).value == f"{MARKUP} lots"
        assert f"{MARKUP} lots" in desk.text
        await desk.press("home", *"0.787", "enter")  # still not a number
        assert quiz(desk).view.phase is Phase.ASKING
        await desk.press("end", "ctrl+u", *"0.787", "enter")
        assert "✓ Right" in desk.text
        assert len(desk.store.reviews()) == 1


async def test_what_cannot_be_read_is_told_below_a_long_question_too(sit_down: SitDown) -> None:
    asked = replace(IN_NATS, ask="\n\n".join(f"Paragraph {number}." for number in range(20)))
    async with sit_down(QUIZ, content=library(asked)) as desk:
        await desk.press(*"lots", "enter")
        assert "'lots' cannot be read" in desk.text
        assert "Your number  lots" in desk.text
        await desk.press("pagedown", "pagedown", "pagedown")
        assert "Paragraph 19." in desk.text
        assert "Your number  lots" in desk.text


async def test_enter_on_an_empty_line_hands_nothing_in(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.press("enter", "space", "enter")
        assert quiz(desk).view.phase is Phase.ASKING
        assert "press Ctrl+N if you don't know" in desk.text
        assert desk.all_heard(messages.Responded) == []


async def test_not_knowing_shows_the_value(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.press("ctrl+n")
        assert "✗ (nothing)" in desk.text
        assert "0.787" in desk.text
        assert [log.share for log in desk.store.reviews()] == [0.0]


async def test_printable_keys_are_typed_and_the_key_bar_names_the_others(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC, CHOICE)) as desk:
        await desk.press(*"nsuq?kj1 ")
        assert desk.one(AnswerLine).value == "nsuq?kj1 "
        bar = desk.text.splitlines()[-1]
        assert all(key in bar for key in ("Enter Submit", "Ctrl+N Don't know", "Ctrl+S Skip", "Esc Back", "F1 Help"))
        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpScreen)
        assert "Type the number as you would write it" in desk.text
        assert "One option or line" not in desk.text


async def test_undo_asks_again_with_an_empty_line(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, NUMERIC)) as desk:
        await desk.press("a", "enter", "space", *"0.5", "enter", "u")
        assert quiz(desk).view.phase is Phase.ASKING
        assert desk.one(AnswerLine).value == ""
        assert "Ctrl+U Undo" in desk.text
        await desk.press("1")
        assert "Ctrl+U" not in desk.text
        await desk.press("ctrl+u")  # deletes what is typed
        assert quiz(desk).view.number == 2
        await desk.press("ctrl+u")
        assert quiz(desk).view.number == 1


@pytest.mark.parametrize("key", ["escape", "ctrl+s", "ctrl+n"])
async def test_a_number_half_typed_is_asked_about(sit_down: SitDown, key: str) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC, CHOICE)) as desk:
        await desk.press("0", key)
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("enter", *".787", "enter")
        assert "✓ 0.787" in desk.text


async def test_a_click_beside_the_line_takes_no_key_away(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.pilot.click("#question")
        await settled(desk.pilot)
        await desk.press("1")
        assert desk.one(AnswerLine).value == "1"


async def test_a_paste_is_one_line_that_steers_nothing(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(NUMERIC)) as desk:
        await desk.paste("\x1b[2J 0.7\r\n\t1\x07" + "2" * 1000)
        value = desk.one(AnswerLine).value
        assert value.startswith("\N{REPLACEMENT CHARACTER}[2J 0.7 1\N{REPLACEMENT CHARACTER}2")
        assert len(value) == LONGEST
        assert value.isprintable()


async def test_texts_of_a_pack_are_no_markup(sit_down: SitDown) -> None:
    slips = (Slip(value=1, because=MARKUP),)
    async with sit_down(QUIZ, content=library(replace(IN_NATS, unit="[/]", slips=slips, answer=MARKUP))) as desk:
        assert "[/]" in desk.text
        await desk.press("1", "enter")
        assert f"You did this: {MARKUP}" in desk.text
