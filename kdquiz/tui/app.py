"""The app: opens screens, knows the palette. What it writes is in `writing`, what it reads again after an edit in
`reloading`, the grading processes in `drilling`, what it looks up for screens in `looking`, what keeps the database
safe in `guarding`. Screens that a quiz does not begin with are imported when they are opened: nobody waits for them at
the start.

Goes in: `Services` and where to start. Comes out: nothing; everything is in the store. Screens post messages; the
handlers here are short and hold no rule of learning.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from kdquiz.errors import StoreError
from kdquiz.memory.learner import Learner
from kdquiz.sessions.selection import Wish
from kdquiz.tui import messages, palette, theme
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.too_small import TooSmallScreen, is_too_small
from kdquiz.tui.ending import end_when_asked
from kdquiz.tui.guarding import GuardingApp
from kdquiz.tui.opening import open_quiz
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.services import Services
from kdquiz.tui.start import DrillStart, Home, Quiz, Start, WatchStart
from kdquiz.tui.widgets.keys import shown_key

if TYPE_CHECKING:
    from kdquiz.tui.overview import Overview

HOME = Home()
TALL = 36
"""Lines from which on there is room to set options apart."""


class KdquizApp(GuardingApp):
    """The terminal app."""

    TITLE = "kdquiz"
    CSS_PATH = "kdquiz.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012 - declared so by the base class
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", tooltip="Show this help", id="app.help"),
        Binding("ctrl+p", "command_palette", "Find", show=False, tooltip=palette.ABOUT, id="app.find"),
        Binding("ctrl+q", "quit", "Quit", tooltip="Quit from anywhere", show=False, priority=True, id="app.quit"),
    ]

    def __init__(self, services: Services, start: Start = HOME) -> None:
        super().__init__(services)
        self._start = start
        self._wish = Wish()
        self._small_accepted = False
        for look in (theme.DARK, theme.LIGHT):
            self.register_theme(look)
        self._theme_kept = self._theme_chosen()
        self.set_reactive(KdquizApp.theme, self._theme_kept)  # not by `=`: all styles would be parsed a second time
        self.stylesheet.set_variables(self.get_css_variables())

    # ---- starting and ending -----------------------------------------------------------------------------

    async def on_mount(self) -> None:
        end_when_asked(self)
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        match self._start:
            case Quiz(wish=wish):
                await self._open_quiz(wish)
            case DrillStart(drill_id=drill_id):
                await self._open_drill(drill_id)
            case WatchStart(drill_id=drill_id, file=file):
                await self._open_drill(drill_id, file)
            case Home():
                await self._open_home()
        self.guard()
        self._mind_size(self.size)

    def _theme_chosen(self) -> str:
        """The theme chosen last, in the palette."""
        try:
            chosen = self._services.store.setting("theme")
        except StoreError:
            chosen = None  # the screen that opens first reads the store too, and tells
        return chosen if chosen in self.available_themes else theme.DARK.name

    def _keep_theme(self, chosen: Theme) -> None:
        if chosen.name != self._theme_kept:
            self._theme_kept = chosen.name
            self.write_aside(lambda: self._services.store.set_setting("theme", chosen.name), "The theme")

    def on_resize(self, event: events.Resize) -> None:
        self._mind_size(event.size)  # the app's own size is still the one before

    def _mind_size(self, size: Size) -> None:
        """Cover the screen while the terminal is too small, unless the learner goes on all the same."""
        if not is_too_small(size):
            self._small_accepted = False
        elif len(self.screen_stack) > 1 and not self._small_accepted and not isinstance(self.screen, TooSmallScreen):

            def answered(accepted: bool | None) -> None:
                self._small_accepted = bool(accepted)

            self.push_screen(TooSmallScreen(), answered)

    # ---- where to go -------------------------------------------------------------------------------------

    @on(messages.HomeWanted)
    @on(messages.QuizWanted)
    @on(messages.DrillWanted)
    @on(messages.LessonWanted)
    @on(messages.BrowseWanted)
    @on(messages.PlanWanted)
    @on(messages.StatsWanted)
    async def _wanted(self, event: Message) -> None:
        if self.return_code is not None:
            return  # the app ends: a screen opened now would never be composed
        match event:
            case messages.QuizWanted(wish=wish):
                await self._open_quiz(wish)
            case messages.DrillWanted(drill_id=drill_id):
                await self._open_drill(drill_id)
            case messages.LessonWanted(lesson_id=lesson_id):
                await self._open_lesson(lesson_id)
            case messages.BrowseWanted(search=search, state=state):
                await self._open_browse(search, state)
            case messages.PlanWanted():
                await self._open_plan()
            case messages.StatsWanted():
                await self._open_stats()
            case messages.HomeWanted():
                await self._open_home()

    async def _open_home(self) -> None:
        from kdquiz.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            await self.pop_screen()
        home = HomeScreen(
            self._look,
            partial(self.sources_for, self._open_home),
            partial(self.tell_unreadable, again=self._open_home),
            lambda: self._services.problems,
        )
        await self.push_screen(home)

    def _look(self) -> "Overview | None":
        """What home says; and once that the day of the interview has passed."""
        overview = self.overview_for(self._open_home)
        if overview is not None:
            self.call_next(self.tell_of_interview, overview.goal, overview.today)
        return overview

    async def _open_browse(self, search: bool, state: str = "") -> None:
        """Open it above home, where that is open."""
        from kdquiz.tui.screens.browse import BrowseScreen

        await self._close_screens()
        if not isinstance(self.screen, BrowseScreen):
            look = partial(self.shelf_for, partial(self._open_browse, False))
            await self.push_screen(BrowseScreen(look, search=search, state=state))

    async def _open_lesson(self, lesson_id: str) -> None:
        """Open a page in place of one that is open, above home or where else it is asked for."""
        from kdquiz.tui.screens.lesson import LessonScreen

        await self._close_screens()
        if isinstance(self.screen, LessonScreen):
            await self.pop_screen()
        look = partial(self.overview_for, partial(self._open_lesson, lesson_id))
        await self.push_screen(LessonScreen(lambda: self._services.library, look, lesson_id))

    async def _open_plan(self) -> None:
        """Open it above home, where that is open."""
        from kdquiz.tui.screens.plan import PlanScreen

        await self._close_screens()
        look = partial(self.sources_for, self._open_plan)
        await self.push_screen(PlanScreen(look, partial(self.tell_unreadable, again=self._open_plan)))

    async def _open_stats(self) -> None:
        """Open it above home, where that is open."""
        from kdquiz.tui.screens.stats import StatsScreen

        await self._close_screens()
        self.fit_was_offered()
        await self.push_screen(StatsScreen(self._services, self.tell_unreadable))

    @on(messages.QuizEnded)
    async def _quiz_ended(self, event: messages.QuizEnded) -> None:
        from kdquiz.tui.screens.summary import SummaryScreen

        if not event.view.settled and not event.view.aside:
            await self._close_screens()
            self._end_if_nothing_is_open()
        elif not isinstance(self.screen, SummaryScreen):  # the quiz stays below: its last step may be taken back
            await self.push_screen(SummaryScreen(event.view, self._wish, self._services.clock()))

    @on(messages.UndoWanted)
    @on(messages.RerateWanted)
    async def _back_to_the_quiz(self, event: messages.UndoWanted | messages.RerateWanted) -> None:
        """It is below its summary, which asks for this."""
        from kdquiz.tui.screens.summary import SummaryScreen

        if not isinstance(self.screen, SummaryScreen):
            return
        await self.pop_screen()
        if isinstance(quiz := self.screen, QuizScreen):
            if isinstance(event, messages.RerateWanted):
                quiz.call_next(partial(quiz.rerate, event.rating, from_summary=True))
            else:
                quiz.call_next(quiz.action_undo)

    @on(messages.Left)
    async def _left(self, event: messages.Left) -> None:
        if event.screen is self.screen:  # else it was left already: keys may come fast
            await self.pop_screen()
            if isinstance(self.screen, QuizScreen) and self.screen.drilling:
                self.screen.call_next(self.screen.drilled, event.settled)  # the quiz goes on
                return
            await self._close_screens()
            self._end_if_nothing_is_open()

    @on(messages.QuitWanted)
    def _quit_wanted(self) -> None:
        self.exit()

    def _end_if_nothing_is_open(self) -> None:
        if len(self.screen_stack) == 1:  # the empty screen below all others
            self.exit()

    async def _close_screens(self) -> None:
        """Back to the last screen that others are opened from, if there is one."""
        while len(self.screen_stack) > 1 and not getattr(self.screen, "leads_on", False):
            await self.pop_screen()

    async def _open_quiz(self, wish: Wish) -> None:
        services, now = self._services, self._services.clock()
        try:
            learner = services.store.learner(now, services.calendar.day(now))
            session = open_quiz(services.library, services.store, wish, learner, services.rng, services.calendar)
            if session is None:
                self._tell_nothing(wish, learner)
        except StoreError as error:
            self.tell_unreadable(error, partial(self._open_quiz, wish))
            return
        if session is not None:
            self._wish = wish
            await self._close_screens()
            await self.push_screen(QuizScreen(session, services.clock, self.leech_lines))

    def _tell_nothing(self, wish: Wish, learner: Learner) -> None:
        """Why there is nothing to ask, and what can be asked instead."""
        from kdquiz.tui.nothing import why_nothing

        why = why_nothing(self._services.library, wish, learner, self._services.store.cards)
        answers = ("Ask", "Not now") if why.instead else ("Close", "")
        dialog = ConfirmScreen(why.title, why.reason, *answers, safe=True)
        self.push_screen(dialog, partial(self._practise, why.instead))

    async def _practise(self, wish: Wish | None, sure: bool | None) -> None:
        if sure and wish is not None:
            await self._open_quiz(wish)
        else:
            self._end_if_nothing_is_open()

    async def _open_drill(self, drill_id: str, file: Path | None = None) -> None:
        """Open a drill, to be written here or in `file`."""
        try:
            screen = self.drill_screen(drill_id, file)
        except StoreError as error:
            self.tell_unreadable(error, partial(self._open_drill, drill_id, file))
            return
        await self._close_screens()
        await self.push_screen(screen)
        self.warm_up(screen)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour of what is said quietly, for every theme."""
        return {"quiet": theme.QUIET_ON_DARK if self.current_theme.dark else theme.QUIET_ON_LIGHT}

    # ---- keys and the palette ----------------------------------------------------------------------------

    def get_key_display(self, binding: Binding) -> str:
        return binding.key_display or shown_key(binding)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        for name, about, message in palette.entries(self._services.library):
            yield SystemCommand(name, about, partial(self._leave_for, message))
        wanted = ("Theme", "Quit", "Screenshot")
        yield from (command for command in super().get_system_commands(screen) if command.title in wanted)

    async def _leave_for(self, message: Message) -> None:
        """Post `message` once the screen below any dialog has made sure that nothing is lost."""
        screen = next((each for each in reversed(self.screen_stack) if not isinstance(each, ModalScreen)), None)
        if isinstance(screen, KeepingScreen):
            await screen.leave(message)
        else:
            self.post_message(message)

    async def action_quit(self) -> None:
        """Leave from anywhere."""
        await self._leave_for(messages.QuitWanted())

    def action_help(self) -> None:
        from kdquiz.tui.dialogs.help import HelpScreen, keys_of
        from kdquiz.tui.screens.grading import GradingScreen

        if not isinstance(self.screen, ModalScreen):
            about = getattr(self.screen, "about", "")
            self.push_screen(
                HelpScreen(about, keys_of(self.screen), ratings=not isinstance(self.screen, GradingScreen))
            )
