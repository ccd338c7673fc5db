"""A lesson page: a head, and a Markdown text in which numbers are computed rather than typed.

    {{ softmax(teacher / T)[1] : .3f }}        a formula of `library/formula.py` over `given`, and how it is written

The format is a closed list of what Python's own can do: `.3f`, `.2e`, `.3g`, `.1%`, `d`, with `,` before it for groups
of three; without one a number is written as in questions. A list comes out as `[0.05, 0.90, 0.05]`. `{{{{` and `}}}}`
are literal double braces; single braces mean nothing. Imports `formula` and `shown`. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from annotated_types import Ge, Le, Len, MinLen

from kdquiz.library.arithmetic import FUNCTIONS, FormulaError
from kdquiz.library.formula import NAME, evaluate
from kdquiz.library.model import Place
from kdquiz.library.problems import cut
from kdquiz.library.shown import shown
from kdquiz.library.text import Slug, Text

WORDS_A_MINUTE = 200
"""How fast somebody reads who thinks about it."""
LONGEST_MINUTES = 3.5
MOST_NUMBERS = 200
"""Computed numbers of one page."""
FORMATS = "`.3f`, `.2e`, `.3g`, `.1%` or `d`, with `,` before it for groups of three"
Given = int | float | tuple[int | float, ...]

_PIECE = re.compile(r"\{\{\{\{|\}\}\}\}|\{\{([^{}]*)\}\}|\{\{|\}\}")
_FORMAT = re.compile(r",?(?:(?:\.[0-9]{1,2})?[feg%]|d)")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
_WHOLE_WITHIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One page, with what is asked and written after it."""

    id: Slug
    title: Text
    topic: Slug
    minutes: Annotated[int, Ge(1), Le(3)] = 3
    given: Annotated[dict[str, int | float | Annotated[tuple[int | float, ...], Len(1, 64)]], Len(0, 20)] = field(
        default_factory=dict
    )
    """What the names in the formulas stand for: numbers, or lists of numbers."""
    questions: Annotated[tuple[Slug, ...], MinLen(1)]
    """What the page ends in, in the order in which it is asked."""
    drill: Slug | None = None
    then: Slug | None = None
    """The next page of the topic."""
    text: Text
    """Markdown, as written."""

    @property
    def page(self) -> str:
        """The text with its numbers. Raises FormulaError where one has no value."""
        return "".join(self._pieces())

    def _pieces(self) -> Iterator[str]:
        before, in_code = 0, False
        for found in _PIECE.finditer(self.text):
            between = self.text[before : found.start()]
            in_code ^= between.count("`") % 2 == 1
            before = found.end()
            yield between
            if len(found.group()) == 4 and found[1] is None:
                yield found.group()[:2]
            else:
                yield _number(found, self.given, in_code)
        yield self.text[before:]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonEntry:
    """A lesson together with where it stands in the library."""

    lesson: Lesson
    pack: str
    place: Place


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong in a text, at the character `at` of it, counted from 0."""

    at: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """A number of a page: its formula, how it is written, and where its braces begin in the text."""

    formula: str
    format: str
    at: int


def computed(text: str) -> list[Computed]:
    """The computed numbers of a text, in order; braces that are no number are left out."""
    found = [one for one in _PIECE.finditer(text) if one[1] is not None]
    return [Computed(*_parts(one[1]), one.start()) for one in found]


def text_slips(text: str, given: Mapping[str, Given]) -> Iterator[Slip]:
    """Every number of a text that has no value or is written in no known way, braces that are left open, and a text
    that takes longer to read than a page may."""
    numbers = 0
    for found in _PIECE.finditer(text):
        if found.group() in ("{{", "}}"):
            hint = "A number is written {{ formula : .3f }}; literal double braces {{{{ or }}}}."
            opens = "open, and hold no formula" if found.group() == "{{" else "close, and none are open"
            yield Slip(found.start(), f"double braces {opens}", hint)
        elif found[1] is not None:
            numbers += 1
            if numbers > MOST_NUMBERS:
                yield Slip(found.start(), f"more than {MOST_NUMBERS} numbers on one page", "Say it with fewer.")
                return
            try:
                _number(found, given)
            except FormulaError as error:
                start = found.start(1) + len(found[1]) - len(found[1].lstrip())
                yield Slip(start + max(0, error.at - 1), error.message, error.hint)
    minutes = words_in(text) / WORDS_A_MINUTE
    if minutes > LONGEST_MINUTES:
        message = f"the page takes {minutes:.1f} minutes to read, and may take {LONGEST_MINUTES}"
        yield Slip(0, message, f"At {WORDS_A_MINUTE} words a minute: shorten it, or make two pages of it.")


def given_slips(given: Mapping[str, Given]) -> Iterator[tuple[str, str, str]]:
    """Name, message and hint of each name that a formula could not say."""
    for name in given:
        if not NAME.fullmatch(name) or name in FUNCTIONS:
            taken = "is a name that formulas have already" if NAME.fullmatch(name) else "is no name that formulas know"
            yield name, f"'{cut(name)}' {taken}", "A name is a letter, then letters, digits or _, and no function."


def unsaid(text: str, given: Iterable[str]) -> list[str]:
    """The names that no formula of a text says, nor one that cannot be read."""
    said = {name for one in computed(text) for name in NAME.findall(one.formula)}
    return [name for name in given if name not in said]


def words_in(text: str) -> int:
    """How many words there are to read; a computed number is one."""
    return len(_WORD.findall(_PIECE.sub(" 1 ", text)))


def _parts(inside: str) -> tuple[str, str]:
    formula, _, written = inside.partition(":")
    return formula.strip(), written.strip()


def _number(found: re.Match[str], given: Mapping[str, Given], in_code: bool = False) -> str:
    """What stands in place of braces. Raises FormulaError, its `at` counted in the formula."""
    if found[1] is None:
        raise FormulaError("double braces hold no formula", "Literal ones are written {{{{ or }}}}.")
    formula, written = _parts(found[1])
    if ":" in found[1] and not _FORMAT.fullmatch(written):
        raise FormulaError(f"unknown format '{cut(written)}'", f"Known: {FORMATS}.")
    value = evaluate(formula, given)
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one, written, in_code) for one in value)}]"
    return _written(value, written, in_code)


def _written(number: float, written: str, in_code: bool) -> str:
    """One number; a minus as in print, but in code, from where it may be copied."""
    if not written:
        text = shown(number)
    elif written.endswith("d"):
        if abs(number - round(number)) > _WHOLE_WITHIN * max(1.0, abs(number)):
            raise FormulaError(f"{number:g} is no whole number, and `d` writes one", "Write `.2f`, or round( ).")
        text = format(round(number), written)
    else:
        text = format(number, written)
    if not any(digit in text for digit in "123456789"):
        text = text.lstrip("-−")  # no minus before nothing
    return text.replace("−", "-") if in_code else text.replace("-", "−")


def in_order(entries: Iterable[LessonEntry], topics: Sequence[str]) -> list[LessonEntry]:
    """The pages as a newcomer takes them: topic after topic, within a topic each followed by its `then`."""
    rank = {topic: place for place, topic in enumerate(topics)}
    by_topic = sorted(entries, key=lambda entry: rank.get(entry.lesson.topic, len(rank)))
    by_id = {entry.lesson.id: entry for entry in by_topic}
    follows = {
        entry.lesson.then
        for entry in by_topic
        if entry.lesson.then in by_id and by_id[entry.lesson.then].lesson.topic == entry.lesson.topic
    }
    placed: dict[str, LessonEntry] = {}
    for first in sorted(by_topic, key=lambda one: (rank.get(one.lesson.topic, len(rank)), one.lesson.id in follows)):
        entry: LessonEntry | None = first
        while entry is not None and entry.lesson.id not in placed and entry.lesson.topic == first.lesson.topic:
            placed[entry.lesson.id] = entry
            entry = by_id.get(entry.lesson.then or "")
    return list(placed.values())
