"""Browse: the list and its cursor, search, filters, the answer, practising."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from kdquiz.library.filter import EVERYTHING, Filter
from kdquiz.library.library import Library
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating, Standing
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.browsing import PAGE, Asked
from kdquiz.tui.dialogs.chooser import Chooser
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.screens.browse import BrowseScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.widgets.line_list import LineList
from kdquiz.tui.widgets.search_line import SearchLine
from tests.libraries import library_of
from tests.tui.browsing import at_cursor, choose, list_of, review, screen, search, until
from tests.tui.desk import NOON, SitDown, settled
from tests.tui.examples import CHOICE, FLASHCARD, MARKUP, MULTI, QUESTIONS, SHORT, library

ROWS = 20_000
TODAY = Calendar().day(NOON)


# ---- the ways there and back -------------------------------------------------------------------------------


async def test_a_key_on_home_leads_there_and_back(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        assert "b Browse" in desk.text
        for back in ("q", "escape"):
            await desk.press("b")
            assert "4 questions" in desk.text.splitlines()[1]
            await desk.press(back)
            assert isinstance(desk.app.screen, HomeScreen)


async def test_a_slash_on_home_searches_at_once(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("slash", *"dark")
        await until(desk, lambda: "1 of 4 questions" in desk.text)
        assert "What is dark knowledge?" in at_cursor(desk)


async def test_keys_typed_while_a_screen_opens_do_not_open_another_one(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        for key in ("slash", "d", "t"):
            desk.app.simulate_key(key)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, BrowseScreen)
        assert not desk.all_heard(messages.DrillWanted)
        await desk.press("escape", "q")
        assert isinstance(desk.app.screen, HomeScreen)
        await desk.press("d")
        assert desk.all_heard(messages.DrillWanted)


async def test_the_palette_leads_there_from_anywhere(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("d")
        command = next(c for c in desk.app.get_system_commands(desk.app.screen) if c.title == "Browse")
        await command.callback()
        await settled(desk.pilot)
        first = screen(desk)
        await command.callback()
        await settled(desk.pilot)
        assert screen(desk) is first
        await desk.press("q")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_help_names_the_keys(sit_down: SitDown) -> None:
    async with sit_down(size=(80, 50)) as desk:
        await desk.press("b", "question_mark")
        assert isinstance(desk.app.screen, HelpScreen)
        for said in ("One topic alone", "Search ids, texts and answers", "Space, Enter", "in your own editor", "PgDn"):
            assert said in desk.text, said


# ---- the list ----------------------------------------------------------------------------------------------


async def test_a_row_says_what_a_question_is_and_where_the_learner_stands(sit_down: SitDown, store: Store) -> None:
    review(store, CHOICE.id, 60)
    review(store, MULTI.id, 40)
    review(store, MULTI.id, 20, Rating.AGAIN)
    review(store, MULTI.id, 20)
    review(store, MULTI.id, 1)
    async with sit_down() as desk:
        await desk.press("b")
        rows = [line.split() for line in desk.text.splitlines()[5:9]]
        assert [row[-1] for row in rows[:2]] == ["due", "new"]
        assert rows[2][-3] == "!"
        assert rows[0][-3:-1] == ["choice", "core"]
        assert "first-argument · Temperature · core · choice" in desk.text


async def test_keys_move_the_cursor_and_the_question_follows(sit_down: SitDown) -> None:
    many = library_of([replace(FLASHCARD, id=f"card-{number:04}", ask=f"Ask {number}?") for number in range(300)])
    async with sit_down(content=many) as desk:
        await desk.press("b")
        page = list_of(desk).scrollable_content_region.height - 1
        for key, number in (
            ("down", 1),
            ("up", 0),
            ("up", 0),
            ("pagedown", page),
            ("pagedown", 2 * page),
            ("pageup", page),
            ("end", 299),
            ("down", 299),
            ("up", 298),
            ("home", 0),
        ):
            await desk.press(key)
            assert f"Ask {number}?" in at_cursor(desk), key
            assert f"card-{number:04} · Alpha" in desk.text, key


async def test_a_click_moves_the_cursor(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        await desk.pilot.click(LineList, offset=(10, 2))
        await settled(desk.pilot)
        assert "Which of these are divided" in at_cursor(desk)
        assert MULTI.id in desk.text
        await desk.pilot.click(LineList, offset=(10, 6))  # below the last
        assert MULTI.id in desk.text


async def test_a_long_question_is_scrolled_by_keys(sit_down: SitDown) -> None:
    long = replace(FLASHCARD, ask="\n\n".join(f"Paragraph {number}." for number in range(12)))
    async with sit_down(content=library(long, CHOICE)) as desk:
        await desk.press("b")
        assert "J More" in desk.text
        assert "Paragraph 4." not in desk.text
        await desk.press("J", "J", "shift+down")
        assert "Paragraph 4." in desk.text
        await desk.press("K", "K", "shift+up")
        assert "Paragraph 4." not in desk.text
        await desk.press("down")
        assert "J More" not in desk.text


async def test_texts_are_no_markup(sit_down: SitDown) -> None:
    odd = replace(FLASHCARD, id="odd", ask=f"Say {MARKUP}", answer=f"{MARKUP} \x1b[31m", source=MARKUP)
    async with sit_down(content=library(odd, title=MARKUP)) as desk:
        await desk.press("b", "space")
        assert desk.text.count("[bold]x[/] [/] [red]") >= 5
        await desk.press("t")
        assert "[bold]x[/] [/] [red]" in desk.text


async def test_without_questions_it_is_said(sit_down: SitDown) -> None:
    async with sit_down(content=library_of()) as desk:
        await desk.press("b")
        assert "There are no questions: no pack could be loaded." in desk.text
        assert desk.text.splitlines()[-1].split("  ") == [" / Search", "q Back", "? Help"]
        await desk.press("down", "end", "space", "e", "p", "t", "escape")
        assert isinstance(desk.app.screen, BrowseScreen)


# ---- many questions ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many() -> Iterator[Library]:
    made = library_of([replace(FLASHCARD, id=f"card-{number:05}", ask=f"Ask {number}?") for number in range(ROWS)])
    yield made
    made.close()


async def test_of_many_questions_those_in_sight_are_fetched(
    sit_down: SitDown, many: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[int] = []
    fetch = Library.page

    def page(self: Library, wanted: Filter = EVERYTHING, *, start: int = 0, count: int = 0) -> object:
        if wanted.only is None:
            fetched.append(start)
        return fetch(self, wanted, start=start, count=count)

    async with sit_down(content=many) as desk:
        monkeypatch.setattr(Library, "page", page)
        await desk.press("b")
        assert "20000 questions" in desk.text
        await desk.press("end", "up", "up")
        assert "Ask 19997?" in at_cursor(desk)
        await desk.press("home")
        assert "Ask 0?" in at_cursor(desk)
        assert len(fetched) == len(set(fetched))
        assert set(fetched) <= {0, ROWS - PAGE}
        await search(desk, "ask 12345")
        await desk.press("escape")
        assert "Ask 12345?" in at_cursor(desk)
        await desk.press("c")  # the same question, among its neighbours
        assert "Ask 12345?" in at_cursor(desk)
        assert "Ask 12344?" in desk.text
        assert set(fetched) <= {0, ROWS - PAGE, 12300, 12350}


# ---- the answer --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_the_answer_is_hidden_until_it_is_asked_for(sit_down: SitDown, key: str) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        assert "a  The student's log-probabilities" in desk.text
        for hidden in ("✓", "✗", "Then the value can be negative", "PyTorch documentation"):
            assert hidden not in desk.text
        assert "Space shows the answer." in desk.text
        await desk.press(key)
        assert "✓ a The student's log-probabilities" in desk.text
        await desk.press(*"JJJJJJJJ")
        assert "Source: PyTorch documentation" in desk.text
        await desk.press(key)
        assert "✓" not in desk.text


async def test_the_next_question_is_hidden_again(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "down", "space")
        assert "Answer" in desk.text.splitlines()[-10:][4]
        await desk.press("down")
        assert "✓" not in desk.text
        await desk.press("up")
        assert "so peaked" not in desk.text


# ---- what the learner decides ------------------------------------------------------------------------------


async def test_one_key_each_suspends_buries_and_marks_and_undo_takes_it_back(sit_down: SitDown, store: Store) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        assert "u Undo" not in desk.text
        await desk.press("at")
        assert at_cursor(desk).endswith("suspended")
        assert "@ asks it again" in desk.text
        await desk.press("down", "minus", "asterisk")
        assert at_cursor(desk).endswith("* buried")
        standing = Standing(buried_on=TODAY, marked=True)
        assert store.standings() == {CHOICE.id: Standing(suspended=True), SHORT.id: standing}
        await desk.press("u")
        assert at_cursor(desk).endswith(" buried")
        await desk.press("minus")  # the same key takes it back, too
        assert at_cursor(desk).endswith("new")
        await desk.press("u", "u", "u")
        assert CHOICE.ask.split()[1] in at_cursor(desk)
        assert set(store.standings().values()) == {Standing()}
        assert "u Undo" not in desk.text


async def test_what_was_suspended_is_found_and_asked_again(sit_down: SitDown, store: Store) -> None:
    store.stand(SHORT.id, Standing(suspended=True))
    async with sit_down() as desk:
        assert "1 suspended" in desk.text
        await desk.press("down", "down", "enter")  # the row that says so leads there
        assert screen(desk).asked == Asked(state="suspended")
        assert "1 of 4 questions" in desk.text
        await desk.press("at")
        assert "0 of 4 questions" in desk.text
        await desk.press("at", "minus", "asterisk", "escape")  # nothing is at the cursor
        assert isinstance(desk.app.screen, HomeScreen)
        assert "suspended" not in desk.text


async def test_what_cannot_be_kept_is_not_shown_as_kept(sit_down: SitDown, store: Store) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("at")
            assert isinstance(desk.app.screen, FaultScreen)
            other.execute("ROLLBACK")
        await desk.press("n")
        assert at_cursor(desk).endswith("new")
        assert "u Undo" not in desk.text


# ---- search ------------------------------------------------------------------------------------------------


async def test_searching_filters_as_one_types_and_keys_still_move(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        await search(desk, "stu")
        assert "3 of 4 questions" in desk.text
        assert desk.one(SearchLine).has_focus
        first = at_cursor(desk)
        await desk.press("down")
        assert at_cursor(desk) != first
        assert desk.one(SearchLine).value == "stu"
        await desk.press("escape")
        assert not desk.one(SearchLine).has_focus
        assert screen(desk).asked.words == "stu"
        await desk.press("space")
        assert "Source:" in desk.text or "J More" in desk.text  # the key is the list's again


async def test_letters_are_typed_into_the_search_and_mean_nothing_else(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        await search(desk, "tklscepq?")
        assert desk.one(SearchLine).value == "tklscepq?"
        assert "0 of 4 questions" in desk.text
        assert "No question has all of this." in desk.text
        assert "e Edit" not in desk.text
        await desk.press("enter", "c")
        assert "4 questions" in desk.text
        assert screen(desk).asked.everything


async def test_leaving_the_search_at_once_still_searches(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "slash", *"dark")
        await desk.press("enter")
        assert screen(desk).asked.words == "dark"
        assert "1 of 4 questions" in desk.text


async def test_a_paste_is_one_line_that_steers_nothing(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "slash")
        await desk.paste("dark\nknow\x1b[31mledge" + 500 * "x")
        assert desk.one(SearchLine).value.startswith("dark know�[31mledgex")
        assert len(desk.one(SearchLine).value) == 100


# ---- filters -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "typed", "asked", "said"),
    [
        ("t", "temper", Asked(topic="temperature"), "t Topic Temperature"),
        ("k", "mul", Asked(kind="multi"), "k Kind multi"),
        ("l", "warm", Asked(level="warm-up"), "l Level warm-up"),
        ("s", "new", Asked(state="new"), "s State new"),
    ],
)
async def test_a_filter_is_chosen_by_typing(sit_down: SitDown, key: str, typed: str, asked: Asked, said: str) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        assert "t Topic all   k Kind all   l Level all   s State all" in desk.text
        assert "c Clear" not in desk.text
        await choose(desk, key, typed)
        assert screen(desk).asked == asked
        assert said in desk.text
        await desk.press("c")
        assert screen(desk).asked == Asked()


async def test_the_chooser_counts_and_is_moved_in_by_arrows(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "l")
        assert "core" in desk.text
        assert [line.split()[-2] for line in desk.text.splitlines() if "│    core" in line] == ["2"]
        await desk.press("down", "down", "enter")
        assert screen(desk).asked.level == "core"
        assert "2 of 4 questions" in desk.text
        await desk.press("l")
        assert "▸ core" in desk.text
        await desk.press("escape")
        assert screen(desk).asked.level == "core"
        await desk.press("l", "pageup", "enter")
        assert screen(desk).asked.level == ""
        await desk.press("l", *"nothing", "enter")
        assert isinstance(desk.app.screen, Chooser)
        assert "No name has that in it" in desk.text
        await desk.press(*["backspace"] * len("nothing"))
        assert "Enter chooses" in desk.text
        await desk.press("escape", "k")
        await desk.pilot.click("Chooser LineList", offset=(5, 2))
        await settled(desk.pilot)
        assert screen(desk).asked.kind == "flashcard"


async def test_a_click_on_a_filter_opens_it(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b")
        await desk.pilot.click("FilterLine", offset=(18, 0))
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, Chooser)
        assert "Kind" in desk.text


async def test_a_filter_keeps_the_cursor_where_it_can(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "end")
        assert "dark knowledge" in at_cursor(desk)
        await choose(desk, "l", "core")
        assert "dark knowledge" in at_cursor(desk)
        await choose(desk, "l", "adv")
        assert "Which of these" in at_cursor(desk)


# ---- practising --------------------------------------------------------------------------------------------


async def test_what_is_listed_can_be_practised_and_the_list_is_there_again(sit_down: SitDown, store: Store) -> None:
    review(store, FLASHCARD.id, 0)  # not due
    async with sit_down() as desk:
        await desk.press("b")
        await choose(desk, "k", "flash")
        assert "8 d" in at_cursor(desk)
        await desk.press("p")
        assert isinstance(desk.app.screen, QuizScreen)
        assert "1 of 1" in desk.text
        await desk.press("space", "1", "space", "3")
        assert isinstance(desk.app.screen, SummaryScreen)
        await desk.press("enter")
        assert screen(desk).asked.kind == "flashcard"
        assert "8 d" not in at_cursor(desk)  # it was learnt meanwhile
        await desk.press("q")
        assert isinstance(desk.app.screen, HomeScreen)


async def test_a_quiz_left_at_once_leads_back(sit_down: SitDown) -> None:
    async with sit_down() as desk:
        await desk.press("b", "p", "q")
        assert isinstance(desk.app.screen, BrowseScreen)


def test_the_examples_stand_in_one_topic() -> None:
    """What the tests above count on."""
    assert [question.id for question in QUESTIONS] == [CHOICE.id, SHORT.id, MULTI.id, FLASHCARD.id]
