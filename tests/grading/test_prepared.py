"""A drill made ready, and every way in which an author can get one wrong, named."""

from typing import Any

import pytest

from kdquiz.grading.prepared import prepare
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
    assert all(one.card for one in prepared.drill.mistakes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"checks": ("valeu",)}, "there is no check 'valeu'. Did you mean 'value'?"),
        ({"checks": ("gradient k",)}, "no check 'gradient k'. Here it can be: 'gradient x' or 'gradient w'"),
        ({"checks": ("gradient",)}, "no check 'gradient'"),
        ({"checks": ("value x",)}, "no check 'value x'. Here it can be: 'value'"),
        ({"checks": ("dtype float31",)}, "no check 'dtype float31'"),
        ({"checks": ("unchanged",)}, "Here it can be: 'unchanged inputs'"),
        ({"advice": ("froze w",)}, "Did you mean 'frozen'?"),
        ({"checks": ("stable",)}, "'stable' looks at the edges with `scale`, and there is none"),
        ({"edges": ({"K": 0.0},)}, "an edge overrides 'K'"),
        ({"reference": "def weighted(x, w, k) return"}, "the reference is not Python"),
        ({"reference": REFERENCE.replace("weighted", "other"), "mistakes": ()}, "no function 'weighted'"),
        ({"mistakes": (mistake("a", "nowhere", ""),)}, "mistake 'a' cannot be applied: 'nowhere' stands 0 times"),
        ({"mistakes": (mistake("a", "mean()", "mean("),)}, "mistake 'a' cannot be applied: '\\(' was never closed"),
        ({"inputs": {"x": {"normal": ["N"]}}}, "takes 'w', which is not among the inputs"),
    ],
)
def test_what_an_author_has_to_mend_is_named(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        prepare(tiny_drill(**changes))
