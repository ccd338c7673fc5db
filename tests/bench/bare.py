"""A bare Textual app: what anything in a terminal costs before it does anything. Run as a program by the benchmark."""

from textual.app import App, ComposeResult
from textual.widgets import Static

READY = "bare and ready"


class Bare(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        yield Static(READY)


if __name__ == "__main__":
    Bare().run()
