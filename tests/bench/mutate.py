"""Mechanical mutants of a program: its text goes in, every program comes out that differs from it by one change.

The changes are those of `operators`. Annotations, docstrings and imports are left alone, since no grader judges them.
Every mutant parses, none is the program itself, and none comes twice. The same text always gives the same mutants in
the same order, in the order of the text. Imports nothing of kdquiz and no torch.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from tests.bench.operators import OPERATORS, Instead, Site
from tests.bench.trees import number_of

Step = tuple[str, int | None]
"""A field of a node, and the place in it where it is a list."""
Tree = TypeVar("Tree", bound=ast.AST)
LONG = 30
"""A text with more letters is not repeated in a description: `… * 2`."""
LEFT_ALONE = ("annotation", "returns", "type_comment", "ctx", "op", "ops")
"""Fields whose nodes are never changed on their own."""
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one change. `description` tells it from all others of its program: `line 17: dim=-1 -> dim=0`;
    the line is that of the program as it was. `operator` is the name of what changed it."""

    description: str
    operator: str
    source: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A node, the way to it from the module down, and the nodes on that way, itself last."""

    way: tuple[Step, ...]
    nodes: tuple[ast.AST, ...]

    @property
    def node(self) -> ast.AST:
        return self.nodes[-1]


@cache
def mutants(source: str) -> tuple[Mutant, ...]:
    """All mutants of a program. Raises SyntaxError where it is none."""
    tree = ast.parse(source)
    modules = _imported(tree)
    describe = _Describer(tree)
    seen = {ast.unparse(tree)}
    found: list[Mutant] = []
    for place in _places(_Place((), (tree,))):
        field, _ = place.way[-1]
        site = Site(place.node, place.nodes[-2], field, _names(place), modules)
        for name, change in OPERATORS.items():
            for instead in change(site):
                text = ast.unparse(_changed(tree, place.way, instead))
                if text not in seen:
                    seen.add(text)
                    found.append(Mutant(describe(place, instead), name, text + "\n"))
    return tuple(_numbered(found))


def _places(place: _Place) -> Iterator[_Place]:
    """Every node below a place that may be changed, in the order of the text."""
    for field, value in ast.iter_fields(place.node):
        if field in LEFT_ALONE:
            continue
        for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                below = _Place((*place.way, (field, at)), (*place.nodes, child))
                yield below
                yield from _places(below)


def _is_left_alone(node: ast.AST) -> bool:
    """An import or a docstring."""
    text = node.value if isinstance(node, ast.Expr) else None
    docstring = isinstance(text, ast.Constant) and isinstance(text.value, str)
    return docstring or isinstance(node, ast.Import | ast.ImportFrom)


def _changed(tree: Tree, way: Sequence[Step], instead: Instead) -> Tree:
    """A tree with something else at the end of the way. It shares with the other what lies beside the way, since a
    whole copy would take most of the time."""
    (field, at), further = way[0], way[1:]
    changed = copy(tree)
    child = getattr(tree, field) if at is None else getattr(tree, field)[at]
    put = _changed(child, further, instead) if further else instead
    if at is None:
        setattr(changed, field, put)
        return changed
    siblings = [*getattr(tree, field)]
    siblings[at : at + 1] = [] if put is None else [put]
    if field in ("body", "finalbody") and not siblings:
        siblings.append(ast.Pass())
    setattr(changed, field, siblings)
    return changed


# ---- what can be read where ------------------------------------------------------------------------------------------


def _imported(tree: ast.Module) -> frozenset[str]:
    """The names that imports bring."""
    aliases = (one for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for one in node.names)
    return frozenset(one.asname or one.name.partition(".")[0] for one in aliases)


def _names(place: _Place) -> tuple[str, ...]:
    """The parameters of the functions around a place, and the variables that are set above its statement."""
    statement = next((node for node in reversed(place.nodes) if isinstance(node, ast.stmt)), None)
    if statement is None:
        return ()
    names: list[str] = []
    for scope in (node for node in place.nodes if isinstance(node, SCOPES)):
        names += [one.arg for one in (*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs)]
        stored = (node for node in ast.walk(scope) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        names += [node.id for node in stored if node.lineno < statement.lineno]
    return tuple(dict.fromkeys(names))


# ---- descriptions ----------------------------------------------------------------------------------------------------


class _Describer:
    """Says what was changed, with so much around it that it stands only once on its line. So a description depends on
    the program and on its own change, and stays what it is when operators are added."""

    def __init__(self, tree: ast.Module) -> None:
        self._standing = Counter(
            (node.lineno, _text(node)) for node in ast.walk(tree) if isinstance(node, ast.expr | ast.keyword)
        )

    def __call__(self, place: _Place, instead: Instead) -> str:
        depths = range(len(place.nodes) - 1, 0, -1)
        depth = next(depth for depth in depths if self._tells(place.nodes[depth], place.nodes[depth - 1]))
        around = place.nodes[depth]
        line = next(node.lineno for node in reversed(place.nodes[: depth + 1]) if hasattr(node, "lineno"))
        below = place.way[depth:]
        before = _text(around)
        if not below and instead is None:
            return f"line {line}: {before} removed"
        after = _text(_changed_below(around, below, instead))
        return f"line {line}: {before} -> {after.replace(before, '…') if len(before) > LONG else after}"

    def _tells(self, node: ast.AST, parent: ast.AST) -> bool:
        """Whether a change is understood from what this node was and became."""
        if isinstance(node, ast.stmt | ast.arguments):
            return True
        if not isinstance(node, ast.expr | ast.keyword) or isinstance(node, ast.Constant | ast.Attribute | ast.Starred):
            return False
        if number_of(node) is not None or (isinstance(node, ast.Name) and not isinstance(parent, ast.Call)):
            return False
        return self._standing[node.lineno, _text(node)] == 1


def _changed_below(around: ast.AST, below: Sequence[Step], instead: Instead) -> ast.AST:
    if not below:
        assert instead is not None
        return instead
    holder = ast.Module([], [])
    holder.body = [around]  # type: ignore[list-item]  # any node: it is only carried
    way = [("body", 0), *below]
    return _changed(holder, way, instead).body[0]


def _text(node: ast.AST) -> str:
    """A node on one line: of a compound statement its head, of parameters their names."""
    if isinstance(node, ast.arguments):
        node = deepcopy(node)
        for one in node.args:
            one.annotation = None
    text = ast.unparse(node)
    return text.splitlines()[0] if text else ""


def _numbered(found: Sequence[Mutant]) -> Iterator[Mutant]:
    """Equal descriptions, of statements that stand on one line, are told apart by a number."""
    times: Counter[str] = Counter()
    for one in found:
        times[one.description] += 1
        number = times[one.description]
        yield one if number == 1 else Mutant(f"{one.description} ({number})", one.operator, one.source)
