"""The panes of a drill: task with hints, editor, report, reference; their names above, a line of state below.

From 120 columns on the editor stands beside the pane last asked for; below that one pane is shown at a time. Knows no
session: it is told what to show.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from kdquiz.tui.widgets.code_editor import CodeEditor
from kdquiz.tui.widgets.pane_bar import PaneBar
from kdquiz.tui.widgets.prose import plain
from kdquiz.tui.widgets.report_view import ReportView
from kdquiz.tui.widgets.task_pane import TaskPane

PANES = (("task", "F2"), ("code", "F3"), ("report", "F4"), ("solution", "F5"))
SIDE_BY_SIDE = 120
"""Columns from which on the editor stands beside the other panes."""


class DrillPanes(Vertical):
    """`task`, `code`, `report` and, once it may be seen, `solution`."""

    DEFAULT_CSS: ClassVar[str] = """
    DrillPanes { height: 1fr; }
    DrillPanes > #panes { height: 1fr; margin: 1 0 0 0; }
    DrillPanes #task, DrillPanes #report, DrillPanes #solution, DrillPanes #code { width: 1fr; }
    DrillPanes > #status { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, task: str, source: str) -> None:
        super().__init__()
        self.code = CodeEditor(source, widget_id="code")
        self.report = ReportView(id="report")
        self.task_pane = TaskPane(task)
        self._solution = CodeEditor("", read_only=True, widget_id="solution")
        self._solved = False
        self._beside = "task"
        """The pane beside the editor, or in its place."""
        self._coding = False

    def compose(self) -> ComposeResult:
        yield PaneBar(PANES)
        with Horizontal(id="panes"):
            yield self.task_pane
            yield self.report
            yield self._solution
            yield self.code
        yield Static(id="status")

    def on_mount(self) -> None:
        self.go("code" if self.wide else "task")

    def on_resize(self) -> None:
        self._draw()

    @property
    def wide(self) -> bool:
        """Whether the editor stands beside the other panes."""
        return self.app.size.width >= SIDE_BY_SIDE

    @property
    def shown(self) -> set[str]:
        """The panes on show."""
        return {"code", self._beside} if self.wide else {"code" if self._coding else self._beside}

    def go(self, pane: str) -> None:
        """Show a pane and give it the keys."""
        self._coding = pane == "code"
        if not self._coding:
            self._beside = pane
        self._draw()
        self.query_one(f"#{pane}").focus()

    def glance(self, pane: str) -> None:
        """Show a pane; where the editor is beside it, that keeps the keys."""
        self.go(pane)
        if self.wide:
            self.go("code")

    def switch(self) -> None:
        """Between the editor and the other pane."""
        self.go(self._beside if self.code.has_focus else "code")

    def tell(self, text: str, *, fault: bool = False) -> None:
        """The line above the keys."""
        self.query_one("#status", Static).update(plain(text, "bold $text-warning" if fault else ""))

    def show_solution(self, reference: str) -> None:
        """The reference may be seen from now on."""
        if not self._solved:
            self._solved = True
            self._solution.put_all(reference)
            self._draw()

    @on(PaneBar.Asked)
    def _asked(self, event: PaneBar.Asked) -> None:
        event.stop()
        self.go(event.pane)

    def _draw(self) -> None:
        shown = self.shown
        for pane, _ in PANES:
            self.query_one(f"#{pane}").display = pane in shown
        self.query_one(PaneBar).show(shown, {pane for pane, _ in PANES if pane != "solution" or self._solved})
