"""The one list of the home screen: today's session, the interview, the lesson path, the drills, the statistics. Enter
opens the row at the cursor.

Knows no store: it is given an `Overview`, and a `Prospect` when that is worked out. Comes out: Textual's
`OptionSelected`, with the row's id.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kdquiz.exchange.outlook import Prospect
from kdquiz.library.model import LEVELS
from kdquiz.tui.overview import DrillRow, Overview
from kdquiz.tui.widgets import rows

Row = Callable[[int, bool], Content]
"""Draws a row for a width, marked or not."""
LEAST_WIDTH = 40
GROUPED_FROM = 10
"""So many drills are told apart by level: a long list under one heading is not read."""
RANK: Mapping[str, int] = {level: place for place, level in enumerate(LEVELS)}


class HomeList(OptionList):
    """The rows, drawn for the width there is. Ids are `today`, `interview`, `aside`, `topic:<id>`, `drill:<id>` and
    `statistics`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Open", tooltip="Open the row at ▸", id="home.open"),
    ]

    def __init__(self) -> None:
        super().__init__(id="path", compact=True, markup=False)
        self._rows: dict[str, Row] = {}
        self._overview: Overview | None = None
        self._prospect: Prospect | None = None
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

    def show(self, overview: Overview, prospect: Prospect | None) -> None:
        """Draw the overview, with the cursor where it was."""
        self._overview, self._prospect = overview, prospect
        self._rows = _rows(overview, prospect)
        if self._marked not in self._rows:
            self._marked = "today"
        self.clear_options()
        self.add_options(self._options_of(overview))
        self.highlighted = next(place for place, option in enumerate(self.options) if option.id == self._marked)

    def foresee(self, prospect: Prospect) -> None:
        """Draw the chances, now that they are worked out."""
        if self._overview is not None:
            self._prospect = prospect
            self._rows = _rows(self._overview, prospect)
            for row_id in self._rows:
                if row_id.startswith("topic:") or row_id == "interview":
                    self.replace_option_prompt(row_id, self._draw(row_id))

    def on_resize(self) -> None:
        if self._overview is not None:
            self.show(self._overview, self._prospect)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        before, self._marked = self._marked, event.option_id or self._marked
        for row_id in {before, self._marked} & self._rows.keys():
            self.replace_option_prompt(row_id, self._draw(row_id))

    def _draw(self, row_id: str) -> Content:
        return self._rows[row_id](self._row_width, row_id == self._marked)

    @property
    def _row_width(self) -> int:
        return max(LEAST_WIDTH, self.scrollable_content_region.width - 2)

    def _options_of(self, overview: Overview) -> list[Option]:
        when = "of recall now" if overview.goal.ahead(overview.today) is None else "on the day"
        headings = {"topic": rows.heading("Lesson path", "seen", f"chance {when}", self._row_width)}
        headings |= _headings_of_drills(overview.drills, self._row_width)
        groups = {f"drill:{drill.id}": _group(drill, overview.drills) for drill in overview.drills}
        options: list[Option] = []
        before = ""
        for row_id in self._rows:
            kind = groups.get(row_id) or row_id.partition(":")[0]
            if kind != before and (kind in headings or before in headings):
                options.append(Option(Content(" "), disabled=True))
                options += [Option(headings[kind], disabled=True)] if kind in headings else []
            options.append(Option(self._draw(row_id), id=row_id))
            before = kind
        return options


def _group(drill: DrillRow, among: Sequence[DrillRow]) -> str:
    """What a drill stands under: its level, where there are many."""
    return "drill" if len(among) < GROUPED_FROM else f"drill {drill.level}"


def _in_groups(drills: Sequence[DrillRow]) -> Sequence[DrillRow]:
    """As they are; where there are many the easy ones first."""
    return drills if len(drills) < GROUPED_FROM else sorted(drills, key=lambda drill: RANK[drill.level])


def _headings_of_drills(drills: Sequence[DrillRow], width: int) -> dict[str, Content]:
    """Of each group: its name, and how much of it is solved."""
    found: dict[str, Content] = {}
    for group in dict.fromkeys(_group(drill, drills) for drill in drills):
        within = [drill for drill in drills if _group(drill, drills) == group]
        solved = sum(drill.solved_at is not None for drill in within)
        level = group.removeprefix("drill").strip()
        name = f"Drills · {level}" if level else "Drills"
        found[group] = rows.heading(name, f"{solved} of {len(within)} solved" if level else "", "", width)
    return found


def _rows(overview: Overview, prospect: Prospect | None) -> dict[str, Row]:
    ahead = overview.goal.ahead(overview.today) is not None
    found: dict[str, Row] = {
        "today": partial(rows.today, overview),
        "interview": partial(rows.interview, overview, prospect.whole if prospect else None),
    }
    if overview.aside:
        found["aside"] = partial(rows.aside, overview.aside)
    for topic in overview.topics:
        then = None if prospect is None else prospect.topics.get(topic.title)
        found[f"topic:{topic.id}"] = partial(rows.topic, topic, overview.lesson_of(topic.id), then, ahead)
    for drill in _in_groups(overview.drills):
        found[f"drill:{drill.id}"] = partial(rows.drill, drill, overview.now)
    return found | {"statistics": partial(rows.statistics, overview.offer)}
