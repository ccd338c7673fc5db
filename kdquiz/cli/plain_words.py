"""What a quiz line by line says: questions, marks, what there is to type. Pure but for `say`, which prints."""

import textwrap
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

import click

from kdquiz.library.model import Question
from kdquiz.marking import how_to_type
from kdquiz.marking.model import Mark, PointMark, StepMark
from kdquiz.memory.model import Rating
from kdquiz.sessions.view import QuizView
from kdquiz.tui.words import belongs_at, interval

WIDTH = 78
SIGN = {True: "right", False: "wrong"}
COMMANDS = {
    ":undo": "take back the last step, and the one before",
    ":skip": "ask this question again at the end",
    ":bury": "ask it again tomorrow, not today",
    ":suspend": "ask it no more, until you take that back",
    ":mark": "mark it, to find it again; or unmark it",
    ":rerate": "rate your last answer again, such as :rerate 3",
    ":overrule": "tick or untick a point of the rubric, such as :overrule 2",
    ":quit": "end here",
    ":help": "say this",
}


def say(text: str) -> None:
    """Print a text, wrapped."""
    for line in text.strip().splitlines():
        click.echo(textwrap.fill(line, WIDTH) if line.strip() else "")


def say_question(question: Question, order: tuple[int, ...]) -> None:
    """What is asked, its parts by letters as they are shown, and what may be typed."""
    say(question.asked)
    for letter, position in zip(ascii_lowercase, order, strict=False):
        say(f"{letter}. {question.parts[position]}")
    say(f"({how_to_type(question)})")


def say_mark(view: QuizView, notes: Sequence[str]) -> None:
    """How the answer did, the model answer, the source, what comes next, and what else is to be said."""
    question, mark = view.question, view.mark
    if question is None or mark is None:
        return
    click.echo(f"\n{mark.outcome.value.capitalize()}.")
    for line in told(mark):
        say(line)
    if answer := question.model_answer:
        say(f"Answer: {answer}")
    say(f"Source: {question.source}")
    for follow_up in view.follow_ups:
        if follow_up.comes:
            say(f"Rated Good or Easy, the interviewer goes on: {follow_up.title}")
    for note in notes:
        say(note)
    if view.intervals:
        click.echo("Next: " + ", ".join(f"{rating.word} {interval(view.intervals[rating])}" for rating in Rating))


def told(mark: Mark) -> Iterator[str]:
    """The mark, whatever of it the kind of question has."""
    for option in mark.options:
        if option.chosen or option.is_right:
            chosen = ", your choice" if option.chosen else ""
            yield f"{SIGN[option.is_right]}{chosen}: {option.text}. {option.because}"
    for number, point in enumerate(mark.points, 1):
        yield point_told(number, point)
    if mark.points:
        yield "(Where you disagree, type :overrule and the number of the point.)"
    if mark.number:
        if mark.number.slip:
            yield f"You did this: {mark.number.slip}"
        yield mark.number.told
    for number, blank in enumerate(mark.blanks, 1):
        accepted = " | ".join(blank.accepted)
        yield f"blank {number} {SIGN[blank.right]}: {blank.typed or '(left open)'}. Accepted: {accepted}"
    yield from _steps_told(mark.steps)


def point_told(number: int, point: PointMark) -> str:
    """`point 2 ticked: The factor keeps the balance (by: balance)`."""
    words = f" (by: {', '.join(point.words)})" if point.words else ""
    return f"point {number} {'ticked' if point.ticked else 'not ticked'}: {point.text}{words}"


def _steps_told(steps: tuple[StepMark, ...]) -> Iterator[str]:
    """The learner's order, and where it is not right the right one."""
    given = any(step.in_order for step in steps)  # of an order that was given some stand in order
    for place, step in enumerate(steps if given else ()):
        where = "in order" if step.in_order else belongs_at(place, step.belongs)
        yield f"your {place + 1}, {where}: {step.text}"
    if not all(step.in_order for step in steps):
        yield "The right order:"
        for step in sorted(steps, key=lambda step: step.belongs):
            yield f"{step.belongs + 1}. {step.text}"
