"""How wide a text is on a terminal, as it is shown there. Pure."""

import re
import unicodedata

_MARKS = re.compile(r"[`*_]")


def columns(text: str) -> int:
    """The cells that a terminal needs for a line: two for East Asian wide characters and emoji, none for what is
    combined with the character before it."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def without_marks(text: str) -> str:
    """A line of Markdown without the marks of code and emphasis, which are not shown."""
    return _MARKS.sub("", " ".join(text.split()))
