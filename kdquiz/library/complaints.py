"""The YAML parser's complaints in an author's words, at the place that has to be mended.

Imports PyYAML's errors, the model and problems. Goes in: an error and the text. Comes out: a `Problem`.
"""

import re
from pathlib import Path
from typing import Any

import yaml

from kdquiz.library.model import Place
from kdquiz.library.problems import Problem

_TAB_INDENT = re.compile(r"[ -]*\t")
_LINE_END = re.compile(r"\r\n|\r|\n")


def place_of(path: Path, mark: Any) -> Place:
    """The place of a mark of the parser."""
    return Place(path, mark.line + 1, mark.column + 1)


def not_yaml(path: Path, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The parser's complaint, at the place that an author has to mend: of what is never closed, where it opens; of a
    tab that indents, where that stands."""
    problem, context = error.problem or "", error.context or ""
    end, start = error.problem_mark, error.context_mark
    hint, at = "", end or start
    if tab := _tab_that_indents(path, text, end):
        return Problem(tab, "a tab in the indentation, which YAML does not allow", hint="Indent with spaces.")
    if "escape c" in problem:
        hint = "In double quotes a backslash starts an escape; single quotes leave it alone."
    elif "end of stream" in problem and "quoted scalar" in context:
        hint, at = "The quote that opens here is never closed.", start
    elif "parsing a flow" in context and start and end and start.index < end.index:
        hint = f"The bracket that opens here is not closed before line {end.line + 1}, column {end.column + 1}."
        at = start
    elif "simple key" in context:
        hint, at = "A key is followed by `: `, with a space.", start
    elif "mapping values are not allowed" in problem:
        hint = "A text that holds `: ` needs quotes around it; or the line is indented too far."
    elif "cannot start any token" in problem or "did not find expected" in problem:
        hint = (
            "Look for a missing quote, a text that starts with a special character and needs quotes, "
            "or a line that is not indented as its neighbours."
        )
    message = f"not YAML: {problem}" + (f" ({context})" if context else "")
    return Problem(_within(path, text, at) if at else Place(path), message, hint=hint)


def _within(path: Path, text: str, mark: Any) -> Place:
    """The place of a mark; the end of the text where the parser complains of what should follow."""
    last = _LINE_END.split(text)
    return place_of(path, mark) if mark.line < len(last) else Place(path, len(last), len(last[-1]) + 1)


def _tab_that_indents(path: Path, text: str, mark: Any) -> Place | None:
    """The first tab before anything else in the line of a complaint; the parser may stop one line behind it."""
    if mark is None:
        return None
    lines = _LINE_END.split(text)
    for number in (mark.line, mark.line - 1):
        if 0 <= number < len(lines) and (found := _TAB_INDENT.match(lines[number])):
            return Place(path, number + 1, found.end())
    return None


def not_allowed(path: Path, text: str, error: yaml.reader.ReaderError) -> Problem:
    """Of a character that may not stand in a file at all."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    place = place_after(path, text[: found.start()]) if found else Place(path)
    name = f"U+{ord(found.group()):04X}" if found else error.reason
    return Problem(place, f"a character that YAML does not allow: {name}", hint="Remove it.")


def place_after(path: Path, before: str) -> Place:
    """The place of the character that follows this beginning of a text."""
    return Place(path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
