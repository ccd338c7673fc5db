"""The part of the app that writes: the only code of the app that changes the store, in handlers of what screens post.

Every write is answered by `Kept`. Where it fails a dialog says so and stays, and the learner tries again or goes on
without: nothing is lost silently.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from textual import on
from textual.app import App

from kdquiz.errors import StoreError
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.keeper import Job, Keeper
from kdquiz.tui.services import Services


class WritingApp(App[None]):
    """Keeps what screens hand back."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._keeper = Keeper(services.store)
        self._fault_told = False

    @on(messages.Answered)
    @on(messages.Rated)
    def _keep_review(self, event: messages.Answered | messages.Rated) -> None:
        missed = partial(self._keeper.give_up_on, event.reviewed)
        self._write(self._keeper.review(event.reviewed), event, missed)

    @on(messages.TakenBack)
    def _take_back(self, event: messages.TakenBack) -> None:
        self._write(self._keeper.take_back(event.log), event)

    @on(messages.Attempted)
    def _keep_attempt(self, event: messages.Attempted) -> None:
        reviewed = event.recorded.reviewed
        missed = None if reviewed is None else partial(self._keeper.give_up_on, reviewed)
        self._write(self._keeper.attempt(event.recorded, self._services.clock()), event, missed)

    @on(messages.Stood)
    def _keep_standing(self, event: messages.Stood) -> None:
        self._write(Job(lambda: self._services.store.stand(event.card_id, event.standing)), event)

    @on(messages.GoalSet)
    def _keep_goal(self, event: messages.GoalSet) -> None:
        settings = event.goal.as_settings().items()
        self._write(Job(*(partial(self._services.store.set_setting, *setting) for setting in settings)), event)

    @on(messages.DraftLeft)
    def _keep_last_draft(self, event: messages.DraftLeft) -> None:
        self._write(Job(lambda: self._services.store.save_draft(event.drill_id, event.source)), event)

    @on(messages.Drafted)
    def _keep_draft(self, event: messages.Drafted) -> None:
        self.write_aside(lambda: self._services.store.save_draft(event.drill_id, event.source), "Your code")

    def _write(self, job: Job, what: messages.Keep, missed: Callable[[], None] | None = None) -> None:
        """Write, then tell who asked. Where that fails the learner decides: try again, or go on without."""

        def decided(again: bool | None) -> None:
            if again:
                self._write(job, what, missed)
                return
            if missed is not None:
                missed()
            what.asker.post_message(messages.Kept(what, saved=False))

        try:
            job.run()
        except StoreError as error:
            self.push_screen(FaultScreen(f"Not saved. {error.message}", error.hint), decided)
        else:
            what.asker.post_message(messages.Kept(what, saved=True))

    def write_aside(self, write: Callable[[], None], what: str) -> None:
        """Write what nobody waits for; a failure is told once, not at every pause."""
        try:
            write()
        except StoreError as error:
            if not self._fault_told:
                self._fault_told = True
                self.push_screen(FaultScreen(f"{what} is not saved. {error.message}", error.hint, yes="Go on", no=""))
        else:
            self._fault_told = False

    def tell_unreadable(self, error: StoreError, again: Callable[[], Awaitable[object]]) -> None:
        """The store cannot be read: try again, or leave."""

        async def decided(retry: bool | None) -> None:
            if retry:
                await again()
            else:
                self.exit()

        self.push_screen(FaultScreen(error.message, error.hint, no="Quit"), decided)
