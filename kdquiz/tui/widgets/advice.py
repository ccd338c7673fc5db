"""The line below what is to be answered: how to answer, or why what was handed in was not taken."""

from textual.widgets import Static

from kdquiz.tui.messages import Reshaped
from kdquiz.tui.widgets.prose import plain


class Advice(Static):
    """Says `usual`, until there is something to insist on."""

    DEFAULT_CSS = """
    Advice { height: auto; color: $quiet; }
    Advice.-apart { margin: 1 0 0 0; }
    Advice.-insists { color: $foreground; text-style: bold; }
    """

    def __init__(self, usual: str) -> None:
        super().__init__(plain(usual))
        self._usual = usual

    def on_resize(self) -> None:
        self.post_message(Reshaped())

    @property
    def insists(self) -> bool:
        return self.has_class("-insists")

    def insist(self, sentence: str) -> None:
        """Say what is in the way, in bold."""
        self.add_class("-insists")
        self.update(plain(sentence))
        self.call_after_refresh(self.scroll_visible, animate=False)

    def relax(self) -> None:
        """Say the usual again."""
        if self.insists:
            self.remove_class("-insists")
            self.update(plain(self._usual))
