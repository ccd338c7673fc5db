"""YAML text as plain values, with the line and column of every key and value.

YAML 1.2 scalars (`no` and `12:30` are text, `1e-5` is a number), duplicate keys refused, no anchors, aliases or tags:
a pack is data that reads as it looks. Built from the parser's events with a stack, so that neither deep nesting nor an
alias bomb costs more than the file is long. Imports PyYAML; goes in: text; comes out: a `Tree`, or problems.
"""

import math
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from kdquiz.library.complaints import not_allowed, not_yaml, place_after, place_of
from kdquiz.library.model import Place
from kdquiz.library.problems import Key, Problem, cut

MOST_DEEP = 40
"""No pack nests deeper than about six; a file that does is a mistake or an attack."""
MOST_VALUES = 50_000
"""Several thousand questions. So a file of a megabyte is read within a second, whatever it is made of."""
MOST_TEXT = 20_000
"""Characters of one text: five pages of a book."""
MOST_BYTES = 4 << 20
MOST_PROBLEMS = 500
"""Of the form of one file: who made more has made one, many times."""
MOST_FORMULAS = 10_000
"""Single braces in the texts of one file; reading as many formulas takes half a second."""
MOST_DIRECTIVES = 20
"""Lines that start with `%TAG`: YAML compares each with all before, which takes minutes for a file full of them."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONSTANTS: dict[str, Any] = dict.fromkeys(("", "~", "null", "Null", "NULL"), None)
_CONSTANTS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)
_CONSTANTS |= dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf)
_CONSTANTS |= dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf) | dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan)
_INTEGER = re.compile(r"[-+]?[0-9]{1,400}")
_BASED = {re.compile(r"0o[0-7]{1,100}"): 8, re.compile(r"0x[0-9a-fA-F]{1,100}"): 16}
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What only an escape can bring into a text, and would move the cursor or change the colours of a terminal."""
_BRACE = re.compile(r"(?<!\{)\{(?!\{)")
_DIRECTIVE = re.compile(r"^%TAG", re.MULTILINE)
_LINE_BREAK = re.compile("[\x85\u2028\u2029]")


def scalar(text: str) -> Any:
    """The value of a plain scalar by the core schema of YAML 1.2 (section 10.3)."""
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    for pattern, base in _BASED.items():
        if pattern.fullmatch(text):
            return int(text[2:], base)
    return float(text) if _FLOAT.fullmatch(text) else text


@dataclass
class Tree:
    """The values of one file, and where each key and each value stands."""

    path: Path
    root: Any = None
    keys: dict[Key, Place] = field(default_factory=dict)
    values: dict[Key, Place] = field(default_factory=dict)
    comments: dict[Key, str] = field(default_factory=dict)
    """What stands behind the text of a value in its line, and is a comment: perhaps it was meant to be text."""

    def place(self, key: Key, of_key: bool = False) -> Place:
        """Where a value stands (or its key); of a value that is absent, where its nearest parent stands."""
        while key:
            found = self.keys.get(key) if of_key else self.values.get(key)
            if found:
                return found
            key, of_key = key[:-1], False
        return self.values.get((), Place(self.path))


class _RefusedError(Exception):
    """The file cannot be read on: the problem is already told."""


class _Builder:
    """Takes events one by one; holds the containers that are open, innermost last."""

    def __init__(self, path: Path, commented: Mapping[int, str]) -> None:
        self.tree = Tree(path)
        self._commented = commented
        """The lines that may hold a comment behind a value, by their number from 0."""
        self.problems: list[Problem] = []
        self._open: list[tuple[Any, Key]] = []
        self._pending: list[Any] = []
        """Of each open mapping, the key that waits for its value; `_NO_KEY` elsewhere."""
        self._values = self._formulas = 0

    def tell(self, event: yaml.Event, message: str, hint: str = "") -> None:
        self.problems.append(Problem(place_of(self.tree.path, event.start_mark), message, hint=hint))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _RefusedError

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.tell(event, "anchors and aliases (& and *) are not used in packs", _WRITE_OUT)
            raise _RefusedError
        if isinstance(event, yaml.NodeEvent) and (tag := getattr(event, "tag", None)) not in (None, "!"):
            self.tell(event, f"the tag {tag} is not used in packs", "Remove it, or put the text in quotes.")
        if isinstance(event, yaml.MappingStartEvent):
            self._start(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, yaml.ScalarEvent):
            plain = not event.style and event.implicit[0]
            self._scalar(event, scalar(event.value) if plain else event.value)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._open.pop()
            self._pending.pop()

    def _start(self, event: yaml.Event, container: Any) -> None:
        if len(self._open) >= MOST_DEEP:
            self.tell(event, f"nested deeper than {MOST_DEEP} levels")
            raise _RefusedError
        if self._open and isinstance(self._open[-1][0], dict) and self._pending[-1] is _NO_KEY:
            hint = "A text that starts with `{` or `[` needs quotes around it."
            self.tell(event, "a key is one word or text, not a list or mapping", hint)
            raise _RefusedError
        key = self._place_value(event, container)
        self._open.append((container, key))
        self._pending.append(_NO_KEY)

    def _scalar(self, event: yaml.ScalarEvent, value: Any) -> None:
        if len(event.value) > MOST_TEXT:
            size = f"{len(event.value):,} characters long, and may have {MOST_TEXT:,}"
            self.tell(event, f"a text is {size}", "Look for a quote that is not closed; or split the text.")
            raise _RefusedError
        self._formulas += len(_BRACE.findall(event.value)) if "{" in event.value else 0
        if self._formulas > MOST_FORMULAS:
            self.tell(event, f"the texts of the file hold more than {MOST_FORMULAS:,} `{{`", "Split it into several.")
            raise _RefusedError
        if found := _CONTROL.search(event.value):
            code = f"U+{ord(found.group()):04X}"
            self.tell(event, f"the text holds the control character {code}, which a terminal would obey", _mend(event))
        if not (self._open and isinstance(self._open[-1][0], dict) and self._pending[-1] is _NO_KEY):
            key = self._place_value(event, value)
            if not event.style and event.end_mark:
                behind = self._commented.get(event.end_mark.line, "")[event.end_mark.column :].strip()
                if behind.startswith("#"):
                    self.tree.comments[key] = behind
            return
        mapping, at = self._open[-1]
        word = value if isinstance(value, str) else event.value
        if word in mapping:
            first = self.tree.keys[(*at, word)]
            self.tell(event, f"the key '{cut(word)}' stands twice, first in line {first.line}", "Remove one of them.")
        else:
            self.tree.keys[(*at, word)] = place_of(self.tree.path, event.start_mark)
        self._pending[-1] = word

    def _place_value(self, event: yaml.Event, value: Any) -> Key:
        self._values += 1
        if self._values > MOST_VALUES:
            self.tell(event, f"the file holds more than {MOST_VALUES:,} values", "Split it into several.")
            raise _RefusedError
        place = place_of(self.tree.path, event.start_mark)
        key: Key = ()
        if not self._open:
            self.tree.root = value
        else:
            container, at = self._open[-1]
            if isinstance(container, dict):
                word, self._pending[-1] = self._pending[-1], _NO_KEY
                container[word] = value
                key = (*at, word)
            else:
                container.append(value)
                key = (*at, len(container) - 1)
        self.tree.values[key] = place
        return key


def _mend(event: yaml.ScalarEvent) -> str:
    """What to do about a control character; in double quotes it may be the `a` of a TeX command."""
    quoted = event.style == '"'
    return "In double quotes a backslash starts an escape; single quotes leave it alone." if quoted else "Remove it."


_NO_KEY = object()
_WRITE_OUT = "Write the text out, or put it in quotes."


def read_tree(path: Path, text: str) -> tuple[Tree | None, list[Problem]]:
    """The tree of a YAML text (None where it cannot be read at all), and the problems of its form."""
    commented = {number: line for number, line in enumerate(text.split("\n")) if " #" in line} if " #" in text else {}
    builder = _Builder(path, commented)
    documents = 0
    if found := _LINE_BREAK.search(text):
        message = f"the character U+{ord(found.group()):04X} ends a line in YAML, and in no editor"
        return None, [Problem(place_after(path, text[: found.start()]), message, hint="Remove it.")]
    directives = [found.start() for found in islice(_DIRECTIVE.finditer(text.replace("\r", "\n")), MOST_DIRECTIVES)]
    if len(directives) == MOST_DIRECTIVES:
        place = place_after(path, text[: directives[-1]])
        return None, [Problem(place, "tags (%TAG) are not used in packs", hint="Remove these lines.")]
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                builder.tell(event, "a second document starts here (`---`)", "A file holds one; remove the line.")
                return None, builder.problems
            builder.take(event)
    except _RefusedError:
        return None, builder.problems
    except yaml.MarkedYAMLError as error:
        builder.problems.append(not_yaml(path, text, error))
        return None, builder.problems
    except yaml.reader.ReaderError as error:
        builder.problems.append(not_allowed(path, text, error))
        return None, builder.problems
    return builder.tree, builder.problems


def nameless(path: Path) -> Problem:
    """The problem of a file or folder whose name is not text: nothing can be kept of it, or told of it."""
    return Problem(Place(path), "cannot be read: its name, or its folder's, is not UTF-8", hint="Rename it.")


def read_text(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file, without a byte order mark; None and a problem where it cannot be opened or decoded."""
    try:
        os.fspath(path).encode()
    except UnicodeEncodeError:
        return None, [nameless(path)]
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None, [Problem(Place(path), "cannot be read: it is no file")]  # reading a pipe would wait for ever
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return None, [Problem(Place(path), f"cannot be read: {error.strerror or error}")]
    if len(data) > MOST_BYTES:
        return None, [Problem(Place(path), f"larger than {MOST_BYTES >> 20} MiB", hint="Split it into several files.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        place = place_after(path, error.object[: error.start].decode("utf-8"))
        return None, [Problem(place, "not UTF-8 text", hint="Save the file as UTF-8.")]


def read_file(path: Path) -> tuple[Tree | None, list[Problem]]:
    """As `read_tree`, of a UTF-8 file; one that cannot be opened or decoded is a problem, too."""
    text, problems = read_text(path)
    return (None, problems) if text is None else read_tree(path, text)
