"""Generated packs of a given size, for measuring the library: written as an author would write them, and always alike.

Every question has its own words, so that searching has something to find; one in eight needs an earlier one.
"""

import random
from collections.abc import Iterator
from pathlib import Path

A_FILE = 200
"""Questions in a topic file."""
FILES_A_PACK = 25
WORDS = (
    *("teacher", "student", "logits", "temperature", "softmax", "gradient", "entropy", "label", "class"),
    *("network", "layer", "target", "loss", "weight", "batch", "distil", "soften", "match"),
    *("transfer", "compress", "train", "evaluate", "peak", "probability", "divergence", "ensemble", "feature"),
    *("relation", "hint", "attention", "capacity", "gap", "confident", "calibrated", "uniform", "sharp"),
    *("dark", "knowledge", "prior", "sample", "corpus", "token", "sequence", "beam"),
)


def write_packs(folder: Path, questions: int) -> Path:
    """Write packs with so many questions into `folder`, and return it."""
    for number in range(-(-questions // A_FILE)):
        pack = folder / f"pack-{number // FILES_A_PACK:03}"
        pack.mkdir(parents=True, exist_ok=True)
        first = number * A_FILE
        text = topic_text(number, first, min(A_FILE, questions - first))
        (pack / f"topic-{number:04}.yaml").write_text(text, encoding="utf-8")
    return folder


def topic_text(number: int, first: int, count: int, seed: int = 0) -> str:
    """A topic file with `count` questions, numbered from `first`."""
    rng = random.Random(f"{seed} {number}")
    lines = ["format: 1", f"topic: topic-{number:04}", f"title: Topic {number}", "questions:"]
    for each in range(first, first + count):
        lines += _question(rng, each, first)
    return "\n".join(lines) + "\n"


def _question(rng: random.Random, number: int, first: int) -> Iterator[str]:
    kind = ("choice", "choice", "short", "flashcard", "multi", "numeric", "cloze", "order")[number % 8]
    yield f"  - id: question-{number}"
    yield f"    kind: {kind}"
    yield f"    level: {rng.choice(('warm-up', 'core', 'core', 'advanced'))}"
    if kind == "flashcard" and number > first + 8:
        yield f"    needs: [question-{number - 8}]"
    yield from _BODIES[kind](rng)
    yield f"    source: A paper of {1990 + number % 35}, section {number % 9}"


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(WORDS, k=count))


def _options(rng: random.Random, right: int, wrong: int) -> Iterator[str]:
    yield f"    ask: Why does the {_words(rng, 9)}?"
    yield "    options:"
    for each in range(right):
        yield f"      - right: It is the {_words(rng, 6)} {each}"
    for each in range(wrong):
        yield f"      - wrong: It is the {_words(rng, 6)} {each + right}"
        yield f"        because: That is the {_words(rng, 8)}, which is something else."


def _short(rng: random.Random) -> Iterator[str]:
    yield f"    ask: What follows from the {_words(rng, 8)}?"
    yield f"    answer: The {_words(rng, 25)}."
    yield "    points:"
    for _ in range(3):
        yield f"      - text: The {_words(rng, 7)}"
        yield f"        any: [{', '.join(_words(rng, 2) for _ in range(5))}]"
    yield "    tests:"
    yield f"      - say: The {_words(rng, 12)}"
    yield "        points: [1]"


def _flashcard(rng: random.Random) -> Iterator[str]:
    yield f"    ask: What is the {_words(rng, 7)}?"
    yield f"    answer: The {_words(rng, 20)}."


def _numeric(rng: random.Random) -> Iterator[str]:
    yield "    draw: {a: [2, 3, 4], T: [2, 4, 5]}"
    yield f"    ask: The {_words(rng, 6)} has the logits [{{a}}, 0, 0]. At T = {{T}}, what is the first probability?"
    yield "    value: softmax([a/T, 0, 0])[0]"
    yield "    within: 0.005"
    yield "    slips:"
    yield "      - value: softmax([a, 0, 0])[0]"
    yield "        because: That is T = 1."
    yield '    tests: [{say: "{value}", expect: right}, {say: "2", expect: wrong}]'


def _cloze(rng: random.Random) -> Iterator[str]:
    one, other = rng.sample(WORDS, 2)
    yield f"    text: The {_words(rng, 5)} is {{{{{one}}}}} where the {_words(rng, 4)} is {{{{{other}}}}}."


def _order(rng: random.Random) -> Iterator[str]:
    yield f"    ask: Put the {_words(rng, 5)} in order."
    yield "    steps:"
    for each in range(4):
        yield f"      - Step {each} of the {_words(rng, 4)}"


_BODIES = {
    "choice": lambda rng: _options(rng, 1, 3),
    "multi": lambda rng: _options(rng, 2, 2),
    "short": _short,
    "flashcard": _flashcard,
    "numeric": _numeric,
    "cloze": _cloze,
    "order": _order,
}
