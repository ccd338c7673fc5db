"""Statistics: pages on what was done, remembered and mistaken; the weights of the schedule are fitted here.

Goes in: the services, and a function that tells the learner that the store cannot be read. Comes out: `Left`. A page is
read when it is shown first. What takes long runs in a thread with a store of its own, and only posts a message.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from kdquiz.errors import StoreError
from kdquiz.exchange import fitting, review_log
from kdquiz.exchange.lines import Draw
from kdquiz.exchange.statistics import Statistics
from kdquiz.exchange.statistics_pages import PAGES
from kdquiz.store.store import Store
from kdquiz.tui.messages import Left
from kdquiz.tui.services import Services
from kdquiz.tui.widgets.heading import Heading
from kdquiz.tui.widgets.key_bar import KeyBar
from kdquiz.tui.widgets.lines_view import LinesView
from kdquiz.tui.widgets.pane_bar import PaneBar
from kdquiz.tui.widgets.prose import plain
from kdquiz.tui.words import day

TellUnreadable = Callable[[StoreError, Callable[[], Awaitable[object]]], None]
NAMES = tuple(PAGES)
FITTING = "Fitting the weights to your reviews; you may go on meanwhile…"
GOING_BACK = "Scheduling all cards by the default weights…"
WRITING = "Writing the review log…"
LEAST_LINES = 3
"""What a scroll by a page leaves in sight of the one before."""


@dataclass(eq=False, repr=False)
class WorkDone(Message):
    """Work aside is done: what to tell, and whether the weights are others now."""

    told: str
    changed: bool = False


Stopped = Callable[[], bool]
Job = Callable[[Store, Stopped], WorkDone]
"""Is given a store of its own, and asks now and then whether it is to stop."""


class StatsScreen(Screen[None]):
    """All pages, one at a time."""

    DEFAULT_CSS = """
    StatsScreen PaneBar { margin: 0 0 1 0; }
    StatsScreen LinesView { height: 1fr; }
    #told { padding: 0 1; margin: 0 1; border-left: thick $primary; height: auto; max-height: 5; }
    """

    about = (
        "Six pages on what you did and remember. Every number counts the reviews that were not undone. On the page "
        "Recall the weights of the schedule can be fitted to your own reviews: they are kept only if they predict "
        "reviews better that they were not fitted to."
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", "Next page", tooltip="The next page", id="stats.next"),
        Binding("tab", "turn(1)", "Next page", show=False, tooltip="The next page", id="stats.tab"),
        Binding("left,shift+tab", "turn(-1)", "Page before", show=False, tooltip="The page before", id="stats.before"),
        *(
            Binding(str(number), f"show('{name}')", name.title(), show=False, id=f"stats.{name}")
            for number, name in enumerate(NAMES, 1)
        ),
        Binding("f", "fit", "Fit weights", tooltip="Fit the weights to your reviews", id="stats.fit"),
        Binding("w", "default", "Default weights", tooltip="Go back to the default weights", id="stats.default"),
        Binding("x", "export", "CSV", tooltip="Write all reviews into a CSV file", id="stats.export"),
        Binding("down", "scroll(1)", "More", tooltip="Scroll down", id="stats.down"),
        Binding("up", "scroll(-1)", "Up", show=False, tooltip="Scroll up", id="stats.up"),
        Binding("pagedown,space", "scroll_page(1)", "Page down", show=False, id="stats.page-down"),
        Binding("pageup", "scroll_page(-1)", "Page up", show=False, id="stats.page-up"),
        Binding("q,escape", "leave", "Back", tooltip="Back to where you came from", id="stats.leave"),
    ]

    def __init__(self, services: Services, tell_unreadable: TellUnreadable) -> None:
        super().__init__()
        self._services = services
        self._tell_unreadable = tell_unreadable
        self._read: dict[str, Draw] = {}
        self._working = False
        self._fitted = False
        self._view = LinesView()
        self.page = NAMES[0]

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Heading("Statistics", day(self._services.clock()))
            yield PaneBar([(name, str(number)) for number, name in enumerate(NAMES, 1)])
            yield self._view
            yield Static(id="told")
        yield KeyBar()

    async def on_mount(self) -> None:
        self._tell("")
        await self._show()

    # ---- pages -------------------------------------------------------------------------------------------

    async def _show(self) -> None:
        """Show the page, read if it was not yet."""
        self.query_one(PaneBar).show({self.page}, set(NAMES))
        try:
            if self.page not in self._read:
                statistics = self._statistics()
                self._read[self.page] = PAGES[self.page](statistics)
                self._fitted = statistics.fit is not None
        except StoreError as error:
            self._tell_unreadable(error, self._show)
            return
        self._view.show(self._read[self.page])
        self.call_after_refresh(self.refresh_bindings)  # whether there is more to scroll is known then

    def _statistics(self) -> Statistics:
        services = self._services
        return Statistics(services.store, services.library, services.calendar, services.clock())

    async def action_show(self, page: str) -> None:
        self.page = page
        if not self._working:
            self._tell("")  # what was told belongs to the page before
        await self._show()

    @on(PaneBar.Asked)
    async def _asked(self, event: PaneBar.Asked) -> None:
        event.stop()
        await self.action_show(event.pane)

    async def action_turn(self, pages: int) -> None:
        await self.action_show(NAMES[(NAMES.index(self.page) + pages) % len(NAMES)])

    def action_scroll(self, lines: int) -> None:
        self._view.scroll_relative(y=lines, animate=False)

    def action_scroll_page(self, pages: int) -> None:
        self.action_scroll(pages * max(1, self._view.size.height - LEAST_LINES))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key is offered only where it does something."""
        if action == "fit":
            return self.page == "recall" and not self._working
        if action == "default":
            return self.page == "recall" and not self._working and self._fitted
        if action == "scroll":
            return self._view.max_scroll_y > 0
        return action != "export" or not self._working

    def action_leave(self) -> None:
        self.post_message(Left(self))

    # ---- what takes long ---------------------------------------------------------------------------------

    def action_fit(self) -> None:
        self._begin(FITTING, partial(_refit, self._services.clock()))

    def action_default(self) -> None:
        self._begin(GOING_BACK, partial(_go_back, self._services.clock()))

    def action_export(self) -> None:
        """Write the log beside the database, where nothing else of the learner's can be overwritten."""
        kinds = review_log.kinds_of(self._services.library)
        file = self._services.store.path.with_name(f"reviews-{self._services.clock():%Y-%m-%d}.csv")
        self._begin(WRITING, partial(_export, kinds, file))

    def _begin(self, told: str, job: Job) -> None:
        self._working = True
        self._tell(told)
        self.refresh_bindings()
        self._aside(self._services.store.path, job)

    @work(thread=True)
    def _aside(self, path: Path, job: Job) -> None:
        """Do it in a thread, with a store of its own; only posts a message."""
        worker = get_current_worker()
        try:
            with Store(path) as store:
                done = job(store, lambda: worker.is_cancelled)
        except StoreError as error:
            done = WorkDone(f"! {error}")
        except OSError as error:
            done = WorkDone(f"! {error.filename} cannot be written: {error.strerror}")
        if not worker.is_cancelled:
            self.post_message(done)

    @on(WorkDone)
    async def _done(self, event: WorkDone) -> None:
        event.stop()
        self._working = False
        self._tell(event.told)
        if event.changed:
            self._read.clear()
            await self._show()
        self.refresh_bindings()

    def _tell(self, text: str) -> None:
        notice = self.query_one("#told", Static)
        notice.display = bool(text)
        notice.update(plain(text))


def _export(kinds: review_log.Kinds, path: Path, store: Store, stopped: Stopped) -> WorkDone:
    """What is not whole never stands under the name that is told."""
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            count = review_log.write(store.history, kinds, file, stopped)
        if not stopped():
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return WorkDone(f"{count:,} reviews written to {path}")


def _refit(now: datetime, store: Store, stopped: Stopped) -> WorkDone:
    outcome = fitting.refit(store, now, stopped)
    return WorkDone(outcome.told, changed=outcome.adopted)


def _go_back(now: datetime, store: Store, stopped: Stopped) -> WorkDone:
    outcome = fitting.go_back(store, now)
    return WorkDone(outcome.told, changed=outcome.adopted)
