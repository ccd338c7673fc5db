"""What a sound file can still get wrong for a learner: raw TeX, rubrics that fail the tests they carry, a starter that
is called otherwise than the reference, and files that look like content and are not read."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kdquiz.library.folders import unread_files
from kdquiz.library.functions import entry_function
from kdquiz.library.kinds.short import Short
from kdquiz.library.model import DrillEntry, Place
from kdquiz.library.problems import Key, Problem, cut, dotted
from kdquiz.library.read import PackRead
from kdquiz.library.source import Tree
from kdquiz.marking import mark
from kdquiz.marking.model import Typed

_TEX = re.compile(
    r"\$\$|\$(?=[^$\n]*\$)[^$\n]*?\\[a-zA-Z][^$\n]*\$"  # $ ... \command ... $; looks ahead to stay linear
    r"|\\(frac|sum|log|exp|sqrt|alpha|beta|lambda|tau|sigma|theta|cdot|times|partial|nabla|mathrm|mathbf|text|left|right)\b"
    r"|\\[(\[]"
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def quality_problems(packs: Iterable[PackRead]) -> Iterator[Problem]:
    """The problems of all files, rubrics and starters of these packs."""
    for pack in packs:
        yield from _unread_problems(pack)
        for tree in pack.trees.values():
            yield from _tex_problems(tree)
        for entry in pack.entries:
            if isinstance(entry.question, Short):
                tree, key = pack.keys[entry.place]
                yield from _rubric_problems(entry.question, tree, key)
        for drill in pack.drills:
            yield from _starter_problems(drill)


def _unread_problems(pack: PackRead) -> Iterator[Problem]:
    try:
        unread = unread_files(pack.folder)
    except OSError:
        return  # reading the pack has told why its folder cannot be looked into
    for path in unread:
        if path.is_dir():
            hint = f"Move it beside '{pack.name}', or start its name with `_`."
            yield Problem(Place(path), "a pack within a pack is not read", hint=hint)
        else:
            yield Problem(Place(path), "is not read: the name of a topic file ends in `.yaml`", hint="Rename it.")


def _starter_problems(entry: DrillEntry) -> Iterator[Problem]:
    """The starter takes what the reference takes, in that order: the function is called by position."""
    drill = entry.drill
    starter, reference = (entry_function(source, drill.entry) for source in (drill.starter, drill.reference))
    if starter is None or reference is None:
        return  # told when they were read
    written, expected = (ast.unparse(function.args) for function in (starter, reference))
    names, wanted = ([one.arg for one in function.args.args] for function in (starter, reference))
    if names != wanted:
        place = Place(entry.place.path.with_name("starter.py"), starter.lineno, starter.col_offset + 1)
        yield Problem(place, f"the starter takes ({written}), and the reference takes ({expected})", "entry")


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
            message = f"raw TeX `{cut(found.group())}`, which a terminal cannot show"
            hint = "Write it in Unicode (T², α, Σ, ≤) and code spans."
            yield Problem(tree.place(key), message, dotted(key), hint)


def _rubric_problems(question: Short, tree: Tree, key: Key) -> Iterator[Problem]:
    """A problem for each test whose answer ticks other points than it says."""
    for number, test in enumerate(question.tests):
        at: Key = (*key, "tests", number)
        beyond = [point for point in test.points if point > len(question.points)]
        if beyond:
            message = f"the test expects point {beyond[0]}, and there are {len(question.points)}"
            yield Problem(tree.place((*at, "points")), message, dotted((*at, "points")))
            continue
        points = mark(question, Typed(test.say)).points
        ticked = tuple(position for position, point in enumerate(points, 1) if point.ticked)
        if ticked != tuple(sorted(set(test.points))):
            words = "; ".join(
                f"point {position} by '{' '.join(point.words)}'"
                for position, point in enumerate(points, 1)
                if point.ticked
            )
            message = f"this answer ticks {_list(ticked)}, and the test says {_list(test.points)}" + (
                f" ({words})" if words else ""
            )
            hint = "Mend the phrases in `any`, or the test."
            yield Problem(tree.place((*at, "say")), message, dotted(at), hint)


def _list(points: tuple[int, ...]) -> str:
    if not points:
        return "no point"
    return ("point " if len(points) == 1 else "points ") + " and ".join(str(point) for point in sorted(points))
