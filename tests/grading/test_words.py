"""Plain words for what Python and torch raise: each from the real exception, so that a new wording is noticed."""

import math
import warnings
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from kdquiz.grading.words import plain_words

X = torch.randn(7, 5, requires_grad=True)
Y = torch.randint(0, 5, (7,))
SYMBOLS = {"N": 7, "C": 5, "T": 3.0, "alpha": 0.5}
ARGUMENTS = ("student_logits", "teacher_logits", "labels", "T", "alpha")
NOTHING: Any = None
TEXT: Any = "a"
NUMBER: Any = 3.0
FUNCTION: Any = F.softmax
TENSOR: Any = X
MODULE: Any = nn.Softmax()
NUMBERS = "Such numbers are `T`, `alpha` and whatever `.item()` returns"


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
        (lambda: X.to("cuda"), "A drill runs on the processor alone"),
        (lambda: not_implemented(), "The function still raises NotImplementedError"),
        (lambda: Y.sum(1), "There is no dimension 1 in that tensor; it has a single one. Is it the tensor that"),
        (lambda: X[9], "Along dimension 0 there are 7 (N) entries, counted from 0."),
        (lambda: F.cross_entropy(X, F.one_hot(Y, 5)), "it wants one class number a row (the labels as they are), or"),
        (lambda: F.one_hot(X), "Whole numbers (int64) are wanted there"),
        (lambda: X.gather(1, Y.float()), "Whole numbers (int64) are wanted there"),
        (lambda: X.gather(1, Y), "`gather` wants an index with as many dimensions as the tensor"),
        (lambda: X @ X.double().t(), "Two tensors of different dtype meet there"),
        (lambda: nn.Linear(5, 2)(X.double()), "Two tensors of different dtype meet there"),
        (lambda: X.t().view(-1), "After a transpose `view` cannot do that; `reshape` can."),
        (lambda: torch.cat([X.sum(), X.sum()]), "`cat` joins rows; for single numbers there is `stack`."),
        (lambda: torch.stack([X, NUMBER]), "`stack` and `cat` join tensors, and got a float"),
        (lambda: sum(X.sum()), "That tensor is a single number, with no rows."),
        (lambda: len(X.sum()), "That tensor is a single number, with no rows."),
        (lambda: X.sum()[0], "That tensor is a single number, with no rows."),
        (lambda: X[:0].argmax(), "That tensor is empty, and has no largest entry."),
        (
            lambda: nn.KLDivLoss(TENSOR, TENSOR),
            "a module, which is made first and called then (`nn.KLDivLoss(...)(input",
        ),
        (lambda: X ^ 2, "`^` is no power in Python: write `x ** 2`"),
        (lambda: (X * 2).backward(), "`backward` was called on a tensor with several entries; return the value"),  # type: ignore[no-untyped-call]
        (lambda: backward_twice(), "The code has called `backward` itself"),
        (lambda: X.numpy(), "What numpy computes has no gradient, after a `detach` neither"),
        (lambda: torch.mean(X, TEXT), "`mean()` does not take arguments of these kinds: (Tensor, str)."),
        (lambda: [1.0] * TENSOR, "A list, a tuple or a text is multiplied there"),
        (lambda: (X,) * NUMBER, "A list, a tuple or a text is multiplied there"),
    ],
)
def test_what_torch_raises_has_plain_words(call: Callable[[], Any], says: str) -> None:
    assert says in words_for(call)


def words_for(call: Callable[[], Any]) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Exception) as raised:  # noqa: PT011  # of every kind
            call()
    text = str(raised.value)
    return plain_words(f"{raised.type.__name__}: {text}" if text else raised.type.__name__, SYMBOLS, ARGUMENTS)


def not_implemented() -> None:
    raise NotImplementedError("Write the loss")


def backward_twice() -> None:
    loss = X.exp().sum()
    loss.backward()  # type: ignore[no-untyped-call]
    loss.backward()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: TEXT - NUMBER, "One side of that operation is a text, in quotes."),
        (lambda: (X,) / NUMBER, "One side of that operation is a tuple: is there a comma too many"),
        (lambda: X * FUNCTION, "One side of that operation is a function that was not called"),
        (lambda: X / TENSOR.size, "One side of that operation is a function that was not called"),
        (lambda: X < NOTHING, "One side of that operation is None"),
        (lambda: NOTHING < NUMBER, "One side of that operation is None"),
        (lambda: -NOTHING, "One side of that operation is None"),
        (lambda: NUMBER ^ 2, "`^` is no power in Python"),
        (lambda: X @ NUMBER, "`@` is the product of two matrices; a number multiplies with `*`."),
        (lambda: F.log_softmax(NUMBER, dim=1), f"a Python number has no `.log_softmax`. {NUMBERS}"),
        (lambda: FUNCTION.mean, "What `.mean` is asked of is a function that was not called"),
        (lambda: (X,).mean, "What `.mean` is asked of is a tuple"),  # type: ignore[attr-defined]
        (lambda: torch.log_softmax(NOTHING, 1), ""),
        (lambda: torch.argmax(NUMBER), f"`argmax()` wants a tensor as its `input`, and got a Python number. {NUMBERS}"),
        (lambda: torch.exp(NUMBER), "and got a Python number: for numbers there is `math.exp`."),
        (lambda: torch.sum(TENSOR.tolist()), "wants a tensor as its `input`, and got a list: `torch.stack`"),
        (lambda: F.cross_entropy(X, NUMBER), "`cross_entropy()` wants a tensor as its `target`, and got a Python"),
        (lambda: F.kl_div(NOTHING, X), "`kl_div()` wants a tensor as its `input`, and got None"),
        (
            lambda: F.kl_div(MODULE, TENSOR),
            "that is made first and called then, as in `nn.Softmax(...)(...)`.",
        ),
        (lambda: NUMBER(X), "A number is called there as if it were a function: is a `*` missing"),
        (lambda: TENSOR(X), "A tensor is called there as if it were a function: is a `*` missing"),
        (lambda: TEXT(X), "A str is called there as if it were a function: is a comma missing"),
        (lambda: TENSOR.shape(0), "`.shape` is not called: write `shape[0]`, or `size(0)`."),
        (lambda: math(X), "a module: name the function in it, as in `F.softmax(...)`."),  # type: ignore[operator]
        (lambda: NUMBER[0], f"a Python number has no entries. {NUMBERS}"),
        (lambda: sum(NUMBER), f"a Python number has no entries. {NUMBERS}"),
        (lambda: len(NUMBER), f"a Python number has no entries. {NUMBERS}"),
        (lambda: TENSOR.size[0], "What entries are asked of is a function that was not called"),
        (lambda: TENSOR.softmax(), "`softmax` is called there without its `dim`."),
        (lambda: F.softmax(), "`softmax` is called there without its `input`."),  # type: ignore[call-arg]
        (lambda: nn.KLDivLoss()(), "`KLDivLoss` is called there without its `input` and `target`."),
        (lambda: no_value_yet(), "`loss` has no value yet at that line: the function gives it one further down"),
        (lambda: import_hidden(), "`torch` gets a value in this function, which hides the import everywhere in it"),
        (lambda: 1 / 0, ""),
    ],
)
def test_the_wrong_kind_of_thing_has_plain_words(call: Callable[[], Any], says: str) -> None:
    assert says in words_for(call)


def no_value_yet() -> None:
    exec("def total():\n    loss += 1\ntotal()", {})  # noqa: S102  # as Python words it


def import_hidden() -> None:
    exec("import torch\ndef loss():\n    torch.exp(1)\n    torch = 1\nloss()", {})  # noqa: S102


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("nn", "`nn` is not imported: add `from torch import nn` at the top."),
        ("studnet_logits", "Did you mean `student_logits`?"),
        ("Labels", "Did you mean `labels`?"),
        ("t", "Did you mean `T`?"),
        ("f", "Did you mean `F`?"),
        ("logits", "Did you mean `teacher_logits` or `student_logits`?"),
        ("kl_div", "`kl_div` is a part of another module: write `F.kl_div`."),
        ("CrossEntropyLoss", "`CrossEntropyLoss` is a part of another module: write `nn.CrossEntropyLoss`."),
        ("total_loss", ""),
        ("y", ""),
    ],
)
def test_a_name_that_is_not_known_is_explained_or_left_alone(name: str, says: str) -> None:
    assert words_for(lambda: eval(name, {})) == says  # noqa: S307  # a NameError as Python words it


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = 1\n  y = 2", "further to the right than the one above it, and nothing there opens a block."),
        (
            "def f(x):\n    # nothing\n",
            "What belongs to line 1 stands below it, indented; a comment alone is not enough.",
        ),
        ("if x:\n        y = 1\n    z = 2", "The line begins where no line above it begins"),
        ("if x:\n        y = 1\n\tz = 2", "Some lines are indented by tabs and some by spaces"),
        ("return x", "That line is not indented, so it is no part of the function."),
        ("(1. − alpha)", "Python writes that sign as `-`."),
        ("T²", "Python writes that sign as `** 2`."),
        ("KL(p ‖ q)", "That sign is none of Python's: was it copied?"),
        ("x =\u00a01", "A sign that cannot be seen stands in that line"),
        ("2T * x", "a product needs its `*`, as in `2 * T`."),
        ("f(dim=1, x)", "In a call, arguments without a name come first"),
        ("def f(a=1, b): pass", "A parameter without a default value stands after one that has one"),
        ("x = 1 \\ + 2", "Nothing may follow a `\\` at the end of a line."),
        ("```python", "what marks code in a text (```, `>>>`) is no code."),
        ("def f(lambda=1): pass", "A word of Python's own (`lambda`) is no name"),
        ("f(x y)", ""),
        ("f(x", ""),
    ],
)
def test_source_that_does_not_compile_has_plain_words(source: str, says: str) -> None:
    with pytest.raises(SyntaxError) as raised:
        compile(source, "submission.py", "exec")
    words = plain_words(f"{raised.type.__name__}: {raised.value.msg}", SYMBOLS, ARGUMENTS)
    assert says in words
    assert bool(says) == bool(words)


def test_sizes_that_no_symbol_stands_for_are_told_as_they_are() -> None:
    error = "RuntimeError: The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0"
    assert plain_words(error, SYMBOLS).endswith("along dimension 0 they have the sizes 3 and 4.")


def test_an_unknown_exception_is_left_to_speak_for_itself() -> None:
    assert plain_words("ZeroDivisionError: division by zero", SYMBOLS) == ""
