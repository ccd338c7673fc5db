"""What dialogs look like: a box in the middle of what they are about."""

from typing import TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """The base of every dialog."""

    DEFAULT_CSS = """
    .dialog {
        width: 66;
        max-width: 96%;
        height: auto;
        max-height: 96%;
        padding: 1 2;
        background: $surface;
        border: round $primary;
    }
    .dialog-title { text-style: bold; margin: 0 0 1 0; }
    .dialog-text { margin: 0 0 1 0; }
    .help .dialog-text { margin: 0; }
    .dialog-buttons { height: 1; align-horizontal: right; }
    .dialog-buttons Button { margin: 0 0 0 2; }
    .help { width: 78; }
    .help-text { height: auto; max-height: 60vh; margin: 0 0 1 0; scrollbar-size-vertical: 1; }
    .help-title { margin: 1 0 0 0; text-style: bold; }
    """
