"""The library of some folders: every sound pack, and every problem. A broken pack never stops the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kdquiz.errors import did_you_mean
from kdquiz.library.folders import PACK_FILE, WHAT_A_PACK_IS, distinct, is_folder, packs_in
from kdquiz.library.model import Library, Place
from kdquiz.library.problems import Key, Problem, cut, dotted, in_order
from kdquiz.library.read import PackRead, read_pack
from kdquiz.library.source import Tree

_NOTHING = Library()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pack that is not in the library, and the first of its problems."""

    pack: str
    first: Problem


@dataclass(frozen=True, slots=True)
class Loaded:
    """A library, every problem of its content, and the packs that were left out for theirs."""

    library: Library
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def load_library(folders: Iterable[Path]) -> Loaded:
    """Read all packs of these content folders."""
    readable, absent = content_of(folders)
    problems = list(absent)
    packs = [read_pack(pack) for pack in readable]
    problems += [one for pack in packs for one in pack.problems]
    problems += cross_problems(packs)
    told = in_order(problems)
    first = {pack.folder: next((one for one in told if _belongs(one, pack)), None) for pack in packs}
    left_out = [LeftOut(str(problem.place.path), problem) for problem in absent]
    left_out += [LeftOut(pack.name, problem) for pack in packs if (problem := first[pack.folder])]
    return Loaded(assemble([pack for pack in packs if not first[pack.folder]]), told, tuple(left_out))


def content_of(folders: Iterable[Path]) -> tuple[tuple[Path, ...], list[Problem]]:
    """The packs of content folders, each once, and a problem for each folder that holds none."""
    packs: list[Path] = []
    problems = []
    for folder in distinct(folders):
        absent = not is_folder(folder)
        found = () if absent else packs_in(folder)
        if not found:
            message = "no such folder of packs" if absent else "holds no packs"
            hint = "KDQUIZ_CONTENT names folders, separated as PATH is." if absent else WHAT_A_PACK_IS
            problems.append(Problem(Place(folder), message, hint=hint))
        packs += found
    return distinct(packs), problems


def _belongs(problem: Problem, pack: PackRead) -> bool:
    return pack.folder in (problem.place.path, *problem.place.path.parents)


def assemble(packs: Sequence[PackRead]) -> Library:
    """One library of these packs, in their order."""
    return Library(
        entries={entry.question.id: entry for pack in packs for entry in pack.entries},
        drills={drill.drill.id: drill for pack in packs for drill in pack.drills},
        topics={topic.id: topic for pack in packs for topic in pack.topics},
    )


def _used_twice(packs: Sequence[PackRead]) -> list[Problem]:
    """Ids of questions and drills are one name space, over all packs: the history hangs on them."""
    problems = []
    first: dict[str, Place] = {}
    for name, place in (each for pack in packs for each in pack.written):
        if name in first:
            problems.append(used_twice(name, place, first[name]))
        first.setdefault(name, place)
    return problems


def used_twice(name: str, place: Place, first: Place) -> Problem:
    """The problem of an id that something else has."""
    message = f"the id '{cut(name)}' is used twice, first at {first}"
    return Problem(place, message, "id", "Give one of them another id.")


def cross_problems(packs: Sequence[PackRead], elsewhere: Library = _NOTHING) -> list[Problem]:
    """What concerns several files: ids used twice, references to nothing, circles of prerequisites.

    References may name questions and topics of the library `elsewhere` besides.
    """
    return [*_used_twice(packs), *_references_to_nothing(packs, elsewhere), *_circles(packs)]


def _references_to_nothing(packs: Sequence[PackRead], elsewhere: Library) -> list[Problem]:
    problems = []
    questions = {name for pack in packs for name, _ in pack.written} | set(elsewhere.entries)
    topics = {name for pack in packs for name in pack.topic_ids} | set(elsewhere.topics)
    for pack in packs:
        if not pack.whole:  # what seems to be nowhere may stand in the file that could not be read
            continue
        for entry in pack.entries:
            for word in ("needs", "then"):
                for number, target in enumerate(getattr(entry.question, word)):
                    if target not in questions:
                        problems.append(_dangling(pack.keys[entry.place], (word, number), target, questions))
        for drill in pack.drills:
            for number, mistake in enumerate(drill.drill.mistakes):
                if mistake.card is not None and mistake.card not in questions:
                    key: Key = ("mistakes", number, "card")
                    problems.append(_dangling(pack.keys[drill.place], key, mistake.card, questions))
            if drill.drill.topic not in topics:
                problems.append(_dangling(pack.keys[drill.place], ("topic",), drill.drill.topic, topics, "topic"))
        for number, topic in enumerate(pack.path):
            if topic not in pack.topic_ids:
                info = pack.trees[pack.folder / PACK_FILE]
                problems.append(_dangling((info, ()), ("path", number), topic, pack.topic_ids, "topic"))
    return problems


def _dangling(owner: tuple[Tree, Key], key: Key, target: str, known: Iterable[str], what: str = "question") -> Problem:
    tree, at = owner
    hint = did_you_mean(target, known) or f"`kdquiz list {what}s` shows what there is."
    return Problem(tree.place((*at, *key)), f"there is no {what} '{target}'", dotted((*at, *key)), hint)


def _circles(packs: Sequence[PackRead]) -> list[Problem]:
    """A problem for each circle of prerequisites, told at the `needs` that closes it."""
    needs = {entry.question.id: entry.question.needs for pack in packs for entry in pack.entries}
    owner = {entry.question.id: pack.keys[entry.place] for pack in packs for entry in pack.entries}
    problems, settled = [], set[str]()
    for start in needs:
        circle = _circle_from(start, needs, settled)
        if circle:
            tree, at = owner[circle[-1]]
            message = f"`needs` goes in a circle: {' -> '.join((*circle, circle[0]))}"
            problems.append(Problem(tree.place((*at, "needs")), message, dotted((*at, "needs"))))
    return problems


def _circle_from(start: str, needs: Mapping[str, Sequence[str]], settled: set[str]) -> list[str]:
    """The circle reached from `start`, if it was not met before; without recursion, since packs may be large."""
    way: list[str] = []
    todo: list[tuple[str, bool]] = [(start, False)]
    while todo:
        name, leaving = todo.pop()
        if leaving:
            settled.add(way.pop())
        elif name in way:
            settled.update(way)
            return way[way.index(name) :]
        elif name not in settled:
            way.append(name)
            todo.append((name, True))
            todo += [(need, False) for need in needs.get(name, ())]
    return []
