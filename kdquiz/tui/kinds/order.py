"""An order: steps that the learner arranges, shown in a shuffled order at first."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from kdquiz.library.kinds.order import STEP_LETTERS
from kdquiz.library.model import Question
from kdquiz.marking.model import Ordered, Response
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.arrangement import Arrangement
from kdquiz.tui.widgets.hanging import Hanging
from kdquiz.tui.widgets.prose import inline, plain
from kdquiz.tui.widgets.response import ResponseArea
from kdquiz.tui.widgets.steps import StepRow, step_item

MENDING = "Moving the steps marked ✗ alone would put all of them in order."
UNMOVED = "Nothing is moved yet. Press Enter again if this is your order."
WHILE_HELD = ("put_back", "put_down")


class Area(ResponseArea):
    """Steps with a cursor. A step is moved at once, or picked up, carried and put down.

    In the arrangement a step is named by its place as shown at first, which is its letter as well; `order` maps that
    to the authored position.
    """

    HOW = (
        "Space or a click picks a step up and puts it down, the arrow keys carry it; Shift+↑ ↓ (or J, K) move a step "
        "at once, a digit moves it to that place, a letter goes to a step. Enter hands the order in."
    )
    ADVICE = "Space picks a step up, ↑ ↓ carry it, Space puts it down; Enter submits."
    ANSWER = "Explanation"
    DEFAULT_CSS = ".beside-steps { padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Submit", tooltip="Hand in this order", id="order.submit"),
        Binding("space", "pick_up", "Pick up", tooltip="Pick the step up, to carry it elsewhere", id="order.pick-up"),
        Binding("enter,space", "put_down", "Put down", tooltip="Put the step down here", id="order.put-down"),
        Binding("escape", "put_back", "Put back", tooltip="Put the step back where it was", id="order.put-back"),
        Binding("shift+up,K", "move(-1)", "Step up", show=False, tooltip="Move the step up", id="order.up"),
        Binding("shift+down,J", "move(1)", "Step down", show=False, tooltip="Move the step down", id="order.down"),
        *(
            Binding(str(place + 1), f"put({place})", f"To place {place + 1}", show=False)
            for place in range(len(STEP_LETTERS))
        ),
        *(
            Binding(letter, f"find({step})", f"To step {letter}", show=False)
            for step, letter in enumerate(STEP_LETTERS)
        ),
    ]

    def __init__(self, question: Question, order: tuple[int, ...]) -> None:
        super().__init__(question, order)
        self.arrangement = self._shown = Arrangement(tuple(range(len(order))))
        self._before_hold = self.arrangement
        self._rows = [StepRow(place) for place in range(len(order))]
        self.advice.add_class("-apart")

    def compose(self) -> ComposeResult:
        yield from self._rows
        yield self.advice

    def on_mount(self) -> None:
        self._draw()

    @property
    def unfinished(self) -> bool:
        return not self.revealed and self.arrangement.steps != self._shown.steps

    def not_known(self) -> Response | None:
        return Ordered(())

    # ---- keys and clicks -----------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once the answer is shown the keys are the ratings'."""
        if action in WHILE_HELD:
            return not self.revealed and self.arrangement.held
        if action in ("submit", "pick_up"):
            return not self.revealed and not self.arrangement.held
        if action in ("move", "put", "find"):
            return not self.revealed
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        if self.revealed:
            super().action_step(step)
        else:
            self._arrange(self.arrangement.go(step))

    def action_move(self, by: int) -> None:
        self._arrange(self.arrangement.put(self.arrangement.cursor + by))

    def action_put(self, place: int) -> None:
        if place < len(self.order):
            self._arrange(self.arrangement.put(place))

    def action_find(self, step: int) -> None:
        """Go to a step by its letter; what is held is put down first."""
        if step < len(self.order):
            here = self.arrangement.put_down()
            self._arrange(here.go_to(here.steps.index(step)))

    def action_pick_up(self) -> None:
        self._before_hold = self.arrangement
        self._arrange(self.arrangement.pick_up())

    def action_put_down(self) -> None:
        self._arrange(self.arrangement.put_down())

    def action_put_back(self) -> None:
        self._arrange(self._before_hold)

    def action_submit(self) -> None:
        if self.unfinished or self.advice.insists:
            self.respond(Ordered(tuple(self.order[step] for step in self.arrangement.steps)))
        else:
            self.advice.insist(UNMOVED)

    @on(StepRow.Clicked)
    def _clicked(self, event: StepRow.Clicked) -> None:
        event.stop()
        if self.revealed:
            return
        if self.arrangement.held:
            self._arrange(self.arrangement.put(event.place).put_down())
        else:
            self._before_hold = self.arrangement
            self._arrange(self.arrangement.go_to(event.place).pick_up())

    # ---- drawing -------------------------------------------------------------------------------------------

    def _arrange(self, arrangement: Arrangement) -> None:
        turned = arrangement.held is not self.arrangement.held
        self.arrangement = arrangement
        self.advice.relax()
        self._draw()
        if turned:
            self.screen.refresh_bindings()  # Enter and Esc mean something else while a step is held

    def _draw(self) -> None:
        at = self.arrangement
        for row, step in zip(self._rows, at.steps, strict=True):
            cursor = row.place == at.cursor
            row.show(STEP_LETTERS[step], self.question.parts[self.order[step]], cursor=cursor, held=at.held)
        self.scroll_to_widget(self._rows[at.cursor], animate=False)

    async def show_mark(self, view: QuizView) -> None:
        """The learner's order with what stands where it should; where it was not all right, the right order too."""
        marks = view.mark.steps if view.mark else ()
        given = view.response.steps if isinstance(view.response, Ordered) else ()
        if not given:
            await self.remove_children(StepRow)
        named = {position: STEP_LETTERS[step] for step, position in enumerate(self.order)}
        for row, mark, position in zip(self._rows, marks, given, strict=False):
            row.mark(mark, named[position])
        if all(mark.in_order for mark in marks):
            return
        right = (step_item(inline(text), place, named[place]) for place, text in enumerate(self.question.parts))
        await self.mount_all(
            [
                *([Static(plain(MENDING), classes="quiet beside-steps")] if given else []),
                Static("The right order", classes="label" if given else "first label", markup=False),
                Static(Hanging(*right), classes="beside-steps"),
            ]
        )
