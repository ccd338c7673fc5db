"""Parts of screens by themselves: hanging text, keys' names, the line of keys, jobs that can be tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from kdquiz.errors import StoreError
from kdquiz.library.model import Question
from kdquiz.marking.model import Chosen
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.changes import Reviewed
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.keeper import Job, Keeper
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.keys import shown_key
from kdquiz.tui.widgets.prose import plain
from tests.tui.desk import NOON, SitDown, settled
from tests.tui.examples import CHOICE, MULTI, SHORT, library


def lines(visual: Hanging, width: int) -> list[str]:
    strips = visual.render_strips(width, None, Style(), RenderOptions(lambda style: Style(), {}))
    return [strip.text.rstrip() for strip in strips]


def test_further_lines_stand_under_the_first() -> None:
    visual = Hanging(Item(Content("one two three"), Content("✗")), Item(Content("four"), indent=4))
    assert lines(visual, 9) == ["✗ one two", "  three", "    four"]


@given(st.lists(st.tuples(st.text(), st.text(max_size=3), st.integers(0, 9)), max_size=5), st.integers(12, 60))
def test_hanging_text_is_as_high_as_it_says(texts: list[tuple[str, str, int]], width: int) -> None:
    visual = Hanging(*(Item(plain(body), plain(sign), indent) for body, sign, indent in texts))
    assert len(lines(visual, width)) == visual.get_height({}, width)


@pytest.mark.parametrize(
    ("key", "shown"),
    [("ctrl+r", "Ctrl+R"), ("escape", "Esc"), ("f1", "F1"), ("f", "f"), ("question_mark", "?"), ("up", "↑")],
)
def test_keys_are_named_as_on_a_keyboard(key: str, shown: str) -> None:
    assert shown_key(Binding(key, "any", "any")) == shown


async def test_a_click_on_a_key_is_that_key(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(CHOICE, MULTI)) as desk:
        bar = desk.one(KeyBar)
        await desk.press("a")
        at = desk.text.splitlines()[-1].index("Submit")
        await desk.pilot.hover(KeyBar, offset=(at, 0))
        assert bar.tooltip == "Hand in what is chosen"
        await desk.pilot.click(KeyBar, offset=(at, 0))
        await settled(desk.pilot)
        assert isinstance(desk.app.screen, QuizScreen)
        assert desk.app.screen.view.phase is Phase.REVEALED
        (responded,) = desk.all_heard(messages.Responded)
        assert isinstance(responded.response, Chosen)
        await desk.pilot.click(KeyBar, offset=(78, 0))  # beside all keys


@pytest.mark.parametrize("question", [CHOICE, SHORT])
async def test_the_bar_shows_whole_keys_as_many_as_fit_and_help(sit_down: SitDown, question: Question) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(question, MULTI)) as desk:
        narrow = desk.text.splitlines()[-1]
        assert narrow.rstrip().endswith("Help")
        assert "Mark" not in narrow
        await desk.pilot.resize_terminal(130, 24)
        await settled(desk.pilot)
        wide = desk.text.splitlines()[-1]
        assert ("Ctrl+G Mark" if question is SHORT else "* Mark") in wide, "the key that works, where text is typed"
        assert wide.rstrip().endswith("Help")


def test_a_job_goes_on_where_it_failed() -> None:
    done: list[str] = []
    faults = [StoreError("full")]

    def second() -> None:
        if faults:
            raise faults.pop()
        done.append("second")

    job = Job(lambda: done.append("first"), second, lambda: done.append("third"))
    with pytest.raises(StoreError):
        job.run()
    job.run()
    assert done == ["first", "second", "third"]


def rated(rating: Rating, replaces: ReviewLog | None = None) -> Reviewed:
    log = ReviewLog(card_id=CHOICE.id, rating=rating, reviewed_at=NOON, seconds=3.0)
    return Reviewed(card=Schedule().review(None, log), log=log, replaces=replaces)


def test_what_was_given_up_on_is_neither_replaced_nor_taken_back(store: Store) -> None:
    keeper, lost = Keeper(store), rated(Rating.GOOD)
    keeper.give_up_on(lost)
    keeper.take_back(lost.log).run()
    assert store.reviews() == []
    changed = rated(Rating.HARD, replaces=lost.log)
    keeper.review(changed).run()
    assert store.reviews() == [changed.log]


def test_where_a_rating_was_given_up_on_the_one_before_is_taken_back(store: Store) -> None:
    keeper, first = Keeper(store), rated(Rating.GOOD)
    keeper.review(first).run()
    second = rated(Rating.HARD, replaces=first.log)
    keeper.give_up_on(second)
    third = rated(Rating.EASY, replaces=second.log)
    keeper.review(third).run()
    assert store.reviews() == [third.log]
    keeper.give_up_on(rated(Rating.AGAIN, replaces=third.log))
    keeper.take_back(rated(Rating.AGAIN).log).run()
    assert store.reviews() == []


def test_a_rating_that_was_given_up_on_is_undone_by_leaving_the_one_before(store: Store) -> None:
    keeper, first = Keeper(store), rated(Rating.AGAIN)
    keeper.review(first).run()
    lost = rated(Rating.GOOD, replaces=first.log)
    keeper.give_up_on(lost)
    keeper.review(rated(Rating.AGAIN, replaces=lost.log)).run()
    assert store.reviews() == [first.log]
    keeper.take_back(first.log).run()
    assert store.reviews() == []
