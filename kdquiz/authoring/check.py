"""The problems of the content at some paths: of its form, of what it refers to, and of its quality."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kdquiz.authoring.quality import quality_problems
from kdquiz.errors import UsageError
from kdquiz.library.drill import Drill
from kdquiz.library.folders import distinct, is_pack, pack_of, packs_in
from kdquiz.library.load import assemble, cross_problems
from kdquiz.library.problems import Problem, in_order
from kdquiz.library.read import read_pack
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


def check(paths: Sequence[Path], shipped: Sequence[Path]) -> Checked:
    """Check the content at `paths`: files, drill folders, packs, or folders of packs.

    References may name questions of the `shipped` folders besides. Raises UsageError for a path that does not exist
    or holds no content.
    """
    folders = distinct(folder for path in paths for folder in _packs_at(path))
    packs = [read_pack(folder) for folder in folders]
    own = {folder.resolve() for folder in folders}
    others = [
        read_pack(pack) for root in shipped if root.is_dir() for pack in packs_in(root) if pack.resolve() not in own
    ]
    problems = [one for pack in packs for one in pack.problems]
    problems += cross_problems(packs, assemble(others))
    problems += quality_problems(packs)
    meant = [one for one in in_order(problems) if _under(one.place.path, paths)]
    broken = {one.place.path.resolve().parent for one in meant}
    drills = tuple(
        WrittenDrill(entry.drill, pack.keys[entry.drill.id][0])
        for pack in packs
        for entry in pack.drills
        if _under(entry.place.path, paths) and entry.place.path.resolve().parent not in broken
    )
    return Checked(
        problems=tuple(meant),
        drills=drills,
        questions=sum(_under(entry.place.path, paths) for pack in packs for entry in pack.entries),
        files=sum(_under(path, paths) for pack in packs for path in pack.trees),
    )


def _packs_at(path: Path) -> tuple[Path, ...]:
    if not path.exists():
        raise UsageError(f"there is no {path}", "Name a YAML file, a drill's folder, a pack, or a folder of packs.")
    inside = pack_of(path)
    if path.is_file() or inside != path:
        return (inside,)
    found = (path,) if is_pack(path) else packs_in(path)
    if not found:
        raise UsageError(
            f"{path} holds no content", "A pack is a folder with topic files (*.yaml) or a folder drills/."
        )
    return found


def _under(path: Path, paths: Sequence[Path]) -> bool:
    """Whether one of the paths means a file: the file itself, a folder above it, or a file of the same drill."""
    real = path.resolve()
    for meant in (one.resolve() for one in paths):
        if meant.is_file() and meant.name in ("drill.yaml", "starter.py", "reference.py"):
            meant = meant.parent
        if meant == real or meant in real.parents:
            return True
    return False
