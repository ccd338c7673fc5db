"""What an exception of the learner's code means, in plain words. Texts alone: no torch.

An exception's text goes in, with what the symbols of the case stand for; a sentence comes out, or nothing where we know
no better than the exception itself.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

Match = re.Match[str]
Symbols = Mapping[str, Any]


def plain_words(error: str, symbols: Symbols) -> str:
    """A sentence for `RuntimeError: The size of tensor a (5) must match ...`; empty where none is known."""
    for pattern, say in _SENTENCES:
        found = pattern.search(error)
        if found:
            return say(found, symbols)
    return ""


def _size(text: str, symbols: Symbols) -> str:
    """A size with the symbols that stand for it: `5 (C)`."""
    named = [name for name, value in symbols.items() if isinstance(value, int) and str(value) == text]
    return f"{text} ({' or '.join(named)})" if named else text


def _sizes_differ(found: Match, symbols: Symbols) -> str:
    first, second, dimension = found.groups()
    sizes = f"{_size(first, symbols)} and {_size(second, symbols)}"
    return f"Two of your tensors do not fit together: along dimension {dimension} they have the sizes {sizes}."


def _rows_differ(found: Match, symbols: Symbols) -> str:
    first, second = found.groups()
    return (
        f"A loss got an input with {_size(first, symbols)} rows and a target with {_size(second, symbols)}: "
        "the first dimension of both must be the same."
    )


def _not_multipliable(found: Match, symbols: Symbols) -> str:
    return (
        f"A matrix product of shapes {found[1]} and {found[2]} does not exist: the inner sizes "
        "must be equal. Is a transpose missing, or did you mean `*`?"
    )


def _no_dimension(found: Match, symbols: Symbols) -> str:
    first, last = found[1].strip("[]").split(", ")
    return f"There is no dimension {found[2]} in that tensor; its dimensions are {first} to {last}."


def _name_unknown(found: Match, symbols: Symbols) -> str:
    imports = {"F": "import torch.nn.functional as F", "nn": "from torch import nn", "torch": "import torch"}
    imports |= {"math": "import math", "np": "import numpy as np"}
    if found[1] in imports:
        return f"`{found[1]}` is not imported: add `{imports[found[1]]}` at the top."
    return f"The name `{found[1]}` is not defined where that line uses it."


def _says(sentence: str) -> Callable[[Match, Symbols], str]:
    return lambda found, symbols: sentence.format(*found.groups())


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[Match, Symbols], str]], ...] = tuple(
    (re.compile(pattern), say)
    for pattern, say in (
        (
            r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)",
            _sizes_differ,
        ),
        (r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)", _rows_differ),
        (r"shapes cannot be multiplied \((\w+) and (\w+)\)", _not_multipliable),
        (r"Dimension out of range \(expected to be in range of (\[.*?\]), but got (-?\d+)\)", _no_dimension),
        (r"name '(\w+)' is not defined", _name_unknown),
        (
            r"needed for gradient computation has been modified by an inplace operation",
            _says("A tensor that the gradient needs was changed in place; compute a new tensor instead."),
        ),
        (
            r"does not require grad and does not have a grad_fn",
            _says("Something that has no gradient was asked for one: it was detached, or computed under `no_grad`."),
        ),
        (
            r"(?:dtype|type) to be Long|expected scalar type Long",
            _says("A loss got floating-point numbers where it wants class numbers: are its two arguments in order?"),
        ),
        (
            r"not implemented for 'Long'|Integral inputs not supported",
            _says("Something that needs floating-point numbers got whole ones: are the arguments in the right order?"),
        ),
        (
            r"0D or 1D target tensor expected",
            _says("A loss wants one class number a row as its target; it got a matrix."),
        ),
        (
            r"Target (\d+) is out of bounds",
            _says("There is no class {0} there: does the last dimension hold the classes?"),
        ),
        (
            r"(\w+) is not a valid value for reduction",
            _says("There is no reduction `{0}`; `batchmean`, `mean`, `sum`, `none`."),
        ),
        (r"(\w+)\(\) got an unexpected keyword argument '(\w+)'", _says("`{0}()` has no argument `{1}`.")),
        (r"shape '(\[.*?\])' is invalid for input of size (\d+)", _says("{1} entries do not fill the shape {0}.")),
        (
            r"Boolean value of Tensor with more than one value",
            _says("A tensor with several entries stands where one true or false is needed (`if`, `and`, `or`)."),
        ),
        (
            r"(?:only one element tensors|a Tensor with \d+ elements cannot) ?(?:can )?be converted to",
            _says("A tensor with several entries was turned into one Python number; reduce it first (`mean`, `sum`)."),
        ),
        (
            r"unsupported operand.*'NoneType'",
            _says("One side of that operation is None: does a function lack its `return`?"),
        ),
        (
            r"'NoneType' object has no attribute '(\w+)'",
            _says("What `.{0}` is asked of is None: does a function lack its `return`?"),
        ),
        (r"'Tensor' object has no attribute '(\w+)'", _says("A tensor has no `.{0}`.")),
        (r"module '([\w.]+)' has no attribute '(\w+)'", _says("`{0}` has no `{1}`: look at the spelling.")),
        (r"CUDA", _says("A drill runs on the processor alone: leave out `.cuda()` and `device='cuda'`.")),
        (
            r"NotImplementedError",
            _says("The function still raises NotImplementedError: replace that line by your own code."),
        ),
    )
)
