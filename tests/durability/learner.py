"""A learner who answers, rates, thinks again and puts aside, as a seed says; and what must be kept of it, and when.

Imports `app`, `pack`, `picture` and `states`; knows nothing of how kdquiz works but its keys. Goes in: an app with a
question on its screen. Comes out: keys, and the states in which the database may be: one while nothing is on its way;
those before, within and after a step from its first key to the picture that shows it done.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

from tests.durability.app import App
from tests.durability.pack import keys_before, keys_to_answer
from tests.durability.picture import DONE, REVEALED, Picture, Seen, another, begun_anew, is_open, looks_like
from tests.durability.states import Answer, Aside, State

RERATE = "Rate your last answer again"
UNDO, SKIP, RERATE_KEY, BURY, SUSPEND, MARK = "\x15", "\x13", "\x12", "\x14", "\x0f", "\x07"
RESTING_AT_MOST = 8
"""So that there is always something to ask."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a step back: the state then, the answers that are rated then, and the picture it comes back to."""

    back: Callable[[State], State]
    rated: tuple[Answer, ...]
    picture: Picture
    answers: Answer | None = None
    """The step is an answer that was not rated; of a flashcard, one that is not kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something the learner does: keys, and when the screen shows that it is done."""

    name: str
    keys: str
    states: tuple[State, ...]
    """Those that come of it, in order; none where nothing is to be kept."""
    seen: Seen
    done: Callable[[], None]
    first: tuple[str, Seen] = ("", bool)
    """Keys before those, and what is to be on the screen then."""
    shown: bool = True
    """Whether the screen shows that it is done; where it does not, the database is looked at."""
    decides: bool = False
    """It is about the question, and no answer."""


class Learner:
    """One learner at one app. `in_company`: another one learns with the same database, and so nothing is done of which
    only the database would show that it is done, and nothing decided about questions.
    """

    def __init__(self, rng: random.Random, *, in_company: bool = False) -> None:
        self._rng = rng
        self._in_company = in_company
        self._numbers = count()
        self._undo: list[Undo] = []
        self._rated: tuple[Answer, ...] = ()
        self.state = State()
        self.possible: tuple[State, ...] = (State(),)
        """In which states the database may be, in order."""

    def sit_down(self, state: State) -> None:
        """The app was started, and that is in the database; what was done before cannot be taken back."""
        self._undo, self._rated = [], ()
        self.state, self.possible = state, (state,)

    def do(self, app: App, step: Step, wait_until_kept: Callable[[], None]) -> None:
        """Do a step to its end."""
        self.begin(app, step)
        app.wait(step.seen)
        if not step.shown:
            wait_until_kept()
        self.end(step)

    def begin(self, app: App, step: Step) -> None:
        """Press the keys of a step."""
        keys, seen = step.first
        if keys:
            app.type(keys)
            app.wait(seen)
        self.possible = (*self.possible, *step.states)
        app.type(step.keys)

    def end(self, step: Step) -> None:
        """The step was seen to be done: nothing else may be in the database from now on."""
        self.state = step.states[-1] if step.states else self.state
        self.possible = (self.state,)
        step.done()

    def next_step(self, text: str) -> Step:
        """What to do now that the screen shows this."""
        picture = Picture.of(text)
        if picture is None:
            assert DONE in text, text
            return Step("more", "m", (), begun_anew, lambda: self.sit_down(self.state))
        steps = [step for make, weight in self._choices(picture) for step in [make(picture, text)] * weight if step]
        return self._rng.choice([step for step in steps if not self._in_company or (step.shown and not step.decides)])

    def _choices(self, picture: Picture) -> list[tuple[Callable[[Picture, str], Step | None], int]]:
        aside = [(self._mark, 1), (self._put_aside, 1), (self._take_back, 2)]
        if picture.revealed:
            return [(self._rate, 8), *aside]
        return [(self._answer, 10), (self._skip, 1), (self._rerate, 2), *aside]

    # ---- the steps -------------------------------------------------------------------------------------------

    def _answer(self, picture: Picture, text: str) -> Step:
        right = self._rng.random() < 0.6
        answer = Answer(next(self._numbers), picture.id, None)
        kept = () if picture.id.startswith("flashcard") else (self.state.with_answer(answer),)
        undo = Undo(lambda state: state.without(answer), self._rated, picture, answer)
        keys, (before, shown) = keys_to_answer(picture.id, text, right), keys_before(picture.id)
        first = (before, lambda text: shown in text)
        return Step("answer", keys, kept, REVEALED.search, lambda: self._undo.append(undo), first)

    def _rate(self, picture: Picture, _: str) -> Step:
        at = max(place for place, undo in enumerate(self._undo) if undo.answers)
        undo = self._undo[at]
        assert undo.answers is not None
        accepted = self._rng.random() < 0.3 and not picture.id.startswith("flashcard")
        rating = None if accepted else self._rng.randint(1, 4)
        rated = replace(undo.answers, rating=rating)

        def done() -> None:
            del self._undo[at]
            self._undo.append(replace(undo, answers=None))
            self._rated = (*undo.rated, rated)

        keys = " " if rating is None else str(rating)
        states = (self.state.with_answer(rated),)
        return Step("rate", keys, states, is_open, done)

    def _skip(self, picture: Picture, _: str) -> Step | None:
        if picture.number >= picture.total:
            return None
        undo = Undo(lambda state: state, self._rated, picture)
        return Step("skip", SKIP, (), another(picture), lambda: self._undo.append(undo))

    def _put_aside(self, picture: Picture, _: str) -> Step | None:
        """Bury or suspend. An answer that is not rated yet then counts as suggested."""
        if sum(aside.buried or aside.suspended for aside in self.state.aside.values()) >= RESTING_AT_MOST:
            return None
        buried = self._rng.random() < 0.5
        before = self.state.aside.get(picture.id, Aside())
        after = replace(before, buried=True) if buried else replace(before, suspended=True)
        undo = Undo(lambda state: state.with_aside(picture.id, before), self._rated, picture)
        unrated = [one.answers for one in self._undo if one.answers] if picture.revealed else []
        counted = [answer for answer in unrated[-1:] if answer in self.state.answers]

        def done() -> None:
            self._undo.append(undo)
            self._rated = (*self._rated, *counted)

        states = (self.state.with_aside(picture.id, after),)
        return Step("put aside", BURY if buried else SUSPEND, states, another(picture), done, decides=True)

    def _mark(self, picture: Picture, _: str) -> Step:
        before = self.state.aside.get(picture.id, Aside())
        undo = Undo(lambda state: state.with_aside(picture.id, before), self._rated, picture)
        states = (self.state.with_aside(picture.id, replace(before, marked=not before.marked)),)
        seen = looks_like(replace(picture, marked=not picture.marked))
        return Step("mark", MARK, states, seen, lambda: self._undo.append(undo), decides=True)

    def _rerate(self, picture: Picture, _: str) -> Step | None:
        last = self._rated[-1] if self._rated else None
        if last is None or last.rating is None or last.id == picture.id:
            return None
        rating = self._rng.choice([other for other in range(1, 5) if other != last.rating])
        again, rated_before = replace(last, rating=rating), self._rated
        undo = Undo(lambda state: state.with_answer(last), rated_before, picture)

        def done() -> None:
            self._undo.append(undo)
            self._rated = (*rated_before[:-1], again)

        states, first = (self.state.with_answer(again),), (RERATE_KEY, lambda text: RERATE in text)
        return Step("rate again", str(rating), states, lambda text: RERATE not in text, done, first, shown=False)

    def _take_back(self, picture: Picture, _: str) -> Step | None:
        if not self._undo:
            return None
        undo = self._undo[-1]
        before = undo.back(self.state)
        marked = before.aside.get(undo.picture.id, Aside()).marked  # it may have been marked within the step
        shown = (undo.picture.id, undo.picture.revealed, marked) != (picture.id, picture.revealed, picture.marked)

        def done() -> None:
            del self._undo[-1]
            self._rated = undo.rated

        seen = looks_like(replace(undo.picture, marked=marked)) if shown else bool
        return Step("take back", UNDO, (before,), seen, done, shown=shown)
