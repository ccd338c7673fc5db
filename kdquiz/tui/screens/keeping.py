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
        self._when_kept: list[tuple[Keep, Then]] = []
        self.unsaved = False
        """Something could not be written, and the learner chose to go on."""

    @property
    def keeping(self) -> bool:
        """Whether something is being written just now."""
        return bool(self._when_kept)

    async def keep(self, what: Keep | None, then: Then) -> None:
        """Have the app write `what`, then go on with `then`; at once where nothing is to be written."""
        if what is None:
            await then()
        else:
            self._when_kept.append((what, then))
            self.post_message(what)

    @on(Kept)
    async def _kept(self, event: Kept) -> None:
        self.unsaved = self.unsaved or not event.saved
        answered = [then for what, then in self._when_kept if what is event.what]
        self._when_kept = [each for each in self._when_kept if each[0] is not event.what]
        for then in answered:
            await then()

    async def leave(self, what: Message | None = None) -> None:
        """Post `what` (None: the usual way out of this screen) once nothing here would be lost by it."""
        raise NotImplementedError  # every screen knows what it has to lose
