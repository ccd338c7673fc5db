"""Text from a learner's process, made fit for a terminal. Pure; standard library alone.

What a submission prints or raises ends up on a screen, where an escape sequence could move the cursor, change the
title or fill the clipboard. Text goes in, and the same text comes out with line breaks and tabs as its only controls.
"""

import re
from collections.abc import Iterable

_ESCAPES = re.compile(
    r"""
    (?:\x1b\[|\x9b) [0-?]* [ -/]* [@-~]?          # CSI: colours, cursor
  | (?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])      # OSC, DCS, APC, PM, SOS: title, clipboard,
    [^\x07\x1b\x9c\n]* (?:\x07|\x1b\\|\x9c)?      # with all they carry
  | \x1b [ -/]* [0-~]?                             # the two- and three-character ones
    """,
    re.VERBOSE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_SENTENCE = 400


def printable(text: str | bytes) -> str:
    """The text without escape sequences, control characters (C0, C1) and direction overrides. Bytes are read as
    UTF-8."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    text = text.encode("utf-8", "replace").decode()  # lone surrogates cannot be written to a terminal or a file
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", _ESCAPES.sub("", text))


def in_one_line(text: str) -> str:
    """The text with every run of spaces, tabs and line breaks as one space."""
    return " ".join(text.split())


def first_line(text: str) -> str:
    """Of an exception's text, what has room in a sentence; the whole stands beside the learner's line."""
    return cut(text.partition("\n")[0], _SENTENCE)


def without_folders(text: str, folders: Iterable[str]) -> str:
    """The text with the paths below these folders told from there: `torch/functional.py`."""
    for folder in sorted(folders, key=len, reverse=True):
        text = text.replace(f"{folder}/", "")
    return text


def cut(text: str, length: int) -> str:
    """At most `length` characters of the text, with a mark where something is left out."""
    return text if len(text) <= length else text[: length - 1] + "…"
