"""Problems of content, each with the place it stands at; collected, so that an author sees all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kdquiz.errors import did_you_mean
from kdquiz.library.model import Place


@dataclass(frozen=True, slots=True, order=False)
class Problem:
    """One thing an author must mend. `key` is the path of the key meant (`questions.3.ask`), `hint` what to do."""

    place: Place
    message: str
    key: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """`path:line:column: message`, as editors read it."""
        return f"{self.place}: {self.message}" + (f" {self.hint}" if self.hint else "")

    def as_data(self) -> dict[str, Any]:
        """The object of `check --json`."""
        return {
            "path": str(self.place.path),
            "line": self.place.line,
            "column": self.place.column,
            "key": self.key,
            "message": self.message,
            "hint": self.hint,
        }


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, then line, then column."""
    return tuple(sorted(problems, key=lambda p: (str(p.place.path), p.place.line, p.place.column)))


def unknown(what: str, word: str, known: Iterable[str]) -> tuple[str, str]:
    """Message and hint for a word that is none of the known ones."""
    options = sorted(known)
    return f"unknown {what} '{word}'", did_you_mean(word, options) or f"Known: {', '.join(options)}."
