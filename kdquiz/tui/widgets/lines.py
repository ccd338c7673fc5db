"""Answers typed in lines: what the widgets of `numeric` (one line) and `cloze` (one for each blank) share."""

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from kdquiz.library.model import Question
from kdquiz.tui.widgets.answer_line import AnswerLine
from kdquiz.tui.widgets.response import ResponseArea


class LinesArea(ResponseArea):
    """Lines to type in. A subclass says what Enter does in each, and shows how they did."""

    def __init__(self, question: Question, order: tuple[int, ...], count: int) -> None:
        super().__init__(question, order)
        self.can_focus = False  # the lines have the keys until the answer is shown
        self.lines = tuple(AnswerLine(place, last=place == count - 1) for place in range(count))

    @property
    def entry(self) -> Widget:
        return self.lines[0]

    @property
    def typed(self) -> tuple[str, ...]:
        """What stands in each line, without the spaces around it."""
        return tuple(line.value.strip() for line in self.lines)

    @property
    def unfinished(self) -> bool:
        return not self.revealed and any(self.typed)

    def enter(self, place: int) -> None:
        """The learner pressed Enter in the line at `place`, from 0."""
        raise NotImplementedError  # one hands in, the other may go on to the next line

    @on(AnswerLine.Entered)
    def _entered(self, event: AnswerLine.Entered) -> None:
        event.stop()
        self.enter(event.place)

    @on(Input.Changed)
    def _written(self, event: Input.Changed) -> None:
        """Ctrl+U is undo only while nothing is written in any line."""
        event.stop()
        undoes = not any(line.value for line in self.lines)
        if self.lines[0].undoes is not undoes:
            for line in self.lines:
                line.undoes = undoes
            self.screen.refresh_bindings()
        self.written()

    def written(self) -> None:
        """The text of a line changed."""
