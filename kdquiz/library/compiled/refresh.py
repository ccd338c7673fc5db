"""Bring the tables up to date with the content folders: read what changed, and that alone.

Imports the other parts of the compiled library; `read`, with YAML and pydantic, only where a file has to be parsed.
Goes in: a connection, the packs there are. Comes out: tables that say what the folders say.
"""

import os
import sqlite3
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kdquiz.library.compiled import stamps, tables
from kdquiz.library.compiled.tables import PLACES_A_UNIT, Unit
from kdquiz.library.folders import files_of, real
from kdquiz.library.problems import Problem, in_order, on_one_line

if TYPE_CHECKING:
    from kdquiz.library.facts import Facts
    from kdquiz.library.read import FileRead

FILES_AT_ONCE = 20
"""How many files are parsed and written at a time."""
SORTED_IDS = "sorted ids"
"""The name under which `meta` has the ids of all questions that may be used, in the order of the alphabet."""
SETTLED = "settled for"
"""In `meta`: the packs that the reading order and the problems between files were worked out for."""
Say = Callable[[int, int], None]
"""Told how many of the files to be parsed were parsed, and how many there are."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pack that is not in the library, and the first of its problems."""

    pack: str
    first: Problem


def refresh(connection: sqlite3.Connection, packs: Sequence[Path], say: Say) -> None:
    """Make the tables say what these packs say now, in this order. Writes nothing where nothing changed.

    Many files are written some at a time, so that nobody waits long for the lock and not all of them are in memory;
    until the last of them the tables say that they are unsettled, and whoever opens them then goes on from there.
    Raises sqlite3.DatabaseError where the tables cannot be read or written.
    """
    units, blind = _listed(packs)
    packs = [_as_text(folder) for folder in packs]
    stored = {
        path: (stamp, digest) for path, stamp, digest in connection.execute("SELECT path, stamp, digest FROM unit")
    }
    now = {str(unit.path): unit for unit in units}
    suspects = [unit for path, unit in now.items() if stored.get(path, ("",))[0] != unit.stamp or not unit.stamp]
    order = "\n".join(map(str, packs))
    settled = is_settled(connection, packs) and stored.keys() <= now.keys()
    if settled and not suspects:
        return
    digests = {unit: stamps.digest([unit.stamp.encode()]) if unit.path in blind else stamps.digest_of(unit.path)
               for unit in suspects}  # fmt: skip
    same = [unit for unit, digest in digests.items() if stored.get(str(unit.path), ("", b""))[1] == digest]
    changed = [unit for unit in suspects if unit not in set(same)]
    for first in range(0, max(1, len(changed)), FILES_AT_ONCE):
        say(first, len(changed))
        batch = changed[first : first + FILES_AT_ONCE]
        reads = [(unit, digests[unit], _read(unit.path, blind)) for unit in batch]
        with _writing(connection):
            if first == 0:
                _note_stamps(connection, {unit: digests[unit] for unit in same})
                _remove_all_but(connection, now)
            for unit, digest, read in reads:
                if _digest(connection, unit) == digest:  # another app was faster
                    _note_stamps(connection, {unit: digest})
                else:
                    tables.remove(connection, str(unit.path))
                    tables.insert(connection, unit, digest, read)
            if first + FILES_AT_ONCE < len(changed):
                _set_meta(connection, SETTLED, "")
            elif changed or not settled:
                _settle(connection, packs)
                _set_meta(connection, SETTLED, order)
    say(len(changed), len(changed))


def is_settled(connection: sqlite3.Connection, packs: Sequence[Path]) -> bool:
    """Whether the tables are whole for these packs; not while another app is in the middle of bringing them up to date.

    Raises sqlite3.DatabaseError.
    """
    return _meta(connection, SETTLED) == "\n".join(str(_as_text(folder)) for folder in packs)


def _digest(connection: sqlite3.Connection, unit: Unit) -> bytes | None:
    row = connection.execute("SELECT digest FROM unit WHERE path = ?", (str(unit.path),)).fetchone()
    return row[0] if row else None


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _note_stamps(connection: sqlite3.Connection, digests: Mapping[Unit, bytes]) -> None:
    """These were touched, and hold the same bytes; unless another app has put in other bytes meanwhile."""
    rows = [(unit.stamp, str(unit.path), digest) for unit, digest in digests.items()]
    connection.executemany("UPDATE unit SET stamp = ? WHERE path = ? AND digest = ?", rows)


def _remove_all_but(connection: sqlite3.Connection, now: Container[str]) -> None:
    """Take out the files that are gone; looked up anew, since another app may have written meanwhile."""
    for (path,) in connection.execute("SELECT path FROM unit").fetchall():
        if path not in now:
            tables.remove(connection, path)


def left_out(connection: sqlite3.Connection) -> tuple[LeftOut, ...]:
    """The packs that are not in the library. Raises sqlite3.DatabaseError."""
    found: tuple[LeftOut, ...] = tables.decode(tuple[LeftOut, ...], _meta(connection, "left out") or "[]")
    return found


def problems(connection: sqlite3.Connection) -> tuple[Problem, ...]:
    """Every problem of the content, in order. Raises sqlite3.DatabaseError."""
    found: tuple[Problem, ...] = tables.decode(tuple[Problem, ...], _meta(connection, "problems") or "[]")
    return found


def _listed(packs: Sequence[Path]) -> tuple[list[Unit], dict[Path, "Facts"]]:
    """Every content file with its stamp; a folder that cannot be looked into is a unit of its own, with its facts, and
    so is a file or folder whose name cannot be written down."""
    units: list[Unit] = []
    blind: dict[Path, Facts] = {}
    for folder in packs:
        named = _as_text(folder)
        found, absent = files_of(folder) if named == folder else ([], [_without_a_name(named)])
        told = {named: absent} if absent else {}
        told |= {text: [_without_a_name(text)] for path in found if (text := _as_text(path)) != path}
        readable = [path for path in found if _as_text(path) == path] if told else found
        name = _name(folder)
        units += [Unit(path=path, folder=named, pack=name, stamp=stamps.stamp_of(path)) for path in readable]
        units += [
            Unit(path=path, folder=named, pack=name, stamp="; ".join(map(str, why))) for path, why in told.items()
        ]
        blind |= {path: _blind(why) for path, why in told.items()}
    return units, blind


def _blind(problems: Sequence[Problem]) -> "Facts":
    from kdquiz.library.facts import Facts

    return Facts(problems=tuple(problems), whole=False)


def _as_text(path: Path) -> Path:
    """The path as it can be written down: what is no UTF-8 in it as `\\xff`."""
    text = str(path)
    if text.isascii():
        return path
    written = os.fsencode(text).decode("utf-8", "backslashreplace")
    return path if written == text else Path(written)


def _name(folder: Path) -> str:
    """What a pack is called on a terminal, which would obey an escape in the name of a folder."""
    return on_one_line(_as_text(real(folder)).name)


def _without_a_name(written: Path) -> Problem:
    from kdquiz.library.source import nameless  # brings YAML

    return nameless(written)


def _read(path: Path, blind: dict[Path, "Facts"]) -> "FileRead":
    from kdquiz.library.read import FileRead, read_content  # brings pydantic and YAML

    return FileRead(path=path, facts=blind[path]) if path in blind else read_content(path)


def _settle(connection: sqlite3.Connection, packs: Sequence[Path]) -> None:
    """What concerns all files: the problems between them, which packs are left out, the reading order."""
    from kdquiz.library.cross import cross_problems  # only where something changed
    from kdquiz.library.facts import PackFacts

    rows = connection.execute("SELECT number, folder, facts, rank FROM unit ORDER BY path").fetchall()
    held: dict[str, list[tuple[int, int | None, Facts]]] = {str(folder): [] for folder in packs}
    names = {str(folder): _name(folder) for folder in packs}
    for number, folder, data, rank in rows:
        if folder in held:  # else another app has just found one more pack, and settles it
            held[folder].append((number, rank, tables.facts_from(data)))
    packs_facts = {folder: PackFacts(names[folder], [facts for *_, facts in units]) for folder, units in held.items()}
    told = in_order(
        [
            *(one for pack in packs_facts.values() for facts in pack.files for one in facts.problems),
            *cross_problems(list(packs_facts.values())),
        ]
    )
    first = {folder: next((one for one in told if _within(one, Path(folder))), None) for folder in held}
    _set_meta(connection, "problems", tables.encode(told).decode())
    out = tuple(LeftOut(names[folder], problem) for folder, problem in first.items() if problem)
    _set_meta(connection, "left out", tables.encode(out).decode())
    _rank(connection, [units for folder, units in held.items() if not first[folder]])
    for folder, units in held.items():
        if first[folder]:
            for number, rank, _ in units:
                _place(connection, number, rank, None)
    texts = connection.execute("SELECT ids FROM unit WHERE rank IS NOT NULL").fetchall()
    _set_meta(connection, SORTED_IDS, " ".join(sorted(name for (text,) in texts for name in text.split())))


def _within(problem: Problem, folder: Path) -> bool:
    return folder in (problem.place.path, *problem.place.path.parents)


def _rank(connection: sqlite3.Connection, packs: Sequence[Sequence[tuple[int, int | None, "Facts"]]]) -> None:
    """Number the units in reading order: packs as given, topics along the pack's path, then by name."""
    rank = 0
    for units in packs:
        path = next((facts.path for *_, facts in units if facts.path), ())
        along = {topic: place for place, topic in enumerate(path)}
        last = len(along)
        for number, before, _ in sorted(
            units, key=lambda unit: along.get(unit[2].topic.id, last) if unit[2].topic else last
        ):
            _place(connection, number, before, rank)
            rank += 1


def _place(connection: sqlite3.Connection, unit: int, before: int | None, rank: int | None) -> None:
    """Give what stands in a unit its places, or none where its pack is left out."""
    if rank == before:
        return  # also what was just inserted and is left out
    connection.execute("UPDATE unit SET rank = ? WHERE number = ?", (rank, unit))
    start = None if rank is None else rank * PLACES_A_UNIT
    connection.execute("UPDATE question SET place = ? + within WHERE unit = ?", (start, unit))
    connection.execute("UPDATE drill SET place = ? WHERE unit = ?", (start, unit))
    connection.execute("UPDATE lesson SET place = ? WHERE unit = ?", (start, unit))


def _meta(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else None


def _set_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
