"""What a sound file can still get wrong for a learner: raw TeX, and rubrics that fail the tests they carry."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kdquiz.library.kinds.short import Short
from kdquiz.library.problems import Problem
from kdquiz.library.read import PackRead
from kdquiz.library.source import Key, Tree
from kdquiz.marking import mark
from kdquiz.marking.model import Typed

_TEX = re.compile(
    r"\$\$|\$[^$\n]*\\[a-zA-Z]+[^$\n]*\$"  # $ ... \command ... $
    r"|\\(frac|sum|log|exp|sqrt|alpha|beta|lambda|tau|sigma|theta|cdot|times|partial|nabla|mathrm|mathbf|text|left|right)\b"
    r"|\\[(\[]"
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def quality_problems(packs: Iterable[PackRead]) -> Iterator[Problem]:
    """The problems of all files and rubrics of these packs."""
    for pack in packs:
        for tree in pack.trees.values():
            yield from _tex_problems(tree)
        for entry in pack.entries:
            if isinstance(entry.question, Short):
                tree, key = pack.keys[entry.question.id]
                yield from _rubric_problems(entry.question, tree, key)


def _texts(value: Any, key: Key = ()) -> Iterator[tuple[Key, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for word, inner in value.items():
            yield from _texts(inner, (*key, word))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*key, number))


def _tex_problems(tree: Tree) -> Iterator[Problem]:
    for key, text in _texts(tree.root):
        found = _TEX.search(_CODE.sub("", text))
        if found:
            message = f"raw TeX `{found.group()}`, which a terminal cannot show"
            hint = "Write it in Unicode (T², α, Σ, ≤) and code spans."
            yield Problem(tree.place(key), message, ".".join(map(str, key)), hint)


def _rubric_problems(question: Short, tree: Tree, key: Key) -> Iterator[Problem]:
    """A problem for each test whose answer ticks other points than it says."""
    for number, test in enumerate(question.tests):
        at: Key = (*key, "tests", number)
        points = mark(question, Typed(test.say)).points
        ticked = tuple(position for position, point in enumerate(points, 1) if point.ticked)
        if ticked != tuple(sorted(test.points)):
            words = "; ".join(
                f"point {position} by '{' '.join(point.words)}'"
                for position, point in enumerate(points, 1)
                if point.ticked
            )
            message = f"this answer ticks {_list(ticked)}, and the test says {_list(test.points)}" + (
                f" ({words})" if words else ""
            )
            hint = "Mend the phrases in `any`, or the test."
            yield Problem(tree.place((*at, "say")), message, ".".join(map(str, at)), hint)


def _list(points: tuple[int, ...]) -> str:
    if not points:
        return "no point"
    return ("point " if len(points) == 1 else "points ") + " and ".join(str(point) for point in sorted(points))
