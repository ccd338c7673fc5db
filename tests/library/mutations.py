"""Content files with something wrong in them: the shipped packs, mutated by their structure and by their bytes.

The same seed gives the same mutation.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kdquiz.library.folders import OF_THE_PACK
from kdquiz.library.source import read_tree, scalar
from tests.library.hostile import COMPANION, HOSTILE, OF_BYTES, OTHER_KINDS

CONTENT = Path(__file__).parents[2] / "content"
QUESTIONS_A_FILE = 4


class Raw(str):
    """Written as it stands."""

    __slots__ = ()


class Pairs(list[list[Any]]):
    """A mapping as [key, value] pairs: a key may stand twice."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file to be written. `name` says whether it is a topic's or a drill's."""

    name: str
    data: bytes
    how: str


def shipped_files() -> list[tuple[str, Any]]:
    """The shipped topic files and drills, as plain values, with their names."""
    files = sorted(path for path in CONTENT.rglob("*.yaml") if path.name not in OF_THE_PACK)
    others = "format: 1\ntopic: others\ntitle: Others\nquestions:" + OTHER_KINDS
    texts = [*((path.name, path.read_text(encoding="utf-8")) for path in files), ("others.yaml", others)]
    trees = [(name, read_tree(Path(name), text)[0]) for name, text in texts]
    return [(name, tree.root) for name, tree in trees if tree is not None]


def mutants(seed: int, count: int, files: list[tuple[str, Any]]) -> Iterator[Mutant]:
    """So many mutants of these files."""
    rng = random.Random(seed)
    for _ in range(count):
        yield mutant(rng, *rng.choice(files))


def mutant(rng: random.Random, name: str, value: Any) -> Mutant:
    """One mutant of a file: half of them with one to three harsh mutations, and a third of those of their bytes, too;
    the others with gentle ones, which may leave it sound or break what is looked at last."""
    tree = _pairs(_fewer(rng, value))
    harsh = rng.random() < 1 / 2
    ways = [rng.choice(HARSH if harsh else GENTLE) for _ in range(rng.randint(1, 3))]
    for way in ways:
        way(rng, tree)
    data = "".join(_written(tree)).encode("utf-8", "surrogatepass")
    names = [way.__name__.strip("_") for way in ways]
    if harsh and rng.random() < 1 / 3:
        byte_way = rng.choice(OF_BYTES)
        data = byte_way(rng, data)
        names.append(byte_way.__name__.strip("_"))
    return Mutant(name, data, "+".join(names))


def _fewer(rng: random.Random, value: Any) -> Any:
    """A topic with a few of its questions, so that many can be tried; a drill that refers to the companion."""
    questions = value.get("questions")
    if not isinstance(questions, list):
        mistakes = [{**one, **({"card": COMPANION} if "card" in one else {})} for one in value["mistakes"]]
        return {**value, "topic": COMPANION, "mistakes": mistakes}
    some = rng.sample(questions, min(QUESTIONS_A_FILE, len(questions)))
    there = {one["id"] for one in some}
    return {**value, "questions": [{word: _there(word, inner, there) for word, inner in one.items()} for one in some]}


def _there(word: str, value: Any, there: set[str]) -> Any:
    """References to questions that are left."""
    return [one for one in value if one in there] if word in ("needs", "then") else value


def _pairs(value: Any) -> Any:
    if isinstance(value, dict):
        return Pairs([key, _pairs(inner)] for key, inner in value.items())
    return [_pairs(inner) for inner in value] if isinstance(value, list) else value


def _written(value: Any, depth: int = 0) -> Iterator[str]:
    """As YAML: blocks for the file and its questions, one line for everything deeper."""
    if isinstance(value, Pairs) and depth < 3:
        for number, (key, inner) in enumerate(value):
            yield ("\n" if number or depth else "") + "  " * depth + f"{_flat(key)}:"
            yield from _written(inner, depth + 1)
    elif isinstance(value, list) and not isinstance(value, Pairs) and depth < 3:
        for inner in value:
            yield "\n" + "  " * depth + "-"
            yield from _written(inner, depth + 1) if depth < 2 and isinstance(inner, Pairs) else (f" {_flat(inner)}",)
    else:
        yield f" {_flat(value)}"


def _flat(value: Any) -> str:
    if isinstance(value, Raw):
        return value
    if isinstance(value, Pairs):
        return "{" + ", ".join(f"{_flat(key)}: {_flat(inner)}" for key, inner in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    is_plain = value.replace("-", "").replace("_", "").isalnum() and value.isascii() and scalar(value) == value
    return value if is_plain else json.dumps(value, ensure_ascii=False)


# ---- of the structure ------------------------------------------------------------------------------------------------


def _places(tree: Any) -> list[tuple[Any, int]]:
    """Every container with the position of each of its entries; of a mapping's entry the pair."""
    found: list[tuple[Any, int]] = []
    todo = [tree]
    while todo:
        one = todo.pop()
        for number, inner in enumerate(one):
            found.append((one, number))
            value = inner[1] if isinstance(one, Pairs) else inner
            if isinstance(value, list):
                todo.append(value)
    return found


def _somewhere(rng: random.Random, tree: Any) -> tuple[Any, int]:
    return rng.choice(_places(tree) or [([""], 0)])


def _set(place: tuple[Any, int], value: Any) -> None:
    container, number = place
    if isinstance(container, Pairs):
        container[number] = [container[number][0], value]
    else:
        container[number] = value


def _get(place: tuple[Any, int]) -> Any:
    container, number = place
    return container[number][1] if isinstance(container, Pairs) else container[number]


def _delete(rng: random.Random, tree: Any) -> None:
    container, number = _somewhere(rng, tree)
    del container[number]


def _duplicate(rng: random.Random, tree: Any) -> None:
    container, number = _somewhere(rng, tree)
    container.insert(rng.randint(0, len(container)), container[number])


def _retype(rng: random.Random, tree: Any) -> None:
    place = _somewhere(rng, tree)
    value = _get(place)
    _set(place, rng.choice([[value], Pairs([["a", value]]), "text", Raw("7"), Raw("true"), Raw(""), [], Pairs()]))


def _rename(rng: random.Random, tree: Any) -> None:
    pairs = [place for place in _places(tree) if isinstance(place[0], Pairs)]
    if pairs:
        container, number = rng.choice(pairs)
        key = str(container[number][0])
        at = rng.randint(0, len(key))
        typo = rng.choice([key[:at] + key[at + 1 :], key[:at] + "x" + key[at:], key.upper(), key + "s", "", "1", "no"])
        container[number] = [rng.choice([typo, Raw(rng.choice(HOSTILE))]), container[number][1]]


def _nest(rng: random.Random, tree: Any) -> None:
    place = _somewhere(rng, tree)
    value = _get(place)
    for _ in range(rng.choice([1, 2, 5, 45])):
        value = rng.choice([[value], Pairs([["a", value]])])
    _set(place, value)


def _exchange(rng: random.Random, tree: Any) -> None:
    one, other = _somewhere(rng, tree), _somewhere(rng, tree)
    first, second = json.loads(json.dumps(_get(one))), json.loads(json.dumps(_get(other)))
    _set(one, _again(second))
    _set(other, _again(first))


def _again(value: Any) -> Any:
    """A copy that came through JSON: its mappings are lists of pairs now, which is a mutation as good as another."""
    return [_again(inner) for inner in value] if isinstance(value, list) else value


def _hostile(rng: random.Random, tree: Any) -> None:
    _set(_somewhere(rng, tree), Raw(rng.choice(HOSTILE)))


def _alias(rng: random.Random, tree: Any) -> None:
    place = _somewhere(rng, tree)
    _set(place, Raw(f"&a {_flat(_get(place))}"))
    _set(_somewhere(rng, tree), Raw("*a"))


def _misspell(rng: random.Random, tree: Any) -> None:
    place = _somewhere(rng, tree)
    value = _get(place)
    if isinstance(value, str) and value:
        at = rng.randrange(len(value))
        _set(place, value[:at] + rng.choice(["", "x", "-", "{", "}", "`", "\\", "$", "|"]) + value[at + 1 :])


HARSH = (_delete, _duplicate, _retype, _rename, _nest, _exchange, _hostile, _hostile, _alias, _misspell)


# ---- gently ----------------------------------------------------------------------------------------------------------


def _reword(rng: random.Random, tree: Any) -> None:
    """Other words where prose stands."""
    prose = ("ask", "answer", "because", "source", "title", "text", "right", "wrong", "say")
    places = [(one, n) for one, n in _places(tree) if isinstance(one, Pairs) and one[n][0] in prose]
    if places:
        words = [
            rng.choice(("teacher", "T²", "`x = 1`", "not", "0.5", "知識", "*", "|", "1/2"))
            for _ in range(rng.randint(1, 40))
        ]
        _set(rng.choice(places), " ".join(words))


def _shuffle(rng: random.Random, tree: Any) -> None:
    lists = [one for one in {id(one): one for one, _ in _places(tree)}.values() if len(one) > 1]
    rng.shuffle(rng.choice(lists))


def _renumber(rng: random.Random, tree: Any) -> None:
    numbers = [place for place in _places(tree) if type(_get(place)) in (int, float)]
    if numbers:
        _set(rng.choice(numbers), rng.choice([0, 1, 2, 3, -1, 0.5, 7, 1e9, 1e-9]))


def _leave_out(rng: random.Random, tree: Any) -> None:
    """An entry of a list of several, or a key that may be absent."""
    optional = ("level", "needs", "then", "because", "hints", "advice", "equivalents", "card", "slips", "tests")
    places = [
        (one, n) for one, n in _places(tree) if (one[n][0] in optional if isinstance(one, Pairs) else len(one) > 1)
    ]
    if places:
        container, number = rng.choice(places)
        del container[number]


def _once_more(rng: random.Random, tree: Any) -> None:
    """An entry of a list a second time."""
    places = [place for place in _places(tree) if not isinstance(place[0], Pairs)]
    if places:
        container, number = rng.choice(places)
        container.insert(number, container[number])


def _formula(rng: random.Random, tree: Any) -> None:
    places = [place for place in _places(tree) if isinstance(place[0], Pairs) and place[0][place[1]][0] == "value"]
    if places:
        formulas = (
            "a",
            "T/a",
            "log(a - 2)",
            "exp(a * 999)",
            "sum([a, T])",
            "[a, T]",
            "a ** -T",
            "1e308 * a",
            "-a",
            "0",
        )
        _set(rng.choice(places), rng.choice(formulas))


GENTLE = (_reword, _reword, _shuffle, _renumber, _leave_out, _once_more, _formula)
