"""A quiz line by line: for screen readers, pipes and terminals that cannot move the cursor. The rules are the
session's.

Every response is a line, and each question says what is typed there: letters for options, words for a short answer. An
empty line is "I do not know" or "show me"; one that cannot be read is not counted. Commands stand behind a colon;
`:help` tells them. A drill is not written here: that it is due is said, and the questions go on.
"""

import random
import re
import sys
from collections.abc import Callable, Sequence
from datetime import datetime

import click

from kdquiz.cli.plain_words import COMMANDS, point_told, say, say_mark, say_question
from kdquiz.errors import StoreError
from kdquiz.library.library import Library
from kdquiz.library.model import Question
from kdquiz.marking import read_line
from kdquiz.marking.model import UnreadableError
from kdquiz.memory.day import Calendar
from kdquiz.memory.model import Rating
from kdquiz.sessions.changes import Change, Reviewed, Stood, Withdrawn
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.selection import Wish
from kdquiz.sessions.view import Phase, QuizView
from kdquiz.store.backup import back_up
from kdquiz.store.store import Store
from kdquiz.tui.leeches import leech_lines
from kdquiz.tui.opening import open_quiz

RATINGS = {str(rating.value): rating for rating in Rating}
COMMAND = re.compile(r"(:\w+?)(?: *(\d{1,2}))?")
Clock = Callable[[], datetime]
Notes = Callable[[Question], Sequence[str]]


def run_plain(library: Library, store: Store, wish: Wish, rng: random.Random, clock: Clock) -> None:
    """Ask until the queue is empty, standard input ends, or the learner types `:quit`."""
    calendar, now = Calendar(), clock()
    session = open_quiz(library, store, wish, store.learner(now, calendar.day(now)), rng, calendar)
    if session is None:
        click.echo("Nothing is due. `kdquiz quiz --all` asks everything.")
        return

    def notes(question: Question) -> Sequence[str]:
        return leech_lines(library, store, calendar.day(clock()), question)

    click.echo("An empty line: I do not know, or go on. Commands: :undo, :skip, :quit; :help tells more.")
    while (view := session.view(clock())).phase is not Phase.DONE:
        if view.phase is Phase.OFFERING:
            _tell_drill(view)
            session.leave_out(clock())
            continue
        line = _prompt(view)
        command = None if line is None else _command(line)
        if line is None or (command and command[0] == ":quit"):
            break
        if command:
            _obey(session, store, view, *command, clock)
        else:
            _step(session, store, view, line, clock, notes)
    if session.view(clock()).suggested:  # the answer on show, with what was overruled
        _keep(store, session.rate(None, clock()))
    _goodbye(session.view(clock()))
    try:
        back_up(store.path, calendar.day(clock()))
    except StoreError as error:  # every answer is kept; a copy is not
        say(f"No backup was made. {error.message} {error.hint}")


def _tell_drill(view: QuizView) -> None:
    if view.drill is not None:
        drill = view.drill.drill
        say(f"\nA drill is due: {drill.title}, {drill.minutes} minutes. This opens it:")
        click.echo(f"kdquiz drill {drill.id}")  # never broken over two lines


def _goodbye(view: QuizView) -> None:
    """Count what was answered."""
    again = sum(rating is Rating.AGAIN for _, rating in view.ratings)
    click.echo(f"\n{len(view.ratings)} answered, {again} to repeat. All of it is stored.")


def _keep(store: Store, *changes: Change | None) -> None:
    for change in changes:
        match change:
            case Reviewed(log=log, replaces=replaces):
                store.record(log, replaces)
            case Withdrawn(log=log):
                store.undo(log)
            case Stood(card_id=card_id, standing=standing):
                store.stand(card_id, standing)


def _prompt(view: QuizView) -> str | None:
    """Say what is asked, read a line; None where standard input has ended."""
    if view.phase is Phase.ASKING and view.entry and view.question:
        marked = " You marked it." if view.marked else ""
        where = f"{view.entry.topic.title}, {view.question.level}.{marked}"
        click.echo(f"\nQuestion {view.number} of {view.total}. {where}")
        say_question(view.question, view.order)
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


def _command(line: str) -> tuple[str, int] | None:
    """The command that a line is, with the number behind it, 0 for none."""
    if found := COMMAND.fullmatch(line):
        return found[1], int(found[2] or 0)
    first = line.partition(" ")[0]
    return (first, 0) if first in COMMANDS else None


def _step(session: QuizSession, store: Store, view: QuizView, line: str, clock: Clock, notes: Notes) -> None:
    """A response, or a rating."""
    if view.phase is Phase.ASKING and view.question:
        try:
            reviewed = session.answer(read_line(view.question, view.order, line), clock())
        except UnreadableError as error:
            say(f"{error} It was not counted.")
            return
        _keep(store, reviewed)
        say_mark(session.view(clock()), notes(view.question))
    elif line and line not in RATINGS:
        click.echo("Type 1 to 4, or an empty line to go on as suggested.")
    else:
        _keep(store, session.rate(RATINGS.get(line), clock()))


def _obey(session: QuizSession, store: Store, view: QuizView, command: str, number: int, clock: Clock) -> None:
    """One command, with the number behind it."""
    match command:
        case ":undo":
            _keep(store, session.undo(clock()))
            click.echo("Taken back." if view.can_undo else "There is nothing to take back.")
        case ":skip" if view.phase is Phase.ASKING:
            session.skip(clock())
        case ":skip":
            click.echo("It is answered already; rate it.")
        case ":bury":
            _keep(store, *session.bury(clock()))
            click.echo("Not again today. :undo takes that back.")
        case ":suspend":
            _keep(store, *session.suspend(clock()))
            click.echo("Not asked any more. Take that back with :undo, or later in the app.")
        case ":mark":
            _keep(store, session.mark())
            click.echo("Marked." if session.view(clock()).marked else "Not marked any more.")
        case ":rerate":
            _rerate(session, store, view, number, clock)
        case ":overrule":
            _overrule(session, view, number, clock)
        case ":help":
            for name, about in COMMANDS.items():
                say(f"{name}: {about}")
        case _:
            say(f"There is no {command}: the commands are {', '.join(COMMANDS)}.")


def _rerate(session: QuizSession, store: Store, view: QuizView, number: int, clock: Clock) -> None:
    """Give the last answer another rating."""
    if not view.can_rerate:
        click.echo("There is no answer to rate again." if not view.settled else "Rate this one first: type 1 to 4.")
    elif str(number) not in RATINGS:
        last = view.settled[-1]
        say(f"It is rated {last.rating.word}: {last.title} Type :rerate and 1 to 4.")
    else:
        _keep(store, session.rerate(RATINGS[str(number)], clock()))
        last = session.view(clock()).settled[-1]
        say(f"Rated {last.rating.word} now: {last.title}")


def _overrule(session: QuizSession, view: QuizView, number: int, clock: Clock) -> None:
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
            say(point_told(number, marked.points[number - 1]))
            click.echo(f"{marked.outcome.value.capitalize()} now.")
