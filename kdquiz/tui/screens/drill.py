"""A drill on the screen: the task and its hints, the editor, the report, the reference once it may be seen.

Goes in: the session, the code to start with, a grader and a clock. Comes out: messages with what is to be kept, and
`Left`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Report, Submission, Verdict
from kdquiz.sessions.drill import DrillPhase, DrillSession
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.messages import Drafted, DraftLeft, GraderReady, Left
from kdquiz.tui.screens.grading import WARMING, GradingScreen
from kdquiz.tui.widgets.drill_panes import PANES, DrillPanes
from kdquiz.tui.widgets.key_bar import KeyBar

DRAFT_PAUSE = 1.0
"""Seconds without a key after which the code is kept."""
READY = "F3 opens your code, Ctrl+R grades it."


class DrillScreen(GradingScreen):
    """One sitting with one drill, its code written here."""

    about = (
        "Write the function, have it graded, read which mistake was made. F2 to F5 show the task, your code, the "
        "report and, once solved or given up, the solution. Your code is kept at every pause."
    )
    YOURS = "Your code stays in the editor."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+r", "grade", "Grade", tooltip="Grade what is in the editor", id="drill.grade"),
        Binding("ctrl+g", "hint", "Hint", tooltip="One more hint; a solve then counts as Hard", id="drill.hint"),
        Binding("ctrl+o", "solution", "Solution", tooltip="Show the reference; counts as Again", id="drill.solution"),
        Binding("ctrl+t", "switch", "Pane", tooltip="Between the editor and the other pane", id="drill.switch"),
        Binding("ctrl+l", "reset", "Start over", show=False, tooltip="Put the starter back", id="drill.reset"),
        *(
            Binding(key.lower(), f"show('{pane}')", f"Show the {pane}", show=False, id=f"drill.show-{pane}")
            for pane, key in PANES
        ),
        Binding("escape,q", "back", "Back", tooltip="Leave; your code is kept", id="drill.back"),
    ]

    def __init__(self, session: DrillSession, source: str, grader: Grader, clock: Callable[[], datetime]) -> None:
        super().__init__(session, grader, clock)
        self._pause: Timer | None = None
        self.panes = DrillPanes(self.view.drill.ask, source)

    def compose(self) -> ComposeResult:
        yield self.heading
        yield self.panes
        yield KeyBar()

    def on_mount(self) -> None:
        self.tell(READY if self._grader.ready else WARMING)

    # ---- how it is drawn ---------------------------------------------------------------------------------

    def look(self) -> None:
        super().look()
        if self.view.reference is not None:
            self.panes.show_solution(self.view.reference)

    def tell(self, text: str, *, fault: bool = False) -> None:
        self.panes.tell(text, fault=fault)

    async def draw_grading(self) -> None:
        self.tell(self.progress)
        await self.panes.report.show_grading(self.progress, self.checks)

    async def draw_report(self, submission: Submission, report: Report, outlook: str) -> None:
        await self.panes.report.show(report)
        if report.verdict is Verdict.ACCEPTED:
            outlook += " F5 shows the reference."
        self.tell(outlook or "Ctrl+R grades again.")

    async def draw_fault(self, error: GradingError) -> None:
        self.tell(f"No grading; F4 tells what to do. {error.message}", fault=True)
        if self.view.report is None:
            await self.panes.report.show_fault(error.message, error.hint)

    async def draw_hints(self) -> None:
        self.panes.glance("task")
        await self.panes.task_pane.show_hints(self.view.hints, self.view.hints_left)

    async def draw_solution(self) -> None:
        self.panes.go("solution")

    @on(GraderReady)
    async def _grader_ready(self) -> None:
        if self.view.phase is DrillPhase.GRADING:
            await self.draw_grading()
        else:
            self.tell(READY)

    # ---- what the learner does ---------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "show" and parameters == ("solution",):
            return self.view.reference is not None
        return super().check_action(action, parameters)

    async def action_grade(self) -> None:
        if not self.busy:
            self._keep_draft()
            self.submit(self.panes.code.text)
            self.panes.glance("report")
            await self.draw_grading()

    def action_reset(self) -> None:
        def decided(sure: bool | None) -> None:
            if sure:
                self.panes.code.put_all(self.view.drill.starter)
                self.panes.go("code")

        detail = "The starter replaces your code. Ctrl+Z in the editor brings it back."
        self.app.push_screen(ConfirmScreen("Start over?", detail, "Start over"), decided)

    def action_switch(self) -> None:
        self.panes.switch()

    def action_show(self, pane: str) -> None:
        self.panes.go(pane)

    async def action_back(self) -> None:
        await self.leave()

    # ---- the draft, and leaving --------------------------------------------------------------------------

    @on(TextArea.Changed, "#code")
    def _changed(self) -> None:
        self._stop_pause()
        self._pause = self.set_timer(DRAFT_PAUSE, self._keep_draft)

    def _stop_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    def _keep_draft(self) -> None:
        self._stop_pause()
        self.post_message(Drafted(self.view.drill.id, self.panes.code.text))

    async def leave(self, what: Message | None = None) -> None:
        """The code is kept as a draft, and nothing is asked; where it cannot be kept, the learner is told first."""

        async def go() -> None:
            self.post_message(what or Left(self, self._session.settled))

        if not self.keeping:
            self._stop_pause()
            await self.keep(DraftLeft(self, self.view.drill.id, self.panes.code.text), go)
