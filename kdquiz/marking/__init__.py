"""Marking: `mark(question, response) -> Mark`, pure; one small module a kind under `kinds/`, found by the kind's name.

`read_line` makes a response of a typed line, where there is no screen to choose on; `how_to_type` says what it reads.

Imports `library` and `errors` alone. Knows nothing of time, schedules, storage or screens.
"""

from collections.abc import Sequence
from importlib import import_module

from kdquiz.library.model import Question
from kdquiz.marking.model import Mark, Response


def mark(question: Question, response: Response) -> Mark:
    """Mark a response to a question.

    A question whose numbers are drawn is marked as `drawn`. Raises TypeError where the response is not of the form that
    the kind takes, and UnreadableError, in words for the learner, where it cannot be read: it is not counted then.
    """
    marked: Mark = import_module(f"kdquiz.marking.kinds.{question.kind}").mark(question, response)
    return marked


def read_line(question: Question, order: Sequence[int], line: str) -> Response:
    """The response that a typed line means; `order` lists the authored positions of the options as they were shown.

    An empty line means that the learner does not know. Raises UnreadableError, in words for the learner, for a line
    that cannot be read.
    """
    response: Response = import_module(f"kdquiz.marking.kinds.{question.kind}").read_line(question, order, line)
    return response


def how_to_type(question: Question) -> str:
    """What `read_line` reads, in a sentence for the learner: what to type, and how exact it must be."""
    told: str = import_module(f"kdquiz.marking.kinds.{question.kind}").how_to_type(question)
    return told
