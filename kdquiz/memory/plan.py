"""What to study until the interview: the daily minutes, spent where they raise recall on that day most.

Imports `memory.curve`, `memory.habits`. Pure: ids, memories, day numbers and minutes go in; the ids to ask today come
out. `memory.forecast` follows the same rules day by day to say where they lead.

The policy is the simplest of some twenty that were tried on the learners of `python -m tests.bench plan`. What it rests
on, with what the parts are worth there in points of recall on the day:

- The gain in recall at the date for each minute is what counts, but taking the greatest one every day is short-sighted:
  a memory tended yesterday gains little from today's review and much from one next week. So until the last days a
  review is taken where it builds stability: what has fallen below 90 %, the weakest first, since FSRS lets stability
  grow the more, the more was forgotten. It needs no arithmetic. Growth of stability for each minute, the best of the
  cleverer orders, was ahead by 0.2 points at best and behind by 0.3 at worst; valuing a review as if one more came on
  the eve was behind both.
- In the last days, as many as half a pass over everything takes, nothing is built any more: what gains most at the date
  for each minute comes first. Without them up to 3 points are lost; with twice as many 0.2.
- A new question gains more than any review, but with all of them first no memory is tended for weeks, which costs up to
  0.7 points, and makes for dull evenings. So today's share of the new ones is what shows all of them within two fifths
  of the days left. Counted afresh every day, it becomes all of the minutes by itself where time is scarce. In the last
  days it is what shows all of them before the date, as long as that can be done. Where it cannot, a new one must be
  worth its minutes as a review must.
- An answer costs its seconds, and once more where it is forgotten: it is asked again on that day.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from kdquiz.memory import curve as curves
from kdquiz.memory.curve import AGAIN, GOOD, Curve, Memory
from kdquiz.memory.habits import USUAL, Habits, first_seen, reviewed

SHOWN_WITHIN = 0.4
"""The part of the days left within which every new question is to be seen."""
LAST_PASS = 0.5
"""The last days begin when so much of a pass over everything can still be made."""
WEIGHED = 1000
"""How many memories are weighed against each other in the last days: the weakest ones."""

Cost = Callable[[str], float]


def todays(
    known: Sequence[Memory],
    due: AbstractSet[str],
    new: Sequence[str],
    *,
    weights: Sequence[float],
    today: int,
    exam: int,
    minutes: float,
    cost: Cost,
    a_day: float | None = None,
    habits: Habits = USUAL,
) -> Sequence[str]:
    """What to ask today, in order of worth, cut where the minutes are used up: ids of `known` and of `new`, each once.

    - `known`: the memories of every card that may be asked (leave out what rests, and drills). What was reviewed on
      `today` is never in a plan: what was forgotten comes back in its session, and what is due again after a step of
      minutes is for the caller to ask.
    - `due`: ids that the schedule calls due; they count as weak whatever their recall.
    - `new`: ids without a card, in an order in which each may be asked after those before it (needs first). They are
      taken from its front, in this order: what comes back may be asked as it stands.
    - `weights`: the 21 of FSRS-6.
    - `today`, `exam`: day numbers. Where `exam` is before `today`, plain FSRS: what is due by lateness, then new.
    - `minutes`: what is left of today's; nothing is asked where it is 0. `a_day`: those of the later days, None for as
      many.
    - `cost`: seconds that one answer of the id takes; positive.

    The same values give the same sequence. The last question may take half its time beyond the minutes.
    """
    curve = curves.of(tuple(weights))
    cards = [memory for memory in known if memory.day < today]
    if exam < today:
        late = [memory for memory in cards if memory.id in due]
        order = iter([*_weakest(late, today), *((name, None) for name in new)])
    else:
        state = _State(cards, due, new, curve, habits, today, exam, minutes, minutes if a_day is None else a_day, cost)
        order = _last_days(state) if _is_late(state) else _until_then(state)
    return _cut(order, curve, habits, today, minutes * 60.0, cost)


Ranked = tuple[str, Memory | None]
"""An id with its memory, None where it is new."""


class _State(NamedTuple):
    cards: Sequence[Memory]
    due: AbstractSet[str]
    new: Sequence[str]
    curve: Curve
    habits: Habits
    today: int
    exam: int
    minutes: float
    a_day: float
    cost: Cost

    @property
    def days(self) -> int:
        """Days of study that are left, today's among them."""
        return max(1, self.exam - self.today)

    @property
    def seconds(self) -> float:
        """Of all the days left."""
        return 60.0 * (self.minutes + self.a_day * (self.days - 1))

    def new_seconds(self) -> float:
        """What all the new questions take; no further counted than to more than there is time for."""
        return _sum_up_to(self.new, self.cost, self.seconds) * (1.0 + self.habits.first[0])


def _sum_up_to(names: Sequence[str], cost: Cost, most: float) -> float:
    total = 0.0
    for name in names:
        total += cost(name)
        if total > most:
            break
    return total


def _is_late(state: _State) -> bool:
    """Whether no more than half a pass can still be made."""
    most = 2.0 * state.seconds / LAST_PASS
    known = _sum_up_to([memory.id for memory in state.cards], state.cost, most)
    return state.seconds <= LAST_PASS * 1.1 * (known + _sum_up_to(state.new, state.cost, most))


def _until_then(state: _State) -> Iterator[Ranked]:
    """Today's share of the new, what is weak, the other new ones, the rest."""
    share = _front(state, state.new_seconds() / max(1.0, SHOWN_WITHIN * state.days))
    yield from ((name, None) for name in state.new[:share])
    ranked = _weakest(state.cards, state.today)
    weak = [one for one in ranked if _is_weak(one[1], state)]
    yield from weak
    yield from ((name, None) for name in state.new[share:])
    yield from (one for one in ranked if not _is_weak(one[1], state))


def _is_weak(memory: Memory, state: _State) -> bool:
    return state.today - memory.day > memory.stability or memory.id in state.due


def _weakest(cards: Sequence[Memory], today: int) -> list[tuple[str, Memory]]:
    """By recall today: it falls with the days since the last review, in stabilities."""
    ranked = sorted(cards, key=lambda memory: (-(today - memory.day) / memory.stability, memory.id))
    return [(memory.id, memory) for memory in ranked]


def _front(state: _State, seconds: float) -> int:
    """How many new ones, from the front, take so many seconds."""
    again, spent = 1.0 + state.habits.first[0], 0.0
    for number, name in enumerate(state.new):
        if spent >= seconds:
            return number
        spent += state.cost(name) * again
    return len(state.new)


def _last_days(state: _State) -> Iterator[Ranked]:
    """What must be shown today, then by gain at the date for each second; new ones in their order."""
    needed = state.new_seconds()
    share = _front(state, needed / state.days) if needed <= state.seconds else 0
    yield from ((name, None) for name in state.new[:share])
    days = state.exam - state.today
    weakest = heapq.nlargest(WEIGHED, state.cards, key=lambda one: (state.exam - one.day) / one.stability)
    gains = {memory.id: _gain(memory, state, days) for memory in weakest}
    ranked = sorted(weakest, key=lambda memory: (-gains[memory.id], memory.id))
    worth = _gain_of_new(state, days)
    before = sum(gains[memory.id] > worth for memory in ranked)
    yield from ((memory.id, memory) for memory in ranked[:before])
    yield from ((name, None) for name in state.new[share:])
    yield from ((memory.id, memory) for memory in ranked[before:])


def _gain(memory: Memory, state: _State, days: int) -> float:
    """How much a second on it raises its recall `days` from today."""
    curve, passed = state.curve, state.today - memory.day
    stability, difficulty = memory.stability, memory.difficulty
    chance = curve.recall(stability, passed)
    right = curve.recall(curve.after(stability, difficulty, passed, GOOD)[0], days)
    wrong = curve.recall(reviewed(curve, stability, difficulty, passed, AGAIN)[0], days)
    gain = chance * right + (1.0 - chance) * wrong - curve.recall(stability, passed + days)
    return gain / (state.cost(memory.id) * (2.0 - chance))


def _gain_of_new(state: _State, days: int) -> float:
    """The same of a new question, as those at the front are on average."""
    front = state.new[:50]
    if not front:
        return 0.0
    outcomes = first_seen(state.curve, state.habits)
    gain = sum(share * state.curve.recall(stability, days) for share, stability, _ in outcomes)
    return gain * len(front) / (sum(map(state.cost, front)) * (1.0 + state.habits.first[0]))


def _cut(
    order: Iterator[Ranked], curve: Curve, habits: Habits, today: int, seconds: float, cost: Cost
) -> tuple[str, ...]:
    """As many as the time is expected to be enough for; one of which half fits is the last."""
    chosen: list[str] = []
    if seconds <= 0:
        return ()
    for name, memory in order:
        again = habits.first[0] if memory is None else 1.0 - curve.recall(memory.stability, today - memory.day)
        expected = cost(name) * (1.0 + again)
        if chosen and expected > 2.0 * seconds:
            break
        chosen.append(name)
        seconds -= expected
    return tuple(chosen)
