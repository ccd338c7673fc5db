"""Where packs are: the shipped content, the folders of `KDQUIZ_CONTENT`, and what in a folder is a pack.

A pack is a folder with topic files (`*.yaml`) or a folder `drills/` in it; a content folder holds packs, or is one.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

PACK_FILE = "pack.yaml"
DRILL_FILE = "drill.yaml"


def shipped_content() -> Path:
    """The packs that come with kdquiz: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


def content_folders(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """The shipped content, then each folder that `KDQUIZ_CONTENT` names."""
    added = environment.get("KDQUIZ_CONTENT", "")
    return (shipped_content(), *(Path(part).expanduser() for part in added.split(os.pathsep) if part))


def is_pack(folder: Path) -> bool:
    """Whether topic files or drills stand directly in the folder."""
    return (folder / "drills").is_dir() or any(folder.glob("*.yaml"))


def packs_in(folder: Path) -> tuple[Path, ...]:
    """The packs of a content folder, by name: the folder itself if it is one, else its subfolders that are."""
    if is_pack(folder):
        return (folder,)
    return tuple(sorted(sub for sub in folder.iterdir() if sub.is_dir() and is_pack(sub)))


def topic_files(pack: Path) -> tuple[Path, ...]:
    """The topic files of a pack, by name."""
    return tuple(sorted(path for path in pack.glob("*.yaml") if path.name != PACK_FILE))


def drill_files(pack: Path) -> tuple[Path, ...]:
    """The `drill.yaml` of every drill of a pack, by name; a folder under `drills/` without one is listed too."""
    drills = pack / "drills"
    if not drills.is_dir():
        return ()
    return tuple(sorted(sub / DRILL_FILE for sub in drills.iterdir() if sub.is_dir() and not sub.name.startswith("_")))


def pack_of(path: Path) -> Path:
    """The pack that a content file or drill folder belongs to: of `p/drills/d/drill.yaml` and `p/topic.yaml` it is
    `p`."""
    folder = path if path.is_dir() else path.parent
    for parent in (folder, *folder.parents):
        if parent.name == "drills":
            return parent.parent
    return folder


def distinct(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Each once, by its real location, in order."""
    return tuple({path.resolve(): path for path in paths}.values())
