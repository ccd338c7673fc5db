"""Screens that show the chances on the day of the interview. They are worked out in a thread, which reads the log from
a store of its own: no screen stands still meanwhile.

Imports `exchange.outlook` and the store. Goes in: `Sources`, and goals; of goals that come fast the last one alone is
worked out to its end. Comes out: `draw_prospect` is called with what was found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from textual import on, work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from kdquiz.errors import StoreError
from kdquiz.exchange import outlook, plan_text
from kdquiz.exchange.outlook import Content, Prospect, Study
from kdquiz.memory.goal import Goal
from kdquiz.memory.learner import Learner
from kdquiz.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What the chances are worked out from: the questions, what is known of the learner, and where the database is."""

    content: Content
    learner: Learner
    database: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What comes of a goal. `advice` are the sentences on it, None while they are worked out."""

    goal: Goal
    prospect: Prospect
    advice: tuple[str, ...] | None


class GivenUpError(Exception):
    """Nobody waits for it any more."""


class _Watched(dict[str, float]):
    """Seconds by id, as long as somebody waits for what they are looked up for: the one way to end a forecast early."""

    def __init__(self, seconds: Mapping[str, float], given_up: Callable[[], bool]) -> None:
        super().__init__(seconds)
        self._given_up = given_up

    def __getitem__(self, key: str) -> float:
        if self._given_up():
            raise GivenUpError
        return super().__getitem__(key)


@dataclass(eq=False, repr=False)
class Told(Message, bubble=False):
    """From the thread: something was worked out."""

    foreseen: Foreseen


@dataclass(eq=False, repr=False)
class ThreadDone(Message, bubble=False):
    """From the thread: it ends. `study` is what it read of the sources, `error` why it could not."""

    sources: Sources
    study: Study | None
    error: StoreError | None = None


class ForeseeingScreen(Screen[None]):
    """Works out one goal at a time."""

    advises = False
    """Whether advice is wanted too: which minutes would reach more."""

    def __init__(self, look: Callable[[], Sources | None], unreadable: Callable[[StoreError], None]) -> None:
        """`look` returns None where the store cannot be read, after telling the learner; `unreadable` tells them."""
        super().__init__()
        self._look_for_sources = look
        self._unreadable = unreadable
        self._sources: Sources | None = None
        self._study: Study | None = None
        self._wanted: Goal | None = None
        self._working = False

    def draw_prospect(self, foreseen: Foreseen) -> None:
        """Show what was worked out, and again when there is advice."""
        raise NotImplementedError  # each screen in its own way

    def read_again(self) -> Learner | None:
        """What was learnt may have changed: what is worked out from now on goes by what the store holds now."""
        self._sources, self._study = self._look_for_sources(), None
        return None if self._sources is None else self._sources.learner

    def foresee(self, goal: Goal) -> None:
        """Work out what comes of a goal, in place of whatever was asked for before."""
        self._wanted = goal
        self._begin()

    def _begin(self) -> None:
        if self._wanted is not None and self._sources is not None and not self._working:
            self._working = True
            wanted, self._wanted = self._wanted, None
            self._work_out(self._sources, self._study, wanted)

    @work(thread=True, group="prospect")
    def _work_out(self, sources: Sources, study: Study | None, goal: Goal) -> None:
        worker = get_current_worker()
        error: StoreError | None = None
        try:
            study = study or _read(sources)
            seconds = _Watched(study.seconds, lambda: worker.is_cancelled or self._wanted is not None)
            left = max(0.0, goal.minutes - sources.learner.seconds_today / 60)
            asked = replace(study, goal=goal, minutes_today=left, seconds=seconds)
            prospect = outlook.prospect(asked)
            self.post_message(Told(Foreseen(goal=goal, prospect=prospect, advice=None if self.advises else ())))
            if self.advises:
                self.post_message(Told(Foreseen(goal=goal, prospect=prospect, advice=_advice(asked, prospect))))
        except GivenUpError:
            pass  # a newer goal is next
        except StoreError as fault:
            error = fault
        self.post_message(ThreadDone(sources, study, error))

    @on(Told)
    def _worked_out(self, event: Told) -> None:
        if self._wanted is None:
            self.draw_prospect(event.foreseen)

    @on(ThreadDone)
    def _thread_done(self, event: ThreadDone) -> None:
        self._working = False
        if event.error is not None:
            self._unreadable(event.error)
        elif event.sources is self._sources:
            self._study = event.study
        self._begin()


def _read(sources: Sources) -> Study:
    with Store(sources.database) as store:
        return outlook.study_of(sources.content, store, sources.learner)


def _advice(study: Study, prospect: Prospect) -> tuple[str, ...]:
    ahead = prospect.outlook
    if ahead is None or not prospect.whole.now.total:
        return ()
    enough = None if ahead.seen_all else outlook.minutes_to_see_all(study)
    told = (
        plan_text.unseen(study, prospect, enough),
        plan_text.more(study, prospect.whole, outlook.minutes_for(study)),
    )
    return tuple(filter(None, told))
