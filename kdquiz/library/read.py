"""One pack read from its folder: topics and drills as values with their places, and every problem found on the way.

Looks at one file at a time; what concerns several files (ids used twice, dangling references) is `load`'s.
"""

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from annotated_types import MinLen

from kdquiz.library.drill import Drill, patch_spans, splice
from kdquiz.library.folders import PACK_FILE, drill_files, topic_files
from kdquiz.library.model import DrillEntry, Entry, Place, Question, Topic
from kdquiz.library.problems import Problem
from kdquiz.library.source import Key, Tree, read_file
from kdquiz.library.text import Slug, Text
from kdquiz.library.validate import build, build_question, check_keys

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInfo:
    """The optional `pack.yaml`: a title, and the topics in the order a newcomer takes them."""

    format: Literal[1]
    title: Text
    path: Annotated[tuple[Slug, ...], MinLen(1)] = ()


@dataclass
class PackRead:
    """What one pack's folder holds. `trees` keeps the places, for problems that are found later."""

    folder: Path
    entries: list[Entry] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    drills: list[DrillEntry] = field(default_factory=list)
    path: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    trees: dict[Path, Tree] = field(default_factory=dict)
    keys: dict[str, tuple[Tree, Key]] = field(default_factory=dict)
    """Of each id, the tree and the way to it."""

    @property
    def name(self) -> str:
        return self.folder.resolve().name


def read_pack(folder: Path) -> PackRead:
    """Read every file of a pack."""
    pack = PackRead(folder)
    if (folder / PACK_FILE).exists():
        _read_info(pack, folder / PACK_FILE)
    for path in topic_files(folder):
        _read_topic(pack, path)
    for path in drill_files(folder):
        _read_drill(pack, path)
    order = {topic: position for position, topic in enumerate(pack.path)}
    pack.topics.sort(key=lambda topic: order.get(topic.id, len(order)))
    pack.entries.sort(key=lambda entry: order.get(entry.topic.id, len(order)))
    return pack


def _mapping(pack: PackRead, path: Path) -> Tree | None:
    """The tree of a file whose root is a mapping with a format that this version reads."""
    tree, problems = read_file(path)
    pack.problems += problems
    if tree is None:
        return None
    pack.trees[path] = tree
    if not isinstance(tree.root, dict):
        pack.problems.append(Problem(Place(path), "the file must be a mapping that starts with `format: 1`"))
        return None
    if "format" not in tree.root:
        pack.problems.append(Problem(tree.place(()), "`format` is missing", "format", "Start with `format: 1`."))
        return None
    written = tree.root["format"]
    if written != FORMAT or isinstance(written, bool):
        hint = "A newer kdquiz may read it." if isinstance(written, int) and written > FORMAT else "Write `format: 1`."
        message = f"this version reads format {FORMAT}, not {written!r}"
        pack.problems.append(Problem(tree.place(("format",)), message, "format", hint))
        return None
    return tree


def _read_info(pack: PackRead, path: Path) -> None:
    tree = _mapping(pack, path)
    if tree is None:
        return
    info, problems = build(PackInfo, tree.root, tree)
    pack.problems += problems
    if info:
        pack.path = info.path


def _read_topic(pack: PackRead, path: Path) -> None:
    tree = _mapping(pack, path)
    if tree is None:
        return
    head = {word: value for word, value in tree.root.items() if word not in ("format", "questions")}
    pack.problems += check_keys(head, ("topic", "title"), tree)
    listed = tree.root.get("questions")
    if not isinstance(listed, list) or not listed:
        message = (
            "`questions` is missing" if listed is None else "`questions` must be a list with at least one question"
        )
        pack.problems.append(Problem(tree.place(("questions",)), message, "questions"))
        listed = []
    questions: list[tuple[Question, Key]] = []
    for number, data in enumerate(listed):
        key: Key = ("questions", number)
        question, problems = build_question(data, tree, key)
        pack.problems += problems
        if question:
            questions.append((question, key))
    _add_topic(pack, tree, head, questions)


def _add_topic(pack: PackRead, tree: Tree, head: dict[str, Any], questions: list[tuple[Question, Key]]) -> None:
    known = {word: value for word, value in head.items() if word in ("topic", "title")}
    heading, problems = build(TopicHead, known, tree)
    pack.problems += problems
    if heading is None:
        return
    topic = Topic(id=heading.topic, title=heading.title, questions=tuple(question for question, _ in questions))
    pack.topics.append(topic)
    for question, key in questions:
        pack.entries.append(Entry(question, topic, pack.name, tree.place((*key, "id"))))
        pack.keys.setdefault(question.id, (tree, key))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicHead:
    """The head of a topic file."""

    topic: Slug
    title: Text


def _read_drill(pack: PackRead, path: Path) -> None:
    if not path.exists():
        message = f"the drill folder '{path.parent.name}' has no {path.name}"
        pack.problems.append(Problem(Place(path), message, hint="Add it, or start the folder's name with `_`."))
        return
    tree = _mapping(pack, path)
    if tree is None:
        return
    data = {word: value for word, value in tree.root.items() if word != "format"}
    drill, problems = build(Drill, data, tree)
    pack.problems += problems
    if drill is None:
        return
    sources = [_read_source(pack, path.with_name(f"{name}.py"), drill.entry) for name in ("starter", "reference")]
    for name, source in zip(("starter", "reference"), sources, strict=True):
        object.__setattr__(
            drill, name, source or ""
        )  # frozen for everyone else; these texts stand in files of their own
    if sources[1] is not None:
        pack.problems += _patch_problems(drill, tree)
    pack.drills.append(DrillEntry(drill, pack.name, tree.place(("id",))))
    pack.keys.setdefault(drill.id, (tree, ()))


def _read_source(pack: PackRead, path: Path, entry: str) -> str | None:
    """The text of a drill's Python file; it must be there, compile, and define the entry point."""
    try:
        source = path.read_text(encoding="utf-8")
        parsed = ast.parse(source)
    except FileNotFoundError:
        pack.problems.append(
            Problem(Place(path), "the file is missing", hint="A drill has starter.py and reference.py.")
        )
    except (OSError, UnicodeDecodeError, ValueError) as error:
        pack.problems.append(Problem(Place(path), f"cannot be read: {error}"))
    except SyntaxError as error:
        place = Place(path, error.lineno or 1, error.offset or 1)
        pack.problems.append(Problem(place, f"not Python: {error.msg}"))
    else:
        functions = [one for one in parsed.body if isinstance(one, ast.FunctionDef)]
        if entry in (function.name for function in functions):
            return source
        named = ", ".join(function.name for function in functions) or "none"
        message = f"defines no function '{entry}', the drill's entry point (functions here: {named})"
        pack.problems.append(Problem(Place(path), message, "entry"))
    return None


def _patch_problems(drill: Drill, tree: Tree) -> list[Problem]:
    """Patches that do not apply to the reference, and mistakes listed twice."""
    problems = []
    seen: set[str] = set()
    patches = [(("mistakes", number), patch) for number, patch in enumerate(drill.mistakes)]
    for key, patch in patches + [(("equivalents", number), patch) for number, patch in enumerate(drill.equivalents)]:
        place = tree.place((*key, "find"))
        try:
            splice(drill.reference, patch_spans(drill.reference, patch))
        except ValueError as error:
            problems.append(Problem(place, str(error), ".".join(map(str, key)), "Take more of the line into `find`."))
    for number, mistake in enumerate(drill.mistakes):
        if mistake.id in seen:
            place = tree.place(("mistakes", number, "id"))
            problems.append(Problem(place, f"the mistake '{mistake.id}' is listed twice", f"mistakes.{number}.id"))
        seen.add(mistake.id)
    return problems
