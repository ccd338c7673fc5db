"""Home and the ways from it: rows, keys, the palette, help, broken packs, a terminal that is too small."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.message import Message
from textual.screen import ModalScreen

from kdquiz.library.filter import Filter
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.sessions.selection import Wish
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.dialogs.too_small import TooSmallScreen
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import DrillStart, Quiz
from tests.libraries import library_of
from tests.tui.desk import NOON, Desk, SitDown, settled
from tests.tui.examples import CHOICE, FLASHCARD, QUESTIONS, SHORT, library


def review(store: Store, question_id: str, days_ago: float) -> None:
    at = NOON - timedelta(days=days_ago)
    store.record(ReviewLog(card_id=question_id, rating=Rating.EASY, reviewed_at=at, seconds=5.0))


def ended(desk: Desk) -> bool:
    return desk.app._exit


async def test_a_first_run_says_to_press_enter_and_enter_begins(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        assert "Press Enter to begin" in desk.text
        assert "not seen" in desk.text
        assert "4 new · about 3 minutes" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, QuizScreen)


async def test_home_is_up_to_date_when_one_comes_back(sit_down: SitDown) -> None:
    async with sit_down(content=library(FLASHCARD, CHOICE)) as desk:
        await desk.press("t", "space", "4", "q")
        assert isinstance(desk.app.screen, SummaryScreen)
        await desk.press("enter")
        assert isinstance(desk.app.screen, HomeScreen)
        assert "1 of 2" in desk.text
        assert "100 %" in desk.text
        assert "Press Enter to begin" not in desk.text


async def test_a_row_starts_a_quiz_of_its_topic_and_leaving_at_once_comes_back(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("down", "down", "enter")
        (wanted,) = desk.all_heard(messages.QuizWanted)
        assert wanted.wish == Wish(filter=Filter(topics=("temperature",)))
        await desk.press("q")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_key_opens_a_drill_and_its_row_tells_its_state(sit_down: SitDown, store: Store) -> None:
    review(store, "double", 60)
    async with sit_down() as desk:
        assert "due · 10 min" in desk.text
        await desk.press("d")
        assert isinstance(desk.app.screen, DrillScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_with_nothing_due_one_may_practise_all_the_same(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 0)
    async with sit_down(content=library(CHOICE)) as desk:
        assert "nothing is due; next in 8 days" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, ConfirmScreen)
        assert "the next review comes in 8 days" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, QuizScreen)


async def test_broken_packs_are_named_with_file_and_line(sit_down: SitDown) -> None:
    problems = tuple(Problem(Place(Path("pack/topic.yaml"), line, 7), "`ask:` is missing") for line in (3, 9, 27))
    async with sit_down(problems=problems) as desk:
        assert "! 3 problems in 1 content file" in desk.text
        assert "pack/topic.yaml:3:7: `ask:` is missing" in desk.text
        assert "and 1 more: `kdquiz check` lists everything" in desk.text


async def test_help_lists_the_keys_of_the_screen_and_the_ratings(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(CHOICE), size=(80, 40)) as desk:
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, HelpScreen)
        for said in ("a to f, 1 to 6", "Hand in what is chosen", "1 Again", "it comes back in", "Ctrl+P"):
            assert said in desk.text
        assert "Go on with the rating" not in desk.text  # does nothing yet
        await desk.press("escape")
        assert isinstance(desk.app.screen, QuizScreen)


async def test_help_shows_every_key_whole(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(SHORT), size=(80, 40)) as desk:
        await desk.press("f1")
        assert "Ctrl+J, Shift+Enter  New line" in desk.text
    async with sit_down(Quiz(wish=Wish()), content=library(CHOICE), size=(80, 40)) as desk:
        await desk.press("f1")
        assert "n, Ctrl+N" in desk.text
        assert "One option or line down" in desk.text


async def test_the_palette_finds_topics_and_drills(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette)
        names = [command.title for command in desk.app.get_system_commands(desk.app.screen)]
        assert {"Home", "Quiz: Temperature", "Drill: Twice", "Theme", "Quit"} <= set(names)
        await desk.press(*"twice")
        await desk.app.screen.workers.wait_for_complete()
        await desk.press("enter")
        assert isinstance(desk.app.screen, DrillScreen)


async def test_from_a_drill_the_palette_keeps_the_draft_and_goes_on(sit_down: SitDown) -> None:
    async with sit_down(DrillStart(drill_id="double")) as desk:
        await desk.press("f3", "x")
        command = next(c for c in desk.app.get_system_commands(desk.app.screen) if c.title == "Quiz: Temperature")
        await command.callback()
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, QuizScreen)
        assert (desk.store.draft("double") or "").startswith("x")


async def test_a_screen_is_left_once_however_fast_the_keys_come(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("d")
        for _ in range(2):
            desk.app.screen.post_message(messages.Left(desk.app.screen))
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, HomeScreen)
        assert not ended(desk)


@pytest.mark.parametrize("wanted", [messages.QuizWanted(Wish()), messages.DrillWanted("double"), messages.HomeWanted()])
async def test_nothing_is_opened_in_an_app_that_ends(sit_down: SitDown, wanted: Message) -> None:
    async with sit_down() as desk:
        home = desk.app.screen
        home.post_message(messages.Left(home))
        home.post_message(wanted)
        await settled(desk.pilot)
        assert ended(desk)
        assert not isinstance(desk.app.screen, QuizScreen | DrillScreen | HomeScreen)


@pytest.mark.parametrize("over", [("question_mark",), ("ctrl+p",), ("enter",)])
async def test_ctrl_q_quits_from_a_dialog_too(sit_down: SitDown, store: Store, over: tuple[str, ...]) -> None:
    review(store, CHOICE.id, 0)
    async with sit_down(content=library(CHOICE)) as desk:
        await desk.press(*over)
        assert isinstance(desk.app.screen, ModalScreen)
        await desk.press("ctrl+q")
        assert ended(desk)


async def test_ctrl_q_quits_from_a_terminal_that_is_too_small(sit_down: SitDown) -> None:
    async with sit_down(size=(60, 20)) as desk:
        await desk.press("ctrl+q")
        assert ended(desk)


@pytest.mark.parametrize("keys", [("q",), ("ctrl+q",)])
async def test_quitting(sit_down: SitDown, keys: tuple[str, ...]) -> None:
    async with sit_down() as desk:
        await desk.press(*keys)
        assert ended(desk)


async def test_a_quiz_that_was_the_start_ends_the_app_after_its_summary(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(FLASHCARD)) as desk:
        await desk.press("space", "3")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert not ended(desk)
        await desk.press("enter")
        assert ended(desk)


async def test_a_start_with_nothing_to_ask_says_so_and_ends(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 0)
    async with sit_down(Quiz(wish=Wish()), content=library(CHOICE)) as desk:
        assert "Nothing is due" in desk.text
        await desk.press("n")
        assert ended(desk)


async def test_a_wish_that_nothing_fulfils_is_named(sit_down: SitDown) -> None:
    wish = Wish(filter=Filter(topics=("temperature",), kinds=("short", "multi")))
    async with sit_down(Quiz(wish=wish), content=library(CHOICE)) as desk:
        assert "No question has all of this: topic temperature; kind short or multi." in " ".join(
            desk.text.replace("│", "").split()
        )
        await desk.press("n")
        assert ended(desk)


async def test_with_no_content_at_all_the_app_says_so(sit_down: SitDown) -> None:
    async with sit_down(content=library_of()) as desk:
        assert "no questions are loaded" in desk.text
        await desk.press("enter")
        assert "`kdquiz check` tells why" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_small_terminal_is_covered_until_it_is_enlarged(sit_down: SitDown) -> None:
    async with sit_down(size=(60, 20)) as desk:
        assert isinstance(desk.app.screen, TooSmallScreen)
        assert "kdquiz needs 80x24, this terminal is 60x20" in desk.text
        assert "Lesson path" not in desk.text
        await desk.pilot.resize_terminal(70, 22)
        await settled(desk.pilot)
        assert "this terminal is 70x22" in desk.text
        await desk.pilot.resize_terminal(80, 24)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_terminal_that_shrinks_is_covered_at_once(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        for size in ((60, 20), (80, 24), (79, 24)):
            await desk.pilot.resize_terminal(*size)
            await settled(desk.pilot)
            assert isinstance(desk.app.screen, TooSmallScreen) is (size != (80, 24))


async def test_a_small_terminal_may_be_used_as_it_is(sit_down: SitDown) -> None:
    async with sit_down(size=(60, 20)) as desk:
        await desk.press("enter")
        assert isinstance(desk.app.screen, HomeScreen)
        await desk.pilot.resize_terminal(62, 20)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, HomeScreen)


@pytest.mark.parametrize("key", ["pageup", "pagedown", "home", "end", "up", "down"])
async def test_keys_find_no_rows_in_a_terminal_of_a_few_lines(sit_down: SitDown, key: str) -> None:
    async with sit_down(size=(80, 3)) as desk:
        await desk.press("enter", key)
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_chosen_theme_is_kept(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        desk.app.theme = "kdquiz-light"
        await settled(desk.pilot)
    async with sit_down() as desk:
        assert desk.app.theme == "kdquiz-light"


async def test_a_store_that_cannot_be_read_is_told(sit_down: SitDown, store: Store) -> None:
    async with sit_down(content=library(*QUESTIONS)) as desk:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("ALTER TABLE card RENAME TO gone")
            await desk.press("t")
            assert isinstance(desk.app.screen, FaultScreen)
            other.execute("ALTER TABLE gone RENAME TO card")
        await desk.press("y")
        assert isinstance(desk.app.screen, QuizScreen)
