"""Home: today's session, the interview, the lesson path with the chance of recall, the drills; one list, opened by
Enter.

Goes in: functions that look up the `Overview`, what the chances on the day are worked out from, and the problems of the
content. Comes out: `QuizWanted`, `LessonWanted`, `DrillWanted`, `BrowseWanted`, `PlanWanted`, `StatsWanted`, `Left`.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from kdquiz.errors import StoreError
from kdquiz.library.filter import Filter
from kdquiz.library.problems import Problem
from kdquiz.library.wording import counted
from kdquiz.sessions.selection import Wish
from kdquiz.tui import palette
from kdquiz.tui.browsing import State
from kdquiz.tui.foreseeing import ForeseeingScreen, Foreseen, Sources
from kdquiz.tui.messages import (
    BrowseWanted,
    DayBegan,
    DrillWanted,
    Left,
    LessonWanted,
    PlanWanted,
    QuizWanted,
    StatsWanted,
)
from kdquiz.tui.overview import DrillState, Overview
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.home_list import RANK, HomeList
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.prose import QUIET, plain
from kdquiz.tui.words import day, days_ahead

WELCOME = (
    "Welcome. kdquiz asks, explains, and asks again before you would forget.\n"
    "Press Enter to begin with the first questions; ? shows all keys."
)
WELCOME_TO_LESSONS = (
    "Welcome. kdquiz explains, asks, and asks again before you would forget.\n"
    "Press l for the first lesson, or Enter for questions; ? shows all keys."
)
PROBLEMS_SHOWN = 2


class HomeScreen(ForeseeingScreen):
    """The way in."""

    DEFAULT_CSS = """
    #welcome { margin: 1 1 0 1; padding: 0 1; border-left: thick $primary; }
    #problems { margin: 1 1 0 1; padding: 0 1; border-left: thick $warning; }
    #path {
        height: 1fr;
        margin: 1 0 0 0;
        padding: 0 1;
        border: none;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    #path:focus { border: none; background-tint: transparent; }
    #path > .option-list--option-disabled { color: $foreground; text-style: none; }
    #path > .option-list--option-highlighted { background: $panel; color: $foreground; text-style: none; }
    #path > .option-list--option-hover { background: $surface; }
    """

    about = (
        "↑ and ↓ move, Enter opens the row at ▸: today's session, a quiz of one topic, a drill, and so on; l reads "
        "the lesson of the topic at ▸ (✓: each of its questions was answered). The bar "
        "says how likely you would recall now what you have seen of a topic; once the date of the interview is set, "
        "how much of the whole topic you will know on that day if you follow the plan."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "today", "Today", tooltip="Start today's session, wherever ▸ stands", id="home.today"),
        Binding("l", "lesson", "Lesson", tooltip="Read the lesson at ▸, or the next one", id="home.lesson"),
        Binding("d", "drill", "Drill", tooltip="Open the drill at ▸, or the one most in need", id="home.drill"),
        Binding("b", "browse", "Browse", tooltip="Look through all questions, and edit them", id="home.browse"),
        Binding("p", "plan", "Plan", tooltip="The interview date and the minutes a day", id="home.plan"),
        Binding("s", "statistics", "Statistics", tooltip="What you did and remember", id="home.statistics"),
        Binding("slash", "search", "Search", show=False, tooltip="Search all questions", id="home.search"),
        Binding("ctrl+p", "app.command_palette", "Find", show=False, tooltip=palette.ABOUT, id="home.find"),
        Binding("q,escape", "leave_home", "Quit", tooltip="Leave kdquiz; everything is kept already", id="home.quit"),
    ]

    leads_on = True

    def __init__(
        self,
        look: Callable[[], Overview | None],
        sources: Callable[[], Sources | None],
        unreadable: Callable[[StoreError], None],
        problems: Callable[[], Sequence[Problem]],
    ) -> None:
        """`look` and `sources` return None where the store cannot be read, after telling the learner."""
        super().__init__(sources, unreadable)
        self._look = look
        self._problems = problems
        self._left = False
        self._foreseen: Foreseen | None = None
        self.overview: Overview | None = None

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading("kdquiz")
            yield Static(id="welcome")
            yield Static(id="problems")
            yield HomeList()
        yield KeyBar()

    @on(events.ScreenResume)
    @on(DayBegan)
    def _draw(self) -> None:
        """What is due may have changed."""
        self._left = False
        self._draw_problems(self._problems())
        self.overview = self._look()
        if self.overview is None:
            return
        left = self.overview.goal.ahead(self.overview.today)
        interview = "" if left is None else f" · interview {days_ahead(left)}"
        self.query_one(Heading).stand(f"{day(self.overview.now)}{interview}")
        welcome = self.query_one("#welcome", Static)
        welcome.update(plain(WELCOME_TO_LESSONS if self.overview.lessons else WELCOME))
        welcome.display = self.overview.first_run
        if self._foreseen is not None and self._foreseen.goal != self.overview.goal:
            self._foreseen = None
        self.query_one(HomeList).show(self.overview, self._foreseen.prospect if self._foreseen else None)
        if left is not None:
            self.call_after_refresh(self._look_ahead)

    def _look_ahead(self) -> None:
        """When the rest is drawn."""
        learner = self.read_again()
        if learner is not None:
            self.foresee(learner.goal)

    def draw_prospect(self, foreseen: Foreseen) -> None:
        self._foreseen = foreseen
        self.query_one(HomeList).foresee(foreseen.prospect)

    def _draw_problems(self, problems: Sequence[Problem]) -> None:
        notice = self.query_one("#problems", Static)
        notice.display = bool(problems)
        files = len({problem.place.path for problem in problems})
        where = f"{counted(len(problems), 'problem')} in {counted(files, 'content file')}"
        title = f"! {where}; packs that have any are left out:"
        lines = [plain(title, "bold"), *(plain(str(problem)) for problem in problems[:PROBLEMS_SHOWN])]
        more = len(problems) - PROBLEMS_SHOWN
        rest = f"and {more} more: " if more > 0 else ""
        notice.update(Content("\n").join([*lines, plain(f"{rest}`kdquiz check` lists everything to mend", QUIET)]))

    # ---- what the learner does ---------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    def _opened(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        what, _, which = (event.option_id or "").partition(":")
        if what == "today":
            self.action_today()
        elif what == "topic":
            self._go(QuizWanted(Wish(filter=Filter(topics=(which,)))))
        elif what == "drill":
            self._go(DrillWanted(which))
        elif what == "interview":
            self.action_plan()
        elif what == "statistics":
            self.action_statistics()
        elif what == "aside":
            self._go(BrowseWanted(state=self._aside().value))

    def _aside(self) -> State:
        """What the row names first."""
        aside = self.overview.aside if self.overview else None
        if aside and aside.leeches:
            return State.LEECH
        return State.SUSPENDED if aside and aside.suspended else State.BURIED

    def _go(self, where: Message) -> None:
        """Keys may come faster than a screen opens: those after the first one are not for this screen."""
        if not self._left:
            self._left = True
            self.post_message(where)

    def action_today(self) -> None:
        self._go(QuizWanted(Wish()))

    def action_drill(self) -> None:
        """The drill at the cursor; else one that is due, one that is not solved, or the first that is not
        suspended; of several the easiest."""
        if self.overview is None or not self.overview.drills:
            return
        kind, _, at_cursor = self.query_one(HomeList).at_cursor.partition(":")
        order = [DrillState.DUE, DrillState.STARTED, DrillState.NEW, DrillState.RESTING, DrillState.SUSPENDED]
        needed = min(self.overview.drills, key=lambda drill: (order.index(drill.state), RANK[drill.level]))
        self._go(DrillWanted(at_cursor if kind == "drill" else needed.id))

    def action_lesson(self) -> None:
        """The page of the topic at the cursor; else the first that is not read."""
        if self.overview is None:
            return
        kind, _, at_cursor = self.query_one(HomeList).at_cursor.partition(":")
        page = self.overview.lesson_of(at_cursor) if kind == "topic" else None
        page = page or self.overview.next_lesson
        if page is not None:
            self._go(LessonWanted(page.id))

    def action_browse(self) -> None:
        self._go(BrowseWanted())

    def action_plan(self) -> None:
        self._go(PlanWanted())

    def action_statistics(self) -> None:
        self._go(StatsWanted())

    def action_search(self) -> None:
        self._go(BrowseWanted(search=True))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "lesson":
            return self.overview is not None and bool(self.overview.lessons)
        if action == "drill":
            return self.overview is not None and bool(self.overview.drills)
        return True

    def action_leave_home(self) -> None:
        self._go(Left(self))
