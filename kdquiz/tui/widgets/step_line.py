"""A line for a date or a number, typed, or put up and down by keys. Every other letter is a key of the screen.

Goes in: the characters that are typed, and what a step makes of what stands there. Comes out: Textual's `Changed`.
"""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from kdquiz.tui.widgets.one_line import OneLine

Step = Callable[[str, int, bool], str]
"""What a text becomes by a step up (1) or down (-1), a far one or not."""


class StepLine(OneLine):
    """`-` is typed where the line is not finished yet, and a step down where it is."""

    DEFAULT_CSS = "StepLine { width: 14; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "step(1, False)", "More", show=False, tooltip="A day or a bit more", id="step.up"),
        Binding("minus", "step(-1, False)", "Less", show=False, tooltip="A day or a bit less", id="step.down"),
        Binding("pageup", "step(1, True)", "More", show=False, tooltip="A week or much more", id="step.far-up"),
        Binding("pagedown", "step(-1, True)", "Less", show=False, tooltip="A week or much less", id="step.far-down"),
    ]

    def __init__(self, letters: str, longest: int, step: Step, *, id: str) -> None:  # noqa: A002 - as every widget
        super().__init__(longest)
        self.id = id
        self._letters = letters
        self._longest = longest
        self._step = step

    def _types(self, letter: str | None) -> bool:
        if letter is None or letter not in self._letters:
            return False
        return letter != "-" or (len(self.value) < self._longest and self.selection.is_empty)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        return self._types(character)

    async def _on_key(self, event: events.Key) -> None:
        """What is not typed here is left to the screen."""
        if event.is_printable and not self._types(event.character):
            event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "submit":
            return False
        return super().check_action(action, parameters)

    def action_step(self, direction: int, far: bool) -> None:
        self.value = self._step(self.value, direction, far)
        self.cursor_position = len(self.value)
