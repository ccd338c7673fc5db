"""Chooses one of several values, each with how many questions it has; what is typed narrows the list.

Goes in: names and counts, and the value that holds now. Dismissed with the value chosen, empty for all of them; with
None where the learner leaves it as it is.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from kdquiz.tui.dialogs.dialog import Dialog
from kdquiz.tui.facets import Offer
from kdquiz.tui.widgets.columns import MARKER, column, marker
from kdquiz.tui.widgets.line_list import LineList
from kdquiz.tui.widgets.prose import QUIET, inline, plain
from kdquiz.tui.widgets.search_line import SearchLine

COUNT = 8
"""Cells of the column with the counts."""
HOW = "↑ ↓ move, Enter chooses, Esc leaves it as it is"
NOTHING = "No name has that in it: take letters back, or Esc"
TALLEST = 12
"""Lines of the list at most, so that it fits at 80x24."""


class Chooser(Dialog[str | None]):
    """The first offer stands for all values; it is there while nothing is typed."""

    AUTO_FOCUS = "SearchLine"
    DEFAULT_CSS = f"""
    Chooser SearchLine {{ background: $panel; margin: 0 0 1 0; }}
    Chooser LineList {{ height: auto; max-height: {TALLEST}; margin: 0 0 1 0; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "go(-1)", "Up", show=False, id="chooser.up"),
        Binding("down", "go(1)", "Down", show=False, id="chooser.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="chooser.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="chooser.page-down"),
        Binding("enter", "choose", "Choose", priority=True, id="chooser.choose"),
        Binding("escape", "dismiss(None)", "Leave it", priority=True, id="chooser.leave"),
    ]

    def __init__(self, title: str, offers: Sequence[Offer], chosen: str) -> None:
        super().__init__()
        self._title = title
        self._offers = offers
        self._chosen = chosen
        self._shown: Sequence[Offer] = offers
        self._list = LineList()
        self._hint = Static(plain(HOW, QUIET))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self._title), classes="dialog-title")
            yield SearchLine("Type to narrow the list")
            yield self._list
            yield self._hint

    def on_mount(self) -> None:
        self._show(next((place for place, offer in enumerate(self._offers) if offer.value == self._chosen), 0))

    def _show(self, cursor: int = 0) -> None:
        self._list.show(len(self._shown), self._draw, cursor)
        self._hint.update(plain(HOW, QUIET) if self._shown else plain(NOTHING))

    def _draw(self, number: int, width: int, marked: bool) -> Content:
        offer = self._shown[number]
        count = "" if offer.count is None else str(offer.count)
        about = plain(f" · {offer.about}" if offer.about else "", QUIET)
        name = Content.assemble(inline(offer.name, "bold" if offer.value == self._chosen else ""), about)
        room = max(8, width - COUNT - len(MARKER))
        return Content.assemble(marker(marked), column(name, room, gap=0), plain(f"{count:>{COUNT}}", QUIET))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        typed = event.value.strip().casefold()
        named = self._offers[1:] if typed else self._offers
        self._shown = [offer for offer in named if typed in f"{offer.value} {offer.name}".casefold()]
        self._show()

    @on(LineList.Clicked)
    def _clicked(self, event: LineList.Clicked) -> None:
        event.stop()
        self._list.go_to(event.number)
        self.action_choose()

    def action_go(self, lines: int) -> None:
        self._list.go(lines)

    def action_page(self, pages: int) -> None:
        self._list.go(pages=pages)

    def action_choose(self) -> None:
        if self._shown:
            self.dismiss(self._shown[self._list.cursor].value)
