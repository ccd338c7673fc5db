"""A prediction is chosen as an option is; what the experiment shows is told, and not claimed to have run."""

from dataclasses import replace

from kdquiz.sessions.selection import Wish
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.start import Quiz
from tests.tui.desk import Desk, SitDown
from tests.tui.examples import library
from tests.tui.questions import PREDICT

QUIZ = Quiz(wish=Wish())


def letter_of(desk: Desk, position: int) -> str:
    assert isinstance(desk.app.screen, QuizScreen)
    return "abcdef"[desk.app.screen.view.order.index(position)]


async def test_a_wrong_prediction_names_its_misconception_and_what_the_experiment_shows(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(PREDICT)) as desk:
        assert "Predict what it shows." in desk.text
        await desk.press(letter_of(desk, 1), "enter")
        assert "✗ Wrong" in desk.text
        assert "You chose this. That is what a temperature below 1 does." in desk.text
        assert "What the experiment shows (told, not run here)" in desk.text
        assert "The entropy rises from 0.3 to 1.9 nats." in desk.text
        assert "Model answer" not in desk.text


async def test_a_right_prediction_by_arrows(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(PREDICT)) as desk:
        await desk.press(*["down"] * (1 + "abc".index(letter_of(desk, 0))), "enter")
        assert "✓ Right" in desk.text


async def test_no_lines_are_lost_around_code(sit_down: SitDown) -> None:
    code = replace(PREDICT, ask="What does it print?\n\n```python\nx = 1\nprint(x)\n```")
    async with sit_down(QUIZ, content=library(code)) as desk:
        lines = [line.strip() for line in desk.text.splitlines()]
        first = lines.index("x = 1")
        assert lines[first - 2 : first] == ["What does it print?", ""]
        assert lines[first + 1 : first + 3] == ["print(x)", ""]
        assert lines[first + 3]
