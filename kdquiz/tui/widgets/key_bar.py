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


class KeyBar(Widget):
    """Shown keys of the screen's bindings, in their order; as many as fit."""

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
            for _, shown, description, _ in self._keys()
        )

    def _keys(self) -> Iterator[tuple[str, str, str, str]]:
        """Key, its name, what it does in a word, what it does in a sentence: one key for each action."""
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                yield binding.key, self.app.get_key_display(binding), binding.description, binding.tooltip

    def _at(self, column: int) -> tuple[str, str] | None:
        """Key and sentence of what stands at a column of the content."""
        start = 0
        for key, shown, description, tooltip in self._keys():
            end = start + len(shown) + 1 + len(description)
            if start <= column < end:
                return key, tooltip
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
