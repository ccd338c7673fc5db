"""The types of text in content: a slug for ids, and text that says something. Their messages are written for
authors."""

import re
from typing import Annotated

from annotated_types import Predicate

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(word: str) -> bool:
    """Lower-case words of letters and digits joined by single hyphens: `why-t-squared`."""
    return SLUG.fullmatch(word) is not None


def says_something(text: str) -> bool:
    """More than white space."""
    return bool(text.strip())


Slug = Annotated[str, Predicate(is_slug)]
Text = Annotated[str, Predicate(says_something)]
