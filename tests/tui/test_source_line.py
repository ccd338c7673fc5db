"""The source of an answer, with the title of its work where both fit on one line."""

import pytest
from textual.app import App, ComposeResult

from kdquiz.library.facts import Facts
from kdquiz.library.model import Topic
from kdquiz.library.read import FileRead
from kdquiz.library.works import Work
from kdquiz.sessions.selection import Wish
from kdquiz.tui.start import Quiz
from kdquiz.tui.widgets.source_line import SourceLine
from tests.libraries import PACK, library_of_files
from tests.tui.desk import SitDown
from tests.tui.examples import CHOICE, MARKUP

CITE = "Hinton, Vinyals & Dean 2015"
TITLE = "Distilling the Knowledge"


def work(cite: str, title: str) -> Work:
    return Work(cite=cite, authors=("Somebody",), title=title, identifier="none")


class Page(App[None]):
    def __init__(self, line: SourceLine) -> None:
        super().__init__()
        self.line = line

    def compose(self) -> ComposeResult:
        yield self.line

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "#888888"}


async def shown(line: SourceLine, width: int) -> str:
    async with Page(line).run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        return "\n".join(strip.text.rstrip() for strip in line.render_lines(line.size.region))


@pytest.mark.parametrize(("width", "titled"), [(80, True), (70, True), (69, False)])
async def test_the_title_is_there_where_it_fits(width: int, titled: bool) -> None:
    text = await shown(SourceLine(f"{CITE}, s. 2", [work(CITE, TITLE)]), width)
    assert text == f"Source: {CITE}, s. 2" + (f" · “{TITLE}”" if titled else "")


async def test_of_several_works_and_of_none_only_the_source_is_shown() -> None:
    assert await shown(SourceLine("One; Two", [work("One", "A"), work("Two", "B")]), 80) == "Source: One; Two"
    assert await shown(SourceLine("One"), 80) == "Source: One"


async def test_markup_is_text() -> None:
    assert await shown(SourceLine("One", [work("One", MARKUP)]), 80) == f"Source: One · “{MARKUP}”"


async def test_the_quiz_shows_it_with_the_answer(sit_down: SitDown) -> None:
    topic = Facts(topic=Topic(id="temperature", title="Temperature"))
    asked = FileRead(path=PACK / "temperature.yaml", facts=topic, questions=((CHOICE, ()),))
    works = (work("PyTorch documentation", "PyTorch"),)
    sources = FileRead(path=PACK / "sources.yaml", facts=Facts(works=works))
    async with sit_down(Quiz(wish=Wish()), content=library_of_files([asked, sources])) as desk:
        assert "“PyTorch”" not in desk.text
        await desk.press("a", "enter")
        assert f"Source: {CHOICE.source} · “PyTorch”" in desk.text
