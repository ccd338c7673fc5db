"""Editing in the learner's own editor, from Browse and from a quiz: it is shown at once, and nothing learnt is lost."""

import shlex
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from kdquiz.library.library import Library
from kdquiz.library.load import Loaded, load_library
from kdquiz.memory.model import Rating
from kdquiz.store.store import Store
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.screens.browse import BrowseScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.widgets.preview import Preview
from tests.tui.browsing import at_cursor, choose, review
from tests.tui.desk import Desk, SitDown

HEAD = "format: 1\ntopic: alpha\ntitle: Alpha\nquestions:\n"


def written(question_id: str, ask: str) -> str:
    return f"""\
  - id: {question_id}
    kind: flashcard
    ask: {ask}
    answer: That.
    source: A book.
"""


class Packs:
    """Two packs in a folder, and an editor that puts one text in the place of another."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._monkeypatch = folder, monkeypatch
        self.alpha = folder / "content" / "pack" / "alpha.yaml"
        self.beta = folder / "content" / "other" / "beta.yaml"
        self.told = folder / "told"
        self.alpha.parent.mkdir(parents=True)
        self.beta.parent.mkdir()
        self.alpha.write_text(HEAD + "".join(written(name, f"What is {name}?") for name in ("one", "two", "three")))
        self.beta.write_text(HEAD.replace("lpha", "eta").replace("Aeta", "Beta") + written("four", "What is four?"))
        self.opened: list[Library] = []
        monkeypatch.setattr(HeadlessDriver, "can_suspend", property(lambda driver: True))
        monkeypatch.delenv("VISUAL", raising=False)

    def load(self) -> Loaded:
        loaded = load_library([self.folder / "content"], self.folder)
        self.opened.append(loaded.library)
        return loaded

    def edit_by(self, before: str, after: str, code: int = 0) -> None:
        """The next edits replace a text, and the editor ends with an exit code."""
        script = self.folder / "editor.py"
        script.write_text(
            "import sys\n"
            f"open({str(self.told)!r}, 'a').write(' '.join(sys.argv[1:]) + chr(10))\n"
            "name = sys.argv[-1]\n"
            f"text = open(name).read().replace({before!r}, {after!r})\n"
            "open(name, 'w').write(text)\n"
            f"sys.exit({code})\n"
        )
        self._monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))

    def edited(self) -> list[str]:
        """The files that the editor was given."""
        return self.told.read_text().splitlines()


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packs:
    return Packs(tmp_path, monkeypatch)


async def edit(desk: Desk, key: str = "e") -> None:
    await desk.until(messages.Edited, after=lambda: desk.app.simulate_key(key))


async def test_what_was_edited_is_shown_at_once_and_keeps_its_history(
    sit_down: SitDown, store: Store, packs: Packs
) -> None:
    review(store, "two", 1)
    packs.edit_by("What is two?", "What is two, really?")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b", "down", "down", "space")
        assert "What is two?" in at_cursor(desk)
        await edit(desk)
        assert "What is two, really?" in at_cursor(desk)
        assert "two · Alpha · core · flashcard" in desk.text
        assert desk.text.count("What is two, really?") == 2  # in the list and below it
        assert at_cursor(desk).split()[-2:] == ["7", "d"]
        assert packs.edited() == [str(packs.alpha)]
        assert "That." in desk.text  # the answer is still shown
        await desk.press("q", "t")  # home and quizzes use what was edited
        assert isinstance(desk.app.screen, QuizScreen)


async def test_the_library_before_is_closed(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("What is two?", "What is 2?")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await edit(desk)
        before, now = packs.opened
        assert now.count() == 4
        path = before._compiled.path
        with pytest.raises(Exception, match="closed"):
            before._compiled._connection.execute("SELECT 1")
        assert path is not None


async def test_where_the_question_is_gone_the_nearest_is_shown(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by(written("two", "What is two?"), "")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b", "down", "down")
        await edit(desk)
        assert "What is three?" in at_cursor(desk)
        assert "3 questions" in desk.text


async def test_a_broken_pack_is_named_with_its_place_and_kept_until_it_is_mended(
    sit_down: SitDown, packs: Packs
) -> None:
    packs.edit_by("    ask: What is two?\n", "")
    async with sit_down(content=packs.load().library, reload=packs.load, size=(120, 40)) as desk:
        await desk.press("b", "down", "down")
        right = desk.one(Preview).region.right
        await edit(desk)
        assert "! The pack is broken, and shown as it was before." in desk.text
        assert desk.one(Preview).region.right == right
        assert "alpha.yaml:10:5" in desk.text.replace("\n", "")
        assert "`ask`" in desk.text or "ask:" in desk.text
        assert "4 questions" in desk.text
        assert "What is two?" in at_cursor(desk)
        assert "e Mend" in desk.text
        await desk.press("q")
        assert "problem" not in desk.text  # home has the library that can be used
        await desk.press("b", "home")
        assert "e Mend" in desk.text
        packs.edit_by("  - id: two\n", "  - id: two\n    ask: What is two now?\n")
        await edit(desk)
        assert packs.edited() == [str(packs.alpha)] * 2  # the broken one, wherever the cursor is
        assert "! The pack" not in desk.text
        assert "What is two now?" in desk.text
        assert "e Edit" in desk.text


async def test_a_pack_broken_by_another_one_is_named_too(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("id: four", "id: two")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        assert "What is four?" in at_cursor(desk)
        await edit(desk)
        assert "e Mend" in desk.text
        assert "4 questions" in desk.text


async def test_a_pack_that_was_left_out_before_is_no_news(sit_down: SitDown, packs: Packs) -> None:
    packs.beta.write_text("nonsense: 1\n")
    loaded = packs.load()
    packs.edit_by("What is one?", "What is 1?")
    async with sit_down(content=loaded.library, problems=loaded.problems, reload=packs.load) as desk:
        desk.app._services = replace(desk.app._services, left_out=loaded.left_out)
        await desk.press("b")
        packs.beta.write_text("\nnonsense: 2\n")
        await edit(desk)
        assert "What is 1?" in at_cursor(desk)
        assert "e Edit" in desk.text


async def test_an_editor_that_fails_is_told_and_what_it_saved_is_read(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("What is four?", "What is 4?", code=3)
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await edit(desk)
        assert isinstance(desk.app.screen, FaultScreen)
        assert "ended with exit code 3." in desk.text
        await desk.press("enter")
        assert "What is 4?" in at_cursor(desk)


async def test_a_missing_editor_is_told(sit_down: SitDown, packs: Packs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await edit(desk)
        assert "There is no program 'no-such-editor', which $EDITOR names" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, BrowseScreen)


async def test_without_a_terminal_the_place_is_told(
    sit_down: SitDown, packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs.edit_by("What is four?", "What is 4?")
    monkeypatch.setattr(HeadlessDriver, "can_suspend", False)
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await edit(desk)
        assert "An editor cannot be opened from here." in desk.text
        inside = [line.split("│")[1].strip() for line in desk.text.splitlines() if line.count("│") == 2]
        assert "beta.yaml:5:9 elsewhere" in " ".join(inside).replace(f"{packs.folder} ", str(packs.folder))


async def test_in_a_quiz_the_answered_question_is_edited_and_asked_anew(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("What is four?", "What is four, really?")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await choose(desk, "t", "beta")
        await desk.press("p")
        await desk.press("space")
        await edit(desk)
        assert isinstance(desk.app.screen, QuizScreen)
        await desk.press("1")
        assert "What is four, really?" in desk.text
        await desk.press("space", "3")
        assert [log.rating for log in desk.store.reviews("four")] == [Rating.AGAIN, Rating.GOOD]
        await desk.press("enter")
        assert "What is four, really?" in at_cursor(desk)


async def test_in_a_quiz_the_open_question_is_edited_and_asked_as_it_is_now(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("What is four?", "What is four, really?")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await choose(desk, "t", "beta")
        await desk.press("p")
        await edit(desk, "ctrl+e")
        assert isinstance(desk.app.screen, QuizScreen)
        assert "What is four, really?" in desk.text
        await desk.press("space", "3")
        assert [log.rating for log in desk.store.reviews("four")] == [Rating.GOOD]


async def test_in_a_quiz_a_question_that_is_gone_is_asked_no_more(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by(written("two", "What is two?") + written("three", "What is three?"), "")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await choose(desk, "t", "alpha")
        await desk.press("p", "space")
        await edit(desk)
        for _ in range(2):
            await desk.press("4")
            if isinstance(desk.app.screen, QuizScreen):
                assert "What is one?" in desk.text
                await desk.press("space")
        assert isinstance(desk.app.screen, SummaryScreen)


async def test_in_a_quiz_a_pack_that_was_broken_can_be_mended(sit_down: SitDown, packs: Packs) -> None:
    packs.edit_by("    ask: What is four?\n", "")
    async with sit_down(content=packs.load().library, reload=packs.load) as desk:
        await desk.press("b")
        await choose(desk, "t", "beta")
        await desk.press("p", "space")
        await edit(desk)
        assert isinstance(desk.app.screen, FaultScreen)
        assert "The pack is broken now" in desk.text
        packs.edit_by("  - id: four\n", "  - id: four\n    ask: What is four now?\n")
        await edit(desk, "y")
        assert isinstance(desk.app.screen, QuizScreen)
        await desk.press("1")
        assert "What is four now?" in desk.text
