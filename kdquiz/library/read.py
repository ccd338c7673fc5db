"""Content files read one by one: what each holds as values with their places, and every problem found on the way.

Looks at one file at a time; what concerns several files (ids used twice, dangling references) is `cross`'s. Imports
YAML and pydantic, so it is itself imported only where a file has to be parsed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kdquiz.errors import nearest
from kdquiz.library.drill import Drill
from kdquiz.library.facts import Facts, PackFacts, Reference, Word, Written
from kdquiz.library.faults import Fault
from kdquiz.library.folders import (
    HARNESS_FILE,
    OF_THE_PACK,
    PACK_FILE,
    PYTHON_FILES,
    files_of,
    is_drill_file,
    is_lesson_file,
    real,
    unreadable,
)
from kdquiz.library.heading import HEAD, format_problems, put_right
from kdquiz.library.lesson import Lesson, LessonEntry
from kdquiz.library.lesson_file import read_lesson
from kdquiz.library.model import DrillEntry, Entry, Place, Question, Synonyms, Topic
from kdquiz.library.of_the_pack import OfThePack, read_of_the_pack
from kdquiz.library.plan import drill_faults
from kdquiz.library.problems import Key, Problem, dotted
from kdquiz.library.source import Tree, read_file, read_text
from kdquiz.library.text import Slug, Text
from kdquiz.library.validate import MOST_SUGGESTED, build, build_question, check_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHead:
    """The head of a topic file."""

    topic: Slug
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file read. `tree` (None where it cannot be read at all) keeps the places, for problems found later."""

    path: Path
    facts: Facts
    tree: Tree | None = None
    questions: tuple[tuple[Question, Key], ...] = ()
    """The sound ones, each with the way to it in the tree."""
    drill: Drill | None = None
    lesson: Lesson | None = None
    of_pack: OfThePack | None = None
    """Of `sources.yaml` and `facts.yaml`: what questions may name."""

    def place(self, key: Key) -> Place:
        """Where the id of the question, drill or lesson at `key` stands."""
        return self.tree.place((*key, "id")) if self.tree else Place(self.path)


@dataclass(slots=True)
class PackRead:
    """One pack read whole, for those who look at all of it."""

    folder: Path
    files: list[FileRead] = field(default_factory=list)
    absent: list[Problem] = field(default_factory=list)
    """Why the folder, or a part of it, could not be looked into."""

    @property
    def name(self) -> str:
        return real(self.folder).name

    @property
    def facts(self) -> PackFacts:
        """What concerns other packs."""
        unseen = [Facts(problems=tuple(self.absent), whole=False)] if self.absent else []
        return PackFacts(self.name, [*(file.facts for file in self.files), *unseen])

    @property
    def problems(self) -> list[Problem]:
        """Of each file by itself."""
        return [problem for facts in self.facts.files for problem in facts.problems]

    @property
    def trees(self) -> dict[Path, Tree]:
        """Of each file that could be read."""
        return {file.path: file.tree for file in self.files if file.tree is not None}

    @property
    def synonyms(self) -> Synonyms:
        return next((file.facts.synonyms for file in self.files if file.facts.synonyms), ())

    @property
    def entries(self) -> list[Entry]:
        """The sound questions, in reading order."""
        return [entry for entry, _, _ in self.questions()]

    def questions(self) -> Iterator[tuple[Entry, Tree, Key]]:
        """Each sound question, in reading order, with the tree that it stands in and the way to it there."""
        synonyms = self.synonyms
        for file in self.files:
            if file.tree is not None and file.facts.topic is not None:
                for question, key in file.questions:
                    whole = question.with_synonyms(synonyms)
                    yield Entry(whole, file.facts.topic, self.name, file.place(key)), file.tree, key

    @property
    def drills(self) -> list[DrillEntry]:
        """The drills, by name."""
        return [DrillEntry(drill, self.name, tree.place(("id",))) for drill, tree in self.drills_read()]

    @property
    def lessons(self) -> list[LessonEntry]:
        """The sound pages, by name."""
        return [
            LessonEntry(lesson=file.lesson, pack=self.name, place=file.place(()))
            for file in self.files
            if file.lesson is not None
        ]

    def drills_read(self) -> Iterator[tuple[Drill, Tree]]:
        """Each drill with the tree of its `drill.yaml`."""
        for file in self.files:
            if file.drill is not None and file.tree is not None:
                yield file.drill, file.tree


def read_pack(folder: Path) -> PackRead:
    """Read every file of a pack, in reading order."""
    found, absent = files_of(folder)
    files = [read_content(path) for path in found]
    path = next((file.facts.path for file in files if file.facts.path), ())
    rank = {topic: place for place, topic in enumerate(path)}
    files.sort(key=lambda file: rank.get(file.facts.topic.id, len(rank)) if file.facts.topic else len(rank))
    return PackRead(folder, files, absent)


def read_content(path: Path) -> FileRead:
    """Read one file: a topic, `pack.yaml`, `sources.yaml`, `facts.yaml`, a lesson, or a drill with the Python files
    beside it."""
    try:
        if is_lesson_file(path):
            return _read_lesson(path)
        return _read_drill(path) if is_drill_file(path) else _read_pack_or_topic(path)
    except OSError as error:
        return FileRead(path=path, facts=Facts(problems=(unreadable(error, path),), whole=False))


def _read_pack_or_topic(path: Path) -> FileRead:
    tree, problems, whole = _mapping(path)
    if tree is None or not whole:
        return FileRead(path=path, facts=Facts(problems=tuple(problems), whole=False), tree=tree)
    if path.name not in OF_THE_PACK:
        return _read_topic(path, tree, problems)
    of_pack = read_of_the_pack(tree)
    references = tuple(_references(tree, (), "", ("path",))) if path.name == PACK_FILE else ()
    facts = replace(of_pack.facts, problems=(*problems, *of_pack.facts.problems), references=references)
    return FileRead(path=path, facts=facts, tree=tree, of_pack=of_pack)


def _mapping(path: Path) -> tuple[Tree | None, list[Problem], bool]:
    """The tree of a file, its problems so far, and whether it is a mapping in a format that this version reads, or
    was meant to be: what else is wrong is told in the same run."""
    tree, problems = read_file(path)
    if tree is None:
        return None, problems, False
    of_format = format_problems(tree)
    return tree, [*problems, *of_format], not of_format or put_right(tree.root)


def _read_topic(path: Path, tree: Tree, problems: list[Problem]) -> FileRead:
    head = {word: value for word, value in tree.root.items() if word not in ("format", "questions")}
    strange = check_keys(head, HEAD, tree)
    problems += strange
    misspelt = {nearest(one.key, HEAD): one.key for one in strange[:MOST_SUGGESTED]}
    word = "questions" if "questions" in tree.root else misspelt.get("questions", "questions")
    listed = tree.root.get(word)
    whole = "topic" in head
    if not isinstance(listed, list) or not listed:
        whole &= listed is None and not strange
        message = (
            "`questions` is missing" if listed is None else "`questions` must be a list with at least one question"
        )
        problems.append(Problem(tree.place((word,)), message, word))
        listed = []
    questions: list[tuple[Question, Key]] = []
    written: list[Written] = []
    references: list[Reference] = []
    for number, data in enumerate(listed):
        key: Key = (word, number)
        written += _written(data, tree, key)
        references += _references_of(data, tree, key)
        question, found = build_question(data, tree, key)
        problems += found
        if question:
            questions.append((question, key))
    known = {word: value for word, value in head.items() if word in ("topic", "title")}
    heading, found = build(TopicHead, known, tree)
    problems += [one for one in found if one.key in known or one.key not in misspelt]
    topic_id, title = (heading.topic, heading.title) if heading else (str(known.get("topic")), str(known.get("title")))
    facts = Facts(
        problems=tuple(problems),
        whole=whole,
        topic=Topic(id=topic_id, title=title),
        written=tuple(written),
        references=tuple(references),
    )
    return FileRead(path=path, facts=facts, tree=tree, questions=tuple(questions))


def _written(data: Any, tree: Tree, key: Key) -> Iterator[Written]:
    """The id of a question or drill, if there is one, also where the rest of it is not sound."""
    if isinstance(data, dict) and isinstance(data.get("id"), str):
        yield Written(id=data["id"], place=tree.place((*key, "id")))


def _references_of(data: Any, tree: Tree, key: Key) -> Iterator[Reference]:
    """What a question refers to, also where the rest of it is not sound."""
    if isinstance(data, dict):
        yield from _references(tree, key, str(data.get("id", "")), ("needs", "then"), data)


def _references(tree: Tree, at: Key, owner: str, words: tuple[Word, ...], data: Any = None) -> Iterator[Reference]:
    """The ids that stand under these keys, alone or in lists; what is no text is told of elsewhere."""
    data = tree.root if data is None else data
    for word in words:
        value = data.get(word)
        listed: list[tuple[Key, Any]] = [((*at, word), value)]
        if isinstance(value, list):
            listed = [((*at, word, number), one) for number, one in enumerate(value)]
        for key, target in listed:
            if isinstance(target, str):
                yield Reference(owner=owner, word=word, target=target, place=tree.place(key), key=dotted(key))


def _read_lesson(path: Path) -> FileRead:
    read = read_lesson(path)
    if read.tree is None or not read.whole:
        return FileRead(path=path, facts=Facts(problems=read.problems, whole=False), tree=read.tree)
    facts = Facts(
        problems=read.problems,
        written=tuple(replace(one, what="lesson") for one in _written(read.tree.root, read.tree, ())),
        references=tuple(_lesson_references(read.tree)),
    )
    return FileRead(path=path, facts=facts, tree=read.tree, lesson=read.lesson)


def _lesson_references(tree: Tree) -> Iterator[Reference]:
    owner = str(tree.root.get("id", ""))
    yield from _references(tree, (), owner, ("topic", "questions", "drill"))
    for one in _references(tree, (), owner, ("then",)):
        yield replace(one, word="next")


def _read_drill(path: Path) -> FileRead:
    if not path.exists():
        message = f"the drill folder '{path.parent.name}' has no {path.name}"
        problem = Problem(Place(path), message, hint="Add it, or start the folder's name with `_`.")
        return FileRead(path=path, facts=Facts(problems=(problem,), whole=False))
    tree, problems, whole = _mapping(path)
    if tree is None or not whole:
        return FileRead(path=path, facts=Facts(problems=tuple(problems), whole=False), tree=tree)
    data = {word: value for word, value in tree.root.items() if word != "format"}
    drill, found = build(Drill, data, tree)
    problems += found
    if drill is not None:
        texts = {name: _read_source(path.with_name(name), problems) for name in PYTHON_FILES}
        harness, found = harness_of(path)
        problems += found
        drill = drill.with_sources(texts["starter.py"] or "", texts["reference.py"] or "", harness)
        faults = drill_faults(drill, [name for name, text in texts.items() if text is not None])
        problems += [problem_of(fault, tree) for fault in faults]
    facts = Facts(
        problems=tuple(problems),
        written=tuple(replace(one, what="drill") for one in _written(data, tree, ())),
        references=tuple(_drill_references(tree)),
    )
    return FileRead(path=path, facts=facts, tree=tree, drill=drill)


def _drill_references(tree: Tree) -> Iterator[Reference]:
    owner = str(tree.root.get("id", ""))
    yield from _references(tree, (), owner, ("topic",))
    mistakes = tree.root.get("mistakes")
    for number, mistake in enumerate(mistakes if isinstance(mistakes, list) else []):
        if isinstance(mistake, dict):
            yield from _references(tree, ("mistakes", number), owner, ("card",), mistake)


def harness_of(path: Path) -> tuple[str, list[Problem]]:
    """The text of the `harness.py` beside a `drill.yaml`; empty where there is none."""
    beside = path.with_name(HARNESS_FILE)
    if not beside.exists():
        return "", []
    text, problems = read_text(beside)
    return text or "", problems


def _read_source(path: Path, problems: list[Problem]) -> str | None:
    """The text of a drill's Python file; None, and a problem more, where there is none."""
    if not path.exists():
        hint = "A drill has starter.py and reference.py."
        problems.append(Problem(Place(path), "the file is missing", hint=hint))
        return None
    source, found = read_text(path)
    problems += found
    return source


def problem_of(fault: Fault, tree: Tree) -> Problem:
    """A drill's fault as a problem with its place; `tree` is that of the drill's `drill.yaml`."""
    place = tree.place(fault.key, of_key=fault.of_key)
    if fault.file != tree.path.name:
        place = Place(tree.path.with_name(fault.file), fault.line, fault.column)
    return Problem(place, fault.message, dotted(fault.key), fault.hint)
