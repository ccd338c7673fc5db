"""The one list of the home screen: today's session, the lesson path, the drills. Enter opens the row at the cursor.

Knows no store: it is given an `Overview`. Comes out: Textual's `OptionSelected`, with the row's id.
"""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kdquiz.tui.overview import Overview
from kdquiz.tui.widgets import rows

Row = Callable[[int, bool], Content]
"""Draws a row for a width, marked or not."""
LEAST_WIDTH = 40


class HomeList(OptionList):
    """The rows, drawn for the width there is. Ids are `today`, `topic:<id>`, `drill:<id>`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open the row at ▸", id="home.open"),
    ]

    def __init__(self) -> None:
        super().__init__(id="path", compact=True, markup=False)
        self._rows: dict[str, Row] = {}
        self._overview: Overview | None = None
        self._marked = "today"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are no pages in a list without a line: the base class would look for one."""
        if action in ("page_up", "page_down"):
            return bool(self.scrollable_content_region)
        return super().check_action(action, parameters)

    @property
    def at_cursor(self) -> str:
        """Id of the row at the cursor."""
        return self._marked

    def show(self, overview: Overview) -> None:
        """Draw the overview, with the cursor where it was."""
        self._overview = overview
        self._rows = _rows(overview)
        self.clear_options()
        self.add_options(self._options_of(overview))
        self.highlighted = next(place for place, option in enumerate(self.options) if option.id == self._marked)

    def on_resize(self) -> None:
        if self._overview is not None:
            self.show(self._overview)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        before, self._marked = self._marked, event.option_id or self._marked
        for row_id in {before, self._marked}:
            self.replace_option_prompt(row_id, self._draw(row_id))

    def _draw(self, row_id: str) -> Content:
        return self._rows[row_id](self._row_width, row_id == self._marked)

    @property
    def _row_width(self) -> int:
        return max(LEAST_WIDTH, self.scrollable_content_region.width - 2)

    def _options_of(self, overview: Overview) -> list[Option]:
        options = [Option(self._draw("today"), id="today")]
        headings = {
            "topic": rows.heading("Lesson path", "seen", "chance of recall now", self._row_width),
            "drill": rows.heading("Drills", "", "", self._row_width),
        }
        for kind, heading in headings.items():
            ids = [row_id for row_id in self._rows if row_id.startswith(f"{kind}:")]
            if ids:
                options += [Option(Content(" "), disabled=True), Option(heading, disabled=True)]
                options += [Option(self._draw(row_id), id=row_id) for row_id in ids]
        return options


def _rows(overview: Overview) -> dict[str, Row]:
    found: dict[str, Row] = {"today": partial(rows.today, overview)}
    for topic in overview.topics:
        found[f"topic:{topic.id}"] = partial(rows.topic, topic)
    for drill in overview.drills:
        found[f"drill:{drill.id}"] = partial(rows.drill, drill, overview.now)
    return found
