"""A line to type in, as answers and searches are typed: flat, bounded, without what would steer a terminal."""

from textual import events
from textual.widgets import Input

from kdquiz.tui.widgets.prose import safe

NAMED = frozenset({"minus", "at", "plus", "slash", "underscore"})
"""Keys that type a character which Textual does not find by their name when it lists the keys that do something."""
SCROLLING = ("scroll_", "page_")
"""How the actions begin that are left to the screen, which moves among blanks or pages a question."""


class OneLine(Input):
    """At most `longest` characters: nobody types more, and a paste of megabytes would be drawn at every key press."""

    DEFAULT_CSS = """
    OneLine { height: 1; border: none; padding: 0 1; background: $panel; }
    OneLine:focus { border: none; background: $panel; background-tint: $primary 20%; }
    OneLine > .input--placeholder { color: $quiet; }
    """

    def __init__(self, longest: int, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder, max_length=longest, select_on_focus=False)
        self._longest = longest

    def _on_paste(self, event: events.Paste) -> None:
        """One line without what would steer the terminal; the base class inserts it."""
        event.text = " ".join(safe(event.text).split())[: self._longest - len(self.value)]

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return key in NAMED or super().check_consume_key(key, character)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action.startswith(SCROLLING):
            return False
        return super().check_action(action, parameters)
