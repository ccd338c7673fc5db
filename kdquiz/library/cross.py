"""Problems that concern several files: ids used twice, references to nothing, circles of prerequisites.

Imports the facts of files and problems. Goes in: what each file says (`PackFacts`). Comes out: problems. Linear in the
number of ids and references, since a library may hold a hundred thousand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kdquiz.errors import did_you_mean
from kdquiz.library.facts import PackFacts, Reference, What, Written
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem, cut

MOST_COMPARED = 2_000_000
"""How many known ids are compared with unknown ones, to suggest which was meant: more would take seconds."""
CIRCLE_SHOWN = 12
"""How many questions of a circle are named."""


@dataclass(frozen=True, slots=True)
class Known:
    """What stands elsewhere and may be referred to: ids with their places and what they are of, and topics."""

    places: Mapping[str, Place] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()
    whats: Mapping[str, What] = field(default_factory=dict)
    """What each id is of that is no question's."""


def cross_problems(packs: Sequence[PackFacts], elsewhere: Known | None = None) -> list[Problem]:
    """The problems between the files of these packs; references may name what is known `elsewhere` besides."""
    dangling = _references_to_nothing(packs, elsewhere or Known())
    return [*_used_twice(packs), *dangling, *_circles(packs), *_followed_by_themselves(packs)]


def known(packs: Iterable[PackFacts]) -> Known:
    """What these packs hold, for others to refer to."""
    kept = list(packs)
    return Known(
        {each.id: each.place for each in reversed(list(_all_written(kept)))},
        frozenset(topic for pack in kept for topic in pack.topic_ids),
        {each.id: each.what for each in _all_written(kept) if each.what != "question"},
    )


def _all_written(packs: Iterable[PackFacts]) -> Iterator[Written]:
    return (each for pack in packs for facts in pack.files for each in facts.written)


def _used_twice(packs: Sequence[PackFacts]) -> list[Problem]:
    """Ids of questions, drills and lessons are one name space, over all packs: the history hangs on them.

    Told of a pack that has problems of its own rather than of one that has none: that one need not be left out, too.
    """
    problems = []
    first: dict[str, Place] = {}
    for each in _all_written(sorted(packs, key=_is_broken)):
        if each.id in first:
            problems.append(used_twice(each.id, each.place, first[each.id]))
        first.setdefault(each.id, each.place)
    return problems


def _is_broken(pack: PackFacts) -> bool:
    return any(facts.problems for facts in pack.files)


def used_twice(name: str, place: Place, first: Place) -> Problem:
    """The problem of an id that something else has."""
    message = f"the id '{cut(name)}' is used twice, first at {first}"
    return Problem(place, message, "id", "Give one of them another id.")


def _references_to_nothing(packs: Sequence[PackFacts], elsewhere: Known) -> list[Problem]:
    there_are = _by_what(packs, elsewhere)
    topics = {topic for pack in packs for topic in pack.topic_ids} | elsewhere.topics
    problems = []
    compared = 0
    for pack in packs:
        if not pack.whole:  # what seems to be nowhere may stand in the file that could not be read
            continue
        for reference in (one for facts in pack.files for one in facts.references):
            within = pack.topic_ids if reference.word == "path" else topics
            there = within if reference.what == "topic" else there_are[_meant(reference)]
            if reference.target not in there:
                compared += len(there)
                problems.append(_dangling(reference, there if compared <= MOST_COMPARED else ()))
    return problems


def _meant(reference: Reference) -> str:
    """A drill may be needed, or follow, where a question may; a lesson asks questions alone."""
    return "to learn" if reference.word in ("needs", "then", "card") else reference.what


def _by_what(packs: Sequence[PackFacts], elsewhere: Known) -> dict[str, set[str]]:
    """The ids that may stand where a question, drill or lesson is meant."""
    found: dict[str, set[str]] = {"question": set(), "drill": set(), "lesson": set()}
    for each in _all_written(packs):
        found[each.what].add(each.id)
    for name in elsewhere.places:
        found[elsewhere.whats.get(name, "question")].add(name)
    return found | {"to learn": found["question"] | found["drill"]}


def _dangling(reference: Reference, there: Iterable[str]) -> Problem:
    message = f"there is no {reference.what} '{cut(reference.target)}'"
    hint = did_you_mean(reference.target, there) or f"`kdquiz list {reference.what}s` shows what there is."
    return Problem(reference.place, message, reference.key, hint)


def _circles(packs: Sequence[PackFacts]) -> list[Problem]:
    """A problem for each circle of prerequisites, told at the one that closes it."""
    needs: dict[str, list[Reference]] = {}
    for reference in (one for pack in packs for facts in pack.files for one in facts.references):
        if reference.word == "needs":
            needs.setdefault(reference.owner, []).append(reference)
    problems, settled = [], set[str]()
    for start in needs:
        circle = _circle_from(start, needs, settled)
        if circle:
            closing = next(one for one in needs[circle[-1]] if one.target == circle[0])
            way = circle if len(circle) <= CIRCLE_SHOWN else [*circle[: CIRCLE_SHOWN - 1], "…", circle[-1]]
            message = f"`needs` goes in a circle: {' -> '.join((*way, circle[0]))}"
            problems.append(Problem(closing.place, message, closing.key, "Remove one of them."))
    return problems


def _followed_by_themselves(packs: Sequence[PackFacts]) -> list[Problem]:
    """Circles of follow-ups are a conversation; one with itself is none."""
    references = (one for pack in packs for facts in pack.files for one in facts.references)
    return [
        Problem(one.place, f"the question '{cut(one.owner)}' is its own follow-up", one.key, "Remove it.")
        for one in references
        if one.word == "then" and one.target == one.owner
    ]


def _circle_from(start: str, needs: Mapping[str, Sequence[Reference]], settled: set[str]) -> list[str]:
    """The circle reached from `start`, if it was not met before; without recursion, since packs may be large."""
    way: dict[str, None] = {}  # a dict for its order, and to ask fast what is in it
    todo: list[tuple[str, bool]] = [(start, False)]
    while todo:
        name, leaving = todo.pop()
        if leaving:
            way.popitem()
            settled.add(name)
        elif name in way:
            settled.update(way)
            names = list(way)
            return names[names.index(name) :]
        elif name not in settled:
            way[name] = None
            todo.append((name, True))
            todo += [(need.target, False) for need in needs.get(name, ())]
    return []
