"""Plain words for what torch raises: each from the real exception, so that a new wording of torch is noticed."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from kdquiz.grading.words import plain_words

X = torch.randn(7, 5, requires_grad=True)
Y = torch.randint(0, 5, (7,))
SYMBOLS = {"N": 7, "C": 5, "T": 3.0}
NOTHING: Any = None


def in_place_before_backward() -> None:
    hidden = X * 2
    loss = hidden.pow(2).sum()
    hidden.add_(1)
    torch.autograd.grad(loss, X)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: X + X.t(), "along dimension 1 they have the sizes 5 (C) and 7 (N)."),
        (lambda: F.cross_entropy(X.t(), Y), "an input with 5 (C) rows and a target with 7 (N)"),
        (lambda: X @ X, "A matrix product of shapes 7x5 and 7x5 does not exist"),
        (lambda: X.sum(2), "There is no dimension 2 in that tensor; its dimensions are -2 to 1."),
        (lambda: F.softmax(X, axis=1), "`softmax()` has no argument `axis`."),  # type: ignore[call-arg]
        (lambda: F.cross_entropy(X, Y.double()), "A loss got floating-point numbers where it wants class numbers"),
        (lambda: F.cross_entropy(Y, X), "Something that needs floating-point numbers got whole ones"),
        (lambda: F.nll_loss(X, X), "A loss wants one class number a row as its target"),
        (lambda: F.cross_entropy(X, Y + 5), "does the last dimension hold the classes?"),
        (lambda: F.kl_div(X, X, reduction="batch_mean"), "There is no reduction `batch_mean`"),
        (lambda: X.view(3, 4), "35 entries do not fill the shape [3, 4]."),
        (lambda: bool(X > 0), "A tensor with several entries stands where one true or false is needed"),
        (lambda: float(X), "A tensor with several entries was turned into one Python number"),
        (lambda: X.item(), "A tensor with several entries was turned into one Python number"),
        (lambda: torch.autograd.grad(torch.zeros(()), X), "Something that has no gradient was asked for one"),
        (in_place_before_backward, "A tensor that the gradient needs was changed in place"),
        (lambda: NOTHING + X, "One side of that operation is None"),
        (lambda: NOTHING.mean(), "What `.mean` is asked of is None"),
        (lambda: X.softmx(1), "A tensor has no `.softmx`."),  # type: ignore[attr-defined]
        (lambda: F.log_sofmax(X), "`torch.nn.functional` has no `log_sofmax`"),  # type: ignore[attr-defined]
        (lambda: nn_is_not_defined(), "`nn` is not imported: add `from torch import nn` at the top."),
        (lambda: name_is_not_defined(), "The name `logits` is not defined where that line uses it."),
        (lambda: X.to("cuda"), "A drill runs on the processor alone"),
        (lambda: not_implemented(), "The function still raises NotImplementedError"),
    ],
)
def test_what_torch_raises_has_plain_words(call: Callable[[], Any], says: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Exception) as raised:  # noqa: PT011  # of every kind
            call()
    assert says in plain_words(f"{raised.type.__name__}: {raised.value}", SYMBOLS)


def nn_is_not_defined() -> None:
    eval("nn.Linear", {})  # noqa: S307  # a NameError as Python words it


def name_is_not_defined() -> None:
    eval("logits", {})  # noqa: S307


def not_implemented() -> None:
    raise NotImplementedError("Write the loss")


def test_sizes_that_no_symbol_stands_for_are_told_as_they_are() -> None:
    error = "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0"
    assert plain_words(error, SYMBOLS).endswith("along dimension 0 they have the sizes 3 and 4.")


def test_an_unknown_exception_is_left_to_speak_for_itself() -> None:
    assert plain_words("ZeroDivisionError: division by zero", SYMBOLS) == ""
