"""The library of some folders: every sound pack, and every problem. A broken pack never stops the others.

Imports the compiled library. Goes in: content folders, and where the compiled file may be kept. Comes out: `Loaded`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kdquiz.library.compiled.opening import Compiled, file_name
from kdquiz.library.compiled.refresh import LeftOut, Say
from kdquiz.library.folders import WHAT_A_PACK_IS, distinct, is_folder, packs_in
from kdquiz.library.library import Library
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem, in_order, on_one_line


@dataclass(frozen=True, slots=True)
class Loaded:
    """A library, every problem of its content, and the packs that were left out for theirs."""

    library: Library
    problems: tuple[Problem, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def _silent(done: int, total: int) -> None:
    """Nobody waits who has to be told."""


def load_library(folders: Iterable[Path], keep_in: Path | None = None, say: Say = _silent) -> Loaded:
    """Open the library of all packs of these content folders.

    What was parsed is kept in a file in the folder `keep_in` (None: in memory alone), and only what changed since is
    parsed again; `say` is told how far that is.
    """
    named = tuple(folders)
    packs, absent = content_of(named)
    compiled = Compiled(packs, keep_in / file_name(named) if keep_in else None, say)
    problems, left_out = compiled.told()
    return Loaded(
        Library(compiled),
        in_order([*absent, *problems]),
        (*(LeftOut(on_one_line(str(problem.place.path)), problem) for problem in absent), *left_out),
    )


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
