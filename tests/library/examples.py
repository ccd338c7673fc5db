"""Questions as values, for the tests of what is written, marked and checked in them."""

from typing import Any

from kdquiz.library.kinds.cloze import Cloze, ClozeTest
from kdquiz.library.kinds.numeric import Numeric, Slip

TWO_BLANKS = "It is applied to {{both | both networks}} in training and is {{1 | one}} at inference."


def cloze(text: str = TWO_BLANKS, *tests: ClozeTest, answer: str | None = None) -> Cloze:
    return Cloze(id="gap", kind="cloze", source="A paper", text=text, tests=tests, answer=answer)


def numeric(**keys: Any) -> Numeric:
    """A question with a value and a tolerance, unless told otherwise."""
    return Numeric(**{"id": "n", "kind": "numeric", "source": "s", "ask": "?", "value": 1, "within": 0.1, **keys})


SOFTEN = numeric(
    ask="[{a}, 0, 0] at T = {T}?",
    draw={"a": (2, 3, 4), "T": (2, 4, 5)},
    value="softmax([a/T, 0, 0])[0]",
    within=0.005,
    slips=(
        Slip(value="softmax([a, 0, 0])[0]", because="That is T = 1; divide the logits by T before the softmax."),
        Slip(value="softmax([a*T, 0, 0])[0]", because="That multiplies by T."),
    ),
)
