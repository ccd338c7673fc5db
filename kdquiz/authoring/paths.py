"""What the paths of a `kdquiz check` mean: which packs have to be read, and which of their files the author asks about.

Imports `library.folders`. Goes in: paths as typed. Comes out: folders, and an answer for each file.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from kdquiz.errors import UsageError
from kdquiz.library.folders import (
    DRILL_FILE,
    HARNESS_FILE,
    PYTHON_FILES,
    WHAT_A_PACK_IS,
    distinct,
    is_lesson_file,
    pack_of,
    packs_in,
    real,
)


class Meant:
    """Files, drill folders, packs or folders of packs; no path at all means everything."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._known: dict[Path, bool] = {}

    def __bool__(self) -> bool:
        return bool(self._paths)

    def packs(self) -> tuple[Path, ...]:
        """The packs that the paths are, lie in, or hold.

        Raises UsageError for a path that does not exist or holds no content.
        """
        return distinct(folder for path in self._paths for folder in _packs_at(path))

    def __contains__(self, path: Path) -> bool:
        """Whether a file is meant: by itself, by a folder above it, or as one of the files of the same drill."""
        if not self._paths:
            return True
        if path not in self._known:
            places = (path.absolute(), real(path))
            self._known[path] = any(whole == one or whole in one.parents for whole in self._wholes for one in places)
        return self._known[path]

    @cached_property
    def _wholes(self) -> tuple[Path, ...]:
        return tuple(_wholes(self._paths))


def _wholes(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        of_drill = path.is_file() and path.name in (DRILL_FILE, *PYTHON_FILES, HARNESS_FILE)
        whole = path.parent if of_drill else path
        yield from (whole.absolute(), real(whole))


def _packs_at(path: Path) -> tuple[Path, ...]:
    try:
        path.stat()
    except FileNotFoundError as error:
        hint = "Name a YAML file, a drill's folder, a pack, or a folder of packs."
        raise UsageError(f"there is no {path}", hint) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    named = path.suffix == ".yaml" or path.name in (*PYTHON_FILES, HARNESS_FILE) or is_lesson_file(path.absolute())
    if path.is_file() and not named:
        hint = (
            "A topic file ends in `.yaml`; a drill has drill.yaml, starter.py and reference.py; a lesson ends in `.md`."
        )
        raise UsageError(f"{path} is no content", hint)
    inside = pack_of(path)
    if not path.is_dir() or inside != path:
        return (inside,)
    found = packs_in(path)
    if not found:
        raise UsageError(f"{path} holds no content", WHAT_A_PACK_IS)
    return found
