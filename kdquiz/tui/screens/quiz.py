"""The quiz on the screen: the question, its response, the mark with everything behind it, the rating.

Holds a `QuizSession`; the rules are there. Goes in: the session, the library (for titles of follow-ups) and a clock.
Comes out: messages with what is to be kept, and `QuizEnded`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from kdquiz.library.library import Library
from kdquiz.library.problems import Problem
from kdquiz.marking.model import UnreadableError
from kdquiz.memory.model import Rating
from kdquiz.sessions.quiz import Phase, QuizSession, QuizView, Reviewed
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.kinds import area
from kdquiz.tui.messages import (
    Answered,
    Edited,
    EditWanted,
    PointOverruled,
    QuizEnded,
    Rated,
    Reshaped,
    Responded,
    TakenBack,
)
from kdquiz.tui.screens.keeping import KeepingScreen, Then
from kdquiz.tui.widgets.heading import Heading, Progress
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.outcome import OutcomeBar
from kdquiz.tui.widgets.prose import Prose
from kdquiz.tui.widgets.rating_bar import RatingBar
from kdquiz.tui.widgets.response import ResponseArea
from kdquiz.tui.words import stopwatch

QUESTION_LINES = 4
"""What a long question keeps of the screen when the options or the explanation need the rest."""


class QuizScreen(KeepingScreen):
    """One sitting."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "accept", "Accept", tooltip="Go on with the rating at ▸", id="quiz.accept"),
        *(Binding(str(rating.value), f"rate({rating.value})", f"Rate {rating.word}", show=False) for rating in Rating),
        Binding("n,ctrl+n", "not_known", "Don't know", tooltip="Show the answer; counts as wrong", id="quiz.not-known"),
        Binding("s,ctrl+s", "skip", "Skip", tooltip="Ask this question again at the end", id="quiz.skip"),
        Binding("u,ctrl+u", "undo", "Undo", tooltip="Take back the last answer and ask again", id="quiz.undo"),
        Binding("e", "edit", "Edit", show=False, tooltip="Edit the question in your own editor", id="quiz.edit"),
        Binding("pagedown", "page(1)", "More", tooltip="Read on; PgUp goes back", id="quiz.page-down"),
        Binding("pageup", "page(-1)", "Back up", show=False, id="quiz.page-up"),
        Binding("q,escape", "back", "Back", tooltip="End here; what you answered is kept", id="quiz.back"),
    ]

    def __init__(self, session: QuizSession, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._session = session
        self._library = library
        self._clock = clock
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
            self.post_message(QuizEnded(self._session.settled()))
        else:
            self._area.entry.focus()
            self._settle_drawing()

    @on(Reshaped)
    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    # ---- drawing -----------------------------------------------------------------------------------------

    def _new_area(self) -> ResponseArea | None:
        """What takes the response to the open question, if there is one."""
        return area(self.view.question, self.view.order) if self.view.question else None

    async def _ask(self) -> None:
        """Draw the open question; or end, where there is none."""
        view = self.view = self._session.view(self._clock())
        if view.question is None:
            self.post_message(QuizEnded(self._session.settled()))
            return
        with self.app.batch_update():  # one picture, not four
            if self._area is not None:
                await self._area.remove()
            await self.query_one(OutcomeBar).show(view)
            self._area = area(view.question, view.order)
            await self.query_one(Prose).show(self._area.ask)
            await self.query_one("#stage").mount(self._area)
            self._area.entry.focus()
            self._settle_drawing()

    async def _reveal(self) -> None:
        """Draw the mark and the ratings."""
        view = self.view = self._session.view(self._clock())
        if view.entry is None or self._area is None:
            return
        titles = [self._library.entries[each] for each in view.entry.question.then if each in self._library.entries]
        with self.app.batch_update():
            await self._area.reveal(view, tuple(entry.question.title for entry in titles))
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
        view, now = self.view, self._clock()
        if view.entry is None:
            return
        question = view.entry.question
        thinking = view.seconds if view.seconds is not None else (now - (view.asked_at or now)).total_seconds()
        heading = self.query_one(Heading)
        heading.tell(view.entry.topic.title, f" · {question.level} · {question.kind}")
        unsaved = "not saved! · " if self.unsaved else ""
        heading.stand(f"{unsaved}{view.number} of {view.total} · {stopwatch(thinking)}")
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

    # ---- what the learner does ---------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        phase = self.view.phase
        if action in ("accept", "rate", "edit"):
            return phase is Phase.REVEALED
        if action == "not_known":
            return phase is Phase.ASKING and self._area is not None and self._area.not_known() is not None
        if action == "skip":
            return phase is Phase.ASKING and self.view.total > self.view.number
        if action == "undo":
            return self.view.can_undo
        if action == "page":
            return self._long_pane.max_scroll_y > 0
        return True

    @on(Responded)
    async def _responded(self, event: Responded) -> None:
        if self._area is not None and self._is_open(event.question_id, Phase.ASKING):
            try:
                reviewed = self._session.answer(event.response, self._clock())
            except UnreadableError as error:
                self._area.refuse(str(error))
                return
            await self.keep(Answered(self, reviewed) if reviewed else None, self._reveal)

    def _is_open(self, question_id: str, phase: Phase) -> bool:
        """Whether what a widget posted is still wanted: a key pressed after it may have been obeyed before."""
        view = self.view
        same = view.entry is not None and view.entry.question.id == question_id
        return same and view.phase is phase and not self.keeping

    @on(RatingBar.Chosen)
    async def _rating_clicked(self, event: RatingBar.Chosen) -> None:
        await self.action_rate(event.rating.value)

    @on(PointOverruled)
    async def _overruled(self, event: PointOverruled) -> None:
        if self._area is not None and self._is_open(event.question_id, Phase.REVEALED):
            self._session.overrule(event.point, event.ticked)
            self.view = self._session.view(self._clock())
            self._area.remark(self.view)
            await self.query_one(OutcomeBar).show(self.view)

    async def action_accept(self) -> None:
        await self._rate(None)

    async def action_rate(self, rating: int) -> None:
        await self._rate(Rating(rating))

    async def _rate(self, rating: Rating | None) -> None:
        if not self.keeping:
            await self._settle(rating, self._ask)

    async def _settle(self, rating: Rating | None, then: Then) -> None:
        reviewed: Reviewed | None = self._session.rate(rating, self._clock())
        await self.keep(Rated(self, reviewed) if reviewed else None, then)

    async def action_undo(self) -> None:
        async def undo() -> None:
            log = self._session.undo(self._clock())
            await self.keep(TakenBack(self, log) if log else None, self._ask)

        await self._unless_unfinished("Take back the last answer?", "Take back", undo)

    async def action_skip(self) -> None:
        async def skip() -> None:
            self._session.skip(self._clock())
            await self._ask()

        await self._unless_unfinished("Skip this question?", "Skip", skip)

    async def action_not_known(self) -> None:
        async def show() -> None:
            response = self._area.not_known() if self._area else None
            if self._area is not None and response is not None:
                self._area.respond(response)

        await self._unless_unfinished("Show the answer?", "Show", show)

    def action_page(self, direction: int) -> None:
        """Page the question while it is open, the explanation afterwards."""
        if direction > 0:
            self._long_pane.scroll_page_down(animate=False)
        else:
            self._long_pane.scroll_page_up(animate=False)

    def action_edit(self) -> None:
        """Edit the question that was answered; its text is asked anew when it comes back."""
        if self.view.entry is not None and not self.keeping:
            self.post_message(EditWanted(self, self.view.entry.place))

    @on(Edited)
    def _edited(self, event: Edited) -> None:
        self._library = event.library
        self._session.look_up_in(event.library.entries)
        if event.broken is not None:
            self._offer_to_mend(event.broken)

    def _offer_to_mend(self, broken: Problem) -> None:
        def decided(mend: bool | None) -> None:
            if mend:
                self.post_message(EditWanted(self, broken.place))

        told = "The pack is broken now, and used as it was before."
        self.app.push_screen(FaultScreen(told, str(broken), yes="Mend", no="Later"), decided)

    async def action_back(self) -> None:
        await self.leave()

    # ---- leaving -----------------------------------------------------------------------------------------

    async def leave(self, what: Message | None = None) -> None:
        """An unfinished answer is asked about, a rating is settled as suggested."""

        async def go() -> None:
            self.post_message(what or QuizEnded(self._session.settled()))

        async def settle() -> None:
            await self._settle(None, go)

        await self._unless_unfinished("Leave this answer?", "Leave", settle if self.view.suggested is not None else go)

    async def _unless_unfinished(self, question: str, yes: str, then: Then) -> None:
        """Go on with `then`; where an answer is half written, ask first. Nothing while something is being kept."""

        async def decided(sure: bool | None) -> None:
            if sure:
                await then()

        if self.keeping:
            return
        asked_already = isinstance(self.app.screen, ConfirmScreen)
        if self._area is not None and self._area.unfinished and not asked_already:
            detail = "What you did here is not handed in and would be lost."
            self.app.push_screen(ConfirmScreen(question, detail, yes), decided)
        else:
            await then()
