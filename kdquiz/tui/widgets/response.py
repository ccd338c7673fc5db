"""What the widget of every kind of question has in common: it takes a response, then shows how it did.

A module under `tui/kinds/` offers its widget under the name `Area`.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.library.model import Question
from kdquiz.marking.model import Response
from kdquiz.sessions.view import QuizView
from kdquiz.tui.messages import Responded
from kdquiz.tui.widgets.advice import Advice
from kdquiz.tui.widgets.prose import Prose, inline, plain
from kdquiz.tui.widgets.source_line import SourceLine

GOES_ON = "Rated Good or Easy, the interviewer goes on: "
MAY_GO_ON = "An interviewer may go on: "


class ResponseArea(VerticalScroll, can_focus=True, inherit_bindings=False):
    """The part of the quiz below the question. Posts `Responded`; then `reveal` is called with the marked view, or
    `refuse` where the response could not be read, and the learner may hand in another one."""

    HOW: ClassVar[str] = ""
    """How to answer, for the help screen."""
    ADVICE: ClassVar[str] = ""
    """How to answer, in the line below what is to be answered."""
    ANSWER: ClassVar[str] = "Model answer"
    """What the model answer is called where it is shown."""

    DEFAULT_CSS = """
    ResponseArea { height: 1fr; min-height: 3; margin: 1 0 0 0; padding: 0 1; scrollbar-size-vertical: 1; }
    ResponseArea .label { height: 1; margin: 1 0 0 0; text-style: bold; }
    ResponseArea .first { margin: 0; }
    ResponseArea .quiet { height: auto; color: $quiet; }
    ResponseArea Prose { padding: 0; margin: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Up", show=False, tooltip="One option or line up", id="response.up"),
        Binding("down,j", "step(1)", "Down", show=False, tooltip="One option or line down", id="response.down"),
        Binding("home", "scroll_home", "To the beginning", show=False, id="response.home"),
        Binding("end", "scroll_end", "To the end", show=False, id="response.end"),
    ]

    def __init__(self, question: Question, order: tuple[int, ...]) -> None:
        super().__init__()
        self.question = question
        self.order = order
        self.revealed = False
        self.advice = Advice(self.ADVICE)
        """Composed where the kind wants it; gone once the answer is shown."""

    @property
    def ask(self) -> str:
        """The question's text, Markdown."""
        return self.question.asked

    @property
    def entry(self) -> Widget:
        """The widget that has the keys while the question is open."""
        return self

    @property
    def unfinished(self) -> bool:
        """Whether something was written that leaving would lose."""
        return False

    @property
    def wanted_height(self) -> int:
        """Lines that show everything here without scrolling."""
        return sum(child.outer_size.height + child.styles.margin.height for child in self.children if child.display)

    def not_known(self) -> Response | None:
        """The response that says "I don't know", or None where the kind has no such answer."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Home and End do something where there is more than is in sight."""
        if action in ("scroll_home", "scroll_end"):
            return self.max_scroll_y > 0
        return super().check_action(action, parameters)

    def action_step(self, step: int) -> None:
        """Go up (-1) or down (1): among what there is to choose, or by a line of text."""
        self.scroll_relative(y=step, animate=False)

    def respond(self, response: Response) -> None:
        """Hand in the response, unless the answer is shown already."""
        if not self.revealed:
            self.post_message(Responded(self.question.id, response))

    def refuse(self, sentence: str) -> None:
        """What was handed in could not be read and is not counted; `sentence` says what can be."""
        self.advice.insist(sentence)

    async def reveal(self, view: QuizView, notes: Sequence[str] = ()) -> None:
        """Show how the response did, the model answer, the source, what an interviewer asks next; called once.

        `notes` is what else is to be said, each a line of Markdown.
        """
        self.revealed = True
        self.can_focus = True  # what had the keys may be gone now
        await self.advice.remove()
        await self.show_mark(view)
        parts: list[Widget] = []
        if answer := self.question.model_answer:
            first = "" if self.children else "first "
            parts += [Static(self.ANSWER, classes=f"{first}label", markup=False), Prose(answer)]
        parts.append(SourceLine(self.question.source, view.works))
        for follow_up in view.follow_ups:
            goes_on = GOES_ON if follow_up.comes else MAY_GO_ON
            parts.append(Static(Content.assemble(plain(goes_on), inline(follow_up.title)), classes="quiet"))
        parts += [Static(inline(note), classes="quiet note") for note in notes]
        await self.mount_all(parts)
        self.focus()

    async def show_mark(self, view: QuizView) -> None:
        """Show the mark of the response; the first part of the reveal."""
        raise NotImplementedError  # every kind shows its own

    def remark(self, view: QuizView) -> None:
        """The mark changed after the reveal: a rubric line was overruled."""
