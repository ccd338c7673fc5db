"""The files of a pack that hold no questions, read: `pack.yaml`, `sources.yaml` and `facts.yaml`.

Imports pydantic, through `validate`. Goes in: the tree of such a file, in a format that this version reads. Comes out:
what it says, with its problems.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from annotated_types import MinLen

from kdquiz.library.fact_base import Claim, FactsFile
from kdquiz.library.facts import Facts
from kdquiz.library.folders import FACTS_FILE, PACK_FILE, SOURCES_FILE
from kdquiz.library.heading import FORMAT
from kdquiz.library.model import Place
from kdquiz.library.problems import Key, Problem, cut, dotted
from kdquiz.library.source import Tree
from kdquiz.library.text import Slug, Text
from kdquiz.library.validate import build
from kdquiz.library.works import SourcesFile, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInfo:
    """The optional `pack.yaml`: a title, the topics in the order a newcomer takes them, and words that mean the
    same in the answers to its short questions."""

    format: Literal[1]
    title: Text
    path: Annotated[tuple[Slug, ...], MinLen(1)] = ()
    synonyms: tuple[Annotated[tuple[Text, ...], MinLen(2)], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfThePack:
    """One of these files read."""

    facts: Facts
    claims: tuple[Claim, ...] = ()
    """Of a sound `facts.yaml`."""
    names: frozenset[str] | None = None
    """Of `sources.yaml` the cites and of `facts.yaml` the ids, also of entries that are not sound; None where there is
    no list of them."""


def read_of_the_pack(tree: Tree) -> OfThePack:
    """Read the file of which this is the tree, by its name."""
    return _READERS[tree.path.name](tree)


def _read_info(tree: Tree) -> OfThePack:
    info, found = build(PackInfo, tree.root, tree)
    if info is None:  # the tests of short answers need what of it is sound
        info, _ = build(PackInfo, _sound_info(tree.root, {one.key for one in found}), tree)
    path, synonyms = (info.path, info.synonyms) if info else ((), ())
    return OfThePack(facts=Facts(problems=tuple(found), path=path, synonyms=synonyms))


def _sound_info(root: Mapping[str, Any], broken: Collection[str]) -> dict[str, Any]:
    """What can be kept of a `pack.yaml` of which these keys are broken: its path, and each group of synonyms."""
    info: dict[str, Any] = {"format": FORMAT, "title": PACK_FILE}
    within = {".".join(key.split(".")[:2]) for key in broken}
    if isinstance(root.get("path"), list) and not any(key.startswith("path") for key in within):
        info["path"] = root["path"]
    if isinstance(groups := root.get("synonyms"), list):
        info["synonyms"] = [one for number, one in enumerate(groups) if f"synonyms.{number}" not in within]
    return info


def _read_sources(tree: Tree) -> OfThePack:
    read, found = build(SourcesFile, tree.root, tree)
    cites, again = _names(tree, "sources", "cite")
    return OfThePack(facts=Facts(problems=(*found, *again), works=read.sources if read else ()), names=cites)


def _read_fact_base(tree: Tree) -> OfThePack:
    read, found = build(FactsFile, tree.root, tree)
    ids, again = _names(tree, "facts", "id")
    return OfThePack(facts=Facts(problems=(*found, *again)), claims=read.facts if read else (), names=ids)


def _names(tree: Tree, word: str, name: str) -> tuple[frozenset[str] | None, list[Problem]]:
    """What the entries of a list are called, and a problem for each name used twice."""
    listed = tree.root.get(word)
    if not isinstance(listed, list):
        return None, []
    first: dict[str, Place] = {}
    problems = []
    for number, entry in enumerate(listed):
        written = entry.get(name) if isinstance(entry, dict) else None
        if isinstance(written, str):
            key: Key = (word, number, name)
            called, place = one_line(written), tree.place(key)
            if called in first:
                message = f"the {name} '{cut(called)}' is used twice, first in line {first[called].line}"
                problems.append(Problem(place, message, dotted(key), f"Give one of them another {name}."))
            first.setdefault(called, place)
    return frozenset(first), problems


_READERS: Mapping[str, Callable[[Tree], OfThePack]] = {
    PACK_FILE: _read_info,
    SOURCES_FILE: _read_sources,
    FACTS_FILE: _read_fact_base,
}
