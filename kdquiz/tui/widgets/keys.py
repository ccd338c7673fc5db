"""How keys are named on the screen: as they are printed on a keyboard."""

from textual.binding import Binding
from textual.keys import format_key

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "question_mark": "?",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "tab": "Tab",
}


def shown_key(binding: Binding) -> str:
    """`Ctrl+R`, `Esc`, `F2`, `a`."""
    modifiers, key = binding.parse_key()
    name = NAMES.get(key) or (key.upper() if key[0] == "f" and key[1:].isdigit() else format_key(key))
    if modifiers and len(name) == 1:
        name = name.upper()
    return "+".join([*(modifier.title() for modifier in modifiers), name])
