"""Every kind of question is usable at 80x24, the longest shipped ones included."""

from collections.abc import Iterator

import pytest

from kdquiz.library.filter import Filter
from kdquiz.library.folders import content_folders
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.cloze import Cloze
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.library import Library
from kdquiz.library.load import load_library
from kdquiz.library.model import Question
from kdquiz.sessions.selection import Wish
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.options import OptionRow
from kdquiz.tui.widgets.prose import Prose
from kdquiz.tui.widgets.rating_bar import RatingBar
from kdquiz.tui.widgets.response import ResponseArea
from tests.libraries import library_of
from tests.tui.desk import Desk, SitDown

SHIPPED = load_library(content_folders()).library
FIRST_KEY = {"flashcard": "Show the answer", "cloze": "Next"}
"""What Enter does where nothing is answered yet; in all other kinds it hands in."""


def length(question: Question) -> int:
    """Characters to read before the answer."""
    return len(question.title) + sum(map(len, question.parts))


def longest() -> Iterator[Question]:
    """The two longest shipped questions of each kind."""
    for kind in sorted({row.kind for row in SHIPPED.rows()}):
        alike = [SHIPPED.entries[row.id].question for row in SHIPPED.rows(Filter(kinds=(kind,)))]
        yield from sorted(alike, key=length)[-2:]


def alone(question: Question) -> Library:
    entry = SHIPPED.entries[question.id]
    return library_of([question], topic=entry.topic)


def assert_every_option_can_be_seen(desk: Desk) -> None:
    screen = desk.app.screen
    for row in screen.query(OptionRow):
        assert screen.region.contains_region(row.region)
        assert row.region.bottom <= screen.size.height - 1


async def answer(desk: Desk, question: Question) -> None:
    """Any answer, as short as the kind allows."""
    keys = {"flashcard": ["space"], "numeric": ["1", "enter"], "order": ["2", "enter"]}.get(
        question.kind, ["a", "enter"]
    )
    if isinstance(question, Cloze):
        keys = ["enter"] * (len(question.blanks) + 1)
    await desk.press(*keys)


@pytest.mark.parametrize("question", longest(), ids=lambda question: question.id)
async def test_the_longest_shipped_questions_fit(sit_down: SitDown, question: Question) -> None:
    async with sit_down(Quiz(wish=Wish(everything=True)), content=alone(question)) as desk:
        screen = desk.app.screen
        assert isinstance(screen, QuizScreen)
        first = "Submit" if isinstance(question, Cloze) and len(question.blanks) == 1 else FIRST_KEY.get(question.kind)
        assert (first or "Submit") in desk.text.splitlines()[-1]
        assert "Help" in desk.text.splitlines()[-1]
        assert_every_option_can_be_seen(desk)
        assert screen.query_one("#question").size.height >= min(3, screen.query_one(Prose).size.height)
        await answer(desk, question)
        bar = screen.query_one(RatingBar)
        assert bar.display
        assert screen.region.contains_region(bar.region)
        assert "3 Good" in desk.text
        assert screen.query_one(ResponseArea).size.height >= 6
        assert "Accept" in desk.text.splitlines()[-1]
        if isinstance(question, Choice | Multi) and "✗" in desk.text:
            (chosen,) = screen.query("OptionRow.-chosen")
            assert chosen.region.y >= screen.query_one(ResponseArea).region.y
            assert "You chose this." in desk.text
        explanation = screen.query_one(ResponseArea)
        if explanation.max_scroll_y > 0 and question.kind != "short":  # there the arrows go through the rubric first
            before = explanation.scroll_y
            await desk.press("down" if before == 0 else "up")
            assert abs(explanation.scroll_y - before) == 1
