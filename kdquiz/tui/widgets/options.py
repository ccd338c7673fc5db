"""The options of a question, lettered as they are shown: a cursor and marks while it is open, ✓ and ✗ after it."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Static

from kdquiz.library.options import LETTERS
from kdquiz.marking.model import OptionMark
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.prose import QUIET, inline, plain

RIGHT, WRONG = "✓", "✗"
TEXT_COLUMN = 8


class OptionRow(Static):
    """One option. `place` counts from 0 as shown."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    OptionRow { height: auto; padding: 0 1; }
    OptionRow:hover { background: $surface; }
    OptionRow.-cursor, OptionRow.-cursor:hover { background: $panel; }
    OptionRow.-chosen { text-style: bold; }
    OptionRow.-marked, OptionRow.-marked:hover { background: transparent; }
    OptionRow.-aside { color: $quiet; }
    """

    @dataclass
    class Clicked(Message):
        """The learner clicked an option."""

        place: int

    def __init__(self, place: int, text: str, box: str) -> None:
        """`box` is how an option that is not chosen looks."""
        self.place = place
        self._text = inline(text)
        self._drawn = (box, False)
        super().__init__(self._open(box, cursor=False))

    def show(self, box: str, *, cursor: bool, chosen: bool) -> None:
        """Draw the open option: `box` says whether it is chosen."""
        if self._drawn != (box, cursor):
            self._drawn = (box, cursor)
            self.set_class(cursor, "-cursor")
            self.set_class(chosen, "-chosen")
            self.update(self._open(box, cursor=cursor))

    def mark(self, mark: OptionMark, several: bool) -> None:
        """Draw the option after the answer, with what is to be said of it."""
        self.set_classes(
            "-marked"
            + (" -chosen" if mark.chosen else "")
            + (" -aside" if not mark.chosen and not mark.is_right else "")
        )
        sign, colour = (RIGHT, "$text-success") if mark.is_right else (WRONG, "$text-error" if mark.chosen else "")
        head = plain(f"{'▸' if mark.chosen else ' '} {sign} {LETTERS[self.place]}", colour)
        items = [Item(self._text, head, TEXT_COLUMN)]
        said = " ".join(part for part in (_note(mark, several), mark.because) if part)
        if said:
            because = inline(said, "not bold" if mark.chosen else f"not bold {QUIET}")
            items.append(Item(because, indent=TEXT_COLUMN + 2))
        self.update(Hanging(*items))

    def _open(self, box: str, *, cursor: bool) -> Hanging:
        return Hanging(Item(self._text, plain(f"{'▸' if cursor else ' '} {box} {LETTERS[self.place]}"), TEXT_COLUMN))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Clicked(self.place))


def _note(mark: OptionMark, several: bool) -> str:
    """What the learner did with this option, in words."""
    if mark.chosen:
        return "You chose this."
    if mark.is_right and several:
        return "You missed this."
    return ""
