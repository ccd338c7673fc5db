"""Where packs are: the shipped content, the folders of `KDQUIZ_CONTENT`, and what in a folder is a pack.

A pack is a folder with topic files (`*.yaml`) or a folder `drills/` in it; a content folder holds packs, or is one.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from kdquiz.library.model import Place
from kdquiz.library.problems import Problem

PACK_FILE = "pack.yaml"
SOURCES_FILE, FACTS_FILE = "sources.yaml", "facts.yaml"
"""The works that a pack cites, and what there is to be asked; a pack may have neither."""
OF_THE_PACK = frozenset((PACK_FILE, SOURCES_FILE, FACTS_FILE))
"""YAML files in a pack's folder that are no topics."""
DRILL_FILE = "drill.yaml"
PYTHON_FILES = ("starter.py", "reference.py")
"""What stands beside the `drill.yaml` of a drill."""
HARNESS_FILE = "harness.py"
"""What may stand there besides: how a drill that is more than a pure function is called, and what is looked at."""
DRILLS = "drills"
LESSONS = "lessons"
WHAT_A_PACK_IS = "A pack is a folder with topic files (*.yaml) or a folder drills/."


def shipped_content() -> Path:
    """The packs that come with kdquiz: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def content_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The shipped content, then each folder that `KDQUIZ_CONTENT` names."""
    added = environment.get("KDQUIZ_CONTENT", "")
    return (shipped_content(), *(_expanded(part) for part in added.split(os.pathsep) if part))


def _expanded(name: str) -> Path:
    try:
        return Path(name).expanduser()
    except RuntimeError:  # `~somebody` who is not known here: the name of a folder like any other
        return Path(name)


def is_pack(folder: Path) -> bool:
    """Whether topic files or drills stand directly in the folder.

    One that cannot be looked into may be a pack: reading it tells what is wrong.
    """
    try:
        return (folder / DRILLS).is_dir() or bool(_yaml_files(folder))
    except OSError:
        return True


def is_folder(path: Path) -> bool:
    """Whether it is a folder, as far as one can look."""
    try:
        return path.is_dir()
    except OSError:
        return False


def packs_in(folder: Path) -> tuple[Path, ...]:
    """The packs of a content folder, by name: the folder itself if it is one, else its subfolders that are."""
    try:
        if is_pack(folder):
            return (folder,)
        return tuple(sorted(sub for sub in folder.iterdir() if not _is_hidden(sub) and sub.is_dir() and is_pack(sub)))
    except OSError:
        return (folder,)


def files_of(pack: Path) -> tuple[list[Path], list[Problem]]:
    """What is read of a pack: `pack.yaml`, `sources.yaml`, `facts.yaml`, its topic files, its drills, its lessons; and
    why a part of it cannot be looked into."""
    found: list[Path] = []
    try:
        listed = _yaml_files(pack)
        found += [path for path in (pack / PACK_FILE,) if path.exists()]
        found += [path for path in listed if path.name in (SOURCES_FILE, FACTS_FILE)]
        found += [path for path in listed if path.name not in OF_THE_PACK]
        found += drill_files(pack)
        found += lesson_files(pack)
    except OSError as error:
        return found, [unreadable(error, pack)]
    return found, []


def unreadable(error: OSError, path: Path) -> Problem:
    """The problem of a file or folder that the system does not let us read."""
    return Problem(Place(Path(error.filename or path)), f"cannot be read: {error.strerror or error}")


def drill_files(pack: Path) -> tuple[Path, ...]:
    """The `drill.yaml` of every drill of a pack, by name; a folder under `drills/` without one is listed too.

    Raises OSError where a folder cannot be read.
    """
    drills = pack / DRILLS
    if not drills.is_dir():
        return ()
    return tuple(sorted(sub / DRILL_FILE for sub in drills.iterdir() if not _is_hidden(sub) and sub.is_dir()))


def lesson_files(pack: Path) -> tuple[Path, ...]:
    """The pages of a pack, by name. Raises OSError where the folder cannot be read."""
    lessons = pack / LESSONS
    if not lessons.is_dir():
        return ()
    return tuple(sorted(path for path in lessons.iterdir() if path.suffix == ".md" and not _is_hidden(path)))


def is_lesson_file(path: Path) -> bool:
    """Whether it is a page of a pack."""
    return path.suffix == ".md" and path.parent.name == LESSONS


def is_drill_file(path: Path) -> bool:
    """Whether it is the `drill.yaml` of a drill; a topic file may have the same name."""
    return path.name == DRILL_FILE and path.parent.parent.name == DRILLS


def unread_files(pack: Path) -> tuple[Path, ...]:
    """What looks like content in a pack's folder, and is not read: packs within it, and files that end in `.yml`."""
    found = [path for path in pack.iterdir() if not _is_hidden(path) and path.name != DRILLS]
    return tuple(sorted(path for path in found if (is_pack(path) if path.is_dir() else _nearly_yaml(path))))


def _yaml_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files of a folder, by name, without those that editors and systems hide there."""
    return tuple(sorted(path for path in folder.iterdir() if path.suffix == ".yaml" and not path.name.startswith(".")))


def _nearly_yaml(path: Path) -> bool:
    return path.suffix.lower() in (".yml", ".yaml") and path.suffix != ".yaml"


def _is_hidden(path: Path) -> bool:
    return path.name.startswith((".", "_"))


def pack_of(path: Path) -> Path:
    """The pack that a content file or drill folder belongs to: of `p/drills/d/drill.yaml`, `p/lessons/l.md` and
    `p/topic.yaml` it is `p`."""
    folder = path if path.is_dir() else path.parent
    whole = Path(os.path.normpath(folder.absolute()))
    if whole.name in (DRILLS, LESSONS) and not _yaml_files(folder):
        above = 1
    elif whole.parent.name == DRILLS and {file.name for file in _yaml_files(folder)} <= {DRILL_FILE}:
        above = 2
    else:
        return folder
    written_out = len(folder.parts) >= above and ".." not in folder.parts
    return (folder if written_out else whole).parents[above - 1]


def real(path: Path) -> Path:
    """Where a path leads, links followed; a link that leads to itself stays where it is."""
    return Path(os.path.realpath(path))


def distinct(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Each once, by its real location, in order."""
    return tuple({real(path): path for path in paths}.values())
