"""Mutants by values and by properties of random programs. No process is started here."""

import ast
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kdquiz.library.drill import Drill
from tests.bench.mutants import mutated_drills
from tests.bench.mutate import Mutant, mutants
from tests.bench.operators import OPERATORS

EVERYTHING = '''"""A module."""
import torch
import torch.nn.functional as F


def loss(logits: torch.Tensor, labels: torch.Tensor, weight: float) -> torch.Tensor:
    """A docstring."""
    total = F.cross_entropy(logits, labels)
    if weight > 0 and labels.numel() > 2:
        total = -total * weight
    kept = logits.sum(dim=-1, keepdim=True)
    return total + kept.mean() / 2
'''
"""A program with something for every operator."""


def descriptions(source: str) -> list[str]:
    return [one.description for one in mutants(source)]


def of(body: str) -> list[str]:
    """The mutants of one returned expression of a tensor x and a number k, without `line 2: `."""
    found = descriptions(f"def f(x, k):\n    return {body}\n")
    return [one.removeprefix("line 2: ") for one in found if one.startswith("line 2: ")]


def test_all_mutants_of_a_small_program() -> None:
    assert descriptions("def f(a):\n    return a * 2\n") == [
        "line 2: return a * 2 removed",
        "line 2: a * 2 -> a + 2",
        "line 2: a * 2 -> a - 2",
        "line 2: a * 2 -> a / 2",
        "line 2: a * 2 -> a // 2",
        "line 2: a * 2 -> a % 2",
        "line 2: a * 2 -> a ** 2",
        "line 2: a * 2 -> a",
        "line 2: a * 2 -> 2",
        "line 2: a * 2 -> a.mul_(2)",
        "line 2: a * 2 -> -(a * 2)",
        "line 2: a * 2 -> abs(a * 2)",
        "line 2: a * 2 -> a * 2 * 1.0002",
        "line 2: a * 2 -> (a * 2).detach()",
        "line 2: a * 2 -> (a * 2).float()",
        "line 2: a * 2 -> (a * 2).double()",
        "line 2: a * 2 -> (a * 2).half()",
        "line 2: a * 2 -> (a * 2).item()",
        "line 2: a * 2 -> (a * 2).unsqueeze(0)",
        "line 2: a * 2 -> a * 3",
        "line 2: a * 2 -> a * 1",
        "line 2: a * 2 -> a * 4",
        "line 2: a * 2 -> a * -2",
        "line 2: a * 2 -> a * 0",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x.sum(dim=-1)", "dim=-1 -> dim=0"),
        ("x.sum(dim=-1)", "dim=-1 -> dim=-2"),
        ("x.sum(dim=-1)", "dim=-1 removed"),
        ("x.sum(dim=-1)", "x.sum(dim=-1) -> x"),
        ("x.sum(dim=-1)", "x.sum(dim=-1) -> x.mean(dim=-1)"),
        ("x.sum(dim=-1)", "x.sum(dim=-1) -> x.sum(dim=-1, keepdim=True)"),
        ("g(x, reduction='mean')", "reduction='mean' -> reduction='sum'"),
        ("g(x, log_target=True)", "log_target=True -> log_target=False"),
        ("g(x, k)", "g(x, k) -> g(k, x)"),
        ("g(x, k)", "x -> x.detach()"),
        ("g(x, k)", "k removed"),
        ("g(x, k)", "k -> x"),
        ("x - k", "x - k -> k - x"),
        ("x * k", "x * k -> k * k"),
        ("x * x", "x * x -> k * x"),
        ("x * x", "x * x -> x * k"),
        ("-x", "-x -> x"),
        ("1.5 * x", "1.5 * x -> 3.0 * x"),
        ("x if k > 0 else -x", "k > 0 -> not k > 0"),
        ("k < 1 and k > 0", "k < 1 and k > 0 -> k < 1 or k > 0"),
        ("k < 1", "k < 1 -> k <= 1"),
        ("g(g(x, 1), g(x, 1))", "g(g(x, 1), g(x, 1)) -> g(g(x, 2), g(x, 1))"),
        ("long_name_of_a_function(x, long_keyword=k)", "long_name_of_a_function(x, long_keyword=k) -> abs(…)"),
    ],
)
def test_what_an_expression_becomes(body: str, expected: str) -> None:
    assert expected in of(body)


@pytest.mark.parametrize(
    ("body", "absent"),
    [("g(x, 0)", {"g", "g(x, -0)", "-0", "abs(0)"}), ("F.softmax(x)", {"F"}), ("x.sum()", {"later", "later.sum()"})],
)
def test_what_is_of_no_use_is_left_out(body: str, absent: set[str]) -> None:
    """A module or a function in place of a value, what is done to a plain number, a variable that is set later."""
    source = f"import torch.nn.functional as F\n\n\ndef f(x, k):\n    y = {body}\n    later = 0\n    return y\n"
    found = {one.partition("-> ")[2] for one in descriptions(source) if one.startswith("line 5: ")}
    assert f"abs({body})" in found
    assert not absent & found


def test_parameters_are_exchanged_and_lines_left_out() -> None:
    found = descriptions("def f(a: int, b: float):\n    a = b\n    return a\n")
    assert {"line 1: a, b -> b, a", "line 2: a = b removed", "line 3: return a removed"} <= set(found)


def test_equal_changes_on_one_line_are_told_apart() -> None:
    found = descriptions("def f(a):\n    a = 1; a = 1\n")
    assert "line 2: a = 1 -> a = 2" in found
    assert "line 2: a = 1 -> a = 2 (2)" in found


def test_a_body_is_never_left_empty() -> None:
    removed = [one for one in mutants("try:\n    a = b\nfinally:\n    c = d\n") if "removed" in one.description]
    assert [one.source for one in removed] == [
        "try:\n    pass\nfinally:\n    c = d\n",
        "try:\n    a = b\nfinally:\n    pass\n",
    ]


def test_what_is_set_keeps_its_name() -> None:
    assert "line 2: a = b -> b = b" not in descriptions("def f(a, b):\n    a = b\n    return a\n")


def test_docstrings_annotations_and_imports_are_left_alone() -> None:
    for one in mutants(EVERYTHING):
        module = ast.parse(one.source)
        (function,) = [node for node in module.body if isinstance(node, ast.FunctionDef)]
        assert (ast.get_docstring(module), ast.get_docstring(function)) == ("A module.", "A docstring.")
        assert one.source.startswith('"""A module."""\nimport torch\nimport torch.nn.functional as F\n')
        assert sum(isinstance(node.annotation, ast.Attribute) for node in function.args.args) == 2


def test_every_operator_of_the_table_finds_something() -> None:
    assert {one.operator for one in mutants(EVERYTHING)} == set(OPERATORS)


@pytest.mark.parametrize("drill", mutated_drills(), ids=lambda drill: str(drill.id))
def test_the_mutants_of_a_shipped_drill_are_many_and_of_many_kinds(drill: Drill) -> None:
    """By the length of its reference, which is counted in expressions: a good reference is short."""
    length = sum(isinstance(node, ast.expr) for node in ast.walk(ast.parse(drill.reference)))
    found = mutants(drill.reference)
    kinds = Counter(one.operator for one in found)
    assert len(found) - kinds["name replaced"] >= max(50, 0.8 * length)
    assert len(kinds) >= 7


# ---- properties ------------------------------------------------------------------------------------------------------

ATOMS = st.sampled_from(["x", "k", "1", "2.5", "-1", "True", "x[0]", "'sum'"])
NESTED = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "<", "and"]), inner)
        .map(" ".join)
        .map("({})".format),
        st.tuples(inner, inner).map(lambda two: f"F.kl_div({two[0]}, {two[1]}, reduction='sum')"),
        inner.map("({}).sum(dim=-1)".format),
        inner.map("(-{})".format),
        inner.map("[a for a in {}]".format),
    ),
    max_leaves=4,
)
PROGRAMS = st.lists(NESTED, min_size=1, max_size=2).map(
    lambda lines: "\n    ".join(["def f(x, k):", *(f"y{at} = {line}" for at, line in enumerate(lines)), "return y0"])
)


@settings(deadline=None, max_examples=15)
@given(PROGRAMS)
def test_every_mutant_is_a_program_of_its_own(source: str) -> None:
    found = mutants(source)
    trees = [ast.dump(ast.parse(one.source)) for one in found]
    assert len({ast.dump(ast.parse(source)), *trees}) == len(found) + 1
    assert len({one.description for one in found}) == len(found)
    assert found == mutants(source)


@settings(deadline=None, max_examples=15)
@given(PROGRAMS)
def test_a_mutant_differs_in_one_line_and_says_which(source: str) -> None:
    lines = ast.unparse(ast.parse(source)).splitlines()
    for one in mutants(source):
        assert _first_difference(lines, one) == int(one.description.split()[1].rstrip(":"))


def _first_difference(lines: list[str], one: Mutant) -> int:
    """The only line that is another, or that is missing, counted from 1."""
    changed = one.source.splitlines()
    at = next((at for at, (old, new) in enumerate(zip(lines, changed, strict=False)) if old != new), len(changed))
    rest = lines[at + 1 :]
    assert changed[at + len(changed) - len(lines) + 1 :] == rest
    return at + 1
