"""The look: two calm themes, dark and light. Colour only underlines what a word or a mark already says."""

from textual.theme import Theme

QUIET_ON_DARK = "#9aa0ab"
QUIET_ON_LIGHT = "#5d636e"
DARK = Theme(
    name="kdquiz-dark",
    dark=True,
    primary="#7fa7c9",
    secondary="#8f9bb3",
    accent="#dcb27a",
    success="#8fbf8a",
    warning="#dcb27a",
    error="#e08a80",
    foreground="#d7dae0",
    background="#16181d",
    surface="#1b1e24",
    panel="#262a32",
)
LIGHT = Theme(
    name="kdquiz-light",
    dark=False,
    primary="#2f6690",
    secondary="#5b6578",
    accent="#8a5a12",
    success="#2e7031",
    warning="#8a5a12",
    error="#a8322a",
    foreground="#23262c",
    background="#faf9f6",
    surface="#f2f0ea",
    panel="#e5e2d9",
)
