"""A broken question or drill, mended as far as nothing that is checked hangs on it, so that what else is wrong with it
is told in the same run: what is unknown is left out, what is missing gets a stand-in, entries of lists that cannot be
read are left aside.

Goes in: the value as it stands in a tree, and its problems. Comes out: a value to be read once more, and what was done.
Pure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kdquiz.library.problems import Key, Problem, dotted


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """`keys` were replaced or left out: what is wrong there is told already. `kept` are, of lists of which entries were
    left aside, the positions in the file of those that are left."""

    data: Mapping[str, Any]
    keys: frozenset[str] = frozenset()
    kept: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def in_file(self, key: Key) -> Key | None:
        """The way in the file to what stands at `key` in the mended value; None where it was mended."""
        if not key:
            return key
        word = str(key[0])
        if word in self.kept:  # of the whole list nothing is known: what it seems to lack may be what was left aside
            return (word, self.kept[word][int(key[1])], *key[2:]) if len(key) > 1 else None
        return None if word in self.keys else key


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How values of a class are mended: the keys that there are, stand-ins for those that no check looks at, keys that
    may be left out, lists whose broken entries may."""

    known: Collection[str]
    stand_ins: Mapping[str, Any]
    optional: Collection[str]
    lists: Collection[str]


def mend(data: Mapping[str, Any], problems: Sequence[Problem], at: Key, way: Way) -> Mended | None:
    """The value at `at` with what these problems are about mended; None where something is broken that matters."""
    mended = {word: value for word, value in data.items() if word in way.known}
    start = f"{dotted(at)}." if at else ""
    steps = [one.key.removeprefix(start).split(".") for one in problems]
    wrong = frozenset(word for word, *_ in steps if word in way.known)
    kept: dict[str, tuple[int, ...]] = {}
    if any(word not in way.known for word, *_ in steps):  # perhaps one that is needed, misspelt: it is not told twice
        absent = frozenset(word for word in way.stand_ins if word in way.known and word not in data)
        mended |= {word: way.stand_ins[word] for word in absent}
        wrong |= absent
    for word in wrong:
        listed = data.get(word)
        if word in way.stand_ins:
            mended[word] = way.stand_ins[word]
        elif word in way.optional:
            mended.pop(word, None)
        elif word in way.lists and isinstance(listed, list):
            broken = {within[0] for first, *within in steps if first == word and within}
            kept[word] = tuple(place for place in range(len(listed)) if str(place) not in broken)
            mended[word] = [listed[place] for place in kept[word]]
        else:
            return None
    return Mended(data=mended, keys=wrong, kept=kept)
