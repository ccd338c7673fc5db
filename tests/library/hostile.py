"""What mutants of content files are made of besides the shipped packs: kinds that may be rare there, hostile scalars,
and ways to damage the bytes of a file."""

import random
from collections.abc import Callable

OTHER_KINDS = """
- id: soften-three-logits
  kind: numeric
  draw: {a: [2, 3, 4], T: [2, 4, 5]}
  ask: The logits are [{a}, 0, 0]. At T = {T}, what probability does class 0 get?
  value: softmax([a/T, 0, 0])[0]
  within: 0.005
  slips: [{value: "softmax([a, 0, 0])[0]", because: That is T = 1.}]
  tests: [{say: "{value}", expect: right}, {say: "2", expect: wrong}]
  source: Hinton et al. 2015
- id: who-sees-the-temperature
  kind: cloze
  text: It is applied to {{both | both networks}} in training and is {{1 | one}} at inference.
  tests: [{say: [both, "1"], right: [1, 2]}]
  source: Hinton et al. 2015
- id: order-of-a-training-step
  kind: order
  ask: Put one step in order.
  steps: [Teacher forward, Student forward, Loss, Backward, Step]
  source: Hinton et al. 2015
"""
COMPANION = "companion"
COMPANION_FILE = f"""\
format: 1
topic: {COMPANION}
title: Companion
questions:
  - {{id: {COMPANION}, kind: flashcard, ask: What?, answer: That., source: S}}
"""
"""A sound file beside a mutant."""
HOSTILE = (
    "9" * 400, "1e999", "-1e999", ".nan", ".inf", "0x" + "F" * 100, "0o777", "1_000", "no", "12:30", "~", "''", "010",
    '"\\0"', '"\\e[2J"', '"\\ud800"', '"\\U0001F468\\u200D\\U0001F469"', '"\\u202Eabc"', '"مرحبا"', "é" * 3, "\x00",
    "x" * 100_000, f'"{"y " * 50_000}"', "[" * 60, "{a: " * 30 + "1" + "}" * 30, "[" * 30 + "]" * 30, "[[], {}, [{}]]",
    "!!python/object:os.system echo", "!t x", "&a x", "*a", "&a [*a]", "{<<: {id: x}}", "<<", "? [a]: b", "%YAML 1.1",
    "|\n  a\n  b", ">-\n x", "--- x", "...", "@x", "`x`", "'", '"', "}", "]", ": :", "- -", "# x", "\t", "2026-11-24",
    "$\\alpha$", "softmax([1]*9)[0]", "9**9**9**9", "().__class__", "{a!r}", "{{a | }}", "{{", "}}", "`" * 5_000,
    "$" * 5_000, "true", "False", "-1", "0", "1.5", "[1, 2, 3]", "{}", "[]", "[a]", "{a: b}", "{find: a, put: b}", "id",
)  # fmt: skip
"""Scalars and more as they are written into a file, unquoted."""
TEXTS = (
    "\ufeff", "\r\n", "\r", "\t", "---\n", "...\n", "&a ", "*a", "<<: *a\n", "!!x ", "\x00", "\x85", "\u2028", "\x1b",
    ": ", "- ", "#", '"', "{",
)  # fmt: skip
"""What is put anywhere into the text."""


# ---- of the bytes ----------------------------------------------------------------------------------------------------


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(TEXTS).encode() + data[at:]


def _line_ends(rng: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", rng.choice([b"\r\n", b"\r", b"\n\n", b"\n\t", b"\n ", b" "]))


def _mark(rng: random.Random, data: bytes) -> bytes:
    return rng.choice([b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"---\n", b"%YAML 1.1\n---\n", b"\t"]) + data


def _splice(rng: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    some = rng.randrange(len(lines))
    lines.insert(rng.randrange(len(lines) + 1), lines[some])
    del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _utf16(rng: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(["utf-16", "utf-16-le", "utf-32", "latin-1"]), "replace")


OF_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _truncate, _insert, _line_ends, _mark, _splice, _utf16),
)
