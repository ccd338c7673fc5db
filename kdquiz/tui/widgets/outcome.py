"""The foot of the quiz after the reveal: the verdict in a word with its mark, and the ratings."""

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from kdquiz.marking.model import Outcome
from kdquiz.memory.model import Rating
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.prose import QUIET
from kdquiz.tui.widgets.rating_bar import RatingBar
from kdquiz.tui.words import spent

VERDICTS = {
    Outcome.RIGHT: ("✓ Right", "bold $text-success"),
    Outcome.PARTLY: ("◐ Partly right", "bold $text-warning"),
    Outcome.WRONG: ("✗ Wrong", "bold $text-error"),
    Outcome.UNMARKED: ("How well did you recall it?", "bold"),
}


class OutcomeBar(Vertical):
    """Always in sight, however long the explanation above it is."""

    DEFAULT_CSS = """
    OutcomeBar { height: 4; padding: 0 1; display: none; }
    OutcomeBar > #verdict { height: 2; border-top: solid $panel; }
    """

    async def show(self, view: QuizView) -> None:
        """Draw a revealed view; hide for any other. Nothing is there before the first one: the start need not wait."""
        self.display = view.mark is not None and view.intervals is not None
        if view.mark is None or view.intervals is None:
            return
        if not self.children:
            await self.mount(Static(id="verdict"), RatingBar())
        time = f"  ·  after {spent(view.seconds or 0)}"
        self.query_one("#verdict", Static).update(Content.assemble(VERDICTS[view.mark.outcome], (time, QUIET)))
        self.query_one(RatingBar).show(view.intervals, view.suggested or Rating.GOOD)
