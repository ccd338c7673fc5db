"""The part of the app that keeps the database safe, and tells at the start what the learner should know: what was
recovered of a damaged database, an interview that has passed.

Backups are made in a thread, with a connection of their own: nobody waits for them. What is told once is remembered in
a setting.
"""

from dataclasses import dataclass

from textual import on, work
from textual.message import Message
from textual.screen import ModalScreen

from kdquiz.errors import DamagedError, StoreError
from kdquiz.memory.day import date_of
from kdquiz.memory.goal import Goal
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.looking import LookingApp
from kdquiz.tui.messages import DayBegan
from kdquiz.tui.services import Services
from kdquiz.tui.words import date_words

FIRST_BACKUP = 5.0
"""Seconds after the start: by then the first question is on the screen."""
LOOK_AT_CLOCK = 60.0
NEXT_BACKUP = 3600.0
"""Seconds; nothing is copied where nothing was recorded since."""
PASSED_TOLD = "interview-passed-told"
PASSED = (
    "Questions come back from now on as the schedule says, before you would forget them. When there is another date, "
    "p on the home screen sets it."
)
DAMAGED = "Your answers are being kept all the same."


@dataclass(eq=False, repr=False)
class BackupFailed(Message, bubble=False):
    """There is no backup of today."""

    error: StoreError


class GuardingApp(LookingApp):
    """Backs up, and tells."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._backup_told = False
        self._day: int | None = None

    def guard(self) -> None:
        """Begin; called when the first screen is open."""
        recovery = self._services.recovery
        if recovery is not None:
            self.push_screen(FaultScreen("What you had learnt was recovered.", recovery.sentence, yes="Go on", no=""))
        self.look_at_clock()
        self.set_interval(LOOK_AT_CLOCK, self.look_at_clock)
        self.set_timer(FIRST_BACKUP, self._back_up)
        self.set_interval(NEXT_BACKUP, self._back_up)

    def look_at_clock(self) -> None:
        """Tell the screen where another day has begun while it stood open."""
        before, self._day = self._day, self._services.calendar.day(self._services.clock())
        if before is not None and before != self._day:
            self.screen.post_message(DayBegan())

    @work(thread=True, exclusive=True, group="backup")
    def _back_up(self) -> None:
        from kdquiz.store.backup import back_up

        services = self._services
        try:
            back_up(services.store.path, services.calendar.day(services.clock()))
        except StoreError as error:
            self.post_message(BackupFailed(error))

    @on(BackupFailed)
    def _backup_failed(self, event: BackupFailed) -> None:
        """Once: whoever goes on has decided so. Not over a dialog, which may tell of the same disk: at the next try."""
        error, damaged = event.error, isinstance(event.error, DamagedError)
        if self._backup_told or (isinstance(self.screen, ModalScreen) and not damaged):
            return
        self._backup_told = True
        if damaged:
            dialog = FaultScreen(error.message, f"{DAMAGED} {error.hint}", yes="Quit now", no="Go on")
            self.push_screen(dialog, self._quit_if)
        else:
            self.notify(f"{error.message} {error.hint}", title="No backup was made", severity="warning", timeout=15)

    async def _quit_if(self, sure: bool | None) -> None:
        if sure:
            await self.action_quit()

    def tell_of_interview(self, goal: Goal, today: int) -> None:
        """Say once that the day of the interview has passed, and what comes now."""
        if goal.interview is None or not goal.passed(today):
            return
        written = goal.interview.isoformat()
        store = self._services.store
        try:
            told = store.setting(PASSED_TOLD) == written
        except StoreError:
            return  # whoever reads more of it tells
        if not told:
            when = date_words(goal.interview, date_of(today))
            self.write_aside(lambda: store.set_setting(PASSED_TOLD, written), "That this was told")
            self.push_screen(ConfirmScreen(f"Your interview was on {when}.", PASSED, "Go on", "", safe=True))
