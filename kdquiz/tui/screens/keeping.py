"""What the screens with a session have in common: they have things written by the app, and go on when that is done."""

from collections.abc import Awaitable, Callable

from textual import on
from textual.message import Message
from textual.screen import Screen

from kdquiz.tui.messages import Keep, Kept

Then = Callable[[], Awaitable[None]]


class KeepingScreen(Screen[None]):
    """A screen that loses nothing: what is to be kept is on disk before it goes on, and before it is left."""

    def __init__(self) -> None:
        super().__init__()
        self._when_kept: Then | None = None
        self.unsaved = False
        """Something could not be written, and the learner chose to go on."""

    @property
    def keeping(self) -> bool:
        """Whether something is being written just now."""
        return self._when_kept is not None

    async def keep(self, what: Keep | None, then: Then) -> None:
        """Have the app write `what`, then go on with `then`; at once where nothing is to be written."""
        if what is None:
            await then()
        else:
            self._when_kept = then
            self.post_message(what)

    @on(Kept)
    async def _kept(self, event: Kept) -> None:
        self.unsaved = self.unsaved or not event.saved
        then, self._when_kept = self._when_kept, None
        if then:
            await then()

    async def leave(self, what: Message | None = None) -> None:
        """Post `what` (None: the usual way out of this screen) once nothing here would be lost by it."""
        raise NotImplementedError  # every screen knows what it has to lose
