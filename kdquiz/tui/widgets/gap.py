"""A blank of a cloze to type in: its number, and the line of text with it in the middle."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.tui.widgets.answer_line import AnswerLine
from kdquiz.tui.widgets.prose import plain

ELLIPSIS = "…"


class Before(Widget):
    """The end of a text, in one line that ends at the right: what does not fit is left out in front."""

    DEFAULT_CSS = "Before { width: 1fr; height: 1; text-align: right; text-wrap: nowrap; }"

    def __init__(self, text: Content) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        return ending(self._text, self.content_size.width)


class After(Widget):
    """The beginning of a text, in one line: what does not fit is left out behind."""

    DEFAULT_CSS = "After { width: 1fr; height: 1; text-wrap: nowrap; }"

    def __init__(self, text: Content) -> None:
        super().__init__()
        self._text = text

    def render(self) -> Content:
        return beginning(self._text, self.content_size.width)


class Gap(Horizontal):
    """All gaps of a text below each other have their blanks below each other."""

    DEFAULT_CSS = """
    Gap { height: 1; }
    Gap > .number { width: 5; }
    Gap > AnswerLine { width: 1.4fr; margin: 0 1; }
    Gap > Before, Gap > After { color: $quiet; }
    """

    def __init__(self, before: Content, line: AnswerLine, after: Content) -> None:
        super().__init__()
        self._before, self._line, self._after = before, line, after
        self._number = Static(classes="number")

    def compose(self) -> ComposeResult:
        yield self._number
        yield Before(self._before)
        yield self._line
        yield After(self._after)

    def on_mount(self) -> None:
        self._draw(cursor=False)

    def on_descendant_focus(self) -> None:
        self._draw(cursor=True)

    def on_descendant_blur(self) -> None:
        self._draw(cursor=False)

    def _draw(self, *, cursor: bool) -> None:
        self._number.update(plain(f"{'▸' if cursor else ' '} {self._line.place + 1}", "bold" if cursor else ""))


def ending(text: Content, width: int) -> Content:
    """The last `width` cells of a text, with an ellipsis where something is left out; from a whole word on where one
    begins in the first half of them."""
    if text.cell_length <= width:
        return text
    kept = text
    while kept and kept.cell_length >= width:
        kept = kept[1:]
    whole = kept.plain.find(" ") + 1
    return Content.assemble(ELLIPSIS[:width], kept[whole:] if 0 < whole <= len(kept) // 2 + 1 else kept)


def beginning(text: Content, width: int) -> Content:
    """The first `width` cells of a text, with an ellipsis where something is left out; up to a whole word where one
    ends in the second half of them."""
    if text.cell_length <= width:
        return text
    kept = text
    while kept and kept.cell_length >= width:
        kept = kept[:-1]
    whole = kept.plain.rfind(" ")
    return Content.assemble(kept[:whole] if whole >= len(kept) // 2 > 0 else kept, ELLIPSIS[:width])
