"""One key each in a quiz: putting aside, marking, editing, rating again, undoing; and drills among the questions."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from kdquiz.grading.report import Report, Verdict
from kdquiz.library.model import Question
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating, ReviewLog, Standing
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.dialogs.help import HelpScreen
from kdquiz.tui.dialogs.rerate import RerateScreen
from kdquiz.tui.dialogs.too_small import TooSmallScreen
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.screens.quiz import BURIED, QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.drill_offer import DrillOffer
from tests.tui.desk import NOON, Desk, SitDown, settled
from tests.tui.examples import CHOICE, FLASHCARD, MULTI, SHORT, PreparedGrader, library

QUIZ = Quiz(wish=Wish())
TODAY = Calendar().day(NOON)
ACCEPTED = Report(drill="double", verdict=Verdict.ACCEPTED, summary="Accepted.")
KEYS = [(CHOICE, "minus", "at", "asterisk"), (SHORT, "ctrl+t", "ctrl+o", "ctrl+g")]
LATER = replace(FLASHCARD, id="later", ask="And later?")


def quiz(desk: Desk) -> QuizScreen:
    assert isinstance(desk.app.screen, QuizScreen)
    return desk.app.screen


def open_id(desk: Desk) -> str:
    view = quiz(desk).view
    return view.entry.question.id if view.entry else view.drill.drill.id if view.drill else ""


def letter_of(desk: Desk, position: int) -> str:
    return "abcdef"[quiz(desk).view.order.index(position)]


def make_drill_due(store: Store, now_before: int = 30) -> None:
    moment = NOON - timedelta(days=now_before)
    day = Calendar().day(moment)
    store.record(ReviewLog(card_id="double", rating=Rating.GOOD, reviewed_at=moment, seconds=60.0, day=day))


# ---- putting aside -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "bury", "suspend", "mark"), KEYS, ids=["choice", "short"])
async def test_bury_suspend_and_mark_are_one_key_and_undone_by_one(
    sit_down: SitDown, question: Question, bury: str, suspend: str, mark: str
) -> None:
    async with sit_down(QUIZ, content=library(question, LATER, MULTI)) as desk:
        await desk.press(mark)
        assert desk.store.standings() == {question.id: Standing(marked=True)}
        assert "marked · 1 of 3" in desk.text
        await desk.press(bury)
        assert desk.store.standings()[question.id] == Standing(marked=True, buried_on=TODAY)
        assert (open_id(desk), quiz(desk).view.total) == ("later", 2)
        assert [note.message for note in desk.app._notifications] == [BURIED]
        await desk.press("u")
        assert (open_id(desk), quiz(desk).view.total) == (question.id, 3)
        await desk.press(suspend)
        assert desk.store.standings()[question.id] == Standing(marked=True, suspended=True)
        await desk.press("u", "ctrl+u")
        assert "marked" not in desk.text
        assert desk.store.standings() == {question.id: Standing()}
        assert not quiz(desk).view.can_undo
    async with sit_down(QUIZ, content=library(question, LATER, MULTI)) as desk:
        assert quiz(desk).view.total == 3


async def test_what_is_put_aside_is_not_asked_when_the_learner_comes_back(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, LATER, MULTI)) as desk:
        await desk.press("minus", "at")
    async with sit_down(QUIZ, content=library(CHOICE, LATER, MULTI)) as desk:
        assert (open_id(desk), quiz(desk).view.total) == (MULTI.id, 1)
        desk.clock.forward(days=1)
    async with sit_down(QUIZ, content=library(CHOICE, LATER, MULTI)) as desk:
        assert (open_id(desk), quiz(desk).view.total) == (CHOICE.id, 2)


async def test_after_the_reveal_the_plain_keys_work_for_every_kind(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT, LATER)) as desk:
        await desk.paste("peaked")
        await desk.press("enter", "asterisk", "minus")
        assert desk.store.standings() == {SHORT.id: Standing(marked=True, buried_on=TODAY)}
        assert [log.rating for log in desk.store.reviews()] == [Rating.HARD]
        assert open_id(desk) == "later"
        await desk.press("u")
        assert quiz(desk).view.phase is Phase.REVEALED
        assert "you wrote “peaked”" in desk.text
        await desk.press("u", "u")
        assert desk.store.reviews() == []
        assert quiz(desk).view.phase is Phase.ASKING


async def test_marking_leaves_what_was_written(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(SHORT)) as desk:
        await desk.paste("pea")
        await desk.press("ctrl+g")
        await desk.paste("ked")
        await desk.press("enter")
        assert "you wrote “peaked”" in desk.text


async def test_putting_all_aside_ends_with_a_summary_that_takes_it_back(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, LATER)) as desk:
        await desk.press("minus", "at")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "What you put aside" in desk.text
        assert "comes back tomorrow" in desk.text
        assert "suspended, until you take that back" in desk.text
        assert "Re-rate" not in desk.text
        await desk.press("u")
        assert open_id(desk) == "later"
        await desk.press("u")
        assert open_id(desk) == CHOICE.id


async def test_a_standing_that_cannot_be_written_is_told_and_tried_again(sit_down: SitDown, store: Store) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, LATER)) as desk:
        with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await desk.press("minus")
            assert isinstance(desk.app.screen, FaultScreen)
            other.execute("ROLLBACK")
        await desk.press("y")
        assert store.standings() == {CHOICE.id: Standing(buried_on=TODAY)}
        assert open_id(desk) == "later"


# ---- editing, and the clock --------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [CHOICE, SHORT, FLASHCARD])
async def test_ctrl_e_edits_whatever_is_open_and_takes_no_thinking_time(sit_down: SitDown, question: Question) -> None:
    async with sit_down(QUIZ, content=library(question)) as desk:
        desk.clock.forward(seconds=7)
        await desk.press("ctrl+e")
        (wanted,) = desk.all_heard(messages.EditWanted)
        assert wanted.place.path.name == "temperature.yaml"
        assert isinstance(desk.app.screen, FaultScreen)  # there is no terminal here to open an editor in
        desk.clock.forward(seconds=600)
        await desk.press("escape")
        desk.clock.forward(seconds=3)
        await desk.press("ctrl+n" if question is SHORT else "n" if question is CHOICE else "space", "2")
        assert [log.seconds for log in desk.store.reviews()] == [10.0]


async def test_time_in_dialogs_over_the_question_is_no_thinking_time(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE)) as desk:
        desk.clock.forward(seconds=5)
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, HelpScreen)
        desk.clock.forward(seconds=300)
        await desk.press("escape")
        await desk.pilot.resize_terminal(60, 20)
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, TooSmallScreen)
        desk.clock.forward(seconds=300)
        await desk.pilot.resize_terminal(80, 24)
        await settled(desk.pilot)
        desk.clock.forward(seconds=6)
        await desk.press("a", "enter")
        assert "1 of 1 · 0:11" in desk.text
        assert [log.seconds for log in desk.store.reviews()] == [11.0]
        desk.clock.forward(seconds=900)
        await desk.press("2")
        assert [log.seconds for log in desk.store.reviews()] == [11.0]


async def test_help_tells_the_rarer_keys(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, size=(100, 44), content=library(SHORT, MULTI)) as desk:
        await desk.press("f1")
        for told in ("Ctrl+T", "Ctrl+O", "Ctrl+G", "Ctrl+E", "Ask it again tomorrow, not today"):
            assert told in desk.text


# ---- rating again ------------------------------------------------------------------------------------------------


async def test_the_last_answer_is_rated_again_while_the_next_question_is_open(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, SHORT)) as desk:
        desk.clock.forward(seconds=20)
        await desk.press(letter_of(desk, 1), "enter", "space")
        assert (open_id(desk), quiz(desk).view.total) == (SHORT.id, 3)
        await desk.paste("pea")
        desk.clock.forward(seconds=20)
        await desk.press("ctrl+r")
        assert isinstance(desk.app.screen, RerateScreen)
        assert "What does F.kl_div expect as its first argument?" in desk.text
        assert "It is rated Again." in desk.text
        await desk.press("3")
        (log,) = desk.store.reviews()
        assert (log.rating, log.seconds, log.misconceptions) == (
            Rating.GOOD,
            20.0,
            ("Then the value can be negative.",),
        )
        assert (open_id(desk), quiz(desk).view.total) == (SHORT.id, 2)
        await desk.paste("ked")
        await desk.press("enter")
        assert "you wrote “peaked”" in desk.text, "what was written is still there"


async def test_the_last_answer_is_rated_again_from_the_summary(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(FLASHCARD)) as desk:
        await desk.press("space", "4")
        assert isinstance(desk.app.screen, SummaryScreen)
        await desk.press("r", "escape", "r", "2")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert [log.rating for log in desk.store.reviews()] == [Rating.HARD]
        await desk.press("r", "1")
        assert open_id(desk) == FLASHCARD.id, "it comes back"
        await desk.press("u")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert [log.rating for log in desk.store.reviews()] == [Rating.HARD]
        await desk.press("u", "u")
        assert quiz(desk).view.phase is Phase.ASKING
        assert desk.store.reviews() == []


async def test_rated_again_after_leaving_early_the_summary_stays(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(FLASHCARD, LATER)) as desk:
        await desk.press("space", "4", "q", "r", "1")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "1 answer was rated Again." in desk.text
        await desk.press("u")
        assert open_id(desk) == "later"
        assert [log.rating for log in desk.store.reviews()] == [Rating.EASY]


# ---- what the interviewer asks next ------------------------------------------------------------------------------


async def test_a_good_answer_leads_to_the_follow_up_and_says_so(sit_down: SitDown) -> None:
    async with sit_down(QUIZ, content=library(CHOICE, MULTI, SHORT)) as desk:
        desk.clock.forward(seconds=20)
        await desk.press(letter_of(desk, 0), "enter")
        assert "the interviewer goes on: Why is the student" in desk.text
        await desk.press("space")
        assert open_id(desk) == SHORT.id


# ---- leeches -----------------------------------------------------------------------------------------------------


def forget(store: Store, card_id: str, times: int) -> None:
    """Know it after a month, and forget it the next, again and again."""
    for month in range(2 * times):
        moment = NOON - timedelta(days=30 * (2 * times - month))
        rating = Rating.AGAIN if month % 2 else Rating.EASY
        day = Calendar().day(moment)
        store.record(
            ReviewLog(card_id=card_id, rating=rating, reviewed_at=moment, seconds=9.0, day=day, share=rating / 4)
        )


async def test_a_leech_is_told_with_its_history_and_a_suggestion(sit_down: SitDown, store: Store) -> None:
    needy = replace(CHOICE, needs=(FLASHCARD.id,))
    forget(store, CHOICE.id, 4)
    forget(store, MULTI.id, 3)
    async with sit_down(QUIZ, size=(80, 40), content=library(needy, FLASHCARD, MULTI)) as desk:
        while quiz(desk).view.phase is not Phase.DONE and open_id(desk) != MULTI.id:
            if open_id(desk) == CHOICE.id:
                await desk.press(letter_of(desk, 0), "enter")
                assert "Forgotten 4 times since 29 March: ✓ ✗ ✓ ✗ ✓ ✗ ✓ ✗ ✓" in desk.text
                assert "Study what it builds on first: What is dark knowledge?" in desk.text
                await desk.press("space")
            else:
                await desk.press("space", "3")
        await desk.press("a", "enter")
        assert quiz(desk).view.phase is Phase.REVEALED
        assert "Forgotten" not in desk.text, "three times is no leech yet"


# ---- drills among the questions ----------------------------------------------------------------------------------


async def test_a_drill_that_is_due_is_offered_opened_and_left_again(sit_down: SitDown, store: Store) -> None:
    make_drill_due(store)
    grader = PreparedGrader(ACCEPTED)
    async with sit_down(QUIZ, content=library(LATER), grader=grader) as desk:
        while open_id(desk) != "double":
            await desk.press("s")
        assert "Drill: Twice" in desk.text
        assert "10 minutes · core" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, DrillScreen)
        await desk.press("escape")
        assert open_id(desk) == "double"
        assert "You left it before it was solved" in desk.text
        await desk.press("enter", "ctrl+r")
        desk.clock.forward(minutes=5)
        await desk.press("escape")
        assert open_id(desk) == "later"
        assert quiz(desk).view.ratings[-1][0] == "double"
        assert [log.card_id for log in store.reviews()] == ["double", "double"]
        await desk.press("u")
        assert open_id(desk) == "double"
        assert [log.card_id for log in store.reviews()] == ["double"]
        await desk.press("minus")
        assert store.standings()["double"].buried_on == TODAY
        assert open_id(desk) == "later"
        await desk.press("space", "3")
        assert isinstance(desk.app.screen, SummaryScreen)


async def test_a_drill_is_counted_in_the_summary(sit_down: SitDown, store: Store) -> None:
    make_drill_due(store)
    async with sit_down(QUIZ, content=library(), grader=PreparedGrader(ACCEPTED)) as desk:
        assert desk.one(DrillOffer).display
        await desk.press("enter", "ctrl+r", "escape")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert "1 drill" in desk.text
        assert "⌨ Twice · solved" in desk.text
