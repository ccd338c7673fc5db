"""The keys of the screen below, what ratings mean, and where else help is."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.tui.dialogs.dialog import Dialog
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.prose import QUIET, plain
from kdquiz.tui.widgets.rating_bar import MEANING

KEY_COLUMN = 14
"""Where the meanings start, unless a key's name is longer."""
MOUSE = "The mouse works too: keys at the bottom, rows, options and ratings can be clicked."


def keys_of(screen: Screen[object]) -> tuple[tuple[str, str], ...]:
    """The keys that do something on `screen` now, with what they do; keys of one action stand together."""
    keys: dict[str, list[str]] = {}
    says: dict[str, str] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is None or not binding.description or not active.enabled:  # keys of Textual's own have no id
            continue
        shown = screen.app.get_key_display(binding)
        keys.setdefault(binding.action, [])
        if shown not in keys[binding.action]:
            keys[binding.action].append(shown)
        says[binding.action] = binding.tooltip or binding.description
    return tuple((", ".join(keys[action]), says[action]) for action in keys)


class HelpScreen(Dialog[None]):
    """Help for one screen: `about` says what it is for."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,f1", "dismiss", "Close", id="help.close"),
    ]

    def __init__(self, about: str, keys: tuple[tuple[str, str], ...], *, ratings: bool) -> None:
        super().__init__()
        self._about, self._keys, self._ratings = about, keys, ratings

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog help"):
            yield Static("Help", classes="dialog-title", markup=False)
            with VerticalScroll(classes="help-text"):
                yield Static(plain(self._about), classes="dialog-text")
                yield from _table("Keys here", self._keys)
                if self._ratings:
                    ratings = tuple((f"{rating.value} {rating.word}", text) for rating, text in MEANING.items())
                    yield from _table("What the ratings mean", ratings)
                yield Static(plain(MOUSE, QUIET), classes="help-title")
            yield Static(plain("Esc closes, ↑ ↓ scroll", QUIET))

    async def action_dismiss(self, result: None = None) -> None:
        self.dismiss(None)


def _table(title: str, rows: Sequence[tuple[str, str]]) -> Iterable[Widget]:
    column = max([KEY_COLUMN, *(len(key) + 2 for key, _ in rows)])
    yield Static(plain(title), classes="help-title")
    yield Static(Hanging(*(Item(plain(text), plain(key, "$text-primary"), column) for key, text in rows)))
