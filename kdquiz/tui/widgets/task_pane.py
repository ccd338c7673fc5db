"""The task of a drill with the hints given so far below it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from kdquiz.tui.widgets.prose import Prose


class TaskPane(VerticalScroll):
    """Scrolls to the newest hint."""

    DEFAULT_CSS = """
    TaskPane { padding: 0 1; scrollbar-size-vertical: 1; }
    TaskPane > #hints { margin: 1 0 0 0; }
    """

    def __init__(self, task: str) -> None:
        super().__init__(id="task")
        self._text = task
        self._hints = Prose(widget_id="hints")

    def compose(self) -> ComposeResult:
        yield Prose(self._text)
        yield self._hints

    async def show_hints(self, hints: Sequence[str], left: int) -> None:
        """The hints given so far; `left` are still to come."""
        total = len(hints) + left
        texts = [f"**Hint {number} of {total}.** {hint}" for number, hint in enumerate(hints, start=1)]
        await self._hints.show("\n\n".join(texts))
        self.call_after_refresh(self.scroll_end, animate=False)
