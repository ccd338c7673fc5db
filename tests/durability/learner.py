"""A learner who answers, rates, thinks again and puts aside, as a seed says; and what must be kept of it, and when.

Imports `app` and `pack`; knows nothing of how kdquiz works but its keys. Goes in: an app with a question on its screen.
Comes out: keys, and the states in which the database may be: one while nothing is on its way; those before, within and
after a step from its first key to the picture that shows it done.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from tests.durability.app import App
from tests.durability.pack import can_be_answered, keys_before, keys_to_answer, named

SHOWN = re.compile(r"<<([a-z]+-\d+)>>")
REVEALED = re.compile(r"(?:✓ Right|◐ Partly right|✗ Wrong|How well did you recall it\?)  ·  after")
PLACE = re.compile(r"(marked · )?(\d+) of (\d+)")
DONE = "Session done"
RERATE = "Rate your last answer again"
UNDO, SKIP, RERATE_KEY, BURY, SUSPEND, MARK = "\x15", "\x13", "\x12", "\x14", "\x0f", "\x07"
RESTING_AT_MOST = 8
"""So that there is always something to ask."""

Seen = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """A review that is to be in the log. `rating` is None where it is the one that was suggested."""

    number: int
    id: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class Aside:
    """What was decided about a question."""

    buried: bool = False
    suspended: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What is to be in the database of the answers of this app, in any order, and of what was decided."""

    answers: tuple[Answer, ...] = ()
    aside: Mapping[str, Aside] = field(default_factory=dict)

    def with_answer(self, answer: Answer) -> "State":
        """With this answer in place of the one of the same number, if there is one."""
        return replace(self, answers=(*(one for one in self.answers if one.number != answer.number), answer))

    def without(self, answer: Answer) -> "State":
        return replace(self, answers=tuple(one for one in self.answers if one.number != answer.number))

    def with_aside(self, card_id: str, aside: Aside) -> "State":
        return replace(self, aside={**self.aside, card_id: aside})


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen shows of a quiz."""

    id: str
    revealed: bool
    marked: bool
    number: int
    total: int

    @classmethod
    def of(cls, text: str) -> "Picture | None":
        """None where no question is on it, or not all of one."""
        shown, place, revealed = SHOWN.search(text), PLACE.search(text), bool(REVEALED.search(text))
        if not shown or not place or DONE in text or not (revealed or can_be_answered(shown[1], text)):
            return None
        return cls(shown[1], revealed, bool(place[1]), int(place[2]), int(place[3]))


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
            return Step("more", "m", (), _begun_anew, lambda: self.sit_down(self.state))
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
        return Step("rate", keys, states, _open, done)

    def _skip(self, picture: Picture, _: str) -> Step | None:
        if picture.number >= picture.total:
            return None
        undo = Undo(lambda state: state, self._rated, picture)
        return Step("skip", SKIP, (), _another(picture), lambda: self._undo.append(undo))

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
        return Step("put aside", BURY if buried else SUSPEND, states, _another(picture), done, decides=True)

    def _mark(self, picture: Picture, _: str) -> Step:
        before = self.state.aside.get(picture.id, Aside())
        undo = Undo(lambda state: state.with_aside(picture.id, before), self._rated, picture)
        states = (self.state.with_aside(picture.id, replace(before, marked=not before.marked)),)
        seen = _looks(replace(picture, marked=not picture.marked))
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
        same = (undo.picture.id, undo.picture.revealed, undo.picture.marked)
        shown = same != (picture.id, picture.revealed, picture.marked)

        def done() -> None:
            del self._undo[-1]
            self._rated = undo.rated

        states = (undo.back(self.state),)
        return Step("take back", UNDO, states, _looks(undo.picture) if shown else bool, done, shown=shown)


def _another(picture: Picture) -> Seen:
    """Another question is on the screen, or the end of them."""
    return lambda text: named(picture.id) not in text and (Picture.of(text) or DONE in text)


def _looks(wanted: Picture) -> Seen:
    """That question is on the screen, open or revealed, marked or not, as then."""

    def looks(text: str) -> bool:
        picture = Picture.of(text)
        return picture is not None and (picture.id, picture.revealed, picture.marked) == (
            wanted.id,
            wanted.revealed,
            wanted.marked,
        )

    return looks


def _begun_anew(text: str) -> bool:
    """The first question of a sitting is on the screen, and no longer the last one of the sitting before."""
    picture = Picture.of(text)
    return picture is not None and picture.number == 1 and not picture.revealed


def _open(text: str) -> bool:
    """An open question is on the screen, or the end of them."""
    picture = Picture.of(text)
    return DONE in text or (picture is not None and not picture.revealed)
