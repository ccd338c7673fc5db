"""The line at the top of a screen, and the thin bar of progress below it."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.tui.widgets.prose import plain

DONE, OPEN = "━", "─"


class Heading(Horizontal):
    """What this screen is about on the left, where it stands on the right."""

    DEFAULT_CSS = """
    Heading { height: 1; padding: 0 1; }
    Heading > #heading-name { width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; text-style: bold; }
    Heading > #heading-state { width: auto; padding: 0 0 0 2; color: $quiet; }
    """

    def __init__(self, name: str = "", state: str = "") -> None:
        super().__init__()
        self._left = Static(plain(name), id="heading-name")
        self._right = Static(plain(state), id="heading-state")

    def compose(self) -> ComposeResult:
        yield self._left
        yield self._right

    def tell(self, name: str, detail: str = "") -> None:
        """The left side: a name in bold, and what is to be known of it."""
        self._left.update(Content.assemble(plain(name), plain(detail, "not bold $quiet")))

    def stand(self, state: str) -> None:
        """The right side."""
        self._right.update(plain(state))


class Progress(Widget):
    """A line across the screen, heavy as far as things are done."""

    DEFAULT_CSS = "Progress { height: 1; padding: 0 1; color: $primary; }"

    done: reactive[int] = reactive(0)
    total: reactive[int] = reactive(1)

    def render(self) -> Content:
        width = self.content_size.width
        filled = round(width * min(self.done, self.total) / max(1, self.total))
        return Content.assemble((DONE * filled, "$primary"), (OPEN * (width - filled), "$secondary 40%"))
