"""The kinds of question. A kind is added by adding a file, named as the kind is, in three places:

- `kdquiz/library/kinds/<kind>.py`: the frozen dataclass, a subclass of `Question` whose `kind` is `Literal["<kind>"]`;
- `kdquiz/marking/kinds/<kind>.py`: `mark(question, response) -> Mark`; for a quiz line by line, `read_line` and
  `how_to_type`;
- `kdquiz/tui/kinds/<kind>.py`: the widget that takes the response;

and, where `kdquiz check` has more to look at than its form, in a fourth, `kdquiz/authoring/kinds/<kind>.py`. Nothing
lists them: each layer finds the module by the kind's name.
"""

import pkgutil
from functools import cache
from importlib import import_module

from kdquiz.library.model import Question


@cache
def names() -> tuple[str, ...]:
    """The kinds there are, sorted: the modules of this folder."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


@cache
def question_class(kind: str) -> type[Question]:
    """The dataclass of a kind: the one subclass of `Question` that its module defines."""
    module = import_module(f"{__name__}.{kind}")
    (found,) = (
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Question) and thing.__module__ == module.__name__
    )
    return found
