"""The questions and drills of a pack as far as they are sound: those that are, and those that can be mended so far.

Goes in: a pack as it was read. Comes out: questions and drills with the way to each. Imports pydantic, through
`library.validate`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from kdquiz.authoring.mending import Mended, Way, mend
from kdquiz.library import kinds
from kdquiz.library.drill import Drill
from kdquiz.library.faults import Fault
from kdquiz.library.folders import DRILL_FILE, PYTHON_FILES
from kdquiz.library.model import Question
from kdquiz.library.plan import drill_faults
from kdquiz.library.problems import Key, Problem, dotted
from kdquiz.library.read import PackRead, harness_of, problem_of
from kdquiz.library.source import Tree, read_text
from kdquiz.library.validate import build, build_question, known_keys

_OF_QUESTIONS = {"id": "a-stand-in", "source": "A stand-in", "answer": "A stand-in", "level": "core"}
_OPTIONAL_OF_QUESTIONS = frozenset(one.name for one in fields(Question)) - {*_OF_QUESTIONS, "kind"}
_OF_DRILLS = Way(
    known=known_keys(Drill),
    stand_ins={"id": "a-stand-in", "title": "A stand-in", "topic": "a-stand-in", "ask": "A stand-in", "minutes": 1},
    optional=("level", "source", "hints", "inseparable"),
    lists=("mistakes", "equivalents"),
)


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question, the tree that it stands in and the way to it there; and how it was mended, if it was."""

    question: Question
    tree: Tree
    key: Key
    mended: Mended | None = None

    def problem(self, fault: Fault) -> Problem | None:
        """The problem of a fault whose key starts at the question; None where it concerns what was mended."""
        key = self.mended.in_file(fault.key) if self.mended else fault.key
        if key is None:
            return None
        whole: Key = (*self.key, *key)
        return Problem(self.tree.place(whole, of_key=fault.of_key), fault.message, dotted(whole), fault.hint)


@dataclass(frozen=True, slots=True)
class MendedDrill:
    """A drill whose `drill.yaml` is broken, as far as it is sound."""

    drill: Drill
    path: Path
    problems: tuple[Problem, ...]
    """What else is wrong with it: its Python files, its inputs, its patches."""


def written_questions(pack: PackRead) -> Iterator[WrittenQuestion]:
    """Every question of a pack that can be checked."""
    synonyms = pack.synonyms
    sound = set()
    for entry, tree, key in pack.questions():
        sound.add((tree.path, key))
        yield WrittenQuestion(entry.question, tree, key)
    for tree in pack.trees.values():
        listed = tree.root.get("questions") if isinstance(tree.root, dict) else None
        for number, data in enumerate(listed if isinstance(listed, list) else ()):
            at: Key = ("questions", number)
            found = None if (tree.path, at) in sound else _mended_question(data, tree, at)
            if found is not None:
                yield WrittenQuestion(found[0].with_synonyms(synonyms), tree, at, found[1])


def mended_drills(pack: PackRead) -> Iterator[MendedDrill]:
    """Every drill of a pack whose `drill.yaml` is broken where nothing hangs on it."""
    sound = {tree.path for _, tree in pack.drills_read()}
    for path, tree in pack.trees.items():
        if path.name == DRILL_FILE and path not in sound and isinstance(tree.root, dict):
            data = {word: value for word, value in tree.root.items() if word != "format"}
            _, problems = build(Drill, data, tree)
            mended = mend(data, problems, (), _OF_DRILLS)
            drill = build(Drill, {**mended.data}, tree)[0] if mended else None
            if drill is not None and mended is not None:
                yield _with_sources(drill, tree, mended)


def _with_sources(drill: Drill, tree: Tree, mended: Mended) -> MendedDrill:
    texts = {name: read_text(tree.path.with_name(name)) for name in PYTHON_FILES}
    harness, unread = harness_of(tree.path)
    problems = [*(problem for _, found in texts.values() for problem in found), *unread]
    whole = drill.with_sources(texts["starter.py"][0] or "", texts["reference.py"][0] or "", harness)
    for fault in drill_faults(whole, [name for name, (text, _) in texts.items() if text is not None]):
        key = mended.in_file(fault.key)
        if key is not None:
            problems.append(problem_of(replace(fault, key=key), tree))
    return MendedDrill(whole, tree.path, tuple(problems))


def _mended_question(data: Any, tree: Tree, at: Key) -> tuple[Question, Mended] | None:
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str) or data["kind"] not in kinds.names():
        return None
    _, problems = build_question(data, tree, at)
    way = Way(
        known=known_keys(kinds.question_class(data["kind"])),
        stand_ins=_OF_QUESTIONS,
        optional=_OPTIONAL_OF_QUESTIONS,
        lists=("tests",),
    )
    mended = mend(data, problems, at, way)
    question = build_question({**mended.data}, tree, at)[0] if mended else None
    return None if question is None or mended is None else (question, mended)
