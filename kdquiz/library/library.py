"""The library: all sound content, looked up piece by piece, so that a hundred thousand questions cost no more at start
than a hundred.

Reading order is: packs by name, topics along the pack's path, questions as written. Imports the compiled library. Goes
in: an open `Compiled`. Comes out: questions, drills and topics by id, lists of rows, questions found by their words.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kdquiz.library.compiled import tables
from kdquiz.library.compiled.opening import Compiled
from kdquiz.library.compiled.refresh import SORTED_IDS
from kdquiz.library.filter import EVERYTHING, MARKS, Filter, Hit, Link, Row
from kdquiz.library.folders import PACK_FILE, SOURCES_FILE
from kdquiz.library.model import DrillEntry, Entry, Place, Topic

if TYPE_CHECKING:
    from kdquiz.library.lesson import LessonEntry
    from kdquiz.library.works import Work

AT_ONCE = 200
"""How many rows are fetched at a time where somebody reads until they have enough."""
HITS = 500
"""How many questions a search finds at most: nobody reads more."""
MOST_WORDS = 64
"""How many different words are searched for: of a text pasted by mistake the first, rather than for seconds."""
_ROW = "place, question.id, pack, question.topic, kind, level, question.title, needs, follow_ups"
Column = Literal["topic", "kind", "level"]
_WORD = re.compile(r"\w+")
_POWERS = {"^2": "²", "**2": "²", "^3": "³", "**3": "³"}


class Library:
    """All sound content of some folders."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._works: dict[Path, tuple[Work, ...]] = {}

    def close(self) -> None:
        """Let go of the compiled library's file."""
        self._compiled.close()

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every question by its id, in reading order; each is looked up when it is asked for."""
        return _Entries(self._compiled)

    @cached_property
    def drills(self) -> Mapping[str, DrillEntry]:
        """Every drill by its id, in reading order."""
        query = (
            'SELECT drill.id, pack, path, line, "column", data, checksum FROM drill JOIN unit ON unit.number = unit '
            "WHERE place IS NOT NULL ORDER BY place"
        )
        return self._compiled.look(lambda: {row[0]: _drill(*row) for row in self._compiled.read(query)})

    @cached_property
    def lessons(self) -> "Mapping[str, LessonEntry]":
        """Every page by its id, along the path of topics, within a topic each followed by its `then`."""
        from kdquiz.library.lesson import in_order  # a quiz alone never needs it

        query = (
            'SELECT lesson.id, pack, path, line, "column", data, checksum FROM lesson JOIN unit ON unit.number = unit '
            "WHERE place IS NOT NULL ORDER BY place"
        )
        found = self._compiled.look(lambda: [_lesson(*row) for row in self._compiled.read(query)])
        there = [entry for each in found if (entry := self._as_far_as_there(each, {one.lesson.id for one in found}))]
        return {entry.lesson.id: entry for entry in in_order(there, list(self.topics))}

    def _as_far_as_there(self, entry: "LessonEntry", pages: Collection[str]) -> "LessonEntry | None":
        """A page without what stands in another pack that is left out; None where nothing remains to be asked."""
        lesson = entry.lesson
        questions = tuple(one for one in lesson.questions if one in self.entries)
        if lesson.topic not in self.topics or not questions:
            return None
        drill = lesson.drill if lesson.drill in self.drills else None
        then = lesson.then if lesson.then in pages else None
        return replace(entry, lesson=replace(lesson, questions=questions, drill=drill, then=then))

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by its id, in reading order."""
        query = "SELECT topic, title FROM unit WHERE rank IS NOT NULL AND topic IS NOT NULL ORDER BY rank"
        return {name: Topic(id=name, title=title) for name, title in self._compiled.read(query)}

    def works(self, entry: Entry | DrillEntry) -> "tuple[Work, ...]":
        """The works that the source of a question or drill names, in its order, as far as its pack lists them."""
        from kdquiz.library.works import works_cited  # only where an answer is shown

        file = entry.place.path
        source, pack = (
            (entry.question.source, file.parent) if isinstance(entry, Entry) else (entry.drill.source, file.parents[2])
        )
        if pack not in self._works:
            query, path = "SELECT facts FROM unit WHERE path = ? AND rank IS NOT NULL", str(pack / SOURCES_FILE)
            found = self._compiled.look(
                lambda: [tables.facts_from(data) for (data,) in self._compiled.read(query, path)]
            )
            self._works[pack] = tuple(work for facts in found for work in facts.works)
        return works_cited(source or "", self._works[pack])

    def totals(self) -> Mapping[str, int]:
        """How many questions each topic has."""
        query = (
            "SELECT topic, sum(questions) FROM unit WHERE rank IS NOT NULL AND topic IS NOT NULL "
            "GROUP BY topic ORDER BY min(rank)"
        )
        return dict(self._compiled.read(query))

    def count(self, wanted: Filter = EVERYTHING) -> int:
        """How many questions are meant."""
        where, values = _where(wanted)
        ((number,),) = self._compiled.read(f"SELECT count(*) FROM question WHERE {where}", *values)
        return int(number)

    def counts(self, by: Column, wanted: Filter = EVERYTHING) -> Mapping[str, int]:
        """How many questions are meant for each value that a column has among them."""
        where, values = _where(wanted)
        return dict(self._compiled.read(f"SELECT {by}, count(*) FROM question WHERE {where} GROUP BY {by}", *values))

    def before(self, place: int, wanted: Filter = EVERYTHING) -> int:
        """How many of the questions meant stand before a place in reading order."""
        where, values = _where(wanted)
        ((number,),) = self._compiled.read(f"SELECT count(*) FROM question WHERE {where} AND place < ?", *values, place)
        return int(number)

    def ids(self, wanted: Filter = EVERYTHING) -> list[str]:
        """The ids of all questions meant, in reading order."""
        if wanted == EVERYTHING:  # each file has its ids in one text, which takes a fifth of the time of its rows
            texts = self._compiled.read("SELECT ids FROM unit WHERE rank IS NOT NULL AND questions ORDER BY rank")
            return " ".join(text for (text,) in texts).split()
        where, values = _where(wanted)
        found = self._compiled.read(f"SELECT id FROM question WHERE {where} ORDER BY place", *values)
        return [name for (name,) in found]

    def page(self, wanted: Filter = EVERYTHING, *, start: int = 0, count: int = AT_ONCE) -> list[Row]:
        """Some rows of those meant, from the one numbered `start` (from 0) in reading order."""
        where, values = _where(wanted)
        places = f"SELECT place FROM question WHERE {where} ORDER BY place LIMIT ? OFFSET ?"  # an index has all of it
        query = f"SELECT {_ROW} FROM question JOIN unit ON unit.number = unit WHERE place IN ({places}) ORDER BY place"
        return [_row(*row) for row in self._compiled.read(query, *values, count, start)]

    def rows(self, wanted: Filter = EVERYTHING) -> Iterator[Row]:
        """All rows meant, in reading order, fetched as they are asked for."""
        where, values = _where(wanted)
        query = (
            f"SELECT {_ROW} FROM question JOIN unit ON unit.number = unit WHERE {where} AND place > ? "
            "ORDER BY place LIMIT ?"
        )
        place = -1
        while found := self._compiled.read(query, *values, place, AT_ONCE):
            rows = [_row(*row) for row in found]
            yield from rows
            place = rows[-1].place

    def sorted_ids(self) -> list[str]:
        """All ids in the order of the alphabet, in which two long lists are compared at little cost."""
        found = self._compiled.read("SELECT value FROM meta WHERE name = ?", SORTED_IDS)
        return found[0][0].split() if found else []

    def links(self, ids: Collection[str], wanted: Filter = EVERYTHING) -> list[Link]:
        """Those of the questions meant that have one of these ids, in reading order, with what they are tied to."""
        only = frozenset(ids) if wanted.only is None else wanted.only.intersection(ids)
        where, values = _where(replace(wanted, only=only))
        query = f"SELECT place, id, topic, needs, follow_ups FROM question WHERE {where}"
        found = self._compiled.read(query, *values) if only else []
        return sorted(
            Link(place, name, topic, tuple(needs.split()), tuple(then.split()))
            for place, name, topic, needs, then in found
        )

    def drill_links(self, ids: Collection[str]) -> list[tuple[Link, str, int]]:
        """Those drills that have one of these ids, in reading order: each with its level and its minutes.

        Without reading what the drills hold besides.
        """
        query = (
            "SELECT place, id, json_extract(text, '$.topic'), json_extract(text, '$.level'), "
            "json_extract(text, '$.minutes') FROM (SELECT place, id, CAST(data AS TEXT) AS text FROM drill "
            "WHERE place IS NOT NULL AND id IN (SELECT value FROM json_each(?))) ORDER BY place"
        )
        there = {name for (name,) in self._compiled.read("SELECT id FROM drill WHERE place IS NOT NULL")}
        found = self._compiled.read(query, json.dumps(sorted(there.intersection(ids))))
        return [(Link(place, name, topic), level, minutes) for place, name, topic, level, minutes in found]

    def search(self, words: str, wanted: Filter = EVERYTHING, count: int = HITS) -> list[Hit]:
        """The questions meant in which all of the words stand, or words that begin as the last of them does.

        Inflection, case and accents do not matter. The best come first: those that hold the words in their id or title.
        No words find nothing.
        """
        query_words = _query(words)
        if not query_words:
            return []
        where, values = _where(wanted)
        query = (
            f"SELECT {_ROW}, highlight(search, 1, ?, ?) FROM search JOIN question ON question.number = search.rowid "
            f"JOIN unit ON unit.number = unit WHERE search MATCH ? AND {where} "
            "ORDER BY bm25(search, 6.0, 10.0, 1.0), place LIMIT ?"
        )
        found = self._compiled.read(query, *MARKS, query_words, *values, count)
        return [Hit(_row(*row), title) for *row, title in found]


class _Entries(Mapping[str, Entry]):
    """Questions by id, looked up one by one. One that is not there, though somebody has its id, may be damage."""

    QUERY = (
        "SELECT question.id, question.topic, kind, level, data, checksum, "
        'line, "column", pack, path, unit.title, folder '
        "FROM question JOIN unit ON unit.number = unit WHERE question.id = ? AND place IS NOT NULL"
    )

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._synonyms: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Entry:
        if not _is_text(key):
            raise KeyError(key)
        found = self._found(key) or (self._found(key) if self._compiled.mended() else None)
        if not found:
            raise KeyError(key)
        return found[0]

    def _found(self, key: str) -> list[Entry]:
        return self._compiled.look(lambda: [self._entry(*row) for row in self._compiled.read(self.QUERY, key)])

    def __contains__(self, key: object) -> bool:
        query = "SELECT 1 FROM question WHERE id = ? AND place IS NOT NULL"
        return isinstance(key, str) and _is_text(key) and bool(self._compiled.read(query, key))

    def __iter__(self) -> Iterator[str]:
        query = "SELECT id FROM question WHERE place IS NOT NULL ORDER BY place"
        return (name for (name,) in self._compiled.read(query))

    def __len__(self) -> int:
        ((number,),) = self._compiled.read("SELECT ifnull(sum(questions), 0) FROM unit WHERE rank IS NOT NULL")
        return int(number)

    def _entry(self, name: str, topic: str, kind: str, level: str, data: bytes, checksum: int, *where: Any) -> Entry:
        line, column, pack, path, title, folder = where
        tables.sealed(checksum, name, topic, kind, level, data)
        question = tables.question_from(kind, data).with_synonyms(self._synonyms_of(folder))
        return Entry(question, Topic(id=topic, title=title), pack, Place(Path(path), line, column))

    def _synonyms_of(self, folder: str) -> Any:
        if folder not in self._synonyms:
            query, path = "SELECT facts FROM unit WHERE path = ?", str(Path(folder) / PACK_FILE)
            facts = [tables.facts_from(data) for (data,) in self._compiled.read(query, path)]
            self._synonyms[folder] = next((one.synonyms for one in facts if one.synonyms), ())
        return self._synonyms[folder]


def _drill(name: str, pack: str, path: str, line: int, column: int, data: bytes, checksum: int) -> DrillEntry:
    from kdquiz.library.drill import Drill  # a quiz alone never needs it

    tables.sealed(checksum, name, data)
    return DrillEntry(Drill.from_data(json.loads(data)), pack, Place(Path(path), line, column))


def _lesson(name: str, pack: str, path: str, line: int, column: int, data: bytes, checksum: int) -> "LessonEntry":
    from kdquiz.library.lesson import Lesson, LessonEntry  # a quiz alone never needs it

    tables.sealed(checksum, name, data)
    return LessonEntry(lesson=tables.decode(Lesson, data), pack=pack, place=Place(Path(path), line, column))


def _is_text(key: str) -> bool:
    """Whether SQLite can be asked for it: what was typed on a command line may hold bytes that are no character."""
    try:
        return bool(key.encode())
    except UnicodeEncodeError:
        return False


def _row(
    place: int, name: str, pack: str, topic: str, kind: str, level: str, title: str, needs: str, follow_ups: str
) -> Row:
    return Row(place, name, pack, topic, kind, level, title, tuple(needs.split()), tuple(follow_ups.split()))


def _where(wanted: Filter) -> tuple[str, list[object]]:
    """The condition that SQL understands, and its values."""
    parts, values = ["place IS NOT NULL"], list[object]()
    for column, words in (("question.topic", wanted.topics), ("level", wanted.levels), ("kind", wanted.kinds)):
        if words:
            parts.append(f"{column} IN ({', '.join('?' * len(words))})")
            values += words
    for sign, ids in (("IN", wanted.only), ("NOT IN", wanted.without or None)):
        if ids is not None:
            parts.append(f"question.id {sign} (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(ids)))
    return " AND ".join(parts), values


def _query(words: str) -> str:
    """The words as FTS5 reads them, each once and in quotes; the last may go on."""
    for typed, meant in _POWERS.items():
        words = words.replace(typed, meant)
    *others, last = _WORD.findall(words) or [""]
    found = [*list(dict.fromkeys(others))[: MOST_WORDS - 1], last] if last else []
    return " ".join(f'"{word}"' for word in found) + ("*" if found and words[-1:].strip() else "")
