"""What a session asks: the library filtered as the learner wished, then the due queue, or the interview's plan."""

import random
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from kdquiz.library.filter import EVERYTHING, Filter, Link
from kdquiz.library.kinds import question_class
from kdquiz.library.library import AT_ONCE, Library
from kdquiz.library.model import Question
from kdquiz.memory.curve import Memory
from kdquiz.memory.due import Choose, DueDrill, due_queue
from kdquiz.memory.goal import LEFT_FOR_QUESTIONS
from kdquiz.memory.habits import Answer, seconds
from kdquiz.memory.learner import Learner, absent

FEW = 500
"""So many new questions are looked up at once, and put in reading order then."""
READING_SECONDS = 15.0
"""What it takes to read a question, and then its answer: about 250 characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which questions are asked: at most so many of those that the filter allows (None: as many as there are).
    `everything` asks what is not due too; `listed` are asked in this order, whether due or not."""

    filter: Filter = EVERYTHING
    at_most: int | None = None
    everything: bool = False
    listed: tuple[str, ...] = ()


def select(
    library: Library,
    wish: Wish,
    learner: Learner,
    rng: random.Random,
    memories: Callable[[], Sequence[Memory]],
    weights: Callable[[], tuple[float, ...]],
) -> tuple[str, ...]:
    """The queue of a session, as ids of questions and drills: what is due today, and new questions, prerequisites
    first; with `everything`, all questions in random order; what is `listed`, as it is. What rests is never asked.

    Where an interview is ahead, the plan says which questions are worth the day's minutes; only then are `memories`
    and `weights` called. A wish for kinds of question asks no drills.
    """
    if wish.listed:
        there = frozenset(library.ids(wish.filter)) - learner.resting
        return tuple(one for one in wish.listed if one in there)[: wish.at_most]
    if wish.everything:
        every = [one for one in library.ids(wish.filter) if one not in learner.resting]
        rng.shuffle(every)
        return tuple(every[: wish.at_most])
    asked = _Asked(library, wish.filter)
    choose = None if learner.goal.ahead(learner.today) is None else _plan(library, wish, learner, memories, weights)
    return due_queue(asked, learner, rng, choose)[: wish.at_most]


def _plan(
    library: Library,
    wish: Wish,
    learner: Learner,
    memories: Callable[[], Sequence[Memory]],
    weights: Callable[[], tuple[float, ...]],
) -> Choose:
    """How today's questions are chosen for the interview."""
    from kdquiz.memory.plan import todays  # only where a date is set

    def choose(due: Sequence[str], new: Sequence[str], drill_minutes: int) -> Sequence[str]:
        may_be_asked = set(library.ids(wish.filter)) - learner.resting
        known = [memory for memory in memories() if memory.id in may_be_asked]
        # A plan repeats nothing of today; what is due again after minutes, or by a clock once ahead, is not its matter.
        lately = {memory.id for memory in known if memory.day >= learner.today}
        exam, a_day = learner.goal.day, float(learner.goal.minutes)
        assert exam is not None  # a plan is only made where a date is ahead
        minutes = max(a_day - drill_minutes, a_day * LEFT_FOR_QUESTIONS) - learner.seconds_today / 60
        chosen = todays(
            known,
            frozenset(due),
            new,
            weights=weights(),
            today=learner.today,
            exam=exam,
            minutes=max(0.0, minutes),
            cost=seconds_by_kind(library, learner.answers.latest),
            a_day=a_day,
            habits=learner.answers.habits(),
        )
        return [*(one for one in due if one in lately), *chosen]

    return choose


def usual_seconds(kinds: Iterable[str]) -> dict[str, float]:
    """How many seconds a question of each kind takes whoever is not known yet, with reading and the answer."""
    return {kind: READING_SECONDS + question_class(kind).pace.usual for kind in kinds}


def seconds_by_kind(library: Library, answers: Sequence[Answer] = ()) -> Callable[[str], float]:
    """How many seconds a question takes, by its id: what one of its kind took this learner by the latest answers, or
    usually does, with reading and the answer."""
    kinds = library.counts("kind")
    kind_of = {one: kind for kind in kinds for one in library.ids(Filter(kinds=(kind,)))}
    takes, otherwise = seconds(answers, kind_of.get, usual_seconds(kinds)), READING_SECONDS + Question.pace.usual
    by_id = {one: takes[kind] for one, kind in kind_of.items()}
    return lambda card_id: by_id.get(card_id, otherwise)


class _Asked:
    """The questions and drills that a wish allows, read off the library as far as the due queue asks for them."""

    def __init__(self, library: Library, wanted: Filter) -> None:
        self._library = library
        self._wanted = wanted
        self._there: dict[str, bool] = {}

    def unknown(self, known: AbstractSet[str]) -> Iterator[Link]:
        """Mostly a new question is near the front. Where it is not, all ids are compared at once."""
        first = list(islice(self._library.rows(self._wanted), AT_ONCE))
        for row in first:
            if row.id not in known:
                self._there[row.id] = True
                yield Link(row.place, row.id, row.topic, row.needs, row.then)
        if len(first) < AT_ONCE:
            return
        missing = absent(self._library.sorted_ids(), known)
        in_order = iter(missing)
        if len(missing) > FEW:
            in_order = filter(frozenset(missing).__contains__, self._library.ids(self._wanted))
        while some := list(islice(in_order, FEW)):
            yield from (link for link in self.links(some) if link.place > first[-1].place)

    def links(self, ids: Collection[str]) -> list[Link]:
        found = self._library.links(ids, self._wanted)
        self._there |= {link.id: True for link in found}
        return found

    def drills(self, ids: Collection[str]) -> list[DueDrill]:
        wanted = self._wanted
        if wanted.kinds:
            return []
        return [
            DueDrill(link, minutes)
            for link, level, minutes in self._library.drill_links(ids)
            if (not wanted.topics or link.topic in wanted.topics)
            and (not wanted.levels or level in wanted.levels)
            and (wanted.only is None or link.id in wanted.only)
            and link.id not in wanted.without
        ]

    def needs(self, link: Link) -> tuple[str, ...]:
        """A prerequisite outside the wish does not hold back what the learner asked for."""
        unknown = [need for need in link.needs if need not in self._there]
        if unknown:
            found = {one.id for one in self.links(unknown)}
            self._there |= {need: need in found for need in unknown}
        return tuple(need for need in link.needs if self._there[need])
