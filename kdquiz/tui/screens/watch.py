"""A drill that the learner writes in an editor of their own: the file is watched, and graded at every save.

Goes in: the session, the file, a grader and a clock. Comes out: messages with what is to be kept, and `Left`. The file
is only ever read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Limits, Report, Submission, Verdict
from kdquiz.sessions.drill import DrillPhase, DrillSession
from kdquiz.tui.messages import GraderReady, Left, Saved
from kdquiz.tui.screens.grading import WARMING, GradingScreen
from kdquiz.tui.watching import NotYet, to_grade, watch
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.watch_pages import WatchPages

PATIENCE = 0.25
"""Seconds for which the last report stays while the next one is made; most take less, and nothing flickers."""
MOST = Limits().source_bytes
LONGEST = 58
"""Cells of the file's path that are shown in full at 80 columns."""

_NEXT = {Verdict.ACCEPTED: "s shows the reference.", Verdict.INTERNAL_ERROR: "Save again, or press r."}
"""What to do now, for a verdict."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The report on show: of which source, and since when."""

    source: str
    at: datetime


class WatchScreen(GradingScreen):
    """One sitting with one drill, its code written elsewhere. Of saves that come while another one is graded, the
    newest alone is graded next; a report on what was saved before it is kept, and not drawn."""

    about = (
        "Write the function in your own editor. Every save of the file is graded here and counts as an attempt, and "
        "its code is kept; your file is never changed. Arrow keys scroll what is on show."
    )
    YOURS = "Your file stays as it is."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "task", "Task", tooltip="Show the task; again: back to the report", id="watch.task"),
        Binding("h,ctrl+g", "hint", "Hint", tooltip="One more hint; a solve then counts as Hard", id="watch.hint"),
        Binding("s,ctrl+o", "solution", "Solution", tooltip="Show the reference; counts as Again", id="watch.solution"),
        Binding("r,ctrl+r", "grade", "Grade again", tooltip="Grade the file again as it stands", id="watch.grade"),
        Binding("q,escape", "quit_watching", "Quit", tooltip="Quit; your file stays where it is", id="watch.quit"),
        Binding("ctrl+c", "quit_watching", "Quit", show=False, tooltip="Quit, as any command", id="watch.interrupt"),
    ]
    DEFAULT_CSS = """
    WatchScreen > #middle { align-horizontal: center; }
    WatchScreen #watch { width: 100%; max-width: 104; }
    WatchScreen > #status { height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, session: DrillSession, file: Path, grader: Grader, clock: Callable[[], datetime]) -> None:
        super().__init__(session, grader, clock)
        self._file = file
        self._called = _shown(file)
        self._warming = not grader.ready
        self._source: str | None = None
        """What stands in the file, where that can be graded."""
        self._wanted: str | None = None
        """What is to be graded next."""
        self._drawn: _Drawn | None = None
        self._patience: Timer | None = None
        self._late = False
        """Patience is over: the report gives way to the grading."""
        self._file_line = Heading()
        self.pages = WatchPages(self.view.drill.ask)

    def compose(self) -> ComposeResult:
        with Vertical(id="middle"), Vertical(id="watch"):
            yield self.heading
            yield self._file_line
            yield self.pages
        yield self.pages.status
        yield KeyBar()

    def on_mount(self) -> None:
        self._file_line.tell("", self._called)
        self._draw_state()
        self._watch()

    # ---- the file ----------------------------------------------------------------------------------------

    @work(group="watching")
    async def _watch(self) -> None:
        """Runs beside the screen, and only posts messages."""
        async for seen in watch(self._file, MOST + 1):
            self.post_message(Saved(seen))

    @on(Saved)
    async def _saved(self, event: Saved) -> None:
        found = to_grade(event.seen, self._called, self.view.drill.starter, MOST)
        self._source = self._wanted = None
        self.pages.give_notice(found if isinstance(found, NotYet) else None)
        if isinstance(found, NotYet):
            self._be_patient()
            self.pages.go_home("task")
        elif self._drawn is not None and found == self._drawn.source:  # the same again: its report stands
            self._source = found
            self.pages.go_home("report")
        else:
            self._source = self._wanted = found
        await self._go_on()

    async def _go_on(self) -> None:
        """Grade what is to be graded, as soon as nothing else is."""
        if self._wanted is not None and not self.busy and not self._warming:
            source, self._wanted = self._wanted, None
            self.submit(source)
            if self._patience is None:
                self._patience = self.set_timer(PATIENCE, self._be_late)
        await self.draw_grading()

    @on(GraderReady)
    async def _grader_ready(self) -> None:
        self._warming = False
        await self._go_on()

    # ---- how it is drawn ---------------------------------------------------------------------------------

    def _draw_state(self) -> None:
        if self.view.phase is DrillPhase.GRADING:
            state = self.progress
        elif self._warming:
            state = WARMING
        elif self._drawn is not None and self._source == self._drawn.source:
            state = f"Graded {self._drawn.at.astimezone():%H:%M:%S}"
        else:
            state = "Not graded"
        self._file_line.stand(state)
        self.refresh_bindings()

    def tell(self, text: str, *, fault: bool = False) -> None:
        self.pages.tell(text, fault=fault)

    def _be_patient(self) -> None:
        """Nothing is waited for any more."""
        if self._patience is not None:
            self._patience.stop()
        if self._late:
            self.tell("")
        self._patience, self._late = None, False

    async def _be_late(self) -> None:
        """The report on what was saved before has stood long enough."""
        self._late, self._drawn = True, None
        self.pages.go_home("report")
        await self.draw_grading()

    async def draw_grading(self) -> None:
        self._draw_state()
        if self._late:
            self.tell("Saved again meanwhile: that is graded next." if self._wanted is not None else "")
            await self.pages.report.show_grading(self.progress, self.checks)

    async def draw_report(self, submission: Submission, report: Report, outlook: str) -> None:
        source = submission.source.decode()
        if self._wanted is None:
            self._be_patient()
            if source == self._source:
                failed = report.verdict is Verdict.INTERNAL_ERROR
                self._drawn = None if failed else _Drawn(source, self._clock())
                await self.pages.report.show(report)
                self.tell(f"{outlook} {_NEXT.get(report.verdict, '')}".strip())
                self.pages.go_home("report")
        await self._go_on()

    async def draw_fault(self, error: GradingError) -> None:
        self._be_patient()
        self._warming, self._drawn = False, None
        await self.pages.report.show_fault(error.message, error.hint)
        self.tell(f"No grading. {error.message}", fault=True)
        self.pages.go_home("report")
        await self._go_on()

    async def draw_hints(self) -> None:
        self.pages.go("task")
        await self.pages.task_pane.show_hints(self.view.hints, self.view.hints_left)

    async def draw_solution(self) -> None:
        await self.pages.show_solution(self.view.drill.reference)
        await self._go_on()  # saved meanwhile

    # ---- what the learner does ---------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "task":
            return not self.pages.shown == self.pages.home == "task"
        if action == "grade" and self._source is None:
            return False
        return super().check_action(action, parameters)

    async def action_grade(self) -> None:
        self._wanted = self._source
        await self._go_on()

    def action_task(self) -> None:
        self.pages.turn("task")
        self.refresh_bindings()

    async def action_quit_watching(self) -> None:
        await self.leave()

    async def leave(self, what: Message | None = None) -> None:
        """Nothing is asked: the code is in the learner's own file."""
        if not self.keeping:
            self.post_message(what or Left(self))


def _shown(file: Path) -> str:
    """The file's path; where it is too long to be shown, its name."""
    return str(file) if len(str(file)) <= LONGEST else f"…/{file.name}"
