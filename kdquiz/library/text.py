"""The types of text in content: a slug for ids, and text that says something. Their messages are written for
authors."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from annotated_types import Predicate

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(word: str) -> bool:
    """Lower-case words of letters and digits joined by single hyphens: `why-t-squared`."""
    return SLUG.fullmatch(word) is not None


def says_something(text: str) -> bool:
    """More than white space."""
    return bool(text.strip())


@dataclass(frozen=True, slots=True)
class InSchema:
    """The regular expression that stands in a JSON Schema for a predicate, which is Python's and not JSON's."""

    pattern: str

    def __get_pydantic_json_schema__(self, core: Any, handler: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        return {**handler(core), "pattern": self.pattern}


Slug = Annotated[str, Predicate(is_slug), InSchema(f"^{SLUG.pattern}$")]
Text = Annotated[str, Predicate(says_something), InSchema(r"\S")]
