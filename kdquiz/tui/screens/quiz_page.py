"""How a quiz is drawn: the heading, the question with what takes the response, the mark, the drill that is offered.

Holds a `QuizSession` and looks at it. Goes in: the session and a clock. Comes out: `QuizEnded` where nothing is left.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from kdquiz.library.model import Question
from kdquiz.sessions.quiz import QuizSession
from kdquiz.sessions.view import Phase, QuizView
from kdquiz.tui.kinds import area
from kdquiz.tui.messages import QuizEnded, Reshaped
from kdquiz.tui.screens.keeping import KeepingScreen
from kdquiz.tui.widgets.heading import Heading, Progress
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.outcome import OutcomeBar
from kdquiz.tui.widgets.prose import Prose
from kdquiz.tui.widgets.response import ResponseArea
from kdquiz.tui.words import stopwatch

QUESTION_LINES = 4
"""What a long question keeps of the screen when the options or the explanation need the rest."""
Notes = Callable[[Question], Sequence[str]]
"""What is to be said of a question besides its mark, once its answer is shown."""


class QuizPage(KeepingScreen):
    """One sitting, as it is drawn."""

    def __init__(self, session: QuizSession, clock: Callable[[], datetime], notes: Notes) -> None:
        super().__init__()
        self._session = session
        self._clock = clock
        self._notes = notes
        self.view: QuizView = session.view(clock())
        """What is drawn. The session may be ahead of it while an answer is being written."""
        self._area = self._new_area()

    @property
    def about(self) -> str:
        """How to answer this kind of question, then how to rate."""
        how = self._area.HOW if self._area is not None and self.view.phase is Phase.ASKING else ""
        return f"{how} Answer, look, rate: the rating decides when the question comes back.".strip()

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading()
            yield Progress()
            with Vertical(id="stage"):
                with VerticalScroll(id="question", can_focus=False):
                    yield Prose(self._area.ask if self._area else "")
                if self._area:
                    yield self._area
            yield OutcomeBar()
        yield KeyBar()

    async def on_mount(self) -> None:
        self.set_interval(1, self._draw_heading)
        if self._area is None:
            await self._draw()
        else:
            self._area.entry.focus()
            self._settle_drawing()

    @on(Reshaped)
    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    # ---- the clock ---------------------------------------------------------------------------------------

    def on_screen_suspend(self) -> None:
        """A dialog or another screen covers the question: the clock stands."""
        self._stop_clock()

    def on_screen_resume(self) -> None:
        self._start_clock()

    def _stop_clock(self) -> None:
        self._session.pause(self._clock())
        self._look_at_clock()

    def _start_clock(self) -> None:
        self._session.resume(self._clock())
        self._look_at_clock()

    def _look_at_clock(self) -> None:
        """Nothing else of the session may have changed since it was drawn, unless something is being kept."""
        if not self.keeping:
            self.view = self._session.view(self._clock())

    # ---- drawing -----------------------------------------------------------------------------------------

    def _new_area(self) -> ResponseArea | None:
        """What takes the response to the open question, if there is one."""
        return area(self.view.question, self.view.order) if self.view.question else None

    async def _go_on(self) -> None:
        """Draw what is open now; or end, where nothing is. A question that is on the screen already stays as it is."""
        before, view = self.view, self._session.view(self._clock())
        self.view = view
        if view.phase is Phase.DONE:
            self.post_message(QuizEnded(view))
        elif _shown(view) == _shown(before):
            self._draw_heading()
            self.refresh_bindings()
        else:
            await self._draw()

    async def _draw(self) -> None:
        """Draw what is open, from nothing."""
        view = self.view
        if view.phase is Phase.DONE:
            self.post_message(QuizEnded(view))
            return
        with self.app.batch_update():  # one picture, not four
            await self.query("#stage > ResponseArea, #stage > DrillOffer").remove()
            await self.query_one(OutcomeBar).show(view)
            self._area = self._new_area()
            await self.query_one(Prose).show(self._area.ask if self._area else "")
            await self.query_one("#stage").mount(self._area or self._drill_offer())
            self.set_focus(self._area.entry if self._area else None)
            self._settle_drawing()
        if view.phase is Phase.REVEALED:
            await self._reveal()

    def _drill_offer(self) -> Widget:
        from kdquiz.tui.widgets.drill_offer import DrillOffer  # a quiz without drills never needs it

        assert self.view.drill is not None  # where there is no question there is a drill
        return DrillOffer(self.view.drill.drill, self.view.tried)

    async def _reveal(self) -> None:
        """Draw the mark and the ratings."""
        view = self.view = self._session.view(self._clock())
        if view.entry is None or self._area is None:
            return
        notes = self._notes(view.entry.question)
        with self.app.batch_update():
            await self._area.reveal(view, notes)
            await self.query_one(OutcomeBar).show(view)
            self._settle_drawing()

    @property
    def _long_pane(self) -> Widget:
        """What may not fit: the question while it is open, the explanation afterwards."""
        return self._area if self.view.phase is Phase.REVEALED and self._area else self.query_one("#question")

    def _settle_drawing(self) -> None:
        self.query_one("#question").scroll_home(animate=False)
        self._draw_heading()
        self.refresh_bindings()
        self.call_after_refresh(self._fit)

    def _draw_heading(self) -> None:
        view, heading = self.view, self.query_one(Heading)
        time = ""
        if view.entry is not None:
            question = view.entry.question
            heading.tell(view.entry.topic.title, f" · {question.level} · {question.kind}")
            time = f" · {stopwatch(view.thinking(self._clock()))}"
        elif view.drill is not None:
            heading.tell("A drill", f" · {view.drill.drill.level}")
        unsaved = "not saved! · " if self.unsaved else ""
        marked = "marked · " if view.marked else ""
        heading.stand(f"{unsaved}{marked}{view.number} of {view.total}{time}")
        progress = self.query_one(Progress)
        progress.done, progress.total = view.number - 1, view.total

    def _fit(self) -> None:
        """Give a long question what the options or the explanation leave, and never less than a few lines."""
        if self._area is None or not self._area.is_mounted or not self.is_running:
            return
        room = self.query_one("#stage").size.height
        text = self.query_one(Prose).outer_size.height
        left = max(min(text, QUESTION_LINES), room - self._area.wanted_height - self._area.styles.margin.height)
        self.query_one("#question").styles.max_height = max(1, left)
        self.call_after_refresh(self.refresh_bindings)


def _shown(view: QuizView) -> tuple[object, ...]:
    """What of a view stands in the middle of the screen."""
    return view.phase, view.seed, view.question, view.drill, view.tried
