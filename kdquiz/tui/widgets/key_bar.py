"""The keys that do something now, in the last line of the screen. A click on one is that key.

One widget that draws a line: a widget for each key, as Textual's own footer has, is laid out anew at every key press.
"""

from collections.abc import Iterator

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from kdquiz.tui.widgets.prose import plain

GAP = 2
Key = tuple[str, str, str, str]
"""Key, its name, what it does in a word, what it does in a sentence."""


class KeyBar(Widget):
    """Shown keys of the screen's bindings, in their order; as many as fit, and always the last, which is help."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $surface; text-wrap: nowrap; }
    """

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        self.refresh()

    def render(self) -> Content:
        return Content(" " * GAP).join(
            Content.assemble(plain(shown, "bold $accent"), " ", plain(description))
            for _, shown, description, _ in self._fitting()
        )

    def _fitting(self) -> list[Key]:
        keys = list(self._keys())
        while len(keys) > 1 and sum(_width(key) + GAP for key in keys) - GAP > self.content_size.width:
            del keys[-2]
        return keys

    def _keys(self) -> Iterator[Key]:
        """One key for each action."""
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                yield binding.key, self.app.get_key_display(binding), binding.description, binding.tooltip

    def _at(self, column: int) -> tuple[str, str] | None:
        """Key and sentence of what stands at a column of the content."""
        start = 0
        for each in self._fitting():
            end = start + _width(each)
            if start <= column < end:
                return each[0], each[3]
            start = end + GAP
        return None

    def on_click(self, event: events.Click) -> None:
        event.stop()
        found = self._at(event.x - self.styles.padding.left)
        if found:
            self.app.simulate_key(found[0])

    def on_mouse_move(self, event: events.MouseMove) -> None:
        found = self._at(event.x - self.styles.padding.left)
        self.tooltip = found[1] if found else None


def _width(key: Key) -> int:
    return len(key[1]) + 1 + len(key[2])
