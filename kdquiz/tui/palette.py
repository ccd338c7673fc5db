"""What the palette (Ctrl+P) offers besides what Textual does: every screen, quizzes by topic, lessons, drills.

Goes in: the library. Comes out: names, help texts, and the message that each stands for.
"""

from collections.abc import Iterator

from textual.markup import escape
from textual.message import Message

from kdquiz.library.filter import Filter
from kdquiz.library.library import Library
from kdquiz.sessions.selection import Wish
from kdquiz.tui.messages import BrowseWanted, DrillWanted, HomeWanted, LessonWanted, PlanWanted, QuizWanted, StatsWanted
from kdquiz.tui.widgets.prose import one_line, safe

ABOUT = "Find a screen, topic, lesson or drill by name"


def entries(library: Library) -> Iterator[tuple[str, str, Message]]:
    """Name, help and message of each; the palette reads markup, so titles are escaped."""
    yield "Home", "What is due, the lesson path, the drills", HomeWanted()
    yield "Plan", "The interview date, the minutes a day, the chance of recall on the day", PlanWanted()
    yield "Statistics", "What you did and remember, and fitting the schedule to you", StatsWanted()
    yield "Browse", "Every question: filter, search, read, edit", BrowseWanted()
    yield "Quiz: today's session", "What is due, then new questions", QuizWanted(Wish())
    for topic in library.topics.values():
        wish = Wish(filter=Filter(topics=(topic.id,)))
        yield f"Quiz: {_name(topic.title)}", "What is due or new in this topic", QuizWanted(wish)
    for lesson_id, page in library.lessons.items():
        about = f"A page to read, {page.lesson.minutes} minutes"
        yield f"Lesson: {_name(page.lesson.title)}", about, LessonWanted(lesson_id)
    for drill_id, entry in library.drills.items():
        yield f"Drill: {_name(entry.drill.title)}", f"{entry.drill.minutes} minutes", DrillWanted(drill_id)


def _name(title: str) -> str:
    return escape(safe(one_line(title)))
