"""Steps by keys and clicks: moved at once, carried, handed in; what is shown after."""

from dataclasses import replace

from kdquiz.library.kinds.order import Order
from kdquiz.marking.model import Ordered, Outcome
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.kinds.order import Area
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.steps import StepRow
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import CHOICE, MARKUP, library
from tests.tui.questions import ORDER

QUIZ = Quiz(wish=Wish())


def quiz(desk: Desk) -> QuizScreen:
    assert isinstance(desk.app.screen, QuizScreen)
    return desk.app.screen


def letters(desk: Desk) -> str:
    """The letters of the steps, from the first place to the last."""
    return "".join("abcdefghi"[step] for step in desk.one(Area).arrangement.steps)


def cursor(desk: Desk) -> str:
    """What the row of the cursor looks like before its text."""
    (line,) = [line for line in desk.text.splitlines() if line.strip()[:1] in ("▸", "↕")]
    return " ".join(line.split()[:3])


async def put_right(desk: Desk) -> None:
    """Move every step to its place by letters and digits."""
    for place in range(len(ORDER.steps)):
        letter = "abcdefghi"[quiz(desk).view.order.index(place)]
        await desk.press(letter, str(place + 1))


KEYS = (
    (("down",), "abcde", "▸ 2. b"),
    (("up",), "abcde", "▸ 5. e"),
    (("j", "j", "k"), "abcde", "▸ 2. b"),
    (("shift+down",), "bacde", "▸ 2. a"),
    (("J", "J", "K"), "bacde", "▸ 2. a"),
    (("up", "shift+up"), "abced", "▸ 4. e"),
    (("shift+up",), "abcde", "▸ 1. a"),
    (("3",), "bcade", "▸ 3. a"),
    (("9",), "abcde", "▸ 1. a"),
    (("c",), "abcde", "▸ 3. c"),
    (("i",), "abcde", "▸ 1. a"),
    (("space",), "abcde", "↕ 1. a"),
    (("space", "down", "down"), "bcade", "↕ 3. a"),
    (("space", "down", "down", "space"), "bcade", "▸ 3. a"),
    (("space", "down", "enter"), "bacde", "▸ 2. a"),
    (("space", "down", "escape"), "abcde", "▸ 1. a"),
    (("space", "up"), "abcde", "↕ 1. a"),
    (("space", "4"), "bcdae", "↕ 4. a"),
    (("space", "down", "c"), "bacde", "▸ 3. c"),
)


async def test_keys_move_the_cursor_and_the_steps(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        area = desk.one(Area)
        untouched = area.arrangement
        for keys, order, at in KEYS:
            area.arrangement = untouched
            area.action_find(0)
            await desk.press(*keys)
            assert (letters(desk), cursor(desk)) == (order, at), keys
            assert quiz(desk).view.phase is Phase.ASKING


async def test_a_held_step_changes_what_enter_and_escape_are_said_to_do(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        assert "Enter Submit  Space Pick up" in desk.text
        await desk.press("space")
        assert "Enter Put down  Esc Put back" in desk.text
        assert "? Help" in desk.text
        await desk.press("space")
        assert "Enter Submit  Space Pick up" in desk.text


async def test_the_right_order_is_right(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        await put_right(desk)
        await desk.press("enter")
        assert "✓ Right" in desk.text
        assert "The right order" not in desk.text
        assert "✓ 1." in desk.text
        assert "Explanation" in desk.text
        (responded,) = desk.all_heard(messages.Responded)
        assert responded.response == Ordered((0, 1, 2, 3, 4))


async def test_a_wrong_order_says_where_steps_belong_and_shows_the_right_one(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER), size=(80, 40)) as desk:
        await put_right(desk)
        await desk.press("5", "enter")  # the last step is at the cursor; it stays
        assert "✓ Right" in desk.text
        await desk.press("u")
        await put_right(desk)
        await desk.press("1", "enter")
        assert "Step of the student's optimiser  · belongs at 5" in desk.text
        assert desk.text.count("belongs at") == 1
        assert "Moving the steps marked ✗ alone would put all of them in order." in desk.text
        assert "The right order" in desk.text
        assert "◐ Partly right" in desk.text
        await desk.press("q")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "1 of 5 steps not in order" in desk.text


async def test_not_knowing_shows_the_right_order_alone(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        await desk.press("n")
        view = quiz(desk).view
        assert view.response == Ordered(())
        assert view.mark is not None
        assert view.mark.outcome is Outcome.WRONG
        assert "The right order" in desk.text
        assert "belongs at" not in desk.text
        assert len(desk.app.screen.query(StepRow)) == 0


async def test_an_order_that_was_not_touched_is_asked_about_once(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        await desk.press("enter")
        assert "Nothing is moved yet" in desk.text
        assert quiz(desk).view.phase is Phase.ASKING
        await desk.press("down")
        assert "Nothing is moved yet" not in desk.text
        await desk.press("enter", "enter")
        assert quiz(desk).view.phase is Phase.REVEALED


async def test_clicks_pick_a_step_up_and_put_it_down(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        rows = desk.app.screen.query(StepRow)
        await desk.pilot.click(rows[3])
        await settled(desk.pilot)
        assert cursor(desk) == "↕ 4. d"
        await desk.pilot.click(rows[0])
        await settled(desk.pilot)
        assert letters(desk) == "dabce"
        assert cursor(desk) == "▸ 1. d"
        await desk.press("enter")
        await desk.pilot.click(rows[1])
        await settled(desk.pilot)
        assert not desk.one(Area).arrangement.held


async def test_after_the_answer_the_keys_are_the_ratings(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER, CHOICE)) as desk:
        await desk.press("2", "enter", "J", "a", "3")
        assert quiz(desk).view.number == 2


async def test_undo_asks_again_in_the_order_shown_at_first(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        shown = quiz(desk).view.order
        await desk.press("3", "enter", "u")
        assert quiz(desk).view.phase is Phase.ASKING
        assert quiz(desk).view.order == shown
        assert letters(desk) == "abcde"


async def test_an_order_half_made_is_asked_about(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, ORDER, replace(CHOICE, id="another"))) as desk:
        await desk.press("a", "enter", "4", "2")
        for key in ("q", "escape", "s", "n", "u"):
            await desk.press(key)
            assert isinstance(desk.app.screen, ConfirmScreen), key
            await desk.press("enter")
            assert letters(desk) == "bacde"
        await desk.press("1", "u")  # nothing would be lost
        assert quiz(desk).view.number == 1


async def test_the_keys_are_explained(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, HelpScreen)
        assert "Space or a click picks a step up" in desk.text
        assert "Shift+↑, K" in desk.text
        assert "Shift+↓, J" in desk.text


async def test_long_steps_wrap_and_markup_stands_as_written(sit_down: SitDown) -> None:
    long = "A step that says much " * 8 + "to its end"
    steps = (MARKUP, "`[x]` \\ y", long, *(f"Step {number}" for number in range(6)))
    nine: Order = replace(ORDER, steps=steps, answer=None)
    async with sit_down(QUIZ, content=library(nine)) as desk:
        assert MARKUP in desk.text
        assert "[x] \\ y" in desk.text
        assert "to its end" in desk.text
        await desk.press("up", "shift+up", "enter")
        assert quiz(desk).view.phase is Phase.REVEALED


async def test_help_names_home_and_end_where_they_do_something(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(ORDER)) as desk:
        await desk.press("question_mark")
        assert "To the beginning" not in desk.text
    longer = replace(ORDER, steps=tuple(f"{step} " * 300 for step in "stuvw"))
    async with sit_down(QUIZ, content=library(longer)) as desk:
        await desk.press("question_mark")
        assert "To the beginning" in desk.text
