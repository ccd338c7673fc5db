"""What an exception of the learner's code means, in plain words. Texts alone: no torch.

An exception's text goes in, with what the symbols of the case stand for and how its arguments are called; a sentence
comes out, or nothing where we know no better than the exception itself. Here are the words that depend on the case or
on what was found where; those that are always the same stand in `sentences`.
"""

import difflib
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kdquiz.grading.sentences import HOMES, IMPORTS, NO_POWER, SENTENCES, SIGNS, THINGS

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the case: what its symbols stand for, and the names of its arguments in order."""

    symbols: Mapping[str, Any] = field(default_factory=dict)
    arguments: Sequence[str] = ()


def plain_words(error: str, symbols: Mapping[str, Any], arguments: Sequence[str] = ()) -> str:
    """A sentence for `RuntimeError: The size of tensor a (5) must match ...`; empty where none is known."""
    known = Known(symbols, arguments)
    for pattern, say in _WORDS:
        found = pattern.search(error)
        if found:
            return say(found, known)
    return ""


# ---- sizes -----------------------------------------------------------------------------------------------------------


def _size(text: str, known: Known) -> str:
    """A size with the symbols that stand for it: `5 (C)`."""
    named = [name for name, value in known.symbols.items() if isinstance(value, int) and str(value) == text]
    return f"{text} ({' or '.join(named)})" if named else text


def _sizes_differ(found: Match, known: Known) -> str:
    first, second, dimension = found.groups()
    sizes = f"{_size(first, known)} and {_size(second, known)}"
    return f"Two of your tensors do not fit together: along dimension {dimension} they have the sizes {sizes}."


def _rows_differ(found: Match, known: Known) -> str:
    first, second = found.groups()
    return (
        f"A loss got an input with {_size(first, known)} rows and a target with {_size(second, known)}: "
        "the first dimension of both must be the same."
    )


def _no_dimension(found: Match, known: Known) -> str:
    first, last, wanted = found.groups()
    if last == "0":
        return f"There is no dimension {wanted} in that tensor; it has a single one. Is it the tensor that you mean?"
    return f"There is no dimension {wanted} in that tensor; its dimensions are {first} to {last}."


def _no_entry(found: Match, known: Known) -> str:
    return f"Along dimension {found[1]} there are {_size(found[2], known)} entries, counted from 0."


# ---- names -----------------------------------------------------------------------------------------------------------


def _name_unknown(found: Match, known: Known) -> str:
    name = found[1]
    if name in IMPORTS:
        return f"`{name}` is not imported: add `{IMPORTS[name]}` at the top."
    home = next((home for home, names in HOMES.items() if name in names), "")
    if home:
        return f"`{name}` is a part of another module: write `{home}.{name}`."
    near = _near(name, [*known.arguments, *IMPORTS])
    return f"Did you mean {_listed(near, 'or')}?" if near else ""


def _near(name: str, names: Sequence[str]) -> list[str]:
    """The name in other letters, large or small; otherwise those that look most alike, all that do so equally."""
    same = [one for one in names if one.casefold() == name.casefold()]
    near = same or difflib.get_close_matches(name, names, n=len(names))
    likeness = [difflib.SequenceMatcher(None, one, name).ratio() for one in near]
    return [one for one, ratio in zip(near, likeness, strict=True) if same or ratio > likeness[0] - 0.01]


def _no_value_yet(found: Match, known: Known) -> str:
    name = found[1]
    if name in IMPORTS:
        return f"`{name}` gets a value in this function, which hides the import everywhere in it: take another name."
    return (
        f"`{name}` has no value yet at that line: the function gives it one further down, in that very line, or in a "
        "branch or a loop that did not run."
    )


# ---- the wrong kind of thing -----------------------------------------------------------------------------------------


def _numbers(known: Known) -> str:
    """Which numbers may have come to where a tensor is wanted."""
    names = [name for name in known.arguments if isinstance(known.symbols.get(name), int | float)]
    told = ", ".join(f"`{name}`" for name in names)
    return (
        f"Such numbers are {told} and whatever `.item()` returns: do your arguments stand in the order of the task?"
        if names
        else ""
    )


def _operands(found: Match, known: Known) -> str:
    operator, *kinds = found.groups()
    if operator == "^":
        return NO_POWER
    if operator == "@" and {"float", "int"} & {*kinds}:
        return "`@` is the product of two matrices; a number multiplies with `*`."
    thing = next((THINGS[kind] for kind in kinds if kind in THINGS), "")
    return f"One side of that operation is {thing}" if thing else ""


def _attribute(found: Match, known: Known) -> str:
    kind, name = found.groups()
    if kind in ("float", "int"):
        return f"A tensor is wanted there: a Python number has no `.{name}`. {_numbers(known)}".strip()
    if kind == "Tensor":
        return f"A tensor has no `.{name}`."
    return f"What `.{name}` is asked of is {THINGS[kind]}" if kind in THINGS else ""


def _wants_tensor(found: Match, known: Known) -> str:
    function, argument, kind = found.groups()
    function = {"cross_entropy_loss": "cross_entropy", "nll_loss_nd": "nll_loss"}.get(function, function)
    wants = f"`{function}()` wants a tensor as its `{argument}`"
    if kind in ("float", "int"):
        told = f"for numbers there is `math.{function}`." if hasattr(math, function) else ""
        return f"{wants}, and got a Python number{f': {told}' if told else '. ' + _numbers(known)}".strip()
    if re.fullmatch(r"\w*(Softmax|Softmin|Loss|Linear|ReLU|Sigmoid|Softplus)", kind):
        return f"{wants}, and got a module: that is made first and called then, as in `nn.{kind}(...)(...)`."
    return f"{wants}, and got {THINGS[kind]}" if kind in THINGS else ""


def _not_callable(found: Match, known: Known) -> str:
    kind = found[1]
    if kind == "torch.Size":
        return "`.shape` is not called: write `shape[0]`, or `size(0)`."
    if kind == "module":
        return f"What is called there is {THINGS[kind]}"
    what = {"Tensor": "tensor", "int": "number", "float": "number"}.get(kind)
    return (
        f"A {what or kind} is called there as if it were a function: is a {'`*`' if what else 'comma'} missing before "
        "the parentheses, or has a variable the name of the function that you mean?"
    )


def _no_entries(found: Match, known: Known) -> str:
    kind = next(filter(None, found.groups()))
    if kind in ("float", "int"):
        return f"A tensor is wanted there: a Python number has no entries. {_numbers(known)}".strip()
    return f"What entries are asked of is {THINGS[kind]}" if kind in THINGS and kind not in ("list", "tuple") else ""


def _missing_arguments(found: Match, known: Known) -> str:
    function, names = found[1].removesuffix(".forward"), re.sub("['\"]", "`", found[2])
    return f"`{function}` is called there without its {names}."


# ---- the source ------------------------------------------------------------------------------------------------------


def _strange_sign(found: Match, known: Known) -> str:
    sign = SIGNS.get(found[1])
    return f"Python writes that sign as `{sign}`." if sign else "That sign is none of Python's: was it copied?"


def _listed(names: Sequence[str], last: str) -> str:
    return f" {last} ".join(f"`{name}`" for name in names)


def _says(sentence: str) -> Callable[[Match, Known], str]:
    return lambda found, known: sentence.format(*found.groups())


_THING = r"'([\w.]+)'"
_BY_CASE: dict[str, Callable[[Match, Known], str]] = {
    r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)": (
        _sizes_differ
    ),
    r"Expected input batch_size \((\d+)\) to match target batch_size \((\d+)\)": _rows_differ,
    r"Dimension out of range \(expected to be in range of \[(-?\d+), (-?\d+)\], but got (-?\d+)\)": _no_dimension,
    r"index -?\d+ is out of bounds for dimension (\d+) with size (\d+)": _no_entry,
    r"^NameError: name '(\w+)' is not defined": _name_unknown,
    r"cannot access (?:local|free) variable '(\w+)'": _no_value_yet,
    rf"unsupported operand type\(s\) for (.+?): {_THING} and {_THING}": _operands,
    rf"'(\S+)' not supported between instances of {_THING} and {_THING}": _operands,
    rf"bad operand type for (.+?): {_THING}": _operands,
    rf"{_THING} object has no attribute '(\w+)'": _attribute,
    r"(\w+)\(\): argument '(\w+)'(?: \(position \d+\))? must be Tensor, (?:not|but found) (\w+)": _wants_tensor,
    rf"{_THING} object is not callable": _not_callable,
    rf"{_THING} object is not (?:subscriptable|iterable)|object of type {_THING} has no len": _no_entries,
    r"(\w+(?:\.forward)?)\(\) missing \d+ required positional arguments?: (.+)": _missing_arguments,
    r"^SyntaxError: invalid character '(.)'": _strange_sign,
}
"""What an exception says -> the words that depend on the case, or on the kind of thing."""


def _words() -> Iterator[tuple[re.Pattern[str], Callable[[Match, Known], str]]]:
    for pattern, say in _BY_CASE.items():
        yield re.compile(pattern), say
    for pattern, sentence in SENTENCES.items():
        yield re.compile(pattern), _says(sentence)


_WORDS = tuple(_words())
