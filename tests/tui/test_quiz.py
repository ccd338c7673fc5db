"""The quiz by keys: what each kind takes, what is kept when, what is drawn."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from kdquiz.library.model import Question
from kdquiz.marking.model import Chosen, Outcome
from kdquiz.memory.model import Rating
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.options import OptionRow
from kdquiz.tui.widgets.rating_bar import RatingCell
from kdquiz.tui.widgets.response import ResponseArea
from kdquiz.tui.widgets.rubric import RubricLine
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import CHOICE, FLASHCARD, MULTI, QUESTIONS, SHORT, library

QUIZ = Quiz(wish=Wish())


def quiz(desk: Desk) -> QuizScreen:
    assert isinstance(desk.app.screen, QuizScreen)
    return desk.app.screen


def letter_of(desk: Desk, position: int) -> str:
    """The letter under which the option at `position`, as authored, is shown."""
    return "abcdef"[quiz(desk).view.order.index(position)]


async def test_a_right_choice_is_on_disk_before_the_answer_is_shown(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        desk.clock.forward(seconds=20)
        await desk.press(letter_of(desk, 0), "enter")
        assert [log.card_id for log in desk.store.reviews()] == [CHOICE.id]
        kept = next(place for place, heard in enumerate(desk.heard) if isinstance(heard, messages.Kept))
        answered = next(place for place, heard in enumerate(desk.heard) if isinstance(heard, messages.Answered))
        assert answered < kept
        view = quiz(desk).view
        assert view.phase is Phase.REVEALED
        assert view.mark is not None
        assert view.mark.outcome is Outcome.RIGHT
        assert "✓ Right" in desk.text
        assert "Source: PyTorch documentation" in desk.text
        assert "interviewer" not in desk.text  # the follow-up is not in this library


async def test_a_wrong_choice_names_its_misconception_and_then_the_others(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, SHORT)) as desk:
        await desk.press(letter_of(desk, 1), "enter")
        assert "✗ Wrong" in desk.text
        assert "You chose this. Then the value can be negative." in desk.text
        assert "The teacher is the target." in desk.text
        assert "Rated Good or Easy, the interviewer goes on: Why is the student trained" in desk.text
        assert "▸ 1 Again ◂" in desk.text
        chosen = next(row for row in desk.app.screen.query(OptionRow) if row.has_class("-chosen"))
        assert not chosen.has_class("-aside")


async def test_a_response_that_comes_late_is_not_taken_for_the_next_question(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, FLASHCARD, MULTI)) as desk:
        desk.one(ResponseArea).respond(Chosen(frozenset({0})))  # on its way while the next key is obeyed already
        await quiz(desk).action_skip()
        await settled(desk.pilot)
        assert quiz(desk).view.entry == desk.app._services.library.entries[FLASHCARD.id]
        assert quiz(desk).view.phase is Phase.ASKING
        assert desk.store.reviews() == []


async def test_a_line_overruled_late_is_not_overruled_elsewhere(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT, FLASHCARD)) as desk:
        await desk.paste("peaked")
        await desk.press("enter", "space", "space")
        assert quiz(desk).view.phase is Phase.REVEALED
        quiz(desk).post_message(messages.PointOverruled(SHORT.id, 0, False))
        await settled(desk.pilot)
        assert quiz(desk).view.entry == desk.app._services.library.entries[FLASHCARD.id]


async def test_enter_without_a_choice_hands_nothing_in(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        await desk.press("enter")
        assert quiz(desk).view.phase is Phase.ASKING
        assert "Choose first, with a to c" in desk.text
        assert desk.all_heard(messages.Responded) == []


@pytest.mark.parametrize("keys", [("b",), ("2",), ("down", "down"), ("up", "up")])
async def test_letters_digits_and_arrows_choose_alike(sit_down: SitDown, keys: tuple[str, ...]) -> None:
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        await desk.press(*keys, "enter")
        (reviewed,) = [event.reviewed for event in desk.all_heard(messages.Answered)]
        assert f'"options": [{quiz(desk).view.order[1]}]' in reviewed.log.response


async def test_the_mouse_chooses_hands_in_and_rates(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        row = desk.app.screen.query(OptionRow)[quiz(desk).view.order.index(0)]
        await desk.pilot.click(row)
        await desk.press("enter")
        await desk.pilot.click(desk.app.screen.query(RatingCell)[1])
        await settled(desk.pilot)
        assert quiz(desk).view.ratings == ((CHOICE.id, Rating.HARD),)
        await desk.pilot.click("#question")
        await desk.press("a")
        assert desk.app.screen.query(OptionRow)[0].has_class("-chosen")  # a click beside the options takes no key away


async def test_a_multi_is_toggled_and_shares_its_marks(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(MULTI)) as desk:
        await desk.press(letter_of(desk, 0), letter_of(desk, 2), letter_of(desk, 2), "enter")
        view = quiz(desk).view
        assert view.mark is not None
        assert view.mark.outcome is Outcome.PARTLY
        assert "◐ Partly right" in desk.text
        assert "You missed this." in desk.text


async def test_a_flashcard_is_kept_when_it_is_rated(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(FLASHCARD)) as desk:
        await desk.press("space")
        assert "What the teacher says about the wrong classes." in desk.text
        assert desk.store.reviews() == []
        await desk.press("4")
        assert [log.rating for log in desk.store.reviews()] == [Rating.EASY]
        assert isinstance(desk.app.screen, SummaryScreen)


async def test_printable_keys_type_in_a_short_answer(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT, CHOICE)) as desk:
        await desk.press(*"qs?1 ", "ctrl+j", "x", "enter")
        (reviewed,) = [event.reviewed for event in desk.all_heard(messages.Answered)]
        assert '"text": "qs?1 \\nx"' in reviewed.log.response


async def test_a_rubric_shows_the_words_and_takes_the_learners_word(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        desk.clock.forward(seconds=30)
        await desk.paste("it is too peaked")
        await desk.press("enter")
        assert "☑ At T = 1 the softmax is peaked" in desk.text
        assert "you wrote “peaked”" in desk.text
        assert "◐ Partly right" in desk.text
        assert "▸ 2 Hard ◂" in desk.text
        await desk.press("down", "x")
        assert "☑ The wrong classes carry almost nothing" in desk.text
        assert "your call" in desk.text
        assert "✓ Right" in desk.text
        await desk.press("space")
        assert [log.share for log in desk.store.reviews()] == [1.0]


async def test_a_rubric_line_is_overruled_by_a_click(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        await desk.paste("peaked")
        await desk.press("enter")
        await desk.pilot.click(desk.app.screen.query(RubricLine)[0])
        await settled(desk.pilot)
        view = quiz(desk).view
        assert view.mark is not None
        assert view.mark.outcome is Outcome.WRONG


async def test_an_empty_short_answer_is_asked_about_once(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        await desk.press("enter")
        assert "Nothing is written yet" in desk.text
        assert quiz(desk).view.phase is Phase.ASKING
        await desk.press("enter")
        assert "✗ Wrong" in desk.text


@pytest.mark.parametrize(("question", "key"), [(CHOICE, "n"), (MULTI, "n"), (SHORT, "ctrl+n")])
async def test_not_knowing_is_one_key(sit_down: SitDown, question: Question, key: str) -> None:
    async with sit_down(QUIZ, content=library(question)) as desk:
        await desk.press(key)
        assert "✗ Wrong" in desk.text
        assert [log.share for log in desk.store.reviews()] == [0.0]


async def test_another_rating_replaces_the_suggested_one(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        desk.clock.forward(seconds=20)
        await desk.press(letter_of(desk, 0), "enter")
        assert [log.rating for log in desk.store.reviews()] == [Rating.GOOD]
        await desk.press("4")
        assert [log.rating for log in desk.store.reviews()] == [Rating.EASY]


async def test_undo_asks_again_and_forgets_the_review(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        await desk.press("a", "enter", "space")
        assert quiz(desk).view.entry == desk.app._services.library.entries[MULTI.id]
        await desk.press("u")
        assert quiz(desk).view.phase is Phase.ASKING
        assert quiz(desk).view.entry == desk.app._services.library.entries[CHOICE.id]
        assert desk.store.reviews() == []
        assert desk.store.cards() == {}


async def test_the_last_answer_can_be_taken_back_from_the_summary(sit_down: SitDown) -> None:
    async with sit_down(content=library(CHOICE, FLASHCARD)) as desk:
        await desk.press("t", "a", "enter", "4", "space", "4")
        assert isinstance(desk.app.screen, SummaryScreen)
        await desk.press("u")
        assert quiz(desk).view.entry == desk.app._services.library.entries[FLASHCARD.id]
        assert quiz(desk).view.phase is Phase.ASKING
        assert [log.card_id for log in desk.store.reviews()] == [CHOICE.id]
        await desk.press("space", "1", "u", "u")
        assert quiz(desk).view.number == 1
        assert desk.store.reviews() == []
        await desk.press("a", "enter", "4", "q")
        assert isinstance(desk.app.screen, SummaryScreen)
        await desk.press("u")
        assert quiz(desk).view.number == 1
        await desk.press("a", "enter", "4", "q", "enter")
        assert isinstance(desk.app.screen, HomeScreen)
        assert len(desk.app.screen_stack) == 2


async def test_undo_from_an_empty_text_box(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, SHORT)) as desk:
        await desk.press("a", "enter", "space")
        assert "Ctrl+U Undo" in desk.text
        await desk.press("p")
        assert "Ctrl+U" not in desk.text
        await desk.press("ctrl+u")  # with text, it deletes to the start of the line
        assert "Ctrl+U Undo" in desk.text
        assert quiz(desk).view.number == 2
        await desk.press("ctrl+u")
        assert quiz(desk).view.number == 1


async def test_the_clock_runs_while_asking_and_stands_afterwards(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        desk.clock.forward(seconds=75)
        await desk.press("a", "enter")
        desk.clock.forward(hours=1)
        await desk.press("down")
        assert "1 of 1 · 1:15" in desk.text
        assert "after 1 min" in desk.text


async def test_skip_is_offered_only_where_another_question_is_left(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        await desk.press("s")
        assert quiz(desk).view.entry == desk.app._services.library.entries[MULTI.id]
        assert "Skip" in desk.text
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        assert "Skip" not in desk.text


async def test_skipping_asks_about_an_unfinished_answer(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT, CHOICE)) as desk:
        await desk.paste("peaked")
        await desk.press("ctrl+s")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("y")
        assert quiz(desk).view.entry == desk.app._services.library.entries[CHOICE.id]


async def test_a_long_question_can_be_paged_and_leaves_room_for_the_options(sit_down: SitDown) -> None:
    asked = replace(CHOICE, ask="\n\n".join(f"Paragraph {number}." for number in range(20)))
    async with sit_down(QUIZ, content=library(asked, MULTI)) as desk:
        assert "PgDn More" in desk.text
        assert "Paragraph 0." in desk.text
        assert "The teacher's logits" in desk.text
        await desk.press("pagedown", "pagedown")
        assert "Paragraph 0." not in desk.text
        await desk.press("a", "enter")
        assert "Paragraph 0." in desk.text
        await desk.press("space")
        assert "PgDn" not in desk.text


async def test_leaving_keeps_what_was_answered(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT, CHOICE)) as desk:
        await desk.paste("peaked")
        await desk.press("enter", "x", "q")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert [log.share for log in desk.store.reviews()] == [0.0]  # the overruled line counts, though never rated


async def test_leaving_asks_about_an_unfinished_answer(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        await desk.paste("pea")
        await desk.press("escape")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("enter")  # the safe answer has the focus
        await desk.paste("ked")
        await desk.press("enter")
        assert "you wrote “peaked”" in desk.text


async def test_quitting_from_help_asks_about_an_unfinished_answer(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        await desk.paste("pea")
        await desk.press("f1", "ctrl+q")
        assert isinstance(desk.app.screen, ConfirmScreen)
        await desk.press("n", "escape")
        await desk.paste("ked")
        await desk.press("enter")
        assert "you wrote “peaked”" in desk.text


async def test_closing_and_opening_again_goes_on(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(*QUESTIONS)) as desk:
        await desk.press("a", "enter", "4")
        assert quiz(desk).view.total == 4
    async with sit_down(QUIZ, content=library(*QUESTIONS)) as desk:
        assert quiz(desk).view.total == 3


async def test_a_store_that_cannot_be_written_is_told_and_tried_again(sit_down: SitDown, store: Store) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press(letter_of(desk, 1), "enter")
            assert isinstance(desk.app.screen, FaultScreen)
            assert "Not saved." in desk.text
            assert "is locked" in desk.text
            below = desk.app.screen_stack[-2]
            assert isinstance(below, QuizScreen)
            assert below.view.phase is Phase.ASKING  # nothing is shown before it is on disk
            await desk.press("y")
            assert isinstance(desk.app.screen, FaultScreen)
            other.execute("ROLLBACK")
        await desk.press("y")
        assert [log.card_id for log in store.reviews()] == [CHOICE.id]
        assert "✗ Wrong" in desk.text


async def test_going_on_without_saving_says_so(sit_down: SitDown, store: Store) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI)) as desk:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("a", "enter", "n")
            other.execute("ROLLBACK")
        assert quiz(desk).view.phase is Phase.REVEALED
        assert "not saved!" in desk.text
        await desk.press("2")  # what was never kept is not replaced, but kept now
        assert [log.rating for log in store.reviews()] == [Rating.HARD]
