"""The problems of the content at some paths: of its form, of what it refers to, of its quality, and of the tests inside
questions. All in one run: what is broken in one place is checked everywhere else.

The only module of authoring that calls the reader of the library. Goes in: paths. Comes out: `Checked`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kdquiz.authoring.attribution import attribution_problems
from kdquiz.authoring.paths import Meant
from kdquiz.authoring.quality import quality_problems
from kdquiz.authoring.trial import Say, try_all
from kdquiz.authoring.written import WrittenQuestion, written_questions
from kdquiz.library.cross import Known, cross_problems, known, used_twice
from kdquiz.library.drill import Drill
from kdquiz.library.folders import PACK_FILE, real
from kdquiz.library.kinds.short import Short
from kdquiz.library.load import content_of
from kdquiz.library.problems import Problem, in_order
from kdquiz.library.read import PackRead, read_pack
from kdquiz.library.source import Tree


@dataclass(frozen=True, slots=True)
class WrittenDrill:
    """A drill whose texts have no problem, and the tree of its `drill.yaml`, which knows the places."""

    drill: Drill
    tree: Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `kdquiz check` found before any drill is proved; `drills` are those that can be."""

    problems: tuple[Problem, ...]
    drills: tuple[WrittenDrill, ...]
    questions: int
    files: int
    lessons: int = 0


def silent(done: int, total: int) -> None:
    """Nobody waits who has to be told."""


def check(paths: Sequence[Path], shipped: Sequence[Path], say: Say = silent) -> Checked:
    """Check the content at `paths` (files, drill folders, packs, folders of packs); where there is none, `shipped`.

    References may name questions of the `shipped` folders besides. `say` is told how many questions of how many have
    been tried. Raises UsageError for a path that does not exist or holds no content, and KdquizError where a process
    that tries questions is killed.
    """
    meant = Meant(paths)
    loaded, absent = content_of(shipped)
    packs = [read_pack(folder) for folder in meant.packs() or loaded]
    own = {real(pack.folder) for pack in packs}
    others = known(read_pack(folder).facts for folder in loaded if real(folder) not in own)
    problems = [one for pack in packs for one in pack.problems]
    problems += cross_problems([pack.facts for pack in packs], others)
    problems += _clashes(packs, others, {real(folder) for folder in loaded})
    problems += quality_problems(packs)
    problems += attribution_problems(packs)
    problems = [one for one in problems if one.place.path in meant]
    problems += _trial_problems([one for one in _to_try(packs) if one.tree.path in meant], say)
    problems += () if meant else absent
    broken = {one.place.path.parent for one in problems}
    drills = [WrittenDrill(*each) for pack in packs for each in pack.drills_read()]
    return Checked(
        problems=in_order(problems),
        drills=tuple(one for one in drills if one.tree.path in meant and one.tree.path.parent not in broken),
        questions=sum(entry.place.path in meant for pack in packs for entry in pack.entries),
        files=sum(path in meant for pack in packs for path in pack.trees),
        lessons=sum(entry.place.path in meant for pack in packs for entry in pack.lessons),
    )


def sound_questions(paths: Sequence[Path], shipped: Sequence[Path]) -> list[WrittenQuestion]:
    """The questions at `paths`, or of all `shipped` folders, that are sound by themselves. Raises UsageError as
    `check`."""
    meant = Meant(paths)
    packs = [read_pack(folder) for folder in meant.packs() or content_of(shipped)[0]]
    return [one for one in _written(packs) if one.tree.path in meant and not one.mended]


def _written(packs: Sequence[PackRead]) -> Iterator[WrittenQuestion]:
    for pack in packs:
        yield from written_questions(pack)


def _to_try(packs: Sequence[PackRead]) -> Iterator[WrittenQuestion]:
    """Without short questions whose pack file cannot be read: tests may fail for the synonyms that stand there."""
    for pack in packs:
        blind = any(file.path.name == PACK_FILE and not file.facts.whole for file in pack.files)
        yield from (one for one in written_questions(pack) if not (blind and isinstance(one.question, Short)))


def _trial_problems(written: Sequence[WrittenQuestion], say: Say) -> list[Problem]:
    found = try_all([one.question for one in written], say)
    problems = [one.problem(fault) for one, faults in zip(written, found, strict=True) for fault in faults]
    return [one for one in problems if one is not None]


def _clashes(packs: Sequence[PackRead], others: Known, loaded: Collection[Path]) -> list[Problem]:
    """Ids of others in packs that the app loads beside them, or may be told to; a copy that lies elsewhere, under the
    same name, may have the same."""
    names = {folder.name for folder in loaded}
    beside = [pack for pack in packs if real(pack.folder) in loaded or pack.name not in names]
    facts = [facts for pack in beside for facts in pack.facts.files]
    written = [each for one in facts for each in one.written if each.id in others.places]
    return [used_twice(each.id, each.place, others.places[each.id]) for each in written]
