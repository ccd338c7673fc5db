"""What will be known on the day of the interview: with nothing more done, and with the plan followed.

Imports `memory.curve`, `memory.habits`, `memory.plan`. Pure: memories, ids and day numbers go in; chances come out. A
question that was never seen counts as not known.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil

from kdquiz.memory import curve as curves
from kdquiz.memory.curve import AGAIN, Curve, Memory
from kdquiz.memory.habits import USUAL, Habits, first_seen, reviewed
from kdquiz.memory.plan import Cost, todays

ENOUGH_CARDS = 300
"""So many cards, one run's or several runs' together, even out which of them the expected errors fall on."""
MOST_RUNS = 12
STEP = 5
"""Minutes a day are proposed in such steps."""
MOST_MINUTES = 240
"""Nobody studies more in a day beside anything else."""
GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Of some questions: how many there are, how many were seen, and `recalled`, how many of these will be recalled on
    average."""

    total: int
    seen: int
    recalled: float

    @property
    def of_all(self) -> float:
        """0 to 1; of no questions 0."""
        return self.recalled / self.total if self.total else 0.0

    @property
    def of_seen(self) -> float:
        """0 to 1; where none was seen 0."""
        return self.recalled / self.seen if self.seen else 0.0


def chances(known: Iterable[Memory], weights: Sequence[float], day: int) -> dict[str, float]:
    """The chance, 0 to 1, of recalling each on a day, with nothing done until then."""
    curve = curves.of(tuple(weights))
    return {memory.id: curve.recall(memory.stability, day - memory.day) for memory in known}


def chance(by_id: Mapping[str, float], of: Iterable[str]) -> Chance:
    """Of some questions together; those without a chance of their own were never seen."""
    ids = list(of)
    found = [by_id[name] for name in ids if name in by_id]
    return Chance(total=len(ids), seen=len(found), recalled=sum(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the plan, on average: questions asked again and for the first time, the minutes they take, and the
    number that would be recalled on the interview day if nothing were done after this one."""

    day: int
    again: float
    new: float
    minutes: float
    recalled: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a plan leads. `chances` are those on the interview day, by id, of whatever is seen until then; `unseen` is
    how many questions cannot be seen even once."""

    chances: Mapping[str, float]
    days: tuple[Day, ...]
    unseen: int

    @property
    def seen_all(self) -> bool:
        """Whether every question is seen before the day."""
        return self.unseen == 0


def run(
    known: Sequence[Memory],
    new: Sequence[str],
    *,
    weights: Sequence[float],
    today: int,
    exam: int,
    minutes: float,
    cost: Cost,
    due: AbstractSet[str] = frozenset(),
    minutes_today: float | None = None,
    habits: Habits = USUAL,
) -> Outlook:
    """Follow the plan (`memory.plan.todays`, which says what the arguments are) from today to the day before `exam`.

    `minutes` are those of every day, `minutes_today` what is left of today's where that is less. No dice are thrown:
    of ten answers with a chance of 90 % exactly one is forgotten. A small library is run several times, with the errors
    falling on other questions, and the mean is taken.
    """
    amount = len(known) + len(new)
    runs = min(MOST_RUNS, ceil(ENOUGH_CARDS / max(1, amount)))
    first_minutes = minutes if minutes_today is None else minutes_today
    found = []
    for number in range(runs):
        one = _Run(known, new, of=curves.of(tuple(weights)), habits=habits, phase=number / runs)
        for day in range(today, exam):
            asked = todays(
                list(one.memories.values()),
                due if day == today else frozenset(),
                one.new,
                weights=weights,
                today=day,
                exam=exam,
                minutes=first_minutes if day == today else minutes,
                cost=cost,
                a_day=minutes,
                habits=habits,
            )
            one.study(asked, day, exam, cost)
        found.append(one)
    return _together(found, exam)


class _Run:
    """One learner, whose answers are as right as expected."""

    def __init__(self, known: Sequence[Memory], new: Sequence[str], of: Curve, habits: Habits, phase: float) -> None:
        self.memories = {memory.id: memory for memory in known}
        self.new = new
        self.days: list[Day] = []
        self._curve = of
        self._firsts = first_seen(of, habits)
        self._first = _Dealt(habits.first, phase)
        self._recalled = _Dealt(habits.recalled, phase)
        self._forgotten = phase

    def study(self, asked: Sequence[str], day: int, exam: int, cost: Cost) -> None:
        """A day's questions are answered."""
        seconds, before = 0.0, len(self.memories)
        for name in asked:
            memory = self.memories.get(name)
            rating, stability, difficulty = self._first_answer() if memory is None else self._answer(memory, day)
            self.memories[name] = Memory(name, stability, difficulty, day)
            seconds += cost(name) * (2 if rating == AGAIN else 1)
        fresh = len(self.memories) - before
        self.new = self.new[fresh:]
        recalled = sum(self.chances(exam).values())
        self.days.append(Day(day=day, again=len(asked) - fresh, new=fresh, minutes=seconds / 60.0, recalled=recalled))

    def chances(self, exam: int) -> dict[str, float]:
        """On the interview day."""
        recall = self._curve.recall
        return {memory.id: recall(memory.stability, exam - memory.day) for memory in self.memories.values()}

    def _first_answer(self) -> tuple[int, float, float]:
        which = self._first.next()
        return which + 1, *self._firsts[which][1:]

    def _answer(self, memory: Memory, day: int) -> tuple[int, float, float]:
        days = day - memory.day
        self._forgotten += 1.0 - self._curve.recall(memory.stability, days)
        if self._forgotten >= 1.0:
            self._forgotten -= 1.0
            rating = AGAIN
        else:
            rating = AGAIN + 1 + self._recalled.next()
        return rating, *reviewed(self._curve, memory.stability, memory.difficulty, days, rating)


class _Dealt:
    """Numbers dealt so that each has had its share as nearly as can be, whenever one looks."""

    def __init__(self, shares: Sequence[float], phase: float) -> None:
        self._shares = shares
        self._owed = [(phase + GOLDEN * place) % 1.0 for place in range(len(shares))]

    def next(self) -> int:
        """The number that is owed most."""
        owed = self._owed = [before + share for before, share in zip(self._owed, self._shares, strict=True)]
        most = owed.index(max(owed))
        owed[most] -= 1.0
        return most


def _together(runs: Sequence[_Run], exam: int) -> Outlook:
    """The mean of the runs."""
    number = len(runs)
    added: dict[str, float] = {}
    for one in runs:
        for name, its in one.chances(exam).items():
            added[name] = added.get(name, 0.0) + its / number
    days = [
        Day(
            day=same[0].day,
            again=sum(day.again for day in same) / number,
            new=sum(day.new for day in same) / number,
            minutes=sum(day.minutes for day in same) / number,
            recalled=sum(day.recalled for day in same) / number,
        )
        for same in zip(*(one.days for one in runs), strict=True)
    ]
    return Outlook(chances=added, days=tuple(days), unseen=round(sum(len(one.new) for one in runs) / number))


def minutes_for(target: float, reaches: Callable[[int], float]) -> int | None:
    """The fewest minutes a day, in steps of five, with which `reaches` gives `target` or more; None where even the most
    that anybody would study does not."""
    few, enough = 0, MOST_MINUTES // STEP
    if reaches(enough * STEP) < target:
        return None
    while enough - few > 1:
        middle = (few + enough) // 2
        few, enough = (few, middle) if reaches(middle * STEP) >= target else (middle, enough)
    return enough * STEP
