"""A drill made ready, and every way in which an author can get one wrong, named."""

from typing import Any

import pytest

from kdquiz.grading.prepared import prepare
from kdquiz.library.faults import BrokenDrillError
from kdquiz.library.problems import Key
from tests.grading.drills import MISTAKES, REFERENCE, distillation_loss, mistake, tiny_drill


def test_a_drill_is_read_into_functions_and_names() -> None:
    prepared = prepare(tiny_drill())
    assert prepared.inputs.order == ("x", "w", "k")
    assert prepared.gradients == ("x",)
    assert [check.name for check in prepared.advice] == ["frozen w"]
    assert list(prepared.mistakes) == ["no-weight", "not-scaled", "sum-of-rows", "scale-detached"]


def test_pairs_are_the_mistakes_whose_patches_do_not_overlap() -> None:
    prepared = prepare(tiny_drill(mistakes=(*MISTAKES, mistake("twice", "x * k", "x * k * 2"))))
    assert ("not-scaled", "twice") not in prepared.pairs
    assert ("no-weight", "twice") in prepared.pairs
    assert "scaled = x * k * 2\n    return (scaled).sum" in prepared.patched(("no-weight", "twice")).replace(
        "scaled.sum", "(scaled).sum"
    )


def test_a_patched_reference_is_compiled_once() -> None:
    prepared = prepare(tiny_drill())
    pair = prepared.pairs[0]
    assert prepared.with_mistakes(pair) is prepared.with_mistakes(pair)


def test_the_shipped_drill_has_at_least_24_mistakes_and_five_equivalents() -> None:
    prepared = prepare(distillation_loss())
    assert len(prepared.mistakes) >= 24
    assert len(prepared.drill.equivalents) >= 5
    assert len(prepared.drill.hints) >= 3
    assert sum(not one.card for one in prepared.drill.mistakes) <= 2  # a slip of attention has no question


def test_a_drill_with_faulty_texts_is_told_in_full() -> None:
    with pytest.raises(BrokenDrillError) as raised:
        prepare(tiny_drill(checks=("valeu", "value"), edges=({"K": 0.0},)))
    assert [fault.key for fault in raised.value.faults] == [("edges", 0, "K"), ("checks", 0)]
    assert str(raised.value).endswith("is none of them (and 1 more)")


@pytest.mark.parametrize(
    ("changes", "key", "line", "says"),
    [
        (
            {"reference": f"import torhc\n{REFERENCE}"},
            (),
            1,
            "the reference raises ModuleNotFoundError: No module named",
        ),
        (
            {"reference": f"import sys\nsys.exit(3)\n{REFERENCE}"},
            (),
            2,
            "the reference ends the process by `sys.exit(3)`",
        ),
        ({"reference": f"{REFERENCE}return 1\n"}, (), 7, "the reference is not Python: 'return' outside function"),
        (
            {"mistakes": (*MISTAKES, mistake("late", "import torch", "import torhc"))},
            ("mistakes", 4, "id"),
            1,
            "the reference with the mistake 'late' raises ModuleNotFoundError",
        ),
    ],
)
def test_code_that_cannot_be_loaded_is_told_at_its_place(
    changes: dict[str, Any], key: Key, line: int, says: str
) -> None:
    with pytest.raises(BrokenDrillError) as raised:
        prepare(tiny_drill(**changes))
    (fault,) = raised.value.faults
    assert (fault.key, fault.line) == (key, line)
    assert fault.message.startswith(f"when it is loaded, {says}")


def test_two_mistakes_that_together_are_no_python_make_a_function_that_raises() -> None:
    first, second = mistake("first", "sum(", "sum(keepdim=False, "), mistake("second", "dim=-1", "dim=-1, keepdim=True")
    prepared = prepare(tiny_drill(mistakes=(first, second)))
    assert prepared.pairs == (("first", "second"),)
    with pytest.raises(SyntaxError, match="keyword argument repeated"):
        prepared.with_mistakes(("first", "second"))()
