"""The quiz on the screen: what the learner does with the question that is open, one key each.

Holds a `QuizSession`; the rules are there, how it is drawn is in `quiz_page`. Goes in: the session and a clock. Comes
out: messages with what is to be kept, `DrillTaken`, and `QuizEnded`.
"""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from kdquiz.library.problems import Problem
from kdquiz.marking.model import UnreadableError
from kdquiz.memory.model import Rating
from kdquiz.sessions.changes import Change, Reviewed, Withdrawn
from kdquiz.sessions.view import Phase
from kdquiz.tui.dialogs.confirm import ConfirmScreen, FaultScreen
from kdquiz.tui.messages import (
    Answered,
    DrillTaken,
    Edited,
    EditWanted,
    Keep,
    PointOverruled,
    QuizEnded,
    Rated,
    Responded,
    Stood,
    TakenBack,
)
from kdquiz.tui.screens.keeping import Then
from kdquiz.tui.screens.quiz_keys import KEYS, does_something
from kdquiz.tui.screens.quiz_page import QuizPage
from kdquiz.tui.widgets.outcome import OutcomeBar
from kdquiz.tui.widgets.rating_bar import RatingBar

TOLD_FOR = 5.0
"""Seconds that a note about what was done stays."""
BURIED = "Not again today. Undo (u, Ctrl+U) takes that back."
SUSPENDED = "Not asked any more. Take that back with undo (u, Ctrl+U), or later with @ on it in Browse."


class QuizScreen(QuizPage):
    """One sitting."""

    BINDINGS: ClassVar[list[BindingType]] = list(KEYS)

    drilling = False
    """The drill that is offered is open above."""

    # ---- which keys do something -------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if action == "not_known" and (self._area is None or self._area.not_known() is None):
            return False
        if action == "page":
            return self._long_pane.max_scroll_y > 0
        return does_something(action, self.view)

    # ---- answering and rating ----------------------------------------------------------------------------

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
            await self._settle(rating, self._go_on)

    async def _settle(self, rating: Rating | None, then: Then) -> None:
        await self._keep_all((self._session.rate(rating, self._clock()),), then)

    def action_rerate(self) -> None:
        """Which rating the last answer should have is asked in a dialog."""

        async def decided(rating: Rating | None) -> None:
            if rating is not None:
                await self.rerate(rating)

        from kdquiz.tui.dialogs.rerate import RerateScreen  # no start needs it

        if not self.keeping and self.view.can_rerate:
            last = self.view.settled[-1]
            self.app.push_screen(RerateScreen(last.title, last.rating), decided)

    async def rerate(self, rating: Rating, *, from_summary: bool = False) -> None:
        """Give the last answer another rating. From the summary of a quiz that was left early it leads back there."""
        if not self.keeping:
            then = self._end if from_summary and self.view.phase is not Phase.DONE else self._go_on
            await self._keep_all((self._session.rerate(rating, self._clock()),), then)

    async def _end(self) -> None:
        self.post_message(QuizEnded(self._session.view(self._clock())))

    async def action_not_known(self) -> None:
        async def show() -> None:
            response = self._area.not_known() if self._area else None
            if self._area is not None and response is not None:
                self._area.respond(response)

        await self._unless_unfinished("Show the answer?", "Show", show)

    # ---- putting aside, and taking back ------------------------------------------------------------------

    async def action_skip(self) -> None:
        async def skip() -> None:
            self._session.skip(self._clock())
            await self._go_on()

        await self._unless_unfinished("Skip this question?", "Skip", skip)

    async def action_bury(self) -> None:
        async def bury() -> None:
            await self._keep_all(self._session.bury(self._clock()), partial(self._gone, BURIED))

        await self._unless_unfinished("Put it off until tomorrow?", "Not today", bury)

    async def action_suspend(self) -> None:
        async def suspend() -> None:
            await self._keep_all(self._session.suspend(self._clock()), partial(self._gone, SUSPENDED))

        await self._unless_unfinished("Ask this question no more?", "Suspend", suspend)

    async def _gone(self, note: str) -> None:
        self.notify(note, timeout=TOLD_FOR)
        await self._go_on()

    async def action_mark(self) -> None:
        if not self.keeping:
            await self._keep_all((self._session.mark(),), self._go_on)

    async def action_undo(self) -> None:
        async def undo() -> None:
            await self._keep_all((self._session.undo(self._clock()),), self._go_on)

        await self._unless_unfinished("Take back the last step?", "Take back", undo)

    async def _keep_all(self, changes: Sequence[Change | None], then: Then) -> None:
        """Have all of it written, in order, then go on."""
        if changes:
            first, *others = changes
            await self.keep(self._to_keep(first), partial(self._keep_all, others, then))
        else:
            await then()

    def _to_keep(self, change: Change | None) -> Keep | None:
        match change:
            case None:
                return None
            case Reviewed():
                return Rated(self, change)
            case Withdrawn(log=log):
                return TakenBack(self, log)
            case _:
                return Stood(self, change.card_id, change.standing)

    # ---- other screens -----------------------------------------------------------------------------------

    def action_open_drill(self) -> None:
        if self.view.drill is not None and not self.keeping and not self.drilling:
            self.drilling = True
            self.post_message(DrillTaken(self.view.drill.drill.id))

    async def drilled(self, settled: Reviewed | None) -> None:
        """The drill was left; `settled` is the review that it came to, which is recorded already."""
        self.drilling = False
        self._session.drilled(settled, self._clock())
        await self._go_on()

    async def action_edit(self) -> None:
        """Edit what is open; once its answer is shown, the text is asked anew when it comes back."""

        async def edit() -> None:
            written = self.view.entry or self.view.drill
            if written is not None:
                self._stop_clock()
                self.post_message(EditWanted(self, written.place))

        await self._unless_unfinished("Edit this question now?", "Edit", edit)

    @on(Edited)
    async def _edited(self, event: Edited) -> None:
        self._session.look_up_in(event.library, self._clock())
        self._session.resume(self._clock())
        await self._go_on()
        if event.broken is not None:
            self._offer_to_mend(event.broken)

    def _offer_to_mend(self, broken: Problem) -> None:
        def decided(mend: bool | None) -> None:
            if mend:
                self.post_message(EditWanted(self, broken.place))

        told = "The pack is broken now, and used as it was before."
        self.app.push_screen(FaultScreen(told, str(broken), yes="Mend", no="Later"), decided)

    def action_page(self, direction: int) -> None:
        """Page the question while it is open, the explanation afterwards."""
        if direction > 0:
            self._long_pane.scroll_page_down(animate=False)
        else:
            self._long_pane.scroll_page_up(animate=False)

    # ---- leaving -----------------------------------------------------------------------------------------

    async def action_back(self) -> None:
        await self.leave()

    async def leave(self, what: Message | None = None) -> None:
        """An unfinished answer is asked about, a rating is settled as suggested."""

        async def go() -> None:
            if what is None:
                await self._end()
            else:
                self.post_message(what)

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
