r"""What a text would look like on a terminal: raw TeX, and what does not fit into 80 columns. Pure; trees go in.

The app and `kdquiz show` wrap prose, so almost every text fits. What cannot be wrapped does not: a line of code is cut
at the edge, the cell of a table is cut with an ellipsis and `show` breaks its rows, a word without a space is broken
anywhere, and a title has one line of its own, beside other columns. Looks at raw trees: so also at the texts of
questions that are broken elsewhere.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from kdquiz.authoring.columns import columns, without_marks
from kdquiz.library.problems import Key, Problem, cut, dotted
from kdquiz.library.source import Tree

TITLE, WORD, CODE, TABLE = 36, 66, 72, 74
"""What fits at 80 columns: a title on the home screen, a word in what is said of an option, a line of code, a table."""
CODE_INDENT = 4
"""Spaces before a line of code that stands in no fence."""
NEVER_SHOWN = frozenset(
    ("find", "put", "say", "blanks", "any", "tests", "inputs", "edges", "checks", "draw", "value", "synonyms", "entry")
)
"""Keys of what is read by programs alone."""
LINKS = frozenset(("source", "identifier"))
"""Keys of texts that may be an address."""
_TEX = re.compile(
    r"\$\$|\$(?=[^$\n]*\$)[^$\n]*?\\[a-zA-Z][^$\n]*\$"  # $ ... \command ... $; looks ahead to stay linear
    r"|\\(frac|sum|log|exp|sqrt|alpha|beta|lambda|tau|sigma|theta|cdot|times|partial|nabla|mathrm|mathbf|text|left|right)\b"
    r"|\\[(\[]"
)
_ESCAPED_TEX = re.compile(r"\t(ext|heta|au|imes|anh)\b|\n(abla)\b")
"""What double quotes make of `\tau` and `\nabla`: a tab and `au`, a new line and `abla`."""
_SPAN = re.compile(r"`[^`\n]*`")
_DELIMITER = re.compile(r" {0,3}\|?[ ]*:?-+:?[ ]*(\|[ ]*:?-+:?[ ]*)*\|?[ ]*")
_LIST_ENTRY = re.compile(r" {0,3}([-*+]|\d{1,9}[.)])\s")
_AROUND_WORDS = "`*_()[]{}<>.,;:!?\"'“”‘’"
_ADDRESS = re.compile(r"[(<\[]*https?://")


def text_problems(tree: Tree) -> Iterator[Problem]:
    """The problems of all texts of a file, each at the value that holds it."""
    for key, text in _texts(tree.root):
        for message, hint in (*_tex(text), *_too_wide(key, text), *_cut_short(text, tree.comments.get(key, ""))):
            yield Problem(tree.place(key), message, dotted(key), hint)


def _texts(root: Any) -> Iterator[tuple[Key, str]]:
    """Every text of a tree, in no order; without recursion, as deep as it may be nested."""
    todo: list[tuple[Key, Any]] = [((), root)]
    while todo:
        key, value = todo.pop()
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            todo += [((*key, word), inner) for word, inner in value.items()]
        elif isinstance(value, list):
            todo += [((*key, number), inner) for number, inner in enumerate(value)]


def _cut_short(text: str, comment: str) -> Iterator[tuple[str, str]]:
    """A comment that was meant to be text: it starts with a number, as in `#12`, or in a code span that is open."""
    if comment[1:2].isdigit() or (comment and text.count("`") % 2):
        yield f"the text ends before `{cut(comment)}`, which YAML takes for a comment", "Put quotes around all of it."


def _tex(text: str) -> Iterator[tuple[str, str]]:
    if found := _ESCAPED_TEX.search(text):
        command = f"\\{'n' if found[2] else 't'}{found[1] or found[2]}"
        message = f"in double quotes `{command}` is no such command: a backslash starts an escape there"
        yield message, "Write it in Unicode (τ, θ, ×, ∇)."
    if "\\" not in text and "$$" not in text:
        return
    prose, _ = _prose_and_code(text)
    found = _TEX.search(_SPAN.sub("", "\n".join(prose)))
    if found:
        message = f"raw TeX `{cut(found.group())}`, which a terminal cannot show"
        yield message, "Write it in Unicode (T², α, Σ, ≤) and code spans."


def _too_wide(key: Key, text: str) -> Iterator[tuple[str, str]]:
    """At most one of each sort: the first."""
    if not NEVER_SHOWN.isdisjoint(key):
        return
    if key == ("title",):
        yield from _title(text)
    if len(text) <= min(WORD, CODE, TABLE) and text.isascii():
        return
    prose, code = _prose_and_code(text)
    yield from _code(code)
    tables = list(_tables(prose))
    yield from _wide_table(tables)
    in_tables = {line for table in tables for line in table}
    yield from _word([line for line in prose if line not in in_tables], may_link=not LINKS.isdisjoint(key[-1:]))


def _prose_and_code(text: str) -> tuple[list[str], list[str]]:
    """The lines outside code, and those inside; a fence that is never closed goes on to the end."""
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    for line in text.split("\n"):
        bare = line.strip()
        opens = bare[:3] in ("```", "~~~") and "`" not in bare.lstrip("`")
        if fence:
            if opens and bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            else:
                code.append(line)
        elif opens:
            fence = bare[: len(bare) - len(bare.lstrip(bare[0]))]
        else:
            prose.append(line)
    indented = set(_indented_code(prose))
    code += [prose[number][CODE_INDENT:] for number in sorted(indented)]
    return [line for number, line in enumerate(prose) if number not in indented], code


def _indented_code(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that are code for being indented: behind an empty line, and in no list."""
    in_list, after_gap = False, True
    for number, line in enumerate(lines):
        deep = line.startswith(" " * CODE_INDENT) and not line.isspace()
        if deep and after_gap and not in_list:
            yield number
            continue
        if line.strip() and not deep:
            goes_on = in_list and (line.startswith(" ") or not after_gap)
            in_list = goes_on or _LIST_ENTRY.match(line) is not None
        after_gap = not line.strip()


def _title(text: str) -> Iterator[tuple[str, str]]:
    width = columns(without_marks(text))
    if width > TITLE:
        yield f"the title is {width} columns wide, and {TITLE} fit on the home screen at 80 columns", "Shorten it."


def _code(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        width = columns(line.rstrip())
        if width > CODE:
            message = f"a line of code is {width} columns wide, and {CODE} fit at 80 columns: '{cut(line.strip())}'"
            yield message, "Break the line; code is not wrapped."
            return


def _tables(lines: list[str]) -> Iterator[list[str]]:
    """The rows of each table, with its head and the line below that."""
    number = 1
    while number < len(lines):
        if "|" in lines[number - 1] and "-" in lines[number] and _DELIMITER.fullmatch(lines[number]):
            end = number + 1
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield lines[number - 1 : end]
            number = end
        number += 1


def _wide_table(tables: list[list[str]]) -> Iterator[tuple[str, str]]:
    for table in tables:
        width = max(columns(row.strip()) for row in table)
        if width > TABLE:
            yield (
                f"a table is {width} columns wide, and {TABLE} fit at 80 columns",
                "Shorten its cells, or make a list of it.",
            )
            return


def _word(lines: list[str], may_link: bool) -> Iterator[tuple[str, str]]:
    """The first word that is too long; a script that writes without spaces is broken at any letter, and a link to a
    source is as long as it is."""
    for line in lines:
        for word in line.split() if len(line) > WORD else ():
            bare = word.strip(_AROUND_WORDS)
            if columns(bare) > WORD and not _is_unspaced(bare) and not (may_link and _ADDRESS.match(word)):
                message = f"a word of {columns(bare)} columns, and {WORD} fit at 80 columns: '{cut(bare)}'"
                yield message, "Break it by a space, or shorten it."
                return


def _is_unspaced(word: str) -> bool:
    return not word.isascii() and any(unicodedata.category(letter) == "Lo" for letter in word)
