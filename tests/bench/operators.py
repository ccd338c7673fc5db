"""The ways in which a program is changed mechanically: one small function each, all in the table `OPERATORS`.

An operator is given a place in a program and yields what could stand there instead; None takes it away. It may yield
what stands there already, or the same as another operator: `mutate` sorts that out. A function with `@operator` is all
that a further one takes. Imports nothing of kdquiz and no torch; some tables hold torch's words.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.bench.trees import altered, called, literal, neighbours_swapped, number_of, of_tensor, renamed, root_name

Instead = ast.AST | None
"""What takes a node's place; None: it goes."""


@dataclass(frozen=True, slots=True)
class Site:
    """A node with what an operator may want to know of its surroundings.

    `field` is the parent's field that holds it; `names` are the parameters and variables that it could read; `modules`
    are the names that the file imports.
    """

    node: ast.AST
    parent: ast.AST
    field: str
    names: tuple[str, ...] = ()
    modules: frozenset[str] = frozenset()

    def is_argument(self) -> bool:
        """Whether it is handed to a call by position."""
        return isinstance(self.parent, ast.Call) and self.field == "args" and not isinstance(self.node, ast.Starred)

    def is_result(self) -> bool:
        """Whether it is what a variable is set to, or what is returned."""
        return isinstance(self.parent, ast.Assign | ast.AnnAssign | ast.Return) and self.field == "value"


Operator = Callable[[Site], Iterator[Instead]]
OPERATORS: dict[str, Operator] = {}
"""Every operator, by its name in words."""

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
COMMUTATIVE = (ast.Add, ast.Mult)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
Values = tuple[int | float | str, ...]
KEYWORD_VALUES: dict[str, Values] = {"dim": (-2, -1, 0, 1), "reduction": ("mean", "sum", "none", "batchmean")}
"""What else a keyword argument is set to; true and false are exchanged whatever their keyword is."""
FURTHER_KEYWORDS: dict[str, dict[str, Values]] = {
    "cross_entropy": {"reduction": ("sum", "none"), "ignore_index": (0,), "label_smoothing": (0.1,)},
    "kl_div": {"log_target": (True,), "reduction": ("sum", "batchmean", "none")},
    "sum": {"keepdim": (True,)},
    "mean": {"keepdim": (True,)},
}
"""Keyword arguments that a call is given where it does not have them."""
RELATED = {
    "log_softmax": ("softmax", "softmin", "logsigmoid"),
    "softmax": ("log_softmax", "softmin", "sigmoid"),
    "kl_div": ("mse_loss", "l1_loss", "smooth_l1_loss", "cross_entropy"),
    "mse_loss": ("l1_loss", "smooth_l1_loss", "kl_div"),
    "cross_entropy": ("nll_loss", "multi_margin_loss"),
    "nll_loss": ("cross_entropy",),
    "sum": ("mean", "prod"),
    "mean": ("sum", "median"),
    "max": ("min", "mean"),
    "min": ("max", "mean"),
    "argmax": ("argmin",),
    "exp": ("expm1", "log"),
    "log": ("log1p", "exp"),
    "logsumexp": ("sum", "amax"),
    "sqrt": ("square",),
}
"""Functions that are taken for each other. The keyword arguments that not all of them have are left out."""
SHARED_KEYWORDS = ("dim", "keepdim")
IN_PLACE = {ast.Add: "add_", ast.Sub: "sub_", ast.Mult: "mul_", ast.Div: "div_"}
DRIFT = 1.0002
"""By what a number is off if it is off by a little: a few times what a grader must tolerate of rounding."""


def operator(function: Operator) -> Operator:
    """Put a function in the table."""
    OPERATORS[function.__name__.replace("_", " ")] = function
    return function


# ---- numbers, flags, keywords ----------------------------------------------------------------------------------------


@operator
def number_changed(site: Site) -> Iterator[Instead]:
    """One more, one less, doubled, negated, 0."""
    value = number_of(site.node)
    if value is not None and number_of(site.parent) is None:
        yield from (literal(other) for other in (value + 1, value - 1, value * 2, -value, 0 * abs(value)))


@operator
def flag_flipped(site: Site) -> Iterator[Instead]:
    """True for False, False for True."""
    if isinstance(site.node, ast.Constant) and isinstance(site.node.value, bool):
        yield ast.Constant(not site.node.value)


@operator
def keyword_set_otherwise(site: Site) -> Iterator[Instead]:
    """Another value of a keyword argument that torch knows."""
    if isinstance(site.node, ast.keyword) and site.node.arg in KEYWORD_VALUES:
        for value in KEYWORD_VALUES[site.node.arg]:
            yield ast.keyword(site.node.arg, literal(value))


@operator
def keyword_removed(site: Site) -> Iterator[Instead]:
    """The default in place of what was asked for."""
    if isinstance(site.node, ast.keyword):
        yield None


@operator
def keyword_added(site: Site) -> Iterator[Instead]:
    """Something else than the default."""
    if isinstance(site.node, ast.Call):
        given = {one.arg for one in site.node.keywords}
        for name, values in FURTHER_KEYWORDS.get(called(site.node), {}).items():
            for value in values if name not in given else ():
                yield altered(site.node, keywords=[*site.node.keywords, ast.keyword(name, literal(value))])


# ---- arithmetic and logic --------------------------------------------------------------------------------------------


@operator
def arithmetic_replaced(site: Site) -> Iterator[Instead]:
    """Each of the other operators of arithmetic."""
    if isinstance(site.node, ast.BinOp | ast.AugAssign) and isinstance(site.node.op, ARITHMETIC):
        yield from (altered(site.node, op=kind()) for kind in ARITHMETIC)


@operator
def operands_swapped(site: Site) -> Iterator[Instead]:
    """The left one right, where that makes a difference."""
    if isinstance(site.node, ast.BinOp) and not isinstance(site.node.op, COMMUTATIVE):
        yield altered(site.node, left=site.node.right, right=site.node.left)


@operator
def operand_alone(site: Site) -> Iterator[Instead]:
    """One side of an operation: a term dropped, or a factor."""
    if isinstance(site.node, ast.BinOp):
        yield from (site.node.left, site.node.right)
    if isinstance(site.node, ast.UnaryOp) and number_of(site.node) is None:
        yield site.node.operand
    if isinstance(site.node, ast.BoolOp):
        yield from site.node.values


@operator
def computed_in_place(site: Site) -> Iterator[Instead]:
    """The left operand overwritten by the result."""
    if isinstance(site.node, ast.BinOp) and type(site.node.op) in IN_PLACE and number_of(site.node.left) is None:
        yield of_tensor(site.node.left, IN_PLACE[type(site.node.op)], site.node.right)


@operator
def logic_replaced(site: Site) -> Iterator[Instead]:
    """Other comparisons, `or` for `and`, the contrary of a condition."""
    if isinstance(site.node, ast.Compare) and len(site.node.ops) == 1 and isinstance(site.node.ops[0], COMPARISONS):
        yield from (altered(site.node, ops=[kind()]) for kind in COMPARISONS)
    if isinstance(site.node, ast.BoolOp):
        yield altered(site.node, op=ast.And() if isinstance(site.node.op, ast.Or) else ast.Or())
    if site.field == "test" and isinstance(site.node, ast.expr):
        yield ast.UnaryOp(ast.Not(), site.node)


@operator
def wrapped(site: Site) -> Iterator[Instead]:
    """Negated, without its sign, off by a little, out of the graph: results, and what is handed to a call."""
    node = site.node
    bare = isinstance(node, ast.Constant) or number_of(node) is not None
    if isinstance(node, ast.expr) and not bare and (site.is_argument() or site.is_result()):
        yield ast.UnaryOp(ast.USub(), node)
        yield ast.Call(ast.Name("abs", ast.Load()), [node], [])
        yield ast.BinOp(node, ast.Mult(), ast.Constant(DRIFT))
        yield of_tensor(node, "detach")


@operator
def returned_in_another_form(site: Site) -> Iterator[Instead]:
    """With another dtype, with a dimension more, as a number."""
    if isinstance(site.node, ast.expr) and isinstance(site.parent, ast.Return):
        yield from (of_tensor(site.node, method) for method in ("float", "double", "half", "item"))
        yield of_tensor(site.node, "unsqueeze", ast.Constant(0))


# ---- calls and names -------------------------------------------------------------------------------------------------


@operator
def call_removed(site: Site) -> Iterator[Instead]:
    """What the call was given, in place of its result."""
    if isinstance(site.node, ast.Call):
        yield from (one for one in site.node.args if not isinstance(one, ast.Starred))
        function = site.node.func
        if isinstance(function, ast.Attribute) and root_name(function) not in site.modules:
            yield function.value


@operator
def function_replaced(site: Site) -> Iterator[Instead]:
    """A function that is easily taken for it."""
    if isinstance(site.node, ast.Call):
        for name in RELATED.get(called(site.node), ()):
            keywords = [one for one in site.node.keywords if one.arg in SHARED_KEYWORDS]
            yield altered(site.node, func=renamed(site.node.func, name), keywords=keywords)


@operator
def arguments_swapped(site: Site) -> Iterator[Instead]:
    """Two neighbours exchanged."""
    if isinstance(site.node, ast.Call):
        yield from (altered(site.node, args=order) for order in neighbours_swapped(site.node.args))


@operator
def parameters_swapped(site: Site) -> Iterator[Instead]:
    """Two neighbours exchanged where the function is defined."""
    if isinstance(site.node, ast.arguments) and not site.node.defaults and not site.node.posonlyargs:
        yield from (altered(site.node, args=order) for order in neighbours_swapped(site.node.args))


@operator
def argument_removed(site: Site) -> Iterator[Instead]:
    """A call with one argument less."""
    if site.is_argument():
        yield None


@operator
def name_replaced(site: Site) -> Iterator[Instead]:
    """Another variable of the function."""
    node = site.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in site.names and site.field != "func":
        yield from (ast.Name(name, ast.Load()) for name in site.names)


@operator
def statement_removed(site: Site) -> Iterator[Instead]:
    """A line less."""
    if isinstance(site.node, ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr | ast.Return | ast.If | ast.For):
        yield None
