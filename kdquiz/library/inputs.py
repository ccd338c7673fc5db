"""A drill's `inputs` and `edges`, read into values: what is fixed, chosen from a list, drawn from a distribution.

    N: [1, 4, 7]                                      a list: one value is chosen for each case
    T: 2.0                                            a fixed value
    logits: {normal: [N, C], scale: 2.0, grad: true}  a distribution of DISTRIBUTIONS, drawn for each case
    held: {normal: [M, C], held_out: true}            the same, kept from the submission, for the harness's `assess`

What bears the name of a parameter of the reference is passed to it; what is not drawn is a symbol as well, which sizes
of tensors may name and an edge may override. What these mean is the judge's (`grading/inputs.py` draws them); which
words there are stands here, so that a mistake is told when a pack is read. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from kdquiz.errors import did_you_mean
from kdquiz.library.faults import Fault
from kdquiz.library.problems import Key, in_words, unknown

Scope = dict[str, Any]
"""What the symbols of one case stand for."""

SCALE = "(scale)"
"""Where a scope holds the scale that an edge sets for all normal inputs; no symbol can have this name."""
EDGE_WORDS = ("scale", "dtype")
DTYPES = ("float64", "float32", "float16", "bfloat16")

Meaning = Literal["shape", "count", "factor", "number", "share", "flag"]
MUST_BE: Mapping[Meaning, str] = {
    "shape": "a list of sizes",
    "count": "a whole number above 0 or a symbol",
    "factor": "a number above 0",
    "number": "a finite number",
    "share": "a number from 0 to 1",
    "flag": "true or false",
}


HELD_OUT = "held_out"
"""The key of any distribution whose tensor no submission is given."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """The keys of a distribution with what each holds: those that must stand there, its own word first, and those that
    may."""

    needs: Mapping[str, Meaning]
    may: Mapping[str, Meaning]

    def meanings(self) -> Mapping[str, Meaning]:
        """All keys that may stand there, with what each holds."""
        return {**self.needs, **self.may, HELD_OUT: "flag"}


DISTRIBUTIONS = {
    "normal": Distribution({"normal": "shape"}, {"scale": "factor", "grad": "flag"}),
    "classes": Distribution({"classes": "count", "shape": "shape"}, {}),
    "uniform": Distribution({"uniform": "shape"}, {"low": "number", "high": "number", "grad": "flag"}),
    "simplex": Distribution({"simplex": "shape"}, {"zeros": "share", "grad": "flag"}),
    "mask": Distribution({"mask": "shape"}, {"share": "share"}),
    "seed": Distribution({"seed": "flag"}, {}),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input that is drawn: the word of its distribution, and the keys as written, that word among them."""

    name: str
    word: str
    options: Mapping[str, Any]

    @property
    def says(self) -> Any:
        """What the distribution's own key says."""
        return self.options[self.word]

    @property
    def grad(self) -> bool:
        """Whether its gradient can be looked at."""
        return bool(self.options.get("grad", False))

    @property
    def held_out(self) -> bool:
        """Whether no submission is given it."""
        return bool(self.options.get(HELD_OUT, False))

    def dims(self) -> Sequence[Any]:
        """The sizes along each dimension, as written: whole numbers and symbols."""
        meanings = DISTRIBUTIONS[self.word].meanings()
        return next((tuple(value) for key, value in self.options.items() if meanings[key] == "shape"), ())

    def sizes(self) -> Iterator[tuple[Key, Any, int]]:
        """Everything that is a size: where it stands, what is written, and the least that it may be."""
        for key, meaning in DISTRIBUTIONS[self.word].meanings().items():
            at: Key = ("inputs", self.name, key)
            if meaning == "shape" and key in self.options:
                yield from (((*at, number), one, 0) for number, one in enumerate(self.options[key]))
            if meaning == "count" and key in self.options:
                yield at, self.options[key], 1


@dataclass(frozen=True, slots=True)
class Inputs:
    """A drill's inputs, sorted: what is fixed, what is chosen from a list, what is drawn; and the order of the call."""

    fixed: Mapping[str, Any]
    chosen: Mapping[str, Sequence[Any]]
    drawn: tuple[Drawn, ...]
    order: tuple[str, ...]
    faulty: frozenset[str] = frozenset()
    """Names of inputs that are wrong by themselves; nothing is known of them, nor to be said of their use."""

    def symbols(self) -> tuple[str, ...]:
        """What is fixed or chosen: what an edge may override."""
        return (*self.fixed, *self.chosen)

    def held_out(self) -> tuple[str, ...]:
        """What is drawn and kept from the submission."""
        return tuple(one.name for one in self.drawn if one.held_out)

    def overridden(self, scope: Scope, edge: Mapping[str, Any]) -> Scope:
        """The scope under an edge; its `scale` is for all normal inputs, unless the drill has a symbol of that name."""
        for_all = {SCALE: edge["scale"]} if "scale" in edge and "scale" not in self.symbols() else {}
        return {**scope, **edge, **for_all}


def read_inputs(
    inputs: Mapping[str, Any], parameters: Sequence[str], *, arranged: bool = False
) -> tuple[Inputs, list[Fault]]:
    """The inputs of a drill, sorted, for a function with these parameters; what is faulty is told and left out.
    `arranged`: the arguments are made of the inputs, and may have other names."""
    faults = [fault for name, spec in inputs.items() for fault in _faults_of_one(name, spec)]
    faulty = frozenset(str(fault.key[1]) for fault in faults)
    sound = {name: spec for name, spec in inputs.items() if name not in faulty}
    return (
        Inputs(
            fixed={name: spec for name, spec in sound.items() if not isinstance(spec, list | tuple | dict)},
            chosen={name: tuple(spec) for name, spec in sound.items() if isinstance(spec, list | tuple)},
            drawn=tuple(Drawn(name, _words(spec)[0], spec) for name, spec in sound.items() if isinstance(spec, dict)),
            order=tuple(name for name in parameters if arranged or name in sound),
            faulty=faulty,
        ),
        faults,
    )


def _words(spec: Mapping[str, Any]) -> list[str]:
    return [word for word in spec if word in DISTRIBUTIONS]


def _faults_of_one(name: str, spec: Any) -> Iterator[Fault]:
    """What is wrong with one input as it stands, whatever the others are."""
    at: Key = ("inputs", name)
    if not name.isidentifier():
        hint = "It is named as a variable of Python is."
        yield Fault(message=f"{in_words(name)} cannot be the name of an input", hint=hint, key=at, of_key=True)
    elif isinstance(spec, list | tuple) and not spec:
        yield Fault(message=f"the list of `{name}` is empty", hint="Give it at least one value.", key=at)
    elif isinstance(spec, dict):
        words = _words(spec)
        if len(words) == 1:
            yield from _option_faults(words[0], spec, at)
        else:
            yield _no_distribution(name, spec, words)


def _no_distribution(name: str, spec: Mapping[str, Any], words: Sequence[str]) -> Fault:
    at: Key = ("inputs", name)
    if words:
        message = f"`{name}` names two distributions, `{words[0]}` and `{words[1]}`"
        return Fault(message=message, hint="Remove one of them.", key=(*at, words[1]), of_key=True)
    options = {key for one in DISTRIBUTIONS.values() for key in one.meanings()}
    strange = next((word for word in spec if word not in options), None)
    if strange is None:
        return Fault(message=f"`{name}` names no distribution", hint=f"Known: {', '.join(DISTRIBUTIONS)}.", key=at)
    message, hint = unknown("distribution", strange, DISTRIBUTIONS)
    return Fault(message=message, hint=hint, key=(*at, strange), of_key=True)


def _option_faults(word: str, spec: Mapping[str, Any], at: Key) -> Iterator[Fault]:
    distribution = DISTRIBUTIONS[word]
    for key, value in spec.items():
        meaning = distribution.meanings().get(key)
        if meaning is None:
            hint = did_you_mean(key, distribution.meanings()) or f"`{word}` knows {', '.join(distribution.meanings())}."
            yield Fault(message=f"unknown key '{key}'", hint=hint, key=(*at, key), of_key=True)
        elif not _fits(meaning, value):
            hint = f"Write it in brackets: [{value}]." if meaning == "shape" and isinstance(value, str) else ""
            message = f"`{key}` must be {MUST_BE[meaning]}, not {in_words(value)}"
            yield Fault(message=message, hint=hint, key=(*at, key))
        elif meaning == "shape":
            yield from _shape_faults(value, (*at, key))
    low, high = spec.get("low", 0.0), spec.get("high", 1.0)
    if word == "uniform" and is_number(low) and is_number(high) and low >= high:
        yield Fault(message=f"`low` must be below `high`, and {low} is not below {high}", key=at)
    for key, meaning in distribution.needs.items():
        if key not in spec:
            yield Fault(
                message=f"`{key}` is missing", hint=f"Beside `{word}` it is {MUST_BE[meaning]}.", key=(*at, key)
            )


def _shape_faults(dims: Sequence[Any], at: Key) -> Iterator[Fault]:
    for number, one in enumerate(dims):
        if not isinstance(one, str) and not is_size(one):
            yield Fault(message=f"a size is a whole number or a symbol, not {in_words(one)}", key=(*at, number))


def _fits(meaning: Meaning, value: Any) -> bool:
    if meaning == "shape":
        return isinstance(value, list | tuple)
    if meaning == "count":
        return isinstance(value, str) or is_size(value, 1)
    if meaning == "flag":
        return isinstance(value, bool)
    if meaning == "share":
        return is_number(value) and 0 <= value <= 1
    return is_number(value) if meaning == "number" else is_factor(value)


def is_size(value: Any, least: int = 0) -> bool:
    """A whole number, not below `least`."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def is_factor(value: Any) -> bool:
    """A finite number above 0."""
    return is_number(value) and value > 0


def is_number(value: Any) -> bool:
    """A finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
