"""Parts of screens by themselves: hanging text, keys' names, the line of keys, jobs that can be tried again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions

from kdquiz.errors import StoreError
from kdquiz.marking.model import Chosen
from kdquiz.memory.model import Rating, ReviewLog
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.quiz import Phase, Reviewed
from kdquiz.sessions.selection import Wish
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
from tests.tui.examples import CHOICE, MULTI, library


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


def test_what_was_given_up_on_is_neither_replaced_nor_taken_back(store: Store) -> None:
    keeper, schedule = Keeper(store), Schedule()
    lost = ReviewLog(card_id=CHOICE.id, rating=Rating.GOOD, reviewed_at=NOON, seconds=3.0)
    keeper.give_up_on(lost)
    keeper.take_back(lost).run()
    assert store.reviews() == []
    changed = ReviewLog(card_id=CHOICE.id, rating=Rating.HARD, reviewed_at=NOON, seconds=3.0)
    card = schedule.review(None, CHOICE.id, Rating.HARD, NOON)
    keeper.review(Reviewed(card=card, log=changed, replaces=lost)).run()
    assert store.reviews() == [changed]
