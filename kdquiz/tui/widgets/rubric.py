"""The rubric of a short answer: lines ticked by the words of the answer; the learner overrules."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kdquiz.marking.model import PointMark
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.prose import QUIET, inline, plain

TICKED, OPEN = "☑", "☐"
TEXT_COLUMN = 4


class RubricLine(Static):
    """One line. A click overrules it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RubricLine { height: auto; }
    RubricLine.-cursor { background: $panel; }
    """

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def show(self, point: PointMark, cursor: bool) -> None:
        """Draw the line: its box, its text, and what decided it."""
        self.set_class(cursor, "-cursor")
        box, colour = (TICKED, "$text-success") if point.ticked else (OPEN, "")
        sign = plain(f"{'▸' if cursor else ' '} {box}", colour)
        text = Content.assemble(inline(point.text), plain(_reason(point), QUIET))
        self.update(Hanging(Item(text, sign, TEXT_COLUMN)))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(Rubric.Overruled(self.place))


def _reason(point: PointMark) -> str:
    if point.overruled:
        return "  · your call"
    if point.ticked and point.words:
        return "  · you wrote " + ", ".join(f"“{word}”" for word in point.words)
    return ""


class Rubric(Vertical):
    """All lines, with a cursor."""

    DEFAULT_CSS = "Rubric { height: auto; }"

    @dataclass
    class Overruled(Message):
        """The learner wants the line at `place` turned over."""

        place: int

    def __init__(self, points: tuple[PointMark, ...]) -> None:
        super().__init__()
        self.points = points
        self.cursor = 0
        self._lines = [RubricLine(place) for place in range(len(points))]

    def compose(self) -> ComposeResult:
        yield from self._lines

    def on_mount(self) -> None:
        self.draw(self.points)

    def draw(self, points: tuple[PointMark, ...]) -> None:
        """Draw all lines anew."""
        self.points = points
        for place, line in enumerate(self._lines):
            line.show(points[place], cursor=place == self.cursor)

    def move(self, step: int) -> bool:
        """Move the cursor; False where it stands at the end already."""
        place = min(len(self.points) - 1, max(0, self.cursor + step))
        moved, self.cursor = place != self.cursor, place
        self.draw(self.points)
        return moved

    @property
    def line(self) -> RubricLine:
        """The line at the cursor."""
        return self._lines[self.cursor]
