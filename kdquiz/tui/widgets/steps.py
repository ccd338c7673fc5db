"""The steps of an order: a row for each place, with the step that the learner put there; ✓ and ✗ after the answer."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kdquiz.marking.model import StepMark
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.options import RIGHT, WRONG
from kdquiz.tui.widgets.prose import inline, plain
from kdquiz.tui.words import belongs_at

TEXT_COLUMN = 9
CURSOR, HELD = "▸", "↕"


class StepRow(Static):
    """One place, counted from 0. A click picks up what stands there, or puts there what is held."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    StepRow { height: auto; padding: 0 1; }
    StepRow:hover { background: $surface; }
    StepRow.-cursor, StepRow.-cursor:hover { background: $panel; }
    StepRow.-held { text-style: bold; }
    StepRow.-marked, StepRow.-marked:hover { background: transparent; }
    """

    @dataclass
    class Clicked(Message):
        """The learner clicked a place."""

        place: int

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def show(self, letter: str, text: str, *, cursor: bool, held: bool) -> None:
        """Draw the step that stands here, while the order is open."""
        self.set_class(cursor, "-cursor")
        self.set_class(cursor and held, "-held")
        sign = (HELD if held else CURSOR) if cursor else " "
        self.update(Hanging(step_item(inline(text), self.place, letter, sign)))

    def mark(self, mark: StepMark, letter: str) -> None:
        """Draw the step after the answer: a sign, and the place that it belongs to if it does not stand in order."""
        self.set_classes("-marked")
        sign, colour = (RIGHT, "$text-success") if mark.in_order else (WRONG, "$text-error")
        text = inline(mark.text)
        if not mark.in_order:
            text = Content.assemble(text, plain(f"  · {belongs_at(self.place, mark.belongs)}", "bold"))
        self.update(Hanging(step_item(text, self.place, letter, sign, colour)))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.place))


def step_item(text: Content, place: int, letter: str, sign: str = " ", colour: str = "") -> Item:
    """A step at a place, from 0: `▸ 3.  b  Student forward`."""
    return Item(text, plain(f"{sign} {place + 1}.  {letter}", colour), TEXT_COLUMN)
