"""How much the plan for an interview date is worth: recall on the day by synthetic learners, against other orders.

Every learner studies by every order with the same dice; what is compared is the true chance of recalling each question
of the library on the day of the interview, and what was never seen counts as 0.
"""

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from kdquiz.memory import forecast
from tests.bench.learners import WEIGHTS, Catalogue, Learner, Order, at_random, due_day, plain, planned
from tests.bench.measure import Cell, Quantity, Say, Table, timed

TITLE = "Recall on the day of the interview, by what is asked when"
DAYS = (7, 21, 60)
MINUTES = (10, 20, 40)
LEARNERS, QUICK_LEARNERS = 40, 4
OURS, PLAIN, RANDOM = "plan", ("FSRS, 10 new a day", "FSRS, any number of new"), "random"
FILLED = ("FSRS, never idle", "FSRS, new first, never idle")
"""More than plain FSRS does: it stops when nothing is due and the new ones are seen."""
AFTERWARDS = 60
"""Days after the interview, in which all go on by plain FSRS."""


class Setting(NamedTuple):
    """Who studies what: how many questions, whether half are known at the start, whether the truth is noisy."""

    size: int
    half_known: bool
    noisy: bool

    def __str__(self) -> str:
        start = "half known" if self.half_known else "fresh start"
        return f"{self.size} questions, {start}, {'with' if self.noisy else 'without'} noise"


class Reached(NamedTuple):
    """What the learners reached with an order, one number a learner; 0 to 1."""

    recalls: list[float]
    said: list[float]


SETTINGS = tuple(Setting(size, half, noisy) for size in (166, 300) for half in (False, True) for noisy in (False, True))


def orders(exam: int, minutes: float, seed: int) -> dict[str, Order]:
    """The orders that are compared."""
    return {
        OURS: planned(exam, minutes),
        PLAIN[0]: plain(10),
        PLAIN[1]: plain(None),
        FILLED[0]: plain(None, never_idle=True),
        FILLED[1]: plain(None, new_first=True, never_idle=True),
        RANDOM: at_random(seed),
    }


def run(say: Say, quick: bool) -> Sequence[Table]:
    """A table of recall for every setting, one of the time afterwards, one of the speed."""
    number = QUICK_LEARNERS if quick else LEARNERS
    settings = SETTINGS[:4] if quick else SETTINGS
    tables = []
    for setting in settings:
        say(str(setting))
        tables.append(recall_table(setting, number))
    say("afterwards")
    tables.append(_afterwards(number))
    say("speed")
    return [*tables, _speed()]


# ---- recall on the day -----------------------------------------------------------------------------------------------


def reached(setting: Setting, days: int, minutes: float, learners: int) -> dict[str, Reached]:
    """What every order reaches with a number of learners, by its name; `said` is what the plan foretold each."""
    catalogue = Catalogue.like_ours(setting.size)
    found = {name: Reached([], []) for name in orders(days, minutes, 0)}
    for seed in range(learners):
        for name, order in orders(days, minutes, seed).items():
            learner = Learner(catalogue, seed, noisy=setting.noisy, half_known=setting.half_known)
            if name == OURS:
                found[name].said.append(foretold(learner, days, minutes))
            for day in range(days):
                learner.study(order, day, minutes)
            found[name].recalls.append(learner.recall(days))
    return found


def foretold(learner: Learner, exam: int, minutes: float) -> float:
    """The part of all questions that the plan says will be recalled."""
    outlook = forecast.run(
        list(learner.memories.values()),
        learner.unseen(),
        weights=WEIGHTS,
        today=0,
        exam=exam,
        minutes=minutes,
        cost=learner.catalogue.seconds.__getitem__,
        due={memory.id for memory in learner.memories.values() if due_day(memory) <= 0},
    )
    return forecast.chance(outlook.chances, learner.catalogue.ids).of_all


def recall_table(setting: Setting, learners: int) -> Table:
    """Every cell: days and minutes."""
    rows: list[list[Cell]] = []
    beaten, worst = 0, 0.0
    for days in DAYS:
        for minutes in MINUTES:
            found = reached(setting, days, minutes, learners)
            ours, means = found[OURS], {name: statistics.mean(its.recalls) for name, its in found.items()}
            over = [difference(ours.recalls, found[name].recalls) for name in (*PLAIN, RANDOM)]
            beaten += all(mean > 2.0 * error for mean, error in over)
            best = max(FILLED, key=means.__getitem__)
            off = statistics.mean(ours.said) - means[OURS]
            worst = max(worst, abs(off))
            row = [f"{days} days, {minutes} min", *(f"{100 * mean:.1f}" for mean in means.values())]
            row += [_points(*one) for one in (*over, difference(ours.recalls, found[best].recalls))]
            rows.append([*row, f"{100 * off:+.1f}"])
    columns = ["study", *(f"{name} %" for name in (OURS, *PLAIN, *FILLED, RANDOM))]
    columns += [*(f"over {name}" for name in (*PLAIN, RANDOM)), "over the better that is never idle", "forecast off by"]
    notes = [
        f"{learners} learners; differences in points, with the standard error of the pairs.",
        f"More than two standard errors ahead of plain FSRS, both ways, and of random in {beaten} of {len(rows)}.",
        f"The forecast made on the first day is off by {100 * worst:.1f} points at most.",
    ]
    return Table(str(setting), columns, rows, notes)


def _points(mean: float, error: float) -> str:
    return f"{100 * mean:+.2f} ± {100 * error:.2f}"


def difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """The mean of the pairs, and its standard error."""
    pairs = [our - their for our, their in zip(ours, theirs, strict=True)]
    return statistics.mean(pairs), statistics.stdev(pairs) / len(pairs) ** 0.5


# ---- afterwards ------------------------------------------------------------------------------------------------------


def _afterwards(learners: int) -> Table:
    """Whether the last days have spoilt the schedule."""
    rows: list[list[Cell]] = []
    for days, minutes in ((7, 40), (21, 20), (60, 20)):
        for name in (OURS, PLAIN[1]):
            on_the_day, later, load, at_most = [], [], [], []
            for seed in range(learners):
                learner = Learner(Catalogue.like_ours(166), seed)
                order = orders(days, minutes, seed)[name]
                for day in range(days):
                    learner.study(order, day, minutes)
                on_the_day.append(learner.recall(days))
                every = [learner.study(plain(None), days + day, minutes) for day in range(AFTERWARDS)]
                later.append(learner.recall(days + AFTERWARDS))
                load.append(statistics.mean(every))
                at_most.append(max(every))
            rows.append(
                [
                    f"{days} days, {minutes} min",
                    name,
                    *(f"{100 * statistics.mean(values):.1f}" for values in (on_the_day, later)),
                    *(f"{statistics.mean(values):.1f}" for values in (load, at_most)),
                ]
            )
    columns = ["study", "until the interview by", "recall on the day %", f"recall {AFTERWARDS} days later %"]
    columns += ["minutes a day in between", "the most in a day"]
    notes = [
        f"{learners} learners, 166 questions, fresh start; after the day all go on by plain FSRS with the same limit."
    ]
    return Table("After the interview", columns, rows, notes)


# ---- speed -----------------------------------------------------------------------------------------------------------


def _speed() -> Table:
    rows: list[list[Cell]] = []
    for size in (166, 5000):
        for half in (False, True):
            learner = Learner(Catalogue.like_ours(size), 0, half_known=half)
            today = planned(60, 20)
            rows.append(
                [
                    f"{size} questions, {'half known' if half else 'fresh start'}",
                    Quantity(_best(partial(today, learner, 0, 20)), "s"),
                    Quantity(_best(partial(foretold, learner, 60, 20)), "s"),
                ]
            )
    return Table("Time of a plan", ["library", "today's questions", "forecast over 60 days"], rows)


def _best(action: Callable[[], object]) -> float:
    return min(timed(action) for _ in range(3))
