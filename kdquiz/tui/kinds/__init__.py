"""The widget of each kind of question: a module named as the kind is, with a class `Area`. Nothing lists them."""

from importlib import import_module

from kdquiz.library.model import Question
from kdquiz.tui.widgets.response import ResponseArea


def area(question: Question, order: tuple[int, ...]) -> ResponseArea:
    """The widget that takes the response to `question`; `order` lists its options as they are shown."""
    made: ResponseArea = import_module(f"{__name__}.{question.kind}").Area(question, order)
    return made
