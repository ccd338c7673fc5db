"""What screens and the app tell each other: one dataclass an event.

Screens post what happened and what is to be kept; the app writes and answers with `Kept`. Workers post what came back
from the grading processes, and what was saved in the learner's own editor.
"""

from __future__ import annotations  # what a quiz alone never needs is named here, and not imported

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

if TYPE_CHECKING:
    from kdquiz.errors import GradingError
    from kdquiz.grading.report import Check, Report, Submission
    from kdquiz.library.library import Library
    from kdquiz.library.model import Place
    from kdquiz.library.problems import Problem
    from kdquiz.marking.model import Response
    from kdquiz.memory.goal import Goal
    from kdquiz.memory.model import Rating, ReviewLog, Standing
    from kdquiz.sessions.changes import Reviewed
    from kdquiz.sessions.drill import Recorded
    from kdquiz.sessions.selection import Wish
    from kdquiz.sessions.view import QuizView
    from kdquiz.tui.watching import Seen

# Nobody compares or prints a message, and what would do so takes half of the time that they take to import.

# ---- what is to be kept; the app writes it and answers `Kept` to the sender ---------------------------------


@dataclass(eq=False, repr=False)
class Keep(Message):
    """Something is to be kept; `asker` is sent the answer."""

    asker: MessagePump


@dataclass(eq=False, repr=False)
class Answered(Keep):
    """A response was marked; the review is to be on disk before the answer is shown."""

    reviewed: Reviewed


@dataclass(eq=False, repr=False)
class Rated(Keep):
    """A rating was settled that differs from what was kept."""

    reviewed: Reviewed


@dataclass(eq=False, repr=False)
class TakenBack(Keep):
    """A review is to be forgotten."""

    log: ReviewLog


@dataclass(eq=False, repr=False)
class Attempted(Keep):
    """A submission was graded: the attempt, and the review where it settles the drill."""

    recorded: Recorded


@dataclass(eq=False, repr=False)
class DraftLeft(Keep):
    """Unfinished code of a drill that is being left."""

    drill_id: str
    source: str


@dataclass(eq=False, repr=False)
class Drafted(Message):
    """Unfinished code of a drill, at a pause. There is no answer to this one."""

    drill_id: str
    source: str


@dataclass(eq=False, repr=False)
class Stood(Keep):
    """The learner decided about a question or drill: to suspend, bury or mark it, or took that back."""

    card_id: str
    standing: Standing


@dataclass(eq=False, repr=False)
class GoalSet(Keep):
    """The learner set the interview date, the minutes a day, or how many new questions a day."""

    goal: Goal


@dataclass(eq=False, repr=False)
class Kept(Message, bubble=False):
    """The app's answer: `what` is on disk, or the learner was told that it is not (`saved` is False)."""

    what: Keep
    saved: bool


# ---- where to go -----------------------------------------------------------------------------------------


@dataclass(eq=False, repr=False)
class QuizWanted(Message):
    """The learner asked for a quiz."""

    wish: Wish


@dataclass(eq=False, repr=False)
class DrillWanted(Message):
    """The learner asked for a drill."""

    drill_id: str


@dataclass(eq=False, repr=False)
class LessonWanted(Message):
    """The learner wants to read a page."""

    lesson_id: str


@dataclass(eq=False, repr=False)
class DrillTaken(Message):
    """The learner opens the drill that a quiz offers; leaving it leads back to the quiz."""

    drill_id: str


@dataclass(eq=False, repr=False)
class QuizEnded(Message):
    """A quiz is over, finished or left; `view` is how it stands."""

    view: QuizView


class HomeWanted(Message):
    """The learner asked for the home screen."""


@dataclass(eq=False, repr=False)
class BrowseWanted(Message):
    """The learner asked to browse the questions; with `search`, to search them at once, else those of a `state`."""

    search: bool = False
    state: str = ""


class PlanWanted(Message):
    """The learner wants to see and set the plan for the interview."""


class StatsWanted(Message):
    """The learner asked for the statistics."""


@dataclass(eq=False, repr=False)
class EditWanted(Message):
    """The learner wants to edit the content at a place; `asker` is told when that is done."""

    asker: MessagePump
    place: Place


@dataclass(eq=False, repr=False)
class Edited(Message, bubble=False):
    """The app's answer: the editor is closed again. `library` is to be used from now on; the one before is closed.

    `broken` is the first problem of a pack that cannot be used any more as it is now, and so is used as it was.
    """

    library: Library
    broken: Problem | None


class QuitWanted(Message):
    """The learner asked to leave the app."""


class UndoWanted(Message):
    """The learner takes back the last step of the quiz whose summary is shown."""


@dataclass(eq=False, repr=False)
class RerateWanted(Message):
    """The learner gives another rating to the last answer of the quiz whose summary is shown."""

    rating: Rating


@dataclass(eq=False, repr=False)
class Left(Message):
    """`screen` is done with; nothing on it needs keeping. `settled` is the review that settled a drill on it."""

    screen: Screen[Any]
    settled: Reviewed | None = None


class DayBegan(Message, bubble=False):
    """Another of the learner's days has begun, or the clock was set: what is due may be other things now."""


# ---- inside a screen -------------------------------------------------------------------------------------


@dataclass(eq=False, repr=False)
class Responded(Message):
    """The learner's response to a question, from the widget of its kind; another one may be open meanwhile."""

    question_id: str
    response: Response


class Reshaped(Message):
    """What stands below a question needs more lines now, or fewer."""


@dataclass(eq=False, repr=False)
class PointOverruled(Message):
    """The learner ticks or unticks a rubric line of a question, counted from 0, by hand."""

    question_id: str
    point: int
    ticked: bool


# ---- from the grading processes ----------------------------------------------------------------------------


class GraderReady(Message, bubble=False):
    """The grading processes are warm."""


@dataclass(eq=False, repr=False)
class GraderFailed(Message, bubble=False):
    """The grading processes cannot run; `submission` is what could not be graded for it, if there was one."""

    error: GradingError
    submission: Submission | None = None


@dataclass(eq=False, repr=False)
class CheckFinished(Message, bubble=False):
    """One check of a submission being graded is through."""

    submission: Submission
    check: Check


@dataclass(eq=False, repr=False)
class Graded(Message, bubble=False):
    """The report of a submission has come."""

    submission: Submission
    report: Report


# ---- from the learner's own editor -------------------------------------------------------------------------


@dataclass(eq=False, repr=False)
class Saved(Message, bubble=False):
    """What stands in the file that is watched, at the start and after every save."""

    seen: Seen
