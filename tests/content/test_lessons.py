"""The numbers of every lesson that we ship: each computed one is recomputed by torch, and none is typed."""

import re
from pathlib import Path

import pytest

from kdquiz.library.folders import lesson_files, packs_in, shipped_content
from kdquiz.library.formula import evaluate
from kdquiz.library.lesson import Lesson, computed
from kdquiz.library.read import read_content
from tests.content.recomputed.lessons import RECOMPUTED, TYPED

FILES = [path for pack in packs_in(shipped_content()) for path in lesson_files(pack)]
LESSONS = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
_CODE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)|`[^`]*`", re.DOTALL | re.MULTILINE)
_COMPUTED = re.compile(r"\{\{[^{}]*\}\}")
_TYPED = re.compile(r"(?<![\w.§])(?:\d+\.\d+(?:\s?%)?|\d+\s?%)(?![\w.]*\d)")
"""A decimal number or a percentage. Years, `T = 1` and counts are whole numbers; `section 2.1` is struck out before."""
_SECTION = re.compile(r"(?:section|sections|Eq\.|equation|table|figure)\s+\d+(?:\.\d+)*", re.IGNORECASE)


def lesson_at(path: Path) -> Lesson:
    lesson = read_content(path).lesson
    assert lesson is not None, [str(one) for one in read_content(path).facts.problems]
    return lesson


def typed(text: str) -> list[str]:
    """The decimal numbers and percentages of the prose: outside code, and not computed."""
    return _TYPED.findall(_SECTION.sub("", _CODE.sub("", _COMPUTED.sub("", text))))


def test_there_are_lessons() -> None:
    assert FILES


@LESSONS
def test_each_computed_number_is_what_torch_says(path: Path) -> None:
    lesson = lesson_at(path)
    independent = RECOMPUTED.get(lesson.id, {})
    wanted = {one.formula for one in computed(lesson.text)} - set(lesson.given)
    assert wanted - independent.keys() == set(), "formulas that nobody recomputes"
    assert independent.keys() - wanted == set(), "what is recomputed and no longer on the page"
    given = {name: list(one) if isinstance(one, tuple) else one for name, one in lesson.given.items()}
    for formula in sorted(wanted):
        value = evaluate(formula, lesson.given)
        other = independent[formula](**given)
        assert value == pytest.approx(
            tuple(map(float, other)) if isinstance(value, tuple) else float(other), rel=1e-9, abs=1e-12
        )


@LESSONS
def test_no_number_of_the_prose_is_typed_unless_its_fact_is_named(path: Path) -> None:
    lesson = lesson_at(path)
    listed = TYPED.get(lesson.id, {})
    found = typed(lesson.text)
    assert [one for one in found if one not in listed] == []
    assert [one for one in listed if one not in found] == []
    assert all(re.fullmatch(r"[FE]\d+", fact) for fact in listed.values())


def test_what_is_recomputed_belongs_to_a_lesson() -> None:
    assert (RECOMPUTED.keys() | TYPED.keys()) <= {path.stem for path in FILES}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It wins by 0.5 points, 97 % or 3.2%.", ["0.5", "97 %", "3.2%"]),
        ("Section 2.1, Eq. 4 (2015) at T = 1, {{ x : .2f }} and `0.5`.\n```\n0.5\n```\n", []),
        ("About {{ x : .1f }} times, version 1.10.2.", []),
    ],
)
def test_a_typed_number_is_found_outside_code(text: str, found: list[str]) -> None:
    assert typed(text) == found
