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
_NO_BREAK_SPACE = re.compile(r"[ -]*(?:[a-z]+:)?[ ]*(\u00a0)")
"""In the indentation or behind a key, where it looks like the space that YAML wants."""
_RUN_TOGETHER = re.compile(r"[ -]*([a-z]+):[^\s:/]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def place_of(path: Path, mark: Any) -> Place:
    """The place of a mark of the parser."""
    return Place(path, mark.line + 1, mark.column + 1)


def not_yaml(path: Path, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """The parser's complaint, at the place that an author has to mend: of what is never closed, where it opens; of a
    space that is none, where that stands."""
    problem, context = error.problem or "", error.context or ""
    end, start = error.problem_mark, error.context_mark
    at = end or start
    if no_space := _no_space(path, text, end):
        return no_space
    if told := _special_start(path, text, problem, context, at if start is None else start, at):
        return told
    hint = ""
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
        if end and (word := _RUN_TOGETHER.match(_line(text, end.line - 1))):
            hint = f"In the line above a space is missing behind `{word[1]}:`."
    elif "not allowed in this context" in problem:
        hint = "A text that starts with `- ` or `? ` needs quotes around it; a list starts on a line of its own."
    elif "scanning a block scalar" in context:
        hint = (
            "A text behind `|` or `>` starts on the next line; one that starts with such a sign needs quotes around it."
        )
    elif "did not find expected" in problem and (closed := _closed_before(text, end)):
        hint = f"The text goes on behind the closing {closed}: put quotes of the other sort around all of it."
        if closed in "]}":
            hint = f"The text goes on behind the closing {closed}: put quotes around all of it."
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


def _line(text: str, number: int) -> str:
    """The line of a number from 0; empty where there is none."""
    lines = _LINE_END.split(text)
    return lines[number] if 0 <= number < len(lines) else ""


def _no_space(path: Path, text: str, mark: Any) -> Problem | None:
    """A tab that indents, or a no-break space where YAML wants one; the parser may stop one line behind it."""
    for number in () if mark is None else (mark.line, mark.line - 1):
        line = _line(text, number)
        if found := _TAB_INDENT.match(line):
            place = Place(path, number + 1, found.end())
            return Problem(place, "a tab in the indentation, which YAML does not allow", hint="Indent with spaces.")
        if found := _NO_BREAK_SPACE.match(line):
            place = Place(path, number + 1, found.end())
            return Problem(place, "a no-break space (U+00A0), which YAML takes for text", hint="Type a plain space.")
    return None


def _special_start(path: Path, text: str, problem: str, context: str, start: Any, end: Any) -> Problem | None:
    """A text without quotes that starts with a sign which means something in YAML."""
    of_alias = "scanning an alias" in context or "scanning an anchor" in context
    mark = start if of_alias else end
    sign = _line(text, mark.line)[mark.column : mark.column + 1] if mark else ""
    if not sign or not (of_alias or "cannot start any token" in problem):
        return None
    return Problem(place_of(path, mark), f"not YAML: a text cannot start with {sign}", hint=_QUOTE)


def _closed_before(text: str, mark: Any) -> str:
    """The quote or bracket that closes just before a mark in its line; empty where there is none."""
    before = _line(text, mark.line)[: mark.column].rstrip() if mark else ""
    return before[-1] if before and before[-1] in "\"']}" else ""


_QUOTE = "Put quotes around the whole text."


def not_allowed(path: Path, text: str, error: yaml.reader.ReaderError) -> Problem:
    """Of a character that may not stand in a file at all."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    place = place_after(path, text[: found.start()]) if found else Place(path)
    name = f"U+{ord(found.group()):04X}" if found else error.reason
    return Problem(place, f"a character that YAML does not allow: {name}", hint="Remove it.")


def place_after(path: Path, before: str) -> Place:
    """The place of the character that follows this beginning of a text."""
    return Place(path, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
