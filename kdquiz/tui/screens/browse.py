"""Browse: every question in a list that is filtered and searched, the one at the cursor beside or below it, its answer
hidden until it is asked for; edited in the learner's own editor, suspended, buried and marked by a key.

Goes in: a function that looks up the `Shelf`. Comes out: `QuizWanted`, `EditWanted`, `Stood`, `Left`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from kdquiz.library.model import Entry
from kdquiz.library.wording import counted
from kdquiz.memory.model import Standing
from kdquiz.tui.browsing import FACETS, Asked, Facet, Found, Shelf
from kdquiz.tui.dialogs.chooser import Chooser
from kdquiz.tui.facets import offers
from kdquiz.tui.messages import Edited, EditWanted, Kept, Left, QuizWanted, Stood
from kdquiz.tui.widgets.filter_line import FilterLine, Shown
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.line_list import LineList
from kdquiz.tui.widgets.preview import Preview
from kdquiz.tui.widgets.prose import plain
from kdquiz.tui.widgets.question_row import question_row
from kdquiz.tui.widgets.search_line import SearchLine

PAUSE = 0.08
"""Seconds without a key after which is searched: a search of a hundred thousand questions takes up to twice that."""
WIDE = 110
"""Columns from which on the question stands beside the list."""
NONE_FOUND = "No question has all of this. c lists all of them again."
NO_QUESTIONS = "There are no questions: no pack could be loaded. `kdquiz check` tells why."
ASK_FOR = {"topic": "Topic", "kind": "Kind", "level": "Level", "state": "State"}


class BrowseScreen(Screen[None]):
    """The whole library."""

    SCOPED_CSS = False  # the class that a wide terminal gives is the screen's own
    DEFAULT_CSS = """
    #browse { width: 100%; max-width: 170; padding: 1 1 0 1; }
    #broken { padding: 0 1; border-left: thick $warning; max-height: 5; }
    #both { height: 1fr; margin: 1 0 0 0; }
    #both LineList { height: 4fr; padding: 0 1; }
    #both Preview { height: 5fr; border-top: solid $panel; }
    .-wide #both { layout: horizontal; }
    .-wide #both LineList { width: 1fr; height: 100%; }
    .-wide #both Preview { width: 1fr; height: 100%; border-top: none; border-left: solid $panel; }
    """

    leads_on = True
    about = (
        "↑ and ↓ move, / searches, t k l s choose what is listed. The last column says new, due, suspended, or the "
        "time until it comes back; ! is before what you forgot, !! before what you forget time and again, * before "
        "what you marked. Editing keeps all you have learnt."
    )
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - declared so by the base class
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "Search", tooltip="Search ids, texts and answers", id="browse.search"),
        Binding("space,enter", "answer", "Answer", tooltip="Show the answer, or hide it", id="browse.answer"),
        Binding("t", "choose('topic')", "Topic", show=False, tooltip="One topic alone", id="browse.topic"),
        Binding("k", "choose('kind')", "Kind", show=False, tooltip="One kind alone", id="browse.kind"),
        Binding("l", "choose('level')", "Level", show=False, tooltip="One level alone", id="browse.level"),
        Binding("s", "choose('state')", "State", show=False, tooltip="New, due, resting…", id="browse.state"),
        Binding("c", "clear", "Clear", tooltip="List all questions again", id="browse.clear"),
        Binding("e", "edit", "Edit", tooltip="Edit the question in your own editor ($EDITOR)", id="browse.edit"),
        Binding("e", "mend", "Mend", tooltip="Edit the pack that is broken, at the problem", id="browse.mend"),
        Binding("p", "practise", "Practise", tooltip="A quiz of some of these, due or not", id="browse.practise"),
        Binding("at", "suspend", "Suspend", show=False, tooltip="Never ask it, or ask again", id="browse.suspend"),
        Binding("minus", "bury", "Bury", show=False, tooltip="Not today, or today after all", id="browse.bury"),
        Binding("asterisk", "mark", "Mark", show=False, tooltip="Mark it, or unmark it", id="browse.mark"),
        Binding("u", "undo", "Undo", tooltip="Take back the last of @ - *", id="browse.undo"),
        Binding("up", "go(-1)", "Up", show=False, tooltip="One question up", id="browse.up"),
        Binding("down", "go(1)", "Down", show=False, tooltip="One question down", id="browse.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, tooltip="One page up", id="browse.page-up"),
        Binding("pagedown", "page(1)", "Page down", show=False, tooltip="One page down", id="browse.page-down"),
        Binding("home", "end(-1)", "First", show=False, tooltip="The first question", id="browse.home"),
        Binding("end", "end(1)", "Last", show=False, tooltip="The last question", id="browse.end"),
        Binding("J,shift+down", "read(1)", "More", tooltip="Scroll the question down", id="browse.read-down"),
        Binding("K,shift+up", "read(-1)", "Less", show=False, tooltip="Scroll it up", id="browse.read-up"),
        Binding("q,escape", "leave", "Back", tooltip="Back to where you came from", id="browse.leave"),
    ]

    def __init__(self, look: Callable[[], Shelf | None], *, search: bool = False, state: str = "") -> None:
        """`look` returns None where the store cannot be read, after telling the learner. `search`: begin with that;
        `state`: list those that are in it (a value of `State`)."""
        super().__init__()
        self._look = look
        self._search_first = search
        self._shelf: Shelf | None = None
        self._found: Found | None = None
        self._entry: Entry | None = None
        self._answer = False
        self._drawn: tuple[Entry, bool, str] | None = None
        self._decided: list[tuple[str, Standing]] = []
        """The questions decided about, each with how it stood before."""
        self._pause: Timer | None = None
        self._words = SearchLine("/ searches ids, texts and answers")
        self._lines = LineList()
        self._preview = Preview()
        self.asked = Asked(state=state)

    def compose(self) -> ComposeResult:
        with Vertical(id="browse"):
            yield Heading("Browse")
            yield self._words
            yield FilterLine()
            yield Static(id="broken")
            with Container(id="both"):
                yield self._lines
                yield self._preview
        yield KeyBar()

    def on_mount(self) -> None:
        if self._search_first:
            self.set_focus(self._words)

    @on(events.ScreenResume)
    @on(Edited)
    def _look_again(self) -> None:
        """What was learnt may have changed, and so may the library."""
        self._shelf = self._look()
        if self._shelf is not None:
            notice = self.query_one("#broken", Static)
            notice.display = self._shelf.broken is not None
            notice.update(_told(str(self._shelf.broken)))
            self._find(self._lines.cursor)

    # ---- what is found -----------------------------------------------------------------------------------

    def _find(self, otherwise: int = 0, *, stay: bool = True, at: str | None = None) -> None:
        """List what is asked for: with the cursor at a question, the same one if it is to `stay`, or `otherwise` at a
        line."""
        if self._shelf is None:
            return
        found = self._found = Found(self._shelf, self.asked)
        if at is None and stay and self._entry is not None:
            at = self._entry.question.id
        same = None if at is None else found.number_of(at)
        self._lines.show(found.count, self._draw_row, otherwise if same is None else same)
        self._draw_heading(self._shelf, found)
        self._moved()

    def _draw_row(self, number: int, width: int, marked: bool) -> Content:
        hit = self._found.at(number) if self._found is not None else None
        if hit is None or self._shelf is None:
            return Content("")
        return question_row(hit, self._shelf.learnt.told(hit.row.id), width, marked)

    def _draw_heading(self, shelf: Shelf, found: Found) -> None:
        everything = counted(len(shelf.library.entries), "question")
        if found.cut:
            said = f"the best {found.count} of {everything}"
        else:
            said = everything if self.asked.everything else f"{found.count} of {everything}"
        self.query_one(Heading).stand(said)
        self.query_one(FilterLine).show([Shown(facet[0], ASK_FOR[facet], self._name_of(facet)) for facet in FACETS])

    def _name_of(self, facet: Facet) -> str:
        value = self.asked.value(facet)
        topic = self._shelf.library.topics.get(value) if facet == "topic" and self._shelf else None
        return topic.title if topic else value

    def _moved(self) -> None:
        """Another question may be at the cursor."""
        hit = self._found.at(self._lines.cursor) if self._found is not None else None
        before, self._entry = self._entry, self._shelf.library.entries.get(hit.row.id) if hit and self._shelf else None
        if before is None or self._entry is None or before.question.id != self._entry.question.id:
            self._answer = False
        self.refresh_bindings()
        self.call_later(self._draw_preview)  # of keys that come fast, the last alone is drawn

    async def _draw_preview(self) -> None:
        if self._entry is None:
            self._drawn = None
            self._preview.show_nothing(NO_QUESTIONS if self.asked.everything else NONE_FOUND)
        elif self._shelf is not None:
            notice = self._shelf.learnt.notice(self._entry.question.id)
            if self._drawn != (self._entry, self._answer, notice):
                self._drawn = (self._entry, self._answer, notice)
                await self._preview.show(self._entry, answer=self._answer, notice=notice)
        self.call_after_refresh(self.refresh_bindings)  # whether there is more to read is known now

    # ---- searching and filtering -------------------------------------------------------------------------

    def action_search(self) -> None:
        self.set_focus(self._words)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._search)

    def _search(self) -> None:
        words = self._words.value
        if words != self.asked.words:
            self.asked = self.asked.with_words(words)
            self._find(stay=not self.asked.searches)

    @on(SearchLine.Done)
    def _searched(self, event: SearchLine.Done) -> None:
        event.stop()
        self._search()
        self.set_focus(None)

    def action_choose(self, facet: Facet) -> None:
        """Let the learner choose a value, with how many questions each has."""

        def chosen(value: str | None) -> None:
            if value is not None:
                self.asked = self.asked.with_value(facet, value)
                self._find()

        if self._shelf is not None:
            chooser = Chooser(ASK_FOR[facet], offers(self._shelf, self.asked, facet), self.asked.value(facet))
            self.app.push_screen(chooser, chosen)

    def action_clear(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self.asked = Asked()
        with self.prevent(Input.Changed):
            self._words.value = ""
        self._find()

    # ---- the cursor and the question at it ----------------------------------------------------------------

    def action_go(self, lines: int) -> None:
        if self._lines.go(lines):
            self._moved()

    def action_page(self, pages: int) -> None:
        if self._lines.go(pages=pages):
            self._moved()

    def action_end(self, direction: int) -> None:
        if self._lines.go_to(self._lines.count if direction > 0 else 0):
            self._moved()

    @on(LineList.Clicked)
    def _clicked(self, event: LineList.Clicked) -> None:
        event.stop()
        if self._lines.go_to(event.number):
            self._moved()

    def action_read(self, lines: int) -> None:
        self._preview.scroll_relative(y=lines, animate=False)

    async def action_answer(self) -> None:
        self._answer = not self._answer
        await self._draw_preview()

    # ---- what the learner decides about a question --------------------------------------------------------

    def action_suspend(self) -> None:
        self._decide(lambda standing: replace(standing, suspended=not standing.suspended))

    def action_bury(self) -> None:
        if self._shelf is not None:
            today = self._shelf.learnt.today
            self._decide(lambda standing: replace(standing, buried_on=None if standing.buried_on == today else today))

    def action_mark(self) -> None:
        self._decide(lambda standing: replace(standing, marked=not standing.marked))

    def _decide(self, change: Callable[[Standing], Standing]) -> None:
        if self._entry is not None and self._shelf is not None:
            question_id = self._entry.question.id
            before = self._shelf.learnt.standing(question_id)
            self._decided.append((question_id, before))
            self._stand(question_id, change(before))

    def action_undo(self) -> None:
        self._stand(*self._decided.pop())

    def _stand(self, question_id: str, standing: Standing) -> None:
        """Keys may come faster than the store writes: what is decided holds at once."""
        if self._shelf is not None:
            self._shelf = replace(self._shelf, learnt=self._shelf.learnt.with_standing(question_id, standing))
            self.post_message(Stood(self, question_id, standing))
            self._find(self._lines.cursor, at=question_id)

    @on(Kept)
    def _kept(self, event: Kept) -> None:
        if not event.saved:  # the learner goes on without it: show what the store says
            self._decided.clear()
            self._look_again()

    # ---- what else can be done ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        broken = self._shelf is not None and self._shelf.broken is not None
        if action == "mend":
            return broken
        if action == "edit":
            return self._entry is not None and not broken
        if action in ("answer", "practise", "suspend", "bury", "mark"):
            return self._entry is not None
        if action == "undo":
            return bool(self._decided)
        if action == "read":
            return self._preview.max_scroll_y > 0
        if action == "clear":
            return not self.asked.everything
        return True

    def action_edit(self) -> None:
        if self._entry is not None:
            self.post_message(EditWanted(self, self._entry.place))

    def action_mend(self) -> None:
        if self._shelf is not None and self._shelf.broken is not None:
            self.post_message(EditWanted(self, self._shelf.broken.place))

    def action_practise(self) -> None:
        if self._found is not None:
            self.post_message(QuizWanted(self._found.wish))

    def action_leave(self) -> None:
        self.post_message(Left(self))


def _told(problem: str) -> Content:
    """What is wrong with a pack that was edited, and what to do."""
    return Content("\n").join(
        [
            plain("! The pack is broken, and shown as it was before. e opens it at the problem:", "bold"),
            plain(problem),
        ]
    )
