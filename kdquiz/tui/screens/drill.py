"""A drill on the screen: the task and its hints, the editor, the report, the reference once it may be seen.

Holds a `DrillSession`; grading happens in a worker that only posts messages. Goes in: the session, the code to start
with, a grader and a clock. Comes out: messages with what is to be kept, and `Left`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Submission, Verdict
from kdquiz.sessions.drill import DrillPhase, DrillSession, DrillView
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.messages import (
    Attempted,
    CheckFinished,
    Drafted,
    DraftLeft,
    Graded,
    GraderFailed,
    GraderReady,
    Left,
    Rated,
)
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.widgets.drill_panes import PANES, DrillPanes
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.words import comes_back, counted, stopwatch

DRAFT_PAUSE = 1.0
"""Seconds without a key after which the code is kept."""
WARMING, GRADING, READY = "Warming up the grader…", "Grading…", "F3 opens your code, Ctrl+R grades it."


class DrillScreen(KeepingScreen):
    """One sitting with one drill."""

    about = (
        "Write the function, have it graded, read which mistake was made. F2 to F5 show the task, your code, the "
        "report and, once solved or given up, the solution. Your code is kept at every pause."
    )
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
        super().__init__()
        self._session = session
        self._grader = grader
        self._clock = clock
        self._checks: list[Check] = []
        self._pause: Timer | None = None
        self.view: DrillView = session.view()
        """What is drawn."""
        self.panes = DrillPanes(self.view.drill.ask, source)

    def compose(self) -> ComposeResult:
        yield Heading(self.view.drill.title)
        yield self.panes
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_interval(1, self._draw_heading)
        self._draw_heading()
        self.panes.tell(READY if self._grader.ready else WARMING)

    def _draw_heading(self) -> None:
        view = self.view
        heading = self.query_one(Heading)
        heading.tell(view.drill.title, f" · {view.drill.level}")
        tried = f"{counted(view.attempts, 'attempt')} · " if view.attempts else ""
        unsaved = "not saved! · " if self.unsaved else ""
        seconds = (self._clock() - view.started_at).total_seconds()
        heading.stand(f"{unsaved}{tried}{stopwatch(seconds)} of {view.drill.minutes} min")

    def _look(self) -> None:
        """Draw what the session says now, the report apart."""
        self.view = self._session.view()
        if self.view.reference is not None:
            self.panes.show_solution(self.view.reference)
        self._draw_heading()
        self.refresh_bindings()

    # ---- grading -----------------------------------------------------------------------------------------

    async def action_grade(self) -> None:
        if self._busy:
            return
        submission = self._session.submit(self.panes.code.text)
        self._keep_draft()
        self._checks.clear()
        self._look()
        self.panes.glance("report")
        await self._draw_grading()
        self._grade(submission)

    @work(exclusive=True, group="grading")
    async def _grade(self, submission: Submission) -> None:
        """Runs beside the screen, and only posts messages."""

        def on_check(check: Check) -> None:
            self.post_message(CheckFinished(check))

        try:
            report = await self._grader.grade(submission, on_check=on_check)
        except GradingError as error:
            self.post_message(GraderFailed(error))
        else:
            self.post_message(Graded(report))

    async def _draw_grading(self) -> None:
        word = GRADING if self._grader.ready or self._checks else WARMING
        self.panes.tell(word)
        await self.panes.report.show_grading(word, self._checks)

    @on(GraderReady)
    async def _grader_ready(self) -> None:
        if self.view.phase is DrillPhase.GRADING:
            await self._draw_grading()
        else:
            self.panes.tell(READY)

    @on(CheckFinished)
    async def _check_finished(self, event: CheckFinished) -> None:
        self._checks.append(event.check)
        await self._draw_grading()

    @on(Graded)
    async def _graded(self, event: Graded) -> None:
        recorded = self._session.record(event.report, self._clock())
        due = recorded.reviewed.card.due if recorded.reviewed else None

        async def show() -> None:
            self._look()
            await self.panes.report.show(event.report)
            self.panes.tell(_outlook(event.report.verdict, due, self._clock(), len(recorded.make_due)))

        await self.keep(Attempted(self, recorded), show)

    @on(GraderFailed)
    async def _grader_failed(self, event: GraderFailed) -> None:
        self._session.withdraw()
        self._look()
        self.panes.tell(f"No grading; F4 tells what to do. {event.error.message}", fault=True)
        if self.view.report is None:
            await self.panes.report.show_fault(event.error.message, event.error.hint)

    # ---- what the learner does ---------------------------------------------------------------------------

    @property
    def _busy(self) -> bool:
        return self.keeping or self._session.view().phase is DrillPhase.GRADING

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if action == "hint":
            return self.view.hints_left > 0
        if action == "show" and parameters == ("solution",):
            return self.view.reference is not None
        if action == "grade":
            return self.view.phase is not DrillPhase.GRADING
        return True

    async def action_hint(self) -> None:
        if self._session.hint() is not None:
            self._look()
            self.panes.glance("task")
            await self.panes.show_hints(self.view.hints, self.view.hints_left)

    def action_solution(self) -> None:
        if self.view.reference is not None:
            self.panes.go("solution")
        elif not self._busy:
            detail = "The drill then counts as Again and comes back soon. Your code stays in the editor."
            self.app.push_screen(ConfirmScreen("Show the solution?", detail, "Show it", "Try on"), self._give_up)

    async def _give_up(self, sure: bool | None) -> None:
        if not sure or self._busy:
            return
        reviewed = self._session.give_up(self._clock())

        async def show() -> None:
            self._look()
            self.panes.go("solution")
            self.panes.tell("One good solution: read it, then write it again from memory.")

        await self.keep(Rated(self, reviewed) if reviewed else None, show)

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
            self.post_message(what or Left(self))

        if not self.keeping:
            self._stop_pause()
            await self.keep(DraftLeft(self, self.view.drill.id, self.panes.code.text), go)


def _outlook(verdict: Verdict, due: datetime | None, now: datetime, made_due: int) -> str:
    """What a report means for the days to come."""
    if verdict is Verdict.ACCEPTED:
        back = f" It comes back {comes_back(due, now)}." if due else ""
        return f"✓ Solved.{back} F5 shows the reference."
    if made_due:
        return f"{counted(made_due, 'question')} on what went wrong {'is' if made_due == 1 else 'are'} due now."
    return "Ctrl+R grades again."
