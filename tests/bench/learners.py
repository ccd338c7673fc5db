"""Synthetic learners: they remember by FSRS, forget by their own dice, and stop when their minutes are used up.

The truth of a learner (its weights, and how much longer or shorter than FSRS says each memory lasts) is hidden from the
orders that it studies by: these see what the schedule would have kept of its answers, by the default weights. The same
learner throws the same dice for the same answer to the same question whatever the order, so that orders are compared in
pairs.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from kdquiz.memory.curve import AGAIN, GOOD, Curve, Memory
from kdquiz.memory.habits import USUAL, reviewed
from kdquiz.memory.plan import todays

WEIGHTS: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)
SCHEDULED = Curve(WEIGHTS)
KINDS = {"choice": (63, 30), "short": (64, 70), "numeric": (14, 70), "multi": (7, 50), "cloze": (6, 35)}
KINDS |= {"flashcard": (6, 30), "order": (5, 55), "predict": (1, 55)}
"""How many questions of each kind the shipped library has, and how many seconds an answer takes with its reading."""
SPREAD_OF_WEIGHTS, SPREAD_OF_STABILITY, SPREAD_OF_SECONDS = 0.2, 0.5, 0.3
"""Of the logarithms, where there is noise."""
SLIPS = 0.03
"""Chance of a wrong answer to what is known, where there is noise."""


@dataclass(frozen=True)
class Catalogue:
    """Questions in reading order, what each needs (always earlier ones), and the seconds of an answer."""

    ids: tuple[str, ...]
    needs: Mapping[str, str]
    seconds: Mapping[str, float]

    @classmethod
    def like_ours(cls, size: int) -> "Catalogue":
        """Kinds mixed as in the shipped library; every third question needs the one before it."""
        kinds = [float(seconds) for number, seconds in KINDS.values() for _ in range(number)]
        random.Random(1).shuffle(kinds)
        ids = tuple(f"question-{number:04}" for number in range(size))
        needs = {ids[place]: ids[place - 1] for place in range(2, size, 3)}
        return cls(ids, needs, {name: kinds[place % len(kinds)] for place, name in enumerate(ids)})


class Learner:
    """Somebody who has seen nothing yet, or the first half of the questions (`half_known`)."""

    def __init__(self, catalogue: Catalogue, seed: int, *, noisy: bool = False, half_known: bool = False) -> None:
        self.catalogue = catalogue
        self._noisy = noisy
        self._seed = seed
        dice = random.Random(f"learner {seed}")
        self._truth = Curve(_perturbed(dice) if noisy else WEIGHTS)
        spread = SPREAD_OF_STABILITY if noisy else 0.0
        self._lasts = {name: dice.lognormvariate(0.0, spread) for name in catalogue.ids}
        self._dice: dict[str, random.Random] = {}
        self._true: dict[str, tuple[float, float]] = {}
        self.memories: dict[str, Memory] = {}
        """As the schedule keeps them."""
        self.answers = 0
        if half_known:
            self._remember(dice)

    def _remember(self, dice: random.Random) -> None:
        """Met some time in the last month; every second one was repeated when it was due."""
        for name in self.catalogue.ids[: len(self.catalogue.ids) // 2]:
            day = -dice.randint(2, 30)
            self.answer(name, day)
            again = due_day(self.memories[name])
            if dice.random() < 0.5 and again < 0:
                self.answer(name, again)

    def unseen(self) -> list[str]:
        """Those not seen yet, in reading order."""
        return [name for name in self.catalogue.ids if name not in self.memories]

    def has_studied(self, day: int) -> bool:
        """Whether anything was answered on that day."""
        return any(memory.day == day for memory in self.memories.values())

    def recall(self, day: int) -> float:
        """The true mean chance of recalling each question of all on a day; what was never seen counts as 0."""
        known = sum(self._chance(memory, day) for memory in self.memories.values())
        return known / len(self.catalogue.ids)

    def study(self, order: "Order", day: int, minutes: float) -> float:
        """Answer for so many minutes; a question is begun if half of it fits. Returns the minutes it took."""
        left = minutes * 60.0
        while asked := order(self, day, left / 60.0):
            for name in asked:
                if self.catalogue.seconds[name] / 2 > left:
                    return minutes - left / 60.0
                left -= self.answer(name, day)
        return minutes - left / 60.0

    def answer(self, name: str, day: int) -> float:
        """Answer, and what was forgotten once more. Returns the seconds it took; each call counts as one answer."""
        need = self.catalogue.needs.get(name)
        assert need is None or need in self.memories, f"{name} was asked before {need}, which it needs"
        dice = self._dice.setdefault(name, random.Random(f"{self._seed} {name}"))
        luck, choice, pace, slip = (dice.random() for _ in range(4))
        memory = self.memories.get(name)
        if memory is None:
            rating = 1 + _drawn(USUAL.first, choice)
        elif luck < self._chance(memory, day) and not (self._noisy and slip < SLIPS):
            rating = 2 + _drawn(USUAL.recalled, choice)
        else:
            rating = AGAIN
        if memory is None or memory.day < day:
            self._true[name] = self._after(self._truth, self._true.get(name), memory, day, rating, self._lasts[name])
            scheduled = (memory.stability, memory.difficulty) if memory else None
            self.memories[name] = Memory(name, *self._after(SCHEDULED, scheduled, memory, day, rating, 1.0), day)
        self.answers += 1
        seconds = self.catalogue.seconds[name] * (2 if rating == AGAIN else 1)
        return seconds * (1.0 + SPREAD_OF_SECONDS * (2.0 * pace - 1.0) if self._noisy else 1.0)

    @staticmethod
    def _after(
        curve: Curve, kept: tuple[float, float] | None, memory: Memory | None, day: int, rating: int, lasts: float
    ) -> tuple[float, float]:
        """Stability, before it is multiplied by `lasts`, and difficulty."""
        if kept is None or memory is None:
            stability, difficulty = curve.first(rating)
            return curve.after(stability, difficulty, 0, GOOD) if rating == AGAIN else (stability, difficulty)
        stability, difficulty = reviewed(curve, kept[0] * lasts, kept[1], day - memory.day, rating)
        return stability / lasts, difficulty

    def _chance(self, memory: Memory, day: int) -> float:
        return self._truth.recall(self._true[memory.id][0] * self._lasts[memory.id], day - memory.day)


Order = Callable[[Learner, int, float], Sequence[str]]
"""What to ask, by what the schedule keeps of a learner, on a day, with so many minutes left."""


def _perturbed(dice: random.Random) -> list[float]:
    """Weights around the default ones, within the bounds of FSRS, better answers lasting longer as they must."""
    drawn = [weight * dice.lognormvariate(0.0, SPREAD_OF_WEIGHTS) for weight in WEIGHTS]
    bounds = zip(drawn, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    kept = [min(max(weight, least), most) for weight, least, most in bounds]
    return [*sorted(kept[:4]), *kept[4:]]


def _drawn(shares: Sequence[float], choice: float) -> int:
    for number, share in enumerate(shares):
        if choice < share:
            return number
        choice -= share
    return len(shares) - 1


def due_day(memory: Memory) -> int:
    """As FSRS schedules with 90 % desired retention."""
    return memory.day + max(1, round(memory.stability))


# ---- orders ----------------------------------------------------------------------------------------------------------


def planned(exam: int, minutes: float) -> Order:
    """The plan for the interview."""

    def order(learner: Learner, day: int, left: float) -> Sequence[str]:
        return todays(
            list(learner.memories.values()),
            {memory.id for memory in learner.memories.values() if due_day(memory) <= day},
            learner.unseen(),
            weights=WEIGHTS,
            today=day,
            exam=exam,
            minutes=left,
            cost=learner.catalogue.seconds.__getitem__,
            a_day=minutes,
        )

    return order


def plain(new_a_day: int | None, *, new_first: bool = False, never_idle: bool = False) -> Order:
    """FSRS: what is due, by lateness in stabilities, and at most so many new ones (None: as many as there is time for),
    after them or first. `never_idle`: then what will be due next, so that no minute is left over.
    """

    def order(learner: Learner, day: int, left: float) -> Sequence[str]:
        if learner.has_studied(day):
            return ()  # the whole day's order was given at once
        waiting = sorted(learner.memories.values(), key=lambda memory: (due_day(memory) - day) / memory.stability)
        due = [memory.id for memory in waiting if due_day(memory) <= day]
        new = learner.unseen()[:new_a_day]
        later = [memory.id for memory in waiting if due_day(memory) > day] if never_idle else []
        return [*new, *due, *later] if new_first else [*due, *new, *later]

    return order


def at_random(seed: int) -> Order:
    """Any question, seen or not, in random order, each once a day; what another needs comes before it."""

    def order(learner: Learner, day: int, left: float) -> Sequence[str]:
        if learner.has_studied(day):
            return ()
        every = list(learner.catalogue.ids)
        random.Random(f"{seed} {day}").shuffle(every)
        return list(_needs_first(every, learner))

    return order


def _needs_first(names: Sequence[str], learner: Learner) -> Iterator[str]:
    given = set(learner.memories)
    asked: set[str] = set()
    for name in names:
        chain = [name]
        while (need := learner.catalogue.needs.get(chain[-1])) is not None and need not in given:
            chain.append(need)
        for one in reversed(chain):
            if one not in asked:
                asked.add(one)
                given.add(one)
                yield one
