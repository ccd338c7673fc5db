"""The app: opens screens, owns the grading processes, knows the palette. What it writes is in `writing`.

Goes in: `Services` and where to start. Comes out: nothing; everything is in the store. Screens post messages; the
handlers here are short and hold no rule of learning.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on, work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from kdquiz.errors import GradingError, StoreError
from kdquiz.grading.client import Grader
from kdquiz.sessions.drill import DrillSession
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.selection import Wish, matching, select
from kdquiz.tui import messages, palette, theme
from kdquiz.tui.dialogs.confirm import ConfirmScreen
from kdquiz.tui.dialogs.help import HelpScreen, keys_of
from kdquiz.tui.dialogs.too_small import TooSmallScreen, is_too_small
from kdquiz.tui.ending import end_when_asked
from kdquiz.tui.overview import Overview, overview, why_nothing
from kdquiz.tui.screens.drill import DrillScreen
from kdquiz.tui.screens.grading import GradingScreen
from kdquiz.tui.screens.home import HomeScreen
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.screens.quiz import QuizScreen
from kdquiz.tui.screens.summary import SummaryScreen
from kdquiz.tui.screens.watch import WatchScreen
from kdquiz.tui.services import Services
from kdquiz.tui.start import DrillStart, Home, Quiz, Start, WatchStart
from kdquiz.tui.widgets.keys import shown_key
from kdquiz.tui.writing import WritingApp

HOME = Home()
TALL = 36
"""Lines from which on there is room to set options apart."""
PRACTICE = 20
"""Questions of a session that is asked for although nothing is due."""


class KdquizApp(WritingApp):
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
        self._grader: Grader | None = None
        self._warned = False
        self._wish = Wish()
        self._small_accepted = False
        self._theme_kept = theme.DARK.name

    # ---- starting and ending -----------------------------------------------------------------------------

    async def on_mount(self) -> None:
        end_when_asked(self)
        for look in (theme.DARK, theme.LIGHT):
            self.register_theme(look)
        self._choose_theme()
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

    async def on_unmount(self) -> None:
        if self._grader is not None:
            await self._grader.close()

    def _choose_theme(self) -> None:
        """The theme chosen last (in the palette), and from now on keep what is chosen."""
        try:
            chosen = self._services.store.setting("theme")
        except StoreError:
            chosen = None  # the screen that opens now reads the store too, and tells
        self.theme = self._theme_kept = chosen if chosen in self.available_themes else theme.DARK.name
        self.theme_changed_signal.subscribe(self, self._keep_theme)

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
    async def _wanted(self, event: messages.HomeWanted | messages.QuizWanted | messages.DrillWanted) -> None:
        if self.return_code is not None:
            return  # the app ends: a screen opened now would never be composed
        match event:
            case messages.QuizWanted(wish=wish):
                await self._open_quiz(wish)
            case messages.DrillWanted(drill_id=drill_id):
                await self._open_drill(drill_id)
            case messages.HomeWanted():
                await self._open_home()

    async def _open_home(self) -> None:
        await self._close_screens(keep_home=False)
        await self.push_screen(HomeScreen(self._look, self._services.problems))

    @on(messages.QuizEnded)
    async def _quiz_ended(self, event: messages.QuizEnded) -> None:
        if not event.settled:
            await self._close_screens()
            self._end_if_nothing_is_open()
        elif not isinstance(self.screen, SummaryScreen):  # the quiz stays below: its last answer may be taken back
            await self.push_screen(SummaryScreen(event.settled, self._wish, self._services.clock()))

    @on(messages.UndoWanted)
    async def _undo_wanted(self) -> None:
        if isinstance(self.screen, SummaryScreen):
            await self.pop_screen()
            if isinstance(self.screen, QuizScreen):
                self.screen.call_next(self.screen.action_undo)

    @on(messages.Left)
    async def _left(self, event: messages.Left) -> None:
        if event.screen is self.screen:  # else it was left already: keys may come fast
            await self._close_screens(keep_home=not isinstance(self.screen, HomeScreen))
            self._end_if_nothing_is_open()

    @on(messages.QuitWanted)
    def _quit_wanted(self) -> None:
        self.exit()

    def _end_if_nothing_is_open(self) -> None:
        if len(self.screen_stack) == 1:  # the empty screen below all others
            self.exit()

    async def _close_screens(self, *, keep_home: bool = True) -> None:
        while len(self.screen_stack) > 1 and not (keep_home and isinstance(self.screen, HomeScreen)):
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
            title, reason = why_nothing(services.library, wish, cards, now)
            answers = ("Ask", "Not now") if services.library.entries else ("Close", "")
            base = wish if matching(services.library, wish) else Wish()
            anyway = replace(base, everything=True, at_most=wish.at_most or PRACTICE)
            self.push_screen(ConfirmScreen(title, reason, *answers, safe=True), partial(self._practise, anyway))

    async def _practise(self, wish: Wish, sure: bool | None) -> None:
        if sure and self._services.library.entries:
            await self._open_quiz(wish)
        else:
            self._end_if_nothing_is_open()

    async def _open_drill(self, drill_id: str, file: Path | None = None) -> None:
        """Open a drill, to be written here or in `file`."""
        services, drill = self._services, self._services.library.drills[drill_id].drill
        try:
            card, draft = services.store.cards().get(drill_id), services.store.draft(drill_id)
        except StoreError as error:
            self.tell_unreadable(error, partial(self._open_drill, drill_id, file))
            return
        if self._grader is None:
            self._grader = services.grader()
        session = DrillSession(drill, card, services.schedule, services.clock())
        screen: GradingScreen
        if file is not None:
            screen = WatchScreen(session, file, self._grader, services.clock)
        else:
            screen = DrillScreen(session, drill.starter if draft is None else draft, self._grader, services.clock)
        await self._close_screens()
        await self.push_screen(screen)
        self._warm_up(self._grader, screen)

    @work(group="grader")
    async def _warm_up(self, grader: Grader, screen: GradingScreen) -> None:
        """Start the grading processes while the task is read; only posts messages."""
        try:
            await grader.start()
        except GradingError as error:
            screen.post_message(messages.GraderFailed(error))
        else:
            screen.post_message(messages.GraderReady())
            self._warn_of_reduced_protection(grader)

    def _warn_of_reduced_protection(self, grader: Grader) -> None:
        """Once, the first time that the learner opens a drill; from then on each report says it in its last line."""
        protection = grader.protection
        if protection is not None and protection.open and not self._warned:
            self._warned = True
            self.notify(protection.sentence, title=protection.level.capitalize(), severity="warning", timeout=15)

    def _look(self) -> Overview | None:
        """What the home screen says."""
        services, store = self._services, self._services.store
        try:
            cards, made_due, attempts = store.cards(), store.made_due(), store.attempts()
        except StoreError as error:
            self.tell_unreadable(error, self._open_home)
            return None
        return overview(services.library, cards, made_due, attempts, services.schedule, services.clock())

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
        if not isinstance(self.screen, ModalScreen):
            about = getattr(self.screen, "about", "")
            self.push_screen(
                HelpScreen(about, keys_of(self.screen), ratings=not isinstance(self.screen, GradingScreen))
            )
