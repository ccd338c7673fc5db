"""Whether the sources and facts that questions and drills name are those of their pack: each part of a `source` begins
with a cite of `sources.yaml`, each of `facts` is an id of `facts.yaml` that somebody has verified.

Looks at raw trees: so also at what is broken elsewhere. A pack that has no such file is not checked for it. It is told
by `kdquiz check` alone: nobody waits for a cite to learn. Goes in: packs as they were read. Comes out: problems. Linear
in the number of questions; what was meant is looked for in the first ones that are unknown.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kdquiz.errors import did_you_mean
from kdquiz.library.folders import DRILL_FILE, FACTS_FILE, OF_THE_PACK, SOURCES_FILE
from kdquiz.library.problems import Key, Problem, cut, dotted
from kdquiz.library.read import PackRead
from kdquiz.library.source import Tree
from kdquiz.library.works import cited_by, one_line, parts_of

ALIKE = 0.85
"""Which part of a cite and of what stands in its place must be the same, for it to be suggested: `Sun et al. 2019` and
`Gou et al. 2021` have all but four letters in common."""
MOST_COMPARED = 500_000
"""How many cites and ids of a pack are compared with unknown ones: more would take seconds."""


@dataclass(slots=True)
class _Known:
    """What a pack's questions may name; None where nothing is checked. `compared` counts what suggestions cost."""

    cites: Collection[str] | None
    facts: Collection[str] | None
    unverified: Collection[str]
    compared: int = 0
    seen: dict[str, str | None] = field(default_factory=dict)
    """The hint for a part that is no known source, None where it is one."""


def attribution_problems(packs: Iterable[PackRead]) -> Iterator[Problem]:
    """The problems of all sources and facts that are named in these packs."""
    for pack in packs:
        known = _known(pack)
        if known.cites is None and known.facts is None:
            continue
        for tree in pack.trees.values():
            for key, data in _asking(tree):
                yield from _source_problems(tree, (*key, "source"), data.get("source"), known)
                yield from _fact_problems(tree, (*key, "facts"), data.get("facts"), known)


def _known(pack: PackRead) -> _Known:
    read = {file.path.name: file.of_pack for file in pack.files if file.of_pack is not None}
    sources, base = read.get(SOURCES_FILE), read.get(FACTS_FILE)
    unverified = {claim.id for claim in base.claims if not claim.may_be_asked} if base else set()
    return _Known(sources.names if sources else None, base.names if base else None, unverified)


def _asking(tree: Tree) -> Iterator[tuple[Key, dict[str, Any]]]:
    """What a file asks, with the way to it: its questions, or the drill that it is."""
    root = tree.root
    if not isinstance(root, dict) or tree.path.name in OF_THE_PACK:
        return
    if tree.path.name == DRILL_FILE:
        yield (), root
    questions = root.get("questions")
    for number, data in enumerate(questions if isinstance(questions, list) else ()):
        if isinstance(data, dict):
            yield ("questions", number), data


def _source_problems(tree: Tree, key: Key, source: Any, known: _Known) -> Iterator[Problem]:
    if known.cites is None or not isinstance(source, str) or not source.strip():
        return  # an empty one is told of elsewhere
    for part in parts_of(source):
        if part not in known.seen:
            named = cited_by(part, known.cites)
            known.seen[part] = _hint_for_source(part, known.cites, known) if named is None else None
        hint = known.seen[part]
        if hint is not None:
            message = f"the source '{cut(part)}' begins with no cite of {SOURCES_FILE}"
            yield Problem(tree.place(key), message, dotted(key), hint)


def _hint_for_source(part: str, cites: Collection[str], known: _Known) -> str:
    from rapidfuzz.distance import Indel  # only who is told of a mistake waits for it

    known.compared += len(cites)
    best, nearest = 0.0, ""
    for cite in sorted(cites) if known.compared <= MOST_COMPARED else ():
        alike = Indel.normalized_similarity(part[: len(cite)].casefold(), cite.casefold())
        best, nearest = max((best, nearest), (alike, cite), key=lambda one: one[0])
    if best >= ALIKE:
        return f"Did you mean '{nearest}'?"
    return f"Add the work to {SOURCES_FILE}, or use a cite from there."


def _fact_problems(tree: Tree, key: Key, facts: Any, known: _Known) -> Iterator[Problem]:
    for number, fact in enumerate(facts if known.facts is not None and isinstance(facts, list) else ()):
        at = (*key, number)
        if not isinstance(fact, str):
            continue  # told of elsewhere
        if one_line(fact) not in (known.facts or ()):
            known.compared += len(known.facts or ())
            near = did_you_mean(fact, known.facts or ()) if known.compared <= MOST_COMPARED else ""
            message = f"there is no fact '{cut(fact)}' in {FACTS_FILE}"
            yield Problem(tree.place(at), message, dotted(at), near or f"{FACTS_FILE} lists what there is.")
        elif fact in known.unverified:
            message = f"the fact '{cut(fact)}' is unverified, and what nobody has verified is not asked"
            yield Problem(tree.place(at), message, dotted(at), "Ask about another one, or verify it.")
