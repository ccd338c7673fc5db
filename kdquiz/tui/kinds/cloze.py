"""A cloze: a line to type in for each blank of a text."""

import re
from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kdquiz.library.kinds.cloze import Cloze
from kdquiz.library.wording import some_of
from kdquiz.marking.model import BlankMark, Filled, Response
from kdquiz.sessions.view import QuizView
from kdquiz.tui.widgets.gap import Gap
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.lines import LinesArea
from kdquiz.tui.widgets.options import RIGHT, WRONG
from kdquiz.tui.widgets.prose import QUIET, Prose, inline, plain

SIGN_COLUMN = 5
_PARTED = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)")
"""Where a paragraph or an item of a list ends."""


class Area(LinesArea):
    """The blanks below each other, each with the text around it; then the text filled in, and how each blank did."""

    HOW = "Type what belongs into each blank; Enter or Tab goes to the next one, Enter in the last hands it in."
    ADVICE = "Enter or Tab goes to the next blank · Enter in the last one submits"
    ANSWER = "Explanation"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "go(1)", "Next blank", show=False, tooltip="Go to the next blank", id="cloze.next"),
        Binding("shift+tab", "go(-1)", "Blank before", show=False, tooltip="Go to the one before", id="cloze.back"),
    ]

    def __init__(self, question: Cloze, order: tuple[int, ...]) -> None:
        super().__init__(question, order, count=len(question.blanks))
        self._text = question.filled
        self._around = tuple(_around(question.pieces))

    def compose(self) -> ComposeResult:
        for line, (before, after) in zip(self.lines, self._around, strict=True):
            yield Gap(before, line, after)
        yield self.advice.add_class("-apart")

    def not_known(self) -> Response | None:
        return Filled(("",) * len(self.lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "go":
            return not self.revealed
        return super().check_action(action, parameters)

    @property
    def _place(self) -> int:
        """The blank that has the keys."""
        return next((line.place for line in self.lines if line.has_focus), 0)

    def action_go(self, by: int) -> None:
        """Go to another blank, around the ends."""
        self.lines[(self._place + by) % len(self.lines)].focus()

    def action_step(self, step: int) -> None:
        """Among the blanks; once the answer is shown, by a line of text."""
        if self.revealed:
            super().action_step(step)
        else:
            self.action_go(step)

    def enter(self, place: int) -> None:
        open_blanks = [line.place + 1 for line in self.lines if not line.value.strip()]
        if place < len(self.lines) - 1:
            self.action_go(1)
        elif open_blanks and not self.advice.insists:
            said = f"{some_of(open_blanks, 'Blank')} {'is' if len(open_blanks) == 1 else 'are'} empty."
            self.advice.insist(f"{said} Press Enter again to submit all the same.")
        else:
            self.respond(Filled(self.typed))

    def written(self) -> None:
        self.advice.relax()

    async def show_mark(self, view: QuizView) -> None:
        """The text filled in, then each blank: whether it is right, what was typed, what else would be."""
        marks = view.mark.blanks if view.mark else ()
        await self.remove_children("*")
        await self.mount_all(
            [
                Prose(self._text),
                Static("Your blanks", classes="label", markup=False),
                Static(Hanging(*(_told(number, mark) for number, mark in enumerate(marks, 1)))),
            ]
        )


def _around(pieces: tuple[str, ...]) -> Iterator[tuple[Content, Content]]:
    """For each blank what its paragraph says before and after it, the other blanks by their numbers."""
    for place in range(1, len(pieces)):
        before = pieces[0] + _with_numbers(pieces[1:place], 1)
        after = pieces[place] + _with_numbers(pieces[place + 1 :], place + 1)
        yield inline(_PARTED.split(before)[-1]), inline(_PARTED.split(after)[0])


def _with_numbers(pieces: tuple[str, ...], first: int) -> str:
    """Pieces of Markdown, before each the number of its blank, which no bracket behind it turns into a link."""
    return "".join(rf"\[{number}\]{piece}" for number, piece in enumerate(pieces, first))


def _told(number: int, mark: BlankMark) -> Item:
    """One blank: what was typed, and where that is wrong what would be right; what else is accepted, quietly."""
    chosen, *others = mark.accepted
    if mark.right:
        sign = plain(f"{RIGHT} {number}", "$text-success")
        said = plain(mark.typed, "bold")
        others = [each for each in mark.accepted if inline(each).plain.casefold() != mark.typed.casefold()]
    else:
        sign = plain(f"{WRONG} {number}", "$text-error")
        wrote = f"you wrote “{mark.typed}”; it is " if mark.typed else "left open; it is "
        said = Content.assemble(plain(wrote), inline(chosen, "bold"))
    if others:
        also = plain(", ", QUIET).join(inline(each, QUIET) for each in others)
        said = Content.assemble(said, plain("  ·  also ", QUIET), also)
    return Item(said, sign, SIGN_COLUMN)
