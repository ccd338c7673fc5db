"""The pages of a drill that is written in another window: task with hints, report, reference; one is on show.

Above them is said why nothing is graded; `status`, which the screen puts at its foot, says what the last report means.
Knows no session and no file: it is told what to show. `home` is the page that belongs to the file as it stands, the
others are looked at and left again.
"""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kdquiz.tui.watching import NotYet
from kdquiz.tui.widgets.code_editor import CodeEditor
from kdquiz.tui.widgets.prose import coded, plain
from kdquiz.tui.widgets.report_view import ReportView
from kdquiz.tui.widgets.task_pane import TaskPane

BACK = {"task": "t", "solution": "s"}
"""The key that shows a page, and leaves it again."""


class WatchPages(Vertical):
    """`task`, `report` and, once it may be seen, `solution`."""

    DEFAULT_CSS = """
    WatchPages { height: 1fr; padding: 1 0 0 0; }
    WatchPages > #notice { margin: 0 1 1 1; padding: 0 1; border-left: thick $primary; display: none; }
    WatchPages > #notice.-fault { border-left: thick $warning; }
    WatchPages > #task, WatchPages > #report, WatchPages > #solution { height: 1fr; }
    """

    def __init__(self, task: str) -> None:
        super().__init__()
        self.task_pane = TaskPane(task)
        self.report = ReportView(id="report")
        self.status = Static(id="status")
        self.home = self.shown = "task"
        self._said = Content()

    def compose(self) -> ComposeResult:
        yield Static(id="notice")
        yield self.task_pane
        yield self.report

    def on_mount(self) -> None:
        self.go("task")

    def go(self, page: str) -> None:
        """Show a page and give it the keys."""
        self.shown = page
        for each in self.query("#task, #report, #solution"):
            each.display = each.id == page
        self.query_one(f"#{page}").focus()
        away = page != self.home
        self.status.update(plain(f"{BACK[page]} goes back to the {self.home}.") if away else self._said)

    def go_home(self, home: str) -> None:
        """From now on `home` belongs to the file; show it."""
        self.home = home
        self.go(home)

    def turn(self, page: str) -> None:
        """To a page; back from it where it is on show."""
        self.go(self.home if self.shown == page else page)

    def tell(self, text: str, *, fault: bool = False) -> None:
        """The line above the keys."""
        self._said = plain(text, "bold $text-warning" if fault else "")
        self.status.update(self._said)

    def give_notice(self, notice: NotYet | None) -> None:
        """Why nothing is graded; None where something is."""
        banner = self.query_one("#notice", Static)
        banner.display = notice is not None
        if notice is not None:
            banner.set_class(notice.fault, "-fault")
            banner.update(Content("\n").join([plain(notice.why, "bold"), coded(notice.then)]))

    async def show_solution(self, reference: str) -> None:
        """The reference, or back from it."""
        if not self.query("#solution"):
            await self.mount(CodeEditor(reference, read_only=True, widget_id="solution"), after=self.report)
        self.turn("solution")
