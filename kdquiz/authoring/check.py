"""The problems of the content at some paths: of its form, of what it refers to, and of its quality."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kdquiz.authoring.quality import quality_problems
from kdquiz.errors import UsageError
from kdquiz.library.drill import Drill
from kdquiz.library.folders import DRILL_FILE, WHAT_A_PACK_IS, distinct, pack_of, packs_in, real
from kdquiz.library.load import assemble, content_of, cross_problems, used_twice
from kdquiz.library.model import Library
from kdquiz.library.problems import Problem, in_order
from kdquiz.library.read import PackRead, read_pack
from kdquiz.library.source import Tree

DRILL_FILES = ("starter.py", "reference.py")


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


def check(paths: Sequence[Path], shipped: Sequence[Path]) -> Checked:
    """Check the content at `paths` (files, drill folders, packs, folders of packs); where there is none, `shipped`.

    References may name questions of the `shipped` folders besides. Raises UsageError for a path that does not exist
    or holds no content.
    """
    loaded, absent = content_of(shipped)
    folders = distinct(folder for path in paths for folder in _packs_at(path)) if paths else loaded
    packs = [read_pack(folder) for folder in folders]
    own = {real(folder) for folder in folders}
    others = assemble([read_pack(folder) for folder in loaded if real(folder) not in own])
    problems = [one for pack in packs for one in pack.problems]
    problems += cross_problems(packs, others)
    problems += _clashes(packs, others, {real(folder) for folder in loaded})
    problems += quality_problems(packs)
    if paths:
        problems = [one for one in problems if _under(one.place.path, paths)]
    else:
        problems += absent
    broken = {one.place.path.parent for one in problems}
    drills = [(entry, pack) for pack in packs for entry in pack.drills if _meant(entry.place.path, paths)]
    return Checked(
        problems=in_order(problems),
        drills=tuple(
            WrittenDrill(entry.drill, pack.keys[entry.place][0])
            for entry, pack in drills
            if entry.place.path.parent not in broken
        ),
        questions=sum(_meant(entry.place.path, paths) for pack in packs for entry in pack.entries),
        files=sum(_meant(path, paths) for pack in packs for path in pack.trees),
    )


def _packs_at(path: Path) -> tuple[Path, ...]:
    try:
        path.stat()
    except FileNotFoundError as error:
        hint = "Name a YAML file, a drill's folder, a pack, or a folder of packs."
        raise UsageError(f"there is no {path}", hint) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if path.is_file() and path.suffix != ".yaml" and path.name not in DRILL_FILES:
        hint = "A topic file ends in `.yaml`; a drill has drill.yaml, starter.py and reference.py."
        raise UsageError(f"{path} is no content", hint)
    inside = pack_of(path)
    if not path.is_dir() or inside != path:
        return (inside,)
    found = packs_in(path)
    if not found:
        raise UsageError(f"{path} holds no content", WHAT_A_PACK_IS)
    return found


def _clashes(packs: Sequence[PackRead], others: Library, loaded: Collection[Path]) -> list[Problem]:
    """Ids of others in packs that the app loads beside them; a copy that lies elsewhere may have the same."""
    first = {name: entry.place for name, entry in others.entries.items()}
    first |= {name: entry.place for name, entry in others.drills.items()}
    written = [each for pack in packs if real(pack.folder) in loaded for each in pack.written]
    return [used_twice(name, place, first[name]) for name, place in written if name in first]


def _meant(path: Path, paths: Sequence[Path]) -> bool:
    return not paths or _under(path, paths)


def _under(path: Path, paths: Sequence[Path]) -> bool:
    """Whether one of the paths means a file: the file itself, a folder above it, or a file of the same drill."""
    places = (path.absolute(), real(path))
    for meant in paths:
        if meant.is_file() and meant.name in (DRILL_FILE, *DRILL_FILES):
            meant = meant.parent
        for whole in (meant.absolute(), real(meant)):
            if any(whole == place or whole in place.parents for place in places):
                return True
    return False
