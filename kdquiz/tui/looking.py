"""The part of the app that looks things up for screens: what home says, what there is to browse, what a plan is made
from. Where the store cannot be read the learner is told, and the screen is given None.

The modules that make these values are imported when a screen asks for them: a quiz never does.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from kdquiz.errors import StoreError
from kdquiz.tui.drilling import DrillingApp

if TYPE_CHECKING:
    from kdquiz.library.model import Question
    from kdquiz.tui.browsing import Shelf
    from kdquiz.tui.foreseeing import Sources
    from kdquiz.tui.overview import Overview

T = TypeVar("T")
FIT_OFFERED = "fit-offered-at"
"""The setting for how many reviews there were when the learner saw that the schedule can be fitted to them."""
Again = Callable[[], Awaitable[object]]
"""Opens the screen that asked once more."""


class LookingApp(DrillingApp):
    """Reads the store for screens that show much of it at once."""

    def _looked_up(self, read: Callable[[], T], again: Again) -> T | None:
        try:
            return read()
        except StoreError as error:
            self.tell_unreadable(error, again)
            return None

    def overview_for(self, again: Again) -> "Overview | None":
        """What the home screen says at once."""
        return self._looked_up(self._overview, again)

    def sources_for(self, again: Again) -> "Sources | None":
        """What the chances on the day of the interview are worked out from."""
        return self._looked_up(self._sources, again)

    def shelf_for(self, again: Again) -> "Shelf | None":
        """What there is to browse."""
        return self._looked_up(self._shelf, again)

    def leech_lines(self, question: "Question") -> tuple[str, ...]:
        """What is said of a question that is forgotten time and again; nothing of any other."""
        from kdquiz.tui.leeches import leech_lines

        services = self._services
        return leech_lines(services.library, services.store, services.calendar.day(services.clock()), question)

    def _overview(self) -> "Overview":
        from kdquiz.tui.overview import Past, overview

        services, store, now = self._services, self._services.store, self._services.clock()
        past = Past(
            learner=store.learner(now, services.calendar.day(now)),
            memories=store.memories(),
            weights=store.schedule.weights,
            attempts=store.attempts(),
            card=store.card,
            cards=store.cards,
            tested=self._tested(),
            offered=int(store.setting(FIT_OFFERED) or 0),
        )
        return overview(services.library, past)

    def _tested(self) -> int:
        return sum(predicted.reviews for predicted in self._services.store.history.predicted())

    def fit_was_offered(self) -> None:
        """The learner is where the schedule is fitted: home need not speak of it for a while."""
        store = self._services.store
        self.write_aside(lambda: store.set_setting(FIT_OFFERED, str(self._tested())), "That this was seen")

    def _sources(self) -> "Sources":
        from kdquiz.exchange.outlook import content
        from kdquiz.tui.foreseeing import Sources

        services, now = self._services, self._services.clock()
        learner = services.store.learner(now, services.calendar.day(now))
        return Sources(content=content(services.library, learner), learner=learner, database=services.store.path)

    def _shelf(self) -> "Shelf":
        from kdquiz.tui.browsing import Learnt, Shelf

        services, store, now = self._services, self._services.store, self._services.clock()
        learnt = Learnt(
            cards=store.cards(),
            made_due=store.made_due(),
            standings=store.standings(),
            now=now,
            today=services.calendar.day(now),
        )
        return Shelf(library=services.library, learnt=learnt, broken=self.broken)
