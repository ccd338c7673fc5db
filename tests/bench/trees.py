"""Reading and building syntax trees: the few phrases that the operators of mutation are written with.

Imports nothing of kdquiz and no torch. A tree that is given is never changed.
"""

import ast
from collections.abc import Iterator, Sequence
from copy import deepcopy


def number_of(node: ast.AST) -> int | float | None:
    """The value of a literal number, with its sign; None for anything else."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number_of(node.operand) if isinstance(node.operand, ast.Constant) else None
        return None if value is None else -value
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    return None


def called(call: ast.Call) -> str:
    """The last word of the name of the function called: `kl_div`; empty where it has none."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def root_name(node: ast.expr) -> str:
    """The first word of `torch.nn.functional`; empty where it is not made of words."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def literal(value: float | str) -> ast.expr:
    """A constant, with a sign of its own where it is negative."""
    if isinstance(value, int | float) and value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def altered(node: ast.AST, **fields: object) -> ast.AST:
    """A copy of a node with some fields set otherwise."""
    other = deepcopy(node)
    for name, value in fields.items():
        setattr(other, name, deepcopy(value))
    return other


def of_tensor(node: ast.expr, method: str, *arguments: ast.expr) -> ast.expr:
    """`node.method(arguments)`."""
    return ast.Call(ast.Attribute(node, method, ast.Load()), list(arguments), [])


def renamed(function: ast.expr, name: str) -> ast.AST:
    """`F.kl_div` as `F.name`, `kl_div` as `name`."""
    return altered(function, **{"attr" if isinstance(function, ast.Attribute) else "id": name})


def neighbours_swapped(nodes: Sequence[ast.AST]) -> Iterator[list[ast.AST]]:
    """The nodes in every order in which two neighbours are exchanged."""
    for at in range(len(nodes) - 1):
        yield [*nodes[:at], nodes[at + 1], nodes[at], *nodes[at + 2 :]]
