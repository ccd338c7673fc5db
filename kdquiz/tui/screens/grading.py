"""What the screens of a drill have in common, wherever its code is written: having it graded, hints, the solution.

Holds a `DrillSession`; grading happens in a worker that only posts messages. Goes in: the session, a grader, a clock.
Comes out: messages with what is to be kept. How all of it is drawn is the business of each screen.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on, work

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.report import Check, Report, Submission, Verdict
from kdquiz.library.wording import counted
from kdquiz.sessions.drill import DrillPhase, DrillSession, DrillView
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.messages import Attempted, CheckFinished, Graded, GraderFailed, Rated
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.words import comes_back, stopwatch

WARMING, GRADING = "Warming up the grader…", "Grading…"


class GradingScreen(KeepingScreen):
    """One sitting with one drill. At most one submission is being graded, and only its messages are heard."""

    YOURS: ClassVar[str]
    """What becomes of the learner's code when the solution is shown."""

    def __init__(self, session: DrillSession, grader: Grader, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._session = session
        self._grader = grader
        self._clock = clock
        self._submission: Submission | None = None
        self.checks: list[Check] = []
        """Those of the submission being graded that are through."""
        self.view: DrillView = session.view()
        """What is drawn."""
        self.heading = Heading(self.view.drill.title)

    def on_mount(self) -> None:
        self.set_interval(1, self._go_by)
        self._draw_heading()

    async def _go_by(self) -> None:
        """A second has gone by; meanwhile the grader may have become warm."""
        self._draw_heading()
        if self.view.phase is DrillPhase.GRADING:
            await self.draw_grading()

    def _draw_heading(self) -> None:
        view = self.view
        self.heading.tell(view.drill.title, f" · {view.drill.level}")
        tried = f"{counted(view.attempts, 'attempt')} · " if view.attempts else ""
        unsaved = "not saved! · " if self.unsaved else ""
        seconds = (self._clock() - view.started_at).total_seconds()
        self.heading.stand(f"{unsaved}{tried}{stopwatch(seconds)} of {view.drill.minutes} min")

    def look(self) -> None:
        """Take over what the session says now; the report is drawn apart."""
        self.view = self._session.view()
        self._draw_heading()
        self.refresh_bindings()

    # ---- how it is drawn ---------------------------------------------------------------------------------

    def tell(self, text: str, *, fault: bool = False) -> None:
        """The line above the keys."""
        raise NotImplementedError

    async def draw_grading(self) -> None:
        """A submission is being graded, as far as `checks` tell."""
        raise NotImplementedError

    async def draw_report(self, submission: Submission, report: Report, outlook: str) -> None:
        """The report of a submission, which is kept; `outlook` is what it means for the days to come."""
        raise NotImplementedError

    async def draw_fault(self, error: GradingError) -> None:
        """There is no grading now."""
        raise NotImplementedError

    async def draw_hints(self) -> None:
        """One more hint was given."""
        raise NotImplementedError

    async def draw_solution(self) -> None:
        """Show the reference, which may be seen now."""
        raise NotImplementedError

    # ---- grading -----------------------------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is being written or graded just now."""
        return self.keeping or self._session.view().phase is DrillPhase.GRADING

    @property
    def progress(self) -> str:
        """What a submission that is being graded waits for."""
        if not self._grader.ready and not self.checks:
            return WARMING
        seconds = self.view.drill.seconds
        return f"{GRADING} your code has up to {counted(seconds, 'second')} for this one" if seconds else GRADING

    def submit(self, source: str) -> None:
        """Have `source` graded; not while the screen is busy."""
        self._submission = self._session.submit(source)
        self.checks.clear()
        self.look()
        self._grade(self._submission)

    @work(exclusive=True, group="grading")
    async def _grade(self, submission: Submission) -> None:
        """Runs beside the screen, and only posts messages."""

        def on_check(check: Check) -> None:
            self.post_message(CheckFinished(submission, check))

        try:
            report = await self._grader.grade(submission, on_check=on_check)
        except GradingError as error:
            self.post_message(GraderFailed(error, submission))
        else:
            self.post_message(Graded(submission, report))

    @on(CheckFinished)
    async def _check_finished(self, event: CheckFinished) -> None:
        if event.submission is self._submission:
            self.checks.append(event.check)
            await self.draw_grading()

    @on(Graded)
    async def _graded(self, event: Graded) -> None:
        if event.submission is not self._submission:
            return
        self._submission = None
        recorded = self._session.record(event.report, self._clock())
        due = recorded.reviewed.card.due if recorded.reviewed else None
        outlook = _outlook(event.report.verdict, due, self._clock(), len(recorded.make_due))

        async def show() -> None:
            self.look()
            await self.draw_report(event.submission, event.report, outlook)

        await self.keep(Attempted(self, recorded), show)

    @on(GraderFailed)
    async def _grader_failed(self, event: GraderFailed) -> None:
        if event.submission is self._submission:  # else what is being graded now will tell for itself
            self._submission = None
            self._session.withdraw()
            self.look()
            await self.draw_fault(event.error)

    # ---- hints and the solution --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if action == "hint":
            return self.view.hints_left > 0
        if action == "grade":
            return self.view.phase is not DrillPhase.GRADING
        return True

    async def action_hint(self) -> None:
        if self._session.hint() is not None:
            self.look()
            await self.draw_hints()

    async def action_solution(self) -> None:
        if self.view.reference is not None:
            await self.draw_solution()
        elif self.busy:
            self.tell("Your code is being graded: ask again when that is done.")
        else:
            detail = f"The drill then counts as Again and comes back soon. {self.YOURS}"
            self.app.push_screen(ConfirmScreen("Show the solution?", detail, "Show it", "Try on"), self._give_up)

    async def _give_up(self, sure: bool | None) -> None:
        if not sure:
            return
        if self.busy:  # saved in another window while the question stood
            await self.action_solution()
            return
        reviewed = self._session.give_up(self._clock())

        async def show() -> None:
            self.look()
            await self.draw_solution()
            self.tell("One good solution: read it, then write it again from memory.")

        await self.keep(Rated(self, reviewed) if reviewed else None, show)


def _outlook(verdict: Verdict, due: datetime | None, now: datetime, made_due: int) -> str:
    """What a report means for the days to come; empty where it means nothing."""
    if verdict is Verdict.ACCEPTED:
        return f"✓ Solved. It comes back {comes_back(due, now)}." if due else "✓ Solved."
    if made_due:
        return f"{counted(made_due, 'question')} on what went wrong {'is' if made_due == 1 else 'are'} due now."
    return ""
