"""Whether a drill's inputs fit each other, the edges, and the function that they are for. Pure: faults come out.

`inputs.read_inputs` has looked at each input by itself.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

from kdquiz.errors import did_you_mean, nearest
from kdquiz.library.faults import Fault
from kdquiz.library.functions import Parameter
from kdquiz.library.harness import Call
from kdquiz.library.inputs import DTYPES, EDGE_WORDS, MUST_BE, Drawn, Inputs, is_factor, is_size
from kdquiz.library.problems import Key, in_words, unknown

MOST_ENTRIES = 1 << 20
"""Of one tensor: as many as 32 rows of logits over a vocabulary have. A case is drawn, sent and compared many times."""

Edges = Sequence[Mapping[str, Any]]


def edge_faults(inputs: Inputs, edges: Edges) -> Iterator[Fault]:
    """Edges that override what is no symbol, or nothing, or stand twice."""
    symbols = inputs.symbols()
    known = (*symbols, *EDGE_WORDS, *inputs.faulty)
    for number, edge in enumerate(edges):
        at: Key = ("edges", number)
        if not edge:
            yield Fault(message="the edge overrides nothing", hint="Remove it.", key=at)
        elif edge in edges[:number]:
            yield Fault(message="the edge stands twice", hint="Remove one of them.", key=at)
        for word, value in edge.items():
            if word not in known:
                hint = did_you_mean(word, known) or _listed(symbols)
                message = f"an edge overrides symbols, `scale` or `dtype`, and '{word}' is none of them"
                yield Fault(message=message, hint=hint, key=(*at, word), of_key=True)
            elif word == "dtype" and word not in symbols and value not in DTYPES:
                message, hint = unknown("dtype", str(value), DTYPES)
                yield Fault(message=message, hint=hint, key=(*at, word))
            elif word == "scale" and word not in symbols and not is_factor(value):
                yield Fault(message=f"`scale` must be {MUST_BE['factor']}, not {in_words(value)}", key=(*at, word))


def _listed(symbols: Sequence[str]) -> str:
    return f"Symbols here: {', '.join(symbols)}." if symbols else "There are no symbols here."


def size_faults(inputs: Inputs, edges: Edges) -> Iterator[Fault]:
    """Sizes that no symbol stands for, symbols that stand for no size, and tensors that would be too large."""
    symbols = inputs.symbols()
    asked: dict[str, tuple[int, str]] = {}
    for drawn in inputs.drawn:
        for key, word, least in drawn.sizes():
            if isinstance(word, str) and word in symbols:
                asked[word] = max(asked.get(word, (0, drawn.name)), (least, drawn.name), key=lambda one: one[0])
            elif isinstance(word, str) and word not in inputs.faulty:
                hint = did_you_mean(word, symbols) or _listed(symbols)
                yield Fault(message=f"there is no symbol '{word}' among the inputs", hint=hint, key=key)
    found = [fault for symbol, (least, name) in asked.items() for fault in _no_size(inputs, edges, symbol, least, name)]
    yield from found
    if not found:
        yield from (fault for one in inputs.drawn if (fault := _too_large(inputs, edges, one)) is not None)


def _no_size(inputs: Inputs, edges: Edges, symbol: str, least: int, name: str) -> Iterator[Fault]:
    """The values of a symbol, also under edges, that cannot be a size."""
    at: Key = ("inputs", symbol)
    values = [(inputs.fixed[symbol], at)] if symbol in inputs.fixed else []
    values += [(value, (*at, number)) for number, value in enumerate(inputs.chosen.get(symbol, ()))]
    values += [(edge[symbol], ("edges", number, symbol)) for number, edge in enumerate(edges) if symbol in edge]
    for value, key in values:
        if not is_size(value, least):
            wanted = "a whole number above 0" if least else "a whole number"
            message = f"`{symbol}` is a size of `{name}`, and must be {wanted}, not {in_words(value)}"
            yield Fault(message=message, key=key)


def _too_large(inputs: Inputs, edges: Edges, drawn: Drawn) -> Fault | None:
    dims = drawn.dims()
    if any(isinstance(one, str) and one not in inputs.symbols() for one in dims):
        return None  # told, or told of it
    largest = {name: max(inputs.chosen[name]) for name in inputs.chosen if name in dims}
    for edge in ({}, *edges):
        scope: Mapping[str, Any] = {**inputs.fixed, **largest, **edge}
        entries = prod(scope[one] if isinstance(one, str) else one for one in dims)
        if entries > MOST_ENTRIES:
            sizes = ", ".join(f"{one} = {scope[one]}" for one in dims if isinstance(one, str))
            message = f"`{drawn.name}` would have {entries:,} entries{f' ({sizes})' if sizes else ''}"
            hint = f"A tensor may have {MOST_ENTRIES:,}; a case is drawn and compared many times."
            return Fault(message=message, hint=hint, key=("inputs", drawn.name))
    return None


def argument_faults(
    inputs: Inputs, call: Call, written: Sequence[str], assessed: Collection[str] = ()
) -> Iterator[Fault]:
    """Inputs that nothing uses, and parameters that no input reaches. `written` are the names of all inputs, `call` is
    what the cases are handed to, `assessed` are the names that the harness's `assess` takes."""
    takes = call.takes
    given = set(written) - set(inputs.held_out())
    wanting = [one.name for one in takes if one.name not in given]
    meant = set()
    for name in _unused(inputs, written, {one.name for one in takes} | set(assessed)):
        near = None if name in inputs.held_out() else nearest(name, wanting)
        meant.add(near)
        drawn = any(one.name == name for one in inputs.drawn)
        why = f"{call.name} does not take it" + ("" if drawn else ", and it is no size of a tensor")
        if name in inputs.held_out():
            why = "it is held out, and no `assess` takes it"
        hint = f"Did you mean '{near}'?" if near else "Remove it."
        yield Fault(message=f"nothing uses '{name}': {why}", hint=hint, key=("inputs", name), of_key=True)
    for fault in _unreached(call, given, inputs.held_out()):
        if fault.key[-1] not in meant:  # else it is told at the input that is misspelt
            yield fault if fault.file == "drill.yaml" else replace(fault, file=call.file, line=call.line)


def _unused(inputs: Inputs, written: Sequence[str], taken: Collection[str]) -> list[str]:
    if inputs.faulty:
        return []  # what is faulty may use any of them
    symbols = inputs.symbols()
    sizes = [word for one in inputs.drawn for _, word, _ in one.sizes() if isinstance(word, str)]
    used = {*taken, *(word if word in symbols else nearest(word, symbols) for word in sizes)}
    return [name for name in written if name not in used]


def _unreached(call: Call, given: Collection[str], held_out: Collection[str]) -> Iterator[Fault]:
    """Parameters without an input, or to which no positional argument comes."""
    takes: Sequence[Parameter] = call.takes
    last = max((number for number, one in enumerate(takes) if one.by_position and one.name in given), default=-1)
    for number, one in enumerate(takes):
        key: Key = ("inputs", one.name)
        if not one.by_position and (one.name in given or not one.has_default):
            message = f"the function is called by position, and nothing reaches `{one.name}` after the `*`"
            yield Fault(message=message, hint="Leave out the `*`.", file="reference.py", key=key)
        elif one.by_position and one.name not in given and (not one.has_default or number < last):
            held = one.name in held_out
            message = f"{call.name} takes `{one.name}`, which is {'held out' if held else 'not among the inputs'}"
            if one.has_default:
                message += f": the function is called by position, and `{takes[last].name}` comes after it"
            near = did_you_mean(one.name, set(given) - {other.name for other in takes})
            hint = "Only `assess` is given it." if held else near or f"Add `{one.name}: ...`."
            yield Fault(message=message, hint=hint, key=key)
