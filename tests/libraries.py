"""Libraries made of values, for tests that need no files: in the tables that content files would have filled."""

from collections.abc import Iterable
from pathlib import Path

from kdquiz.library.compiled import refresh, tables
from kdquiz.library.compiled.opening import Compiled
from kdquiz.library.drill import Drill
from kdquiz.library.facts import Facts
from kdquiz.library.lesson import Lesson
from kdquiz.library.library import Library
from kdquiz.library.model import Question, Topic
from kdquiz.library.read import FileRead

PACK = Path("pack")


def library_of(
    questions: Iterable[Question] = (),
    *,
    topic: Topic | None = None,
    drills: Iterable[Drill] = (),
    lessons: Iterable[Lesson] = (),
) -> Library:
    """A library of one pack named `pack`, with one topic if it has questions."""
    held = topic or Topic(id="alpha", title="Alpha")
    asked = tuple((question, ()) for question in questions)
    files = [FileRead(path=PACK / f"{held.id}.yaml", facts=Facts(topic=held), questions=asked)] if asked else []
    files += [FileRead(path=PACK / "drills" / each.id / "drill.yaml", facts=Facts(), drill=each) for each in drills]
    files += [FileRead(path=PACK / "lessons" / f"{each.id}.md", facts=Facts(), lesson=each) for each in lessons]
    return library_of_files(files)


def library_of_files(files: Iterable[FileRead]) -> Library:
    """A library of one pack of these files."""
    compiled = Compiled((), None, lambda done, total: None)
    connection = compiled._connection
    for file in files:
        tables.insert(connection, tables.Unit(path=file.path, folder=PACK, pack="pack", stamp=""), b"", file)
    refresh._settle(connection, [PACK])
    return Library(compiled)
