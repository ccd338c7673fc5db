"""A lesson's file read: its head, which is YAML between two lines `---`, and the Markdown text below.

Imports YAML and pydantic, as `read` does, which alone calls it. Goes in: a path. Comes out: the tree of the head, with
the page in it as the value of `text`, the lesson if it is sound, and every problem with its place.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kdquiz.library.complaints import place_after
from kdquiz.library.heading import format_problems, put_right
from kdquiz.library.lesson import Lesson, given_slips, text_slips
from kdquiz.library.model import Place
from kdquiz.library.problems import Problem, cut
from kdquiz.library.source import Tree, read_text, read_tree
from kdquiz.library.validate import build

MARK = "---"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class LessonRead:
    """A lesson's file; `whole` is whether its head could be read."""

    tree: Tree | None
    problems: tuple[Problem, ...]
    whole: bool
    lesson: Lesson | None = None


def read_lesson(path: Path) -> LessonRead:
    """Read a lesson's file. Raises OSError where the system does not let us look."""
    written, problems = read_text(path)
    if written is None:
        return LessonRead(None, tuple(problems), whole=False)
    parts = _parts(written.replace("\r\n", "\n"))
    if parts is None:
        hint = f"Write `{MARK}`, the head that starts with `format: 1`, `{MARK}` again, then the text."
        problem = Problem(Place(path), f"a lesson starts with its head, between two lines `{MARK}`", hint=hint)
        return LessonRead(None, (problem,), whole=False)
    head, text = parts
    tree, problems = read_tree(path, f"\n{head}")  # the empty line in place of the first mark keeps the places
    if tree is None:
        return LessonRead(None, tuple(problems), whole=False)
    of_format = format_problems(tree)
    problems += of_format
    if of_format and not put_right(tree.root):
        return LessonRead(tree, tuple(problems), whole=False)
    lesson, found = _read(tree, path, text, before=f"{MARK}\n{head}{MARK}\n")
    return LessonRead(tree, (*problems, *found), whole=True, lesson=lesson)


def _parts(written: str) -> tuple[str, str] | None:
    """The head, every line of it ended, and the text; None where there is no head."""
    lines = written.split("\n")
    marks = [number for number, line in enumerate(lines) if line.rstrip() == MARK][:2]
    if len(marks) < 2 or marks[0] != 0:
        return None
    return "".join(f"{line}\n" for line in lines[1 : marks[1]]), "\n".join(lines[marks[1] + 1 :])


def _read(tree: Tree, path: Path, text: str, before: str) -> tuple[Lesson | None, list[Problem]]:
    head: dict[str, Any] = {word: value for word, value in tree.root.items() if word != "format"}
    problems: list[Problem] = []
    if TEXT in head:
        place = tree.place((TEXT,), of_key=True)
        problems.append(Problem(place, f"unknown key '{TEXT}'", TEXT, f"The text stands below the second `{MARK}`."))
    tree.root[TEXT] = text
    tree.values[(TEXT,)] = place_after(path, before)
    if not text.strip():
        problems.append(Problem(tree.place((TEXT,)), "the lesson has no text", TEXT, "Write it below the head."))
    lesson, found = build(Lesson, {**head, TEXT: text if text.strip() else "."}, tree)
    problems += found
    problems += [*_of_id(head.get("id"), path, tree), *_of_then(head, tree)]
    given = head.get("given", {})
    if not any(one.key.startswith("given") for one in found) and isinstance(given, dict):
        problems += [
            Problem(tree.place(("given", name), of_key=True), message, f"given.{name}", hint)
            for name, message, hint in given_slips(given)
        ]
        values = {name: tuple(one) if isinstance(one, list) else one for name, one in given.items()}
        for slip in text_slips(text, values):
            hint = slip.hint.replace("Drawn are:", "Given are:").replace(
                "Nothing is drawn: a name stands under `draw`.", "Nothing is given: a name stands under `given`."
            )
            problems.append(Problem(place_after(path, before + text[: slip.at]), slip.message, TEXT, hint))
    if problems or lesson is None:
        return None, problems
    tree.root[TEXT] = lesson.page  # whoever looks how a text is shown sees it as the learner does
    return lesson, []


def _of_id(name: Any, path: Path, tree: Tree) -> list[Problem]:
    """The file is named as its lesson, so that it is found by it."""
    if not isinstance(name, str) or name == path.stem:
        return []
    message = f"the lesson '{cut(name)}' stands in a file named '{cut(path.name)}'"
    return [Problem(tree.place(("id",)), message, "id", f"Name the file {cut(name)}.md, or the lesson '{path.stem}'.")]


def _of_then(head: dict[str, Any], tree: Tree) -> list[Problem]:
    if not isinstance(head.get("then"), str) or head["then"] != head.get("id"):
        return []
    return [Problem(tree.place(("then",)), "the lesson is its own next page", "then", "Remove it.")]
