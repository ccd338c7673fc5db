"""Problems of content, each with the place it stands at; collected, so that an author sees all of them at once."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kdquiz.errors import did_you_mean
from kdquiz.library.model import Place

Key = tuple[str | int, ...]
"""The way to a value from the root of its file: `("questions", 3, "ask")`."""
LONGEST = 60
"""How many characters of an author's text a message quotes."""
_UNSEEN = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Control characters, halves of characters, and separators that begin a new line."""


@dataclass(frozen=True, slots=True, order=False)
class Problem:
    """One thing an author must mend. `key` is the path of the key meant (`questions.3.ask`), `hint` what to do."""

    place: Place
    message: str
    key: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """`path:line:column: message`, as editors read it; with the hint as a sentence of its own."""
        stop = "" if self.message.endswith((".", "?", "!")) else "."
        return on_one_line(f"{self.place}: {self.message}" + (f"{stop} {self.hint}" if self.hint else ""))

    def as_data(self) -> dict[str, Any]:
        """The object of `check --json`."""
        return {
            **self.place.as_data(),
            "key": self.key,
            "message": self.message,
            "hint": self.hint,
        }


def dotted(key: Key) -> str:
    """The key as a problem names it: `questions.3.ask`."""
    return ".".join(map(str, key))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then line, then column."""
    return tuple(sorted(problems, key=lambda p: (str(p.place.path), p.place.line, p.place.column)))


def on_one_line(text: str) -> str:
    """`text` with what a terminal would obey, or an editor take for the end of the line, as an escape."""
    if text.isprintable():
        return text
    return "".join(
        repr(character)[1:-1] if unicodedata.category(character) in _UNSEEN else character for character in text
    )


def cut(text: str, longest: int = LONGEST) -> str:
    """`text`, if it is not too long to be quoted in a message; else as many characters of it."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def in_words(value: Any) -> str:
    """A value of a file as an author would name it."""
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return f"'{cut(value)}'" if isinstance(value, str) else cut(str(value).lower())


def unknown(what: str, word: str, known: Iterable[str]) -> tuple[str, str]:
    """Message and hint for a word that is none of the known ones."""
    options = sorted(known)
    return f"unknown {what} '{cut(word)}'", did_you_mean(word, options) or f"Known: {', '.join(options)}."
