"""The part of the app that owns the grading processes: they are started when the first drill is opened, while its task
is read, and serve every later one. What a quiz alone never needs is imported here when a drill is opened.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work

from kdquiz.errors import GradingError, StoreError
from kdquiz.tui import messages
from kdquiz.tui.reloading import ReloadingApp
from kdquiz.tui.services import Services

if TYPE_CHECKING:
    from kdquiz.grading.client import Grader
    from kdquiz.tui.screens.grading import GradingScreen


class DrillingApp(ReloadingApp):
    """Makes the screens of drills, and ends the grading processes with the app."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._grader: Grader | None = None
        self._warned = False

    async def on_unmount(self) -> None:
        if self._grader is not None:
            await self._grader.close()

    def drill_screen(self, drill_id: str, file: Path | None) -> "GradingScreen":
        """The screen of a drill that is written here, or in `file`. Raises StoreError."""
        from kdquiz.sessions.drill import DrillSession
        from kdquiz.tui.screens.drill import DrillScreen
        from kdquiz.tui.screens.watch import WatchScreen

        services, drill = self._services, self._services.library.drills[drill_id].drill
        card, draft = services.store.card(drill_id), services.store.draft(drill_id)
        grader = self._grader = self._grader or services.grader()
        session = DrillSession(drill, card, services.store.schedule, services.clock(), services.calendar)
        if file is not None:
            return WatchScreen(session, file, grader, services.clock)
        return DrillScreen(session, drill.starter if draft is None else draft, grader, services.clock)

    @on(messages.DrillTaken)
    async def _drill_taken(self, event: messages.DrillTaken) -> None:
        """Above the quiz that offers it, which goes on when the drill is left."""
        try:
            screen = self.drill_screen(event.drill_id, None)
        except StoreError as error:
            self.tell_unreadable(error, partial(self._drill_taken, event))
            return
        await self.push_screen(screen)
        self.warm_up(screen)

    @work(group="grader")
    async def warm_up(self, screen: "GradingScreen") -> None:
        """Start the grading processes while the task is read; only posts messages."""
        assert self._grader is not None  # made with the screen
        try:
            await self._grader.start()
        except GradingError as error:
            screen.post_message(messages.GraderFailed(error))
        else:
            screen.post_message(messages.GraderReady())
            self._warn_of_reduced_protection(self._grader)

    def _warn_of_reduced_protection(self, grader: "Grader") -> None:
        """Once, the first time that the learner opens a drill; from then on each report says it in its last line."""
        protection = grader.protection
        if protection is not None and protection.open and not self._warned:
            self._warned = True
            self.notify(protection.sentence, title=protection.level.capitalize(), severity="warning", timeout=15)
