"""A lesson page: read in a few minutes, then its questions and its drill.

Goes in: functions that look up the library and the `Overview`, and the id of a page. Comes out: `QuizWanted`,
`DrillWanted`, `Left`. The other pages are opened in place, so that coming back always leads to where the lesson was
opened from.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kdquiz.library.filter import Filter
from kdquiz.library.lesson import LessonEntry
from kdquiz.library.library import Library
from kdquiz.library.wording import counted
from kdquiz.sessions.selection import Wish
from kdquiz.tui.messages import DrillWanted, Left, QuizWanted
from kdquiz.tui.overview import LessonRow, Overview
from kdquiz.tui.widgets import rows
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.prose import QUIET, Prose, inline, one_line, plain

TITLE_LENGTH = 66
"""Characters of a question's text that tell what it is about."""


class LessonScreen(Screen[None]):
    """One page at a time."""

    DEFAULT_CSS = """
    #lesson { margin: 1 0 0 0; padding: 0 1; scrollbar-size-vertical: 1; }
    #lesson MarkdownH2 { content-align: left middle; margin: 0 0 1 0; }
    #ends-in { margin: 1 0 0 0; padding: 0 1; border-left: thick $primary; height: auto; }
    """

    about = (
        "A page is read in about three minutes. Enter asks its questions, in their order; d opens its drill. A page "
        "counts as read (✓) when each of its questions has been answered once. Numbers on a page are computed."
    )
    AUTO_FOCUS = "#lesson"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "ask", "Questions", tooltip="Answer the questions of this page", id="lesson.ask"),
        Binding("d", "drill", "Drill", tooltip="Write the code of this page", id="lesson.drill"),
        Binding("n,right", "turn(1)", "Next page", tooltip="The next page of the path", id="lesson.next"),
        Binding("p,left", "turn(-1)", "Before", tooltip="The page before", id="lesson.before"),
        Binding("space", "page_down", "More", tooltip="Scroll down; ↑ and ↓ go line by line", id="lesson.more"),
        Binding("q,escape", "leave", "Back", tooltip="Back to where you came from", id="lesson.leave"),
    ]

    leads_on = True

    def __init__(self, library: Callable[[], Library], look: Callable[[], Overview | None], lesson_id: str) -> None:
        """`look` returns None where the store cannot be read, after telling the learner."""
        super().__init__()
        self._library = library
        self._look = look
        self._left = False
        self.lesson_id = lesson_id

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading()
            with VerticalScroll(id="lesson"):
                yield Prose(self._entry().lesson.page)
                yield Static(id="ends-in")
        yield KeyBar()

    def _pages(self) -> list[LessonEntry]:
        return list(self._library().lessons.values())

    def _entry(self) -> LessonEntry:
        return self._library().lessons[self.lesson_id]

    @on(events.ScreenResume)
    async def _resumed(self) -> None:
        """The content may have been edited, and questions answered, meanwhile."""
        self._left = False
        if self.lesson_id not in self._library().lessons:
            self.action_leave()
            return
        self._draw()

    def _draw(self) -> None:
        pages, lesson = self._pages(), self._entry().lesson
        heading = self.query_one(Heading)
        topic = self._library().topics[lesson.topic].title
        heading.tell(lesson.title, f"  {topic}" if topic != lesson.title else "")
        number = [each.lesson.id for each in pages].index(self.lesson_id) + 1
        heading.stand(f"page {number} of {len(pages)} · {lesson.minutes} min")
        self.query_one("#ends-in", Static).update(self._ends_in(self._look()))
        self.call_after_refresh(self.refresh_bindings)  # whether there is more to scroll is known then

    def _ends_in(self, overview: Overview | None) -> Content:
        """What the page leads to, with where the learner stands with it."""
        lesson, library = self._entry().lesson, self._library()
        row = next((one for one in overview.lessons if one.id == lesson.id), None) if overview else None
        lines = [_asked(lesson.questions, row)]
        for name in lesson.questions:
            seen = row is not None and name in row.seen
            title = one_line(library.entries[name].question.title, TITLE_LENGTH)
            lines.append(Content.assemble(("✓ " if seen else "· ", QUIET), inline(title, QUIET if seen else "")))
        if lesson.drill is not None:
            lines += [Content(""), self._drill_line(lesson.drill, overview)]
        following = self._neighbour(1)
        if following is not None:
            lines += [
                Content(""),
                Content.assemble(("n      ", "bold $accent"), plain("Next page: "), inline(following.lesson.title)),
            ]
        return Content("\n").join(lines)

    def _drill_line(self, drill_id: str, overview: Overview | None) -> Content:
        drill = self._library().drills[drill_id].drill
        row = next((one for one in overview.drills if one.id == drill_id), None) if overview else None
        state = f" · {rows.drill_state(row, overview.now)}" if row and overview else ""
        return Content.assemble(
            ("d      ", "bold $accent"), "Drill: ", inline(drill.title), plain(f" · {drill.minutes} min{state}", QUIET)
        )

    def _neighbour(self, pages: int) -> LessonEntry | None:
        there = self._pages()
        at = [each.lesson.id for each in there].index(self.lesson_id) + pages
        return there[at] if 0 <= at < len(there) else None

    # ---- what the learner does ---------------------------------------------------------------------------

    def _go(self, where: QuizWanted | DrillWanted | Left) -> None:
        """Keys may come faster than a screen opens: those after the first one are not for this screen."""
        if not self._left:
            self._left = True
            self.post_message(where)

    def action_ask(self) -> None:
        questions = self._entry().lesson.questions
        self._go(QuizWanted(Wish(filter=Filter(only=frozenset(questions)), listed=questions)))

    def action_drill(self) -> None:
        drill = self._entry().lesson.drill
        if drill is not None:
            self._go(DrillWanted(drill))

    async def action_turn(self, pages: int) -> None:
        neighbour = self._neighbour(pages)
        if neighbour is None or self._left:
            return
        self.lesson_id = neighbour.lesson.id
        await self.query_one(Prose).show(neighbour.lesson.page)
        self._draw()
        self.query_one("#lesson").scroll_home(animate=False)

    def action_page_down(self) -> None:
        self.query_one("#lesson").scroll_page_down(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if self.lesson_id not in self._library().lessons:
            return action == "leave"
        if action == "drill":
            return self._entry().lesson.drill is not None
        if action == "turn" and isinstance(pages := parameters[0], int):
            return self._neighbour(pages) is not None
        if action == "page_down":
            return any(each.max_scroll_y > 0 for each in self.query("#lesson"))
        return True

    def action_leave(self) -> None:
        self._go(Left(self))


def _asked(questions: Sequence[str], row: LessonRow | None) -> Content:
    seen = sum(name in row.seen for name in questions) if row else 0
    if row is None:
        state = ""
    elif row.is_read:
        state = " · all answered; Enter asks them again"
    else:
        state = f" · {seen} answered so far" if seen else " · not asked yet"
    return Content.assemble(
        ("Enter  ", "bold $accent"), "Now answer ", plain(counted(len(questions), "question")), plain(state, QUIET)
    )
