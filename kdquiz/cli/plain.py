"""A quiz line by line: for screen readers, pipes and terminals that cannot move the cursor. The rules are the
session's.

Every response is a line, and each question says what is typed there: letters for options, words for a short answer. An
empty line is "I do not know" or "show me"; one that cannot be read is not counted. Commands stand behind a colon:
`:undo`, `:skip`, `:quit`; after a short answer `:overrule 2` ticks or unticks the second point of its rubric.
"""

import random
import re
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from string import ascii_lowercase

import click

from kdquiz.library.library import Library
from kdquiz.library.model import Question
from kdquiz.marking import how_to_type, read_line
from kdquiz.marking.model import Mark, PointMark, StepMark, UnreadableError
from kdquiz.memory.model import Rating
from kdquiz.memory.schedule import Schedule
from kdquiz.sessions.quiz import Phase, QuizSession, QuizView, Reviewed
from kdquiz.sessions.selection import Wish, select
from kdquiz.store.store import Store
from kdquiz.tui.words import belongs_at, interval

WIDTH = 78
SIGN = {True: "right", False: "wrong"}
RATINGS = {str(rating.value): rating for rating in Rating}
COMMAND = re.compile(r":\w+")
COMMANDS = (":undo", ":skip", ":quit")
OVERRULE = re.compile(r":overrule(?: *(\d{1,2}))?\b.*")


def run_plain(library: Library, store: Store, wish: Wish, rng: random.Random, clock: Callable[[], datetime]) -> None:
    """Ask until the queue is empty, standard input ends, or the learner types `:quit`."""
    cards, schedule = store.cards(), Schedule()
    queue = select(library, wish, cards, store.made_due(), clock(), rng)
    if not queue:
        click.echo("Nothing is due. `kdquiz quiz --all` asks everything.")
        return
    click.echo(f"An empty line: I do not know, or go on. Commands: {', '.join(COMMANDS)}.")
    session = QuizSession(queue, library.entries, cards, schedule, rng, clock())
    while (view := session.view(clock())).phase is not Phase.DONE:
        line = _prompt(view)
        if line is None or line == ":quit":
            break
        _step(session, store, view, line, clock)
    if session.view(clock()).suggested:  # the answer on show, with what was overruled
        _keep(store, session.rate(None, clock()))
    _goodbye(session.view(clock()))


def _goodbye(view: QuizView) -> None:
    """Count what was answered."""
    again = sum(rating is Rating.AGAIN for _, rating in view.ratings)
    click.echo(f"\n{len(view.ratings)} answered, {again} to repeat. All of it is stored.")


def _keep(store: Store, reviewed: Reviewed | None) -> None:
    if reviewed:
        store.record(reviewed.card, reviewed.log, reviewed.replaces)


def _step(session: QuizSession, store: Store, view: QuizView, line: str, clock: Callable[[], datetime]) -> None:
    """One line typed by the learner."""
    if line == ":undo":
        log = session.undo(clock())
        if log:
            store.undo(log)
        click.echo("Taken back." if view.can_undo else "There is nothing to take back.")
    elif line == ":skip" and view.phase is Phase.ASKING:
        session.skip(clock())
    elif found := OVERRULE.fullmatch(line):
        _overrule(session, view, int(found[1] or 0), clock)
    elif COMMAND.fullmatch(line):
        known = f"the commands are {', '.join(COMMANDS)}"
        click.echo("It is answered already; rate it." if line == ":skip" else f"There is no {line}: {known}.")
    elif view.phase is Phase.ASKING and view.question:
        try:
            reviewed = session.answer(read_line(view.question, view.order, line), clock())
        except UnreadableError as error:
            _say(f"{error} It was not counted.")
            return
        _keep(store, reviewed)
        _reveal(session.view(clock()))
    elif line and line not in RATINGS:
        click.echo("Type 1 to 4, or an empty line to go on as suggested.")
    else:
        _keep(store, session.rate(RATINGS.get(line), clock()))


def _overrule(session: QuizSession, view: QuizView, number: int, clock: Callable[[], datetime]) -> None:
    """Tick or untick a point of the rubric on show, counted from 1."""
    points = view.mark.points if view.mark and view.phase is Phase.REVEALED else ()
    if not points:
        click.echo("There is no rubric here to overrule.")
    elif not 1 <= number <= len(points):
        click.echo(f"Name one of the {len(points)} points, such as :overrule 1.")
    else:
        session.overrule(number - 1, not points[number - 1].ticked)
        marked = session.view(clock()).mark
        if marked:
            _say(_point_told(number, marked.points[number - 1]))
            click.echo(f"{marked.outcome.value.capitalize()} now.")


def _prompt(view: QuizView) -> str | None:
    """Say what is asked, read a line; None where standard input has ended."""
    if view.phase is Phase.ASKING and view.entry and view.question:
        question = view.question
        click.echo(f"\nQuestion {view.number} of {view.total}. {view.entry.topic.title}, {question.level}.")
        _ask(question, view.order)
        label = "Your answer"
    else:
        suggested = (view.suggested or Rating.GOOD).word
        label = f"Rate: {', '.join(f'{rating.value} {rating.word}' for rating in Rating)} [{suggested}]"
    if sys.stdin is None:  # closed by whoever started this program
        return None
    try:
        line: str = click.prompt(label, default="", show_default=False)
    except (click.Abort, EOFError):
        return None
    return line.strip()


def _ask(question: Question, order: tuple[int, ...]) -> None:
    """What is asked, its parts by letters as they are shown, and what may be typed."""
    _say(question.asked)
    for letter, position in zip(ascii_lowercase, order, strict=False):
        _say(f"{letter}. {question.parts[position]}")
    _say(f"({how_to_type(question)})")


def _reveal(view: QuizView) -> None:
    question, mark = view.question, view.mark
    if question is None or mark is None:
        return
    click.echo(f"\n{mark.outcome.value.capitalize()}.")
    for line in _told(mark):
        _say(line)
    if answer := question.model_answer:
        _say(f"Answer: {answer}")
    _say(f"Source: {question.source}")
    if view.intervals:
        click.echo("Next: " + ", ".join(f"{rating.word} {interval(view.intervals[rating])}" for rating in Rating))


def _told(mark: Mark) -> Iterator[str]:
    """The mark, whatever of it the kind of question has."""
    for option in mark.options:
        if option.chosen or option.is_right:
            chosen = ", your choice" if option.chosen else ""
            yield f"{SIGN[option.is_right]}{chosen}: {option.text}. {option.because}"
    for number, point in enumerate(mark.points, 1):
        yield _point_told(number, point)
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


def _point_told(number: int, point: PointMark) -> str:
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


def _say(text: str) -> None:
    for line in text.strip().splitlines():
        click.echo(textwrap.fill(line, WIDTH) if line.strip() else "")
