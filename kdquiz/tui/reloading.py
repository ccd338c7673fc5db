"""The part of the app that lets the learner edit content: it runs their editor, then opens the library again.

Ids carry the history, so nothing that was learnt is lost by an edit. A pack that is broken by it is shown as it was
before until it is mended: the library that can be used stays the one in use.
"""

from dataclasses import replace

from textual import on
from textual.app import SuspendNotSupported

from kdquiz.library.problems import Problem
from kdquiz.tui import messages
from kdquiz.tui.dialogs.confirm import FaultScreen
from kdquiz.tui.services import Services
from kdquiz.tui.writing import WritingApp

NO_TERMINAL = "An editor cannot be opened from here."


class ReloadingApp(WritingApp):
    """Answers `EditWanted` with `Edited`."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.broken: Problem | None = None
        """The first problem of a pack that was broken by the last edit."""

    @on(messages.EditWanted)
    def _edit(self, event: messages.EditWanted) -> None:
        from kdquiz.tui import editing  # what somebody who never edits does not need

        fault: editing.EditorError | None = None
        try:
            command = editing.command(event.place)
            with self.suspend():  # goes on with the app only where nothing is raised within
                try:
                    editing.run(command)
                except editing.EditorError as error:
                    fault = error
        except editing.EditorError as error:
            fault = error
        except SuspendNotSupported:
            fault = editing.EditorError(
                NO_TERMINAL, f"Open {event.place} elsewhere; kdquiz reads it at the next start."
            )
        self._reload()
        event.asker.post_message(messages.Edited(self._services.library, self.broken))
        if fault is not None:
            self.push_screen(FaultScreen(fault.message, fault.hint, yes="Close", no=""))

    def _reload(self) -> None:
        """Use the library as it is now, unless a pack that can be used would be lost by it."""
        loaded, before = self._services.reload(), self._services
        known = {left.pack for left in before.left_out}
        self.broken = next((left.first for left in loaded.left_out if left.pack not in known), None)
        if self.broken is not None:
            loaded.library.close()
            return
        self._services = replace(before, library=loaded.library, problems=loaded.problems, left_out=loaded.left_out)
        if before.library is not loaded.library:
            before.library.close()
