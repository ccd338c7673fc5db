"""One pack read from its folder: topics and drills as values with their places, and every problem found on the way.

Looks at one file at a time; what concerns several files (ids used twice, dangling references) is `load`'s.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import MinLen

from kdquiz.library.drill import Drill
from kdquiz.library.faults import Fault
from kdquiz.library.folders import PACK_FILE, drill_files, real, topic_files
from kdquiz.library.model import DrillEntry, Entry, Place, Question, Synonyms, Topic
from kdquiz.library.plan import PYTHON_FILES, drill_faults
from kdquiz.library.problems import Key, Problem, dotted, in_words
from kdquiz.library.source import Tree, read_file, read_text
from kdquiz.library.text import Slug, Text
from kdquiz.library.validate import build, build_question, check_keys

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInfo:
    """The optional `pack.yaml`: a title, the topics in the order a newcomer takes them, and words that mean the
    same in the answers to its short questions."""

    format: Literal[1]
    title: Text
    path: Annotated[tuple[Slug, ...], MinLen(1)] = ()
    synonyms: tuple[Annotated[tuple[Text, ...], MinLen(2)], ...] = ()


@dataclass
class PackRead:
    """What one pack's folder holds. `trees` keeps the places, for problems that are found later."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    drills: list[DrillEntry] = field(default_factory=list)
    path: tuple[str, ...] = ()
    synonyms: Synonyms = ()
    problems: list[Problem] = field(default_factory=list)
    trees: dict[Path, Tree] = field(default_factory=dict)
    keys: dict[Place, tuple[Tree, Key]] = field(default_factory=dict)
    """Of each question and drill, by the place of its id, the tree and the way to it."""
    written: list[tuple[str, Place]] = field(default_factory=list)
    """Every id of a question or drill, also where it is not sound, in the order written."""
    topic_ids: set[str] = field(default_factory=set)
    """Every id of a topic, also where its file is not sound."""
    whole: bool = True
    """Whether every file could be read; else an id may stand where nobody has seen it."""

    @property
    def name(self) -> str:
        return real(self.folder).name


def read_pack(folder: Path) -> PackRead:
    """Read every file of a pack."""
    pack = PackRead(folder)
    try:
        topics = topic_files(folder)
        if (folder / PACK_FILE).exists():
            _read_info(pack, folder / PACK_FILE)
        for path in topics:
            _read_topic(pack, path)
        for path in drill_files(folder):
            _read_drill(pack, path)
    except OSError as error:
        pack.whole = False
        place = Place(Path(error.filename or folder))
        pack.problems.append(Problem(place, f"cannot be read: {error.strerror or error}"))
    order = {topic: position for position, topic in enumerate(pack.path)}
    pack.topics.sort(key=lambda topic: order.get(topic.id, len(order)))
    pack.entries.sort(key=lambda entry: order.get(entry.topic.id, len(order)))
    return pack


def _mapping(pack: PackRead, path: Path) -> Tree | None:
    """The tree of a file whose root is a mapping with a format that this version reads."""
    tree, problems = read_file(path)
    if tree is not None:
        pack.trees[path] = tree
        problems += _format_problems(tree)
    pack.problems += problems
    if tree is None or not isinstance(tree.root, dict) or any(one.key == "format" for one in problems):
        pack.whole = False
        return None
    return tree


def _format_problems(tree: Tree) -> list[Problem]:
    if not isinstance(tree.root, dict):
        return [Problem(Place(tree.path), "the file must be a mapping that starts with `format: 1`")]
    if "format" not in tree.root:
        return [Problem(tree.place(()), "`format` is missing", "format", "Start with `format: 1`.")]
    written = tree.root["format"]
    if written == FORMAT and not isinstance(written, bool):
        return []
    hint = "A newer kdquiz may read it." if isinstance(written, int) and written > FORMAT else "Write `format: 1`."
    message = f"this version reads format {FORMAT}, not {in_words(written)}"
    return [Problem(tree.place(("format",)), message, "format", hint)]


def _read_info(pack: PackRead, path: Path) -> None:
    tree = _mapping(pack, path)
    if tree is None:
        return
    info, problems = build(PackInfo, tree.root, tree)
    pack.problems += problems
    if info:
        pack.path, pack.synonyms = info.path, info.synonyms


def _read_topic(pack: PackRead, path: Path) -> None:
    tree = _mapping(pack, path)
    if tree is None:
        return
    head = {word: value for word, value in tree.root.items() if word not in ("format", "questions")}
    strange = check_keys(head, ("topic", "title", "questions"), tree)
    pack.problems += strange
    listed = tree.root.get("questions")
    if not isinstance(listed, list) or not listed:
        pack.whole &= listed is None and not strange
        message = (
            "`questions` is missing" if listed is None else "`questions` must be a list with at least one question"
        )
        pack.problems.append(Problem(tree.place(("questions",)), message, "questions"))
        listed = []
    questions: list[tuple[Question, Key]] = []
    for number, data in enumerate(listed):
        key: Key = ("questions", number)
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            pack.written.append((data["id"], tree.place((*key, "id"))))
        question, problems = build_question(data, tree, key)
        pack.problems += problems
        if question:
            questions.append((question, key))
    _add_topic(pack, tree, head, questions)


def _add_topic(pack: PackRead, tree: Tree, head: dict[str, Any], questions: list[tuple[Question, Key]]) -> None:
    known = {word: value for word, value in head.items() if word in ("topic", "title")}
    heading, problems = build(TopicHead, known, tree)
    pack.problems += problems
    topic_id, title = (heading.topic, heading.title) if heading else (str(known.get("topic")), str(known.get("title")))
    topic = Topic(id=topic_id, title=title)
    pack.topics.append(topic)
    pack.topic_ids.add(topic_id)
    pack.whole &= "topic" in known
    for question, key in questions:
        place = tree.place((*key, "id"))
        pack.entries.append(Entry(question.with_synonyms(pack.synonyms), topic, pack.name, place))
        pack.keys[place] = (tree, key)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHead:
    """The head of a topic file."""

    topic: Slug
    title: Text


def _read_drill(pack: PackRead, path: Path) -> None:
    if not path.exists():
        pack.whole = False
        message = f"the drill folder '{path.parent.name}' has no {path.name}"
        pack.problems.append(Problem(Place(path), message, hint="Add it, or start the folder's name with `_`."))
        return
    tree = _mapping(pack, path)
    if tree is None:
        return
    data = {word: value for word, value in tree.root.items() if word != "format"}
    if isinstance(data.get("id"), str):
        pack.written.append((data["id"], tree.place(("id",))))
    drill, problems = build(Drill, data, tree)
    pack.problems += problems
    if drill is None:
        return
    texts = {name: _read_source(pack, path.with_name(name)) for name in PYTHON_FILES}
    drill = drill.with_sources(texts["starter.py"] or "", texts["reference.py"] or "")
    found = drill_faults(drill, [name for name, text in texts.items() if text is not None])
    pack.problems += [problem_of(fault, tree) for fault in found]
    place = tree.place(("id",))
    pack.drills.append(DrillEntry(drill, pack.name, place))
    pack.keys[place] = (tree, ())


def _read_source(pack: PackRead, path: Path) -> str | None:
    """The text of a drill's Python file; None and a problem where there is none."""
    if not path.exists():
        hint = "A drill has starter.py and reference.py."
        pack.problems.append(Problem(Place(path), "the file is missing", hint=hint))
        return None
    source, problems = read_text(path)
    pack.problems += problems
    return source


def problem_of(fault: Fault, tree: Tree) -> Problem:
    """A drill's fault as a problem with its place; `tree` is that of the drill's `drill.yaml`."""
    place = tree.place(fault.key, of_key=fault.of_key)
    if fault.file != tree.path.name:
        place = Place(tree.path.with_name(fault.file), fault.line, fault.column)
    return Problem(place, fault.message, dotted(fault.key), fault.hint)
