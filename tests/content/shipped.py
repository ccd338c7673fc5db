"""What the shipped packs hold, read file by file: questions, drills, and what their fact base lists.

Reads the files and not the compiled library, so that one broken file does not hide the others from those who count.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from kdquiz.library.drill import Drill
from kdquiz.library.fact_base import Claim
from kdquiz.library.folders import packs_in, shipped_content
from kdquiz.library.model import Entry
from kdquiz.library.read import PackRead, read_pack


@cache
def packs(content: Path | None = None) -> tuple[PackRead, ...]:
    """The packs of a content folder, of the shipped one if none is given; read once."""
    return tuple(read_pack(folder) for folder in packs_in(content or shipped_content()))


def entries(of: Sequence[PackRead]) -> list[Entry]:
    """Every sound question, in reading order."""
    return [entry for pack in of for entry in pack.entries]


def drills(of: Sequence[PackRead]) -> list[Drill]:
    """Every sound drill, by name."""
    return [entry.drill for pack in of for entry in pack.drills]


def claims(of: Sequence[PackRead]) -> Iterator[Claim]:
    """Everything that the fact bases list, in their order."""
    return (claim for pack in of for file in pack.files if file.of_pack for claim in file.of_pack.claims)
