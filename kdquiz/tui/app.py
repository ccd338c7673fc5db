"""The app: opens screens, knows the palette. What it writes is in `writing`, what it reads again after an edit in
`reloading`, the grading processes in `drilling`. Screens that a quiz does not begin with are imported when they are
opened: nobody waits for them at the start.

Goes in: `Services` and where to start. Comes out: nothing; everything is in the store. Screens post messages; the
handlers here are short and hold no rule of learning.
"""

from collections.abc import Iterable
from dataclasses import replace
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
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.selection import Wish, select
from kdquiz.tui import messages, palette, theme
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.too_small import TooSmallScreen, is_too_small
from kdquiz.tui.drilling import DrillingApp
from kdquiz.tui.ending import end_when_asked
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.services import Services
from kdquiz.tui.start import DrillStart, Home, Quiz, Start, WatchStart
from kdquiz.tui.widgets.keys import shown_key

if TYPE_CHECKING:
    from kdquiz.tui.browsing import Shelf
    from kdquiz.tui.overview import Overview

HOME = Home()
TALL = 36
"""Lines from which on there is room to set options apart."""
PRACTICE = 20
"""Questions of a session that is asked for although nothing is due."""


class KdquizApp(DrillingApp):
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
    @on(messages.BrowseWanted)
    async def _wanted(
        self, event: messages.HomeWanted | messages.QuizWanted | messages.DrillWanted | messages.BrowseWanted
    ) -> None:
        if self.return_code is not None:
            return  # the app ends: a screen opened now would never be composed
        match event:
            case messages.QuizWanted(wish=wish):
                await self._open_quiz(wish)
            case messages.DrillWanted(drill_id=drill_id):
                await self._open_drill(drill_id)
            case messages.BrowseWanted(search=search):
                await self._open_browse(search)
            case messages.HomeWanted():
                await self._open_home()

    async def _open_home(self) -> None:
        from kdquiz.tui.screens.home import HomeScreen

        while len(self.screen_stack) > 1:
            await self.pop_screen()
        await self.push_screen(HomeScreen(self._look, lambda: self._services.problems))

    async def _open_browse(self, search: bool) -> None:
        """Open it above home, where that is open."""
        from kdquiz.tui.screens.browse import BrowseScreen

        await self._close_screens()
        if not isinstance(self.screen, BrowseScreen):
            await self.push_screen(BrowseScreen(self._shelf, search=search))

    @on(messages.QuizEnded)
    async def _quiz_ended(self, event: messages.QuizEnded) -> None:
        from kdquiz.tui.screens.summary import SummaryScreen

        if not event.settled:
            await self._close_screens()
            self._end_if_nothing_is_open()
        elif not isinstance(self.screen, SummaryScreen):  # the quiz stays below: its last answer may be taken back
            await self.push_screen(SummaryScreen(event.settled, self._wish, self._services.clock()))

    @on(messages.UndoWanted)
    async def _undo_wanted(self) -> None:
        from kdquiz.tui.screens.summary import SummaryScreen

        if isinstance(self.screen, SummaryScreen):
            await self.pop_screen()
            if isinstance(self.screen, QuizScreen):
                self.screen.call_next(self.screen.action_undo)

    @on(messages.Left)
    async def _left(self, event: messages.Left) -> None:
        if event.screen is self.screen:  # else it was left already: keys may come fast
            await self.pop_screen()
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
            cards, made_due = services.store.cards(), services.store.made_due()
        except StoreError as error:
            self.tell_unreadable(error, partial(self._open_quiz, wish))
            return
        queue = select(services.library, wish, cards, made_due, now, services.rng)
        if queue:
            self._wish = wish
            await self._close_screens()
            session = QuizSession(queue, services.library.entries, cards, services.schedule, services.rng, now)
            await self.push_screen(QuizScreen(session, services.library, services.clock))
        else:
            from kdquiz.tui.overview import why_nothing

            title, reason = why_nothing(services.library, wish, cards, now)
            answers = ("Ask", "Not now") if services.library.entries else ("Close", "")
            base = wish if services.library.count(wish.filter) else Wish()
            anyway = replace(base, everything=True, at_most=wish.at_most or PRACTICE)
            self.push_screen(ConfirmScreen(title, reason, *answers, safe=True), partial(self._practise, anyway))

    async def _practise(self, wish: Wish, sure: bool | None) -> None:
        if sure and self._services.library.entries:
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

    def _look(self) -> "Overview | None":
        """What the home screen says."""
        from kdquiz.tui.overview import overview

        services, store = self._services, self._services.store
        try:
            cards, made_due, attempts = store.cards(), store.made_due(), store.attempts()
        except StoreError as error:
            self.tell_unreadable(error, self._open_home)
            return None
        return overview(services.library, cards, made_due, attempts, services.schedule, services.clock())

    def _shelf(self) -> "Shelf | None":
        """What there is to browse."""
        from kdquiz.tui.browsing import Learnt, Shelf

        services, store = self._services, self._services.store
        try:
            learnt = Learnt(cards=store.cards(), made_due=store.made_due(), now=services.clock())
        except StoreError as error:
            self.tell_unreadable(error, partial(self._open_browse, False))
            return None
        return Shelf(library=services.library, learnt=learnt, broken=self.broken)

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
