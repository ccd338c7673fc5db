"""Choosing among lettered options: what the widgets of `choice` and `multi` share."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kdquiz.library.model import Question
from kdquiz.library.options import LETTERS
from kdquiz.marking.model import Chosen, Response
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.options import OptionRow
from kdquiz.tui.widgets.response import ResponseArea


class ChoosingArea(ResponseArea):
    """Options with a cursor. A subclass says what choosing does, and how an option's box looks.

    Places count as shown, positions as authored; `order` maps the first to the second.
    """

    BOXES: ClassVar[tuple[str, str]] = ("○", "●")
    """An option that is not chosen, and one that is."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Submit", tooltip="Hand in what is chosen", id="options.submit"),
        *(
            Binding(f"{letter},{place + 1}", f"choose({place})", f"Option {letter}", show=False)
            for place, letter in enumerate(LETTERS)
        ),
    ]

    def __init__(self, question: Question, order: tuple[int, ...]) -> None:
        super().__init__(question, order)
        self.cursor: int | None = None
        self.chosen: frozenset[int] = frozenset()
        """Places, as shown."""
        self._rows = [
            OptionRow(place, question.parts[position], self.BOXES[False]) for place, position in enumerate(order)
        ]
        self.advice.add_class("-apart")

    def compose(self) -> ComposeResult:
        yield from self._rows
        yield self.advice

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once the answer is shown the keys are the ratings'."""
        if action in ("submit", "choose"):
            return not self.revealed
        return super().check_action(action, parameters)

    def not_known(self) -> Response | None:
        return Chosen(frozenset())

    def choose(self, place: int) -> None:
        """The learner chose the option at `place`."""
        raise NotImplementedError  # one replaces, the other toggles

    def action_choose(self, place: int) -> None:
        if place < len(self.order):
            self.cursor = place
            self.choose(place)
            self._draw()

    def action_step(self, step: int) -> None:
        if self.revealed:
            super().action_step(step)
            return
        if self.cursor is None:
            self.cursor = 0 if step > 0 else len(self.order) - 1
        else:
            self.cursor = (self.cursor + step) % len(self.order)
        self.moved()
        self._draw()

    def moved(self) -> None:
        """The cursor moved to another option."""

    def action_submit(self) -> None:
        if self.chosen:
            self.respond(Chosen(frozenset(self.order[place] for place in self.chosen)))
        else:
            last = LETTERS[len(self.order) - 1]
            self.advice.insist(f"Choose first, with {LETTERS[0]} to {last} or the arrow keys.")

    @on(OptionRow.Clicked)
    def _clicked(self, event: OptionRow.Clicked) -> None:
        event.stop()
        if not self.revealed:
            self.action_choose(event.place)

    def _draw(self) -> None:
        for place, row in enumerate(self._rows):
            chosen = place in self.chosen
            row.show(self.BOXES[chosen], cursor=place == self.cursor, chosen=chosen)
        if self.cursor is not None:
            self.scroll_to_widget(self._rows[self.cursor], animate=False)
        if self.chosen:
            self.advice.relax()

    async def show_mark(self, view: QuizView) -> None:
        """Every option in its place, with its mark; what the learner chose wrongly is brought into sight."""
        marks = view.mark.options if view.mark else ()
        several = sum(mark.is_right for mark in marks) > 1
        shown = [(row, marks[position]) for row, position in zip(self._rows, self.order, strict=True)]
        for row, mark in shown:
            row.mark(mark, several)
        wrong = [row for row, mark in shown if mark.chosen and not mark.is_right]
        if wrong:
            self.call_after_refresh(self.scroll_to_widget, wrong[0], animate=False)
