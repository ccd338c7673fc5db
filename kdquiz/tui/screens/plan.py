"""Plan: the day of the interview, the minutes a day, and what comes of them, worked out anew while one types.

Goes in: a function that looks up what the chances are worked out from. Comes out: `GoalSet`, `Left`.
"""

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, Static

from kdquiz.errors import StoreError
from kdquiz.library.wording import counted
from kdquiz.memory.day import date_of, day_of
from kdquiz.memory.goal import Goal
from kdquiz.memory.learner import Learner
from kdquiz.tui.foreseeing import ForeseeingScreen, Foreseen, Sources
from kdquiz.tui.messages import GoalSet, Kept, Left
from kdquiz.tui.planning import DATE, MINUTES, NEW, interview, lines_of, read, step_date, step_minutes, step_new
from kdquiz.tui.widgets.chance_table import chance_table
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.prose import plain
from kdquiz.tui.widgets.step_line import StepLine
from kdquiz.tui.words import date_words, days_ahead, percent

PAUSE = 0.25
"""Seconds without a key after which the chances are worked out."""
LEAST_WIDTH = 40
DIGITS = "0123456789"
WHOLE_DATE = len("2026-12-15")
NAMES = {DATE: "Interview on", MINUTES: "Minutes a day", NEW: "New a day"}
UNFINISHED = "year-month-day"
NO_DATE = "+ - a day, PgUp PgDn a week, or type it"
PASSED = "it was on {when}; no other is set"
STEPS = "+ and - by 5"
WITH_DATE = "not used while an interview is ahead"
WITHOUT_DATE = "at most, while no interview is ahead"
WORKING = "Working it out…"
UNSET = "With the date of the interview, each day's minutes go where they raise the chance on that day most."
NO_QUESTIONS = "There are no questions: no pack could be loaded. `kdquiz check` tells why."


class PlanScreen(ForeseeingScreen):
    """Nothing is kept before Enter."""

    DEFAULT_CSS = """
    PlanScreen .goal { height: 1; padding: 0 1; }
    PlanScreen .goal > .name { width: 16; }
    PlanScreen .goal > .told { width: 1fr; margin: 0 0 0 2; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
    PlanScreen .goal > .told.-wrong { color: $text-error; text-style: bold; }
    PlanScreen #date-row { margin: 1 0 0 0; }
    PlanScreen #advice { margin: 1 1 0 1; padding: 0 1; border-left: thick $primary; height: auto; max-height: 5; }
    PlanScreen #chances { height: 1fr; margin: 1 0 0 0; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    about = (
        "The interview date and the minutes a day decide what is asked: what raises your chance of recall on the day "
        "most. The chances are over all questions; one you have never seen counts as not known. Enter keeps, Esc "
        "leaves all as it was."
    )
    AUTO_FOCUS = "#date"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "Keep", tooltip="Keep the date and the minutes", id="plan.keep"),
        Binding("x", "no_date", "No date", tooltip="Take the date away", id="plan.no-date"),
        Binding("up,shift+tab", "app.focus_previous", "Up", show=False, tooltip="The line above", id="plan.up"),
        Binding("down,tab", "app.focus_next", "Next line", tooltip="The line below", id="plan.down"),
        Binding("J,shift+down", "read(1)", "More", tooltip="Scroll the topics down", id="plan.read-down"),
        Binding("K,shift+up", "read(-1)", "Less", show=False, tooltip="Scroll them up", id="plan.read-up"),
        Binding("q,escape", "leave", "Back", tooltip="Leave all as it was", id="plan.leave"),
    ]
    advises = True

    def __init__(self, look: Callable[[], Sources | None], unreadable: Callable[[StoreError], None]) -> None:
        """As `ForeseeingScreen`."""
        super().__init__(look, unreadable)
        self._learner: Learner | None = None
        self._goal: Goal | None = None
        self._foreseen: Foreseen | None = None
        self._pause: Timer | None = None
        self._chances = VerticalScroll(Static(id="topics"), id="chances", can_focus=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading("Plan for the interview")
            for name, line in self._lines():
                with Horizontal(id=f"{name}-row", classes="goal"):
                    yield Static(NAMES[name], classes="name", markup=False)
                    yield line
                    yield Static(id=f"{name}-told", classes="told")
            yield Static(id="advice")
            yield self._chances
        yield KeyBar()

    def _lines(self) -> Iterator[tuple[str, StepLine]]:
        yield DATE, StepLine(f"{DIGITS}-", WHOLE_DATE, self._step_date, id=DATE)
        yield MINUTES, StepLine(DIGITS, 4, step_minutes, id=MINUTES)
        yield NEW, StepLine(DIGITS, 4, step_new, id=NEW)

    def _step_date(self, text: str, direction: int, far: bool) -> str:
        return step_date(text, direction, far, self._learner.today) if self._learner else text

    def on_mount(self) -> None:
        self._say(WORKING)
        self.call_after_refresh(self._look)

    def _look(self) -> None:
        """When the screen is drawn."""
        self._learner = self.read_again()
        if self._learner is not None:
            with self.prevent(Input.Changed):
                for name, text in lines_of(self._learner.goal, self._learner.today).items():
                    self._line(name).value = text
                    self._line(name).cursor_position = len(text)
            self._read_lines()
            self._work()

    # ---- what is typed -----------------------------------------------------------------------------------

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.refresh_bindings()
        self._read_lines()
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._work)

    def _read_lines(self, *, insist: bool = False) -> None:
        """What the lines say, beside them; what cannot be meant is said there in words. `insist`: it was handed in."""
        if self._learner is None:
            return
        kept, today = self._learner.goal, self._learner.today
        values = {name: self._line(name).value for name in NAMES}
        self._goal, wrong = read(values, kept, today)
        for name in NAMES:
            unfinished = name == DATE and len(values[name]) < WHOLE_DATE and not insist
            told = self._beside(name, values[name]) if name not in wrong else UNFINISHED if unfinished else wrong[name]
            beside = self.query_one(f"#{name}-told", Static)
            beside.update(plain(told))
            beside.set_class(name in wrong and not unfinished, "-wrong")
        if insist and wrong:
            self._line(next(iter(wrong))).focus()

    def _beside(self, name: str, value: str) -> str:
        """What is said beside a line that is right."""
        assert self._learner is not None  # the lines are empty until then
        goal, today = self._goal or self._learner.goal, self._learner.today
        if name == MINUTES:
            return STEPS
        if name == NEW:
            return WITHOUT_DATE if goal.ahead(today) is None else WITH_DATE
        when = interview(value.strip(), self._learner.goal, today)
        if when is None:
            passed = self._learner.goal.interview
            if passed is None or not self._learner.goal.passed(today):
                return NO_DATE
            return PASSED.format(when=date_words(passed, date_of(today)))
        return f"{when:%A}, {days_ahead(day_of(when) - today)}"

    def _line(self, name: str) -> StepLine:
        return self.query_one(f"#{name}", StepLine)

    # ---- what comes of it --------------------------------------------------------------------------------

    def _work(self) -> None:
        if self._goal is not None:
            self._say(WORKING)
            self.foresee(self._goal)

    def draw_prospect(self, foreseen: Foreseen) -> None:
        self._foreseen = foreseen
        self._draw_table()
        self._say(*self._advice(foreseen))

    def _advice(self, foreseen: Foreseen) -> Iterator[str]:
        if not foreseen.prospect.whole.now.total:
            yield NO_QUESTIONS
        elif foreseen.prospect.outlook is None:
            yield UNSET
        elif foreseen.advice is None:
            yield WORKING
        elif foreseen.advice:
            yield from foreseen.advice
        else:
            assert foreseen.prospect.whole.planned is not None  # an interview is ahead
            minutes, chance = foreseen.goal.minutes, percent(foreseen.prospect.whole.planned.of_all)
            yield f"At {counted(minutes, 'minute')} a day you will reach {chance}."

    def _draw_table(self) -> None:
        if self._foreseen is not None:
            width = max(LEAST_WIDTH, self._chances.scrollable_content_region.width)
            self.query_one("#topics", Static).update(chance_table(self._foreseen.prospect, width))
            self.call_after_refresh(self.refresh_bindings)  # whether there is more to read is known then

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw_table)

    def _say(self, *sentences: str) -> None:
        self.query_one("#advice", Static).update(plain("\n".join(sentences)))

    # ---- what the learner does ---------------------------------------------------------------------------

    def action_keep(self) -> None:
        self._read_lines(insist=True)
        if self._goal is not None:
            self.post_message(GoalSet(self, self._goal))

    @on(Kept)
    def _kept(self) -> None:
        """Also where the learner goes on without: they were told."""
        self.action_leave()

    def action_no_date(self) -> None:
        self._line(DATE).value = ""
        self._line(DATE).focus()

    def action_read(self, lines: int) -> None:
        self._chances.scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if action == "read":
            return self._chances.max_scroll_y > 0
        if action == "no_date":
            return self.is_mounted and bool(self._line(DATE).value)
        return True

    def action_leave(self) -> None:
        self.post_message(Left(self))
