"""Texts of packs, learners and reports are data: no markup in them is obeyed, nothing of them steers the terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.command import CommandPalette

from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.options import Option
from kdquiz.sessions.selection import Wish
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.start import DrillStart, Quiz
from kdquiz.tui.widgets import prose
from tests.tui.desk import Desk, SitDown, settled
from tests.tui.examples import CHOICE, MARKUP, RAISED, SHORT, PreparedGrader, drill, library

ESCAPE = "\x1b[2J\x07\x9b5n"
NASTY = f"{MARKUP} <b>y</b> [link](http://example.org) {ESCAPE}"
NASTY_CHOICE: Choice = replace(
    CHOICE,
    ask=NASTY,
    options=(Option(right=MARKUP, because=NASTY), Option(wrong=f"`{MARKUP}`", because=NASTY)),
    source=NASTY,
    then=(SHORT.id,),
)
NASTY_SHORT: Short = replace(SHORT, ask=NASTY, answer=NASTY, points=(Point(text=NASTY, any=("peaked",)),), source=NASTY)


def assert_plain(desk: Desk, *texts: str) -> None:
    """All texts stand on the screen as they are written, and no cell of it is a control character."""
    for text in texts:
        assert text in desk.text, text
    assert all(line.isprintable() for line in desk.text.split("\n"))


async def test_a_question_its_options_and_what_is_said_of_them(sit_down: SitDown) -> None:
    async with sit_down(Quiz(wish=Wish()), content=library(NASTY_CHOICE, NASTY_SHORT, title=NASTY)) as desk:
        assert_plain(desk, MARKUP, "<b>y</b>")
        wrong = "ab"[desk.app.screen.view.order.index(1)]  # type: ignore[attr-defined]
        await desk.press(wrong, "enter")
        assert_plain(
            desk,
            f"You chose this. {MARKUP}",
            f"Source: {MARKUP}",
            "Rated Good or Easy, the interviewer goes on: " + MARKUP,
        )
        await desk.press("space")
        await desk.paste(NASTY + " peaked")
        assert_plain(desk, MARKUP)
        await desk.press("enter")
        assert_plain(desk, MARKUP, "you wrote “peaked”")
        await desk.press("q")
        assert isinstance(desk.app.screen, SummaryScreen)
        assert_plain(desk, f"✗ {MARKUP}")


async def test_home_and_the_palette(sit_down: SitDown) -> None:
    async with sit_down(content=library(CHOICE, title=MARKUP)) as desk:
        assert_plain(desk, MARKUP)
        await desk.press("ctrl+p", *"red")
        palette = desk.app.screen
        assert isinstance(palette, CommandPalette)
        await palette.workers.wait_for_complete()
        await settled(desk.pilot)
        assert_plain(desk, f"Quiz: {MARKUP}")


async def test_a_drill_its_code_and_its_report(sit_down: SitDown) -> None:
    content = library(SHORT, task=drill(ask=NASTY))
    async with sit_down(
        DrillStart(drill_id="double"), content=content, grader=PreparedGrader(RAISED), size=(120, 50)
    ) as desk:
        assert_plain(desk, MARKUP)
        await desk.paste(NASTY)
        assert_plain(desk, MARKUP)
        await desk.press("ctrl+r")
        assert_plain(
            desk,
            f"Line 2 raised ValueError: {MARKUP}",
            f"raise ValueError('{MARKUP}')",
            f"✗ {MARKUP}  {MARKUP}",
            f"{MARKUP}\N{REPLACEMENT CHARACTER}[31m",
        )


@given(st.text())
def test_safe_text_cannot_steer_a_terminal(text: str) -> None:
    lines = prose.safe(text).split("\n")
    assert not any(prose.steers(letter) for line in lines for letter in line)


@given(st.text())
def test_any_text_may_be_read_as_a_line_of_markdown_or_code(text: str) -> None:
    assert not any(prose.steers(letter) for letter in prose.inline(text).plain if letter != "\n")
    assert prose.coded(text).plain.replace("\n", "") in prose.safe(text).replace("\n", "").replace("`", "") or (
        text.count("`") % 2
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a `F.kl_div` of *p*", "a F.kl_div of p"),
        ("2 * 3 * 4 and T**2", "2 * 3 * 4 and T**2"),
        ("a < b & c", "a < b & c"),
        ("![alt](x) [words](y)", "alt words"),
    ],
)
def test_a_line_of_markdown(written: str, shown: str) -> None:
    assert prose.inline(written).plain == shown
