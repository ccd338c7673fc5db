"""Lessons in the shell: listed, shown with their numbers, checked."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kdquiz
from tests.library.test_lesson import HEAD, TEXT, write
from tests.library.test_load import write_pack

LONG = "A paragraph that its author wrapped\nin the middle, and says of `{{ p / 4 : .2f }}` that it adds up to 1.\n"
THEN = HEAD.replace("lesson-one", "lesson-two").replace("drill: double", "then: lesson-one")


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack with two lessons, beside those that we ship."""
    made = write_pack(tmp_path / "more")
    write(made, HEAD + LONG + "\n- first\n  goes on\n- second\n\n```\nx =  {{ T : d }}\n```\n")
    write(made, THEN + TEXT, "lesson-two")
    monkeypatch.setenv("KDQUIZ_CONTENT", str(made))
    return made


def test_lessons_are_listed_in_the_order_in_which_they_are_read(kdquiz: Kdquiz, pack: Path) -> None:
    ran = kdquiz("list", "lessons", "--json")
    rows = [json.loads(line) for line in ran.lines]
    ours = [row for row in rows if row["pack"] == "more"]
    assert [row["id"] for row in ours] == ["lesson-two", "lesson-one"]
    assert ours[1] == {
        "id": "lesson-one",
        "kind": "lesson",
        "pack": "more",
        "topic": "alpha",
        "level": None,
        "title": "One",
    }
    (line,) = [line for line in kdquiz("list", "lessons").lines if line.startswith("lesson-one ")]
    assert line.split() == ["lesson-one", "lesson", "One"]


def test_a_lesson_is_shown_with_its_numbers_and_what_it_ends_in(kdquiz: Kdquiz, pack: Path) -> None:
    ran = kdquiz("show", "lesson-one")
    assert ran.code == 0
    head = "lesson-one  (The title, lesson, 3 minutes)\n\nOne\n\n"
    assert ran.out.startswith(f"{head}A paragraph that its author wrapped in ")
    assert "`[0.25, 0.75]`" in ran.out
    assert "\n- first goes on\n- second\n\n```\nx =  2\n```\n" in ran.out
    asked = "Questions:\n  alpha-two: And then?\n  alpha-one: What is it?"
    assert ran.out.endswith(f"\n{asked}\n\nDrill:\n  double: Twice a number, 15 minutes\n")
    assert max(map(len, ran.lines)) <= 80
    assert kdquiz("show", "lesson-two").out.endswith("\nNext page:\n  lesson-one: One\n")


def test_a_misspelt_lesson_is_told_with_what_was_meant(kdquiz: Kdquiz, pack: Path) -> None:
    ran = kdquiz("show", "lesson-onne")
    assert ran.code == 2
    assert "there is no question, drill or lesson 'lesson-onne'" in ran.err
    assert "Did you mean 'lesson-one'?" in ran.err


def test_lessons_are_checked_with_their_pack_and_alone(kdquiz: Kdquiz, pack: Path) -> None:
    ran = kdquiz("check", "--quick", str(pack))
    assert (ran.code, ran.lines[-1]) == (
        0,
        "no problems in 4 files: 2 questions, 2 lessons, 1 drill not proved (--quick)",
    )
    path = pack / "lessons" / "lesson-one.md"
    assert kdquiz("check", str(path)).lines == ["no problems in 1 file: 0 questions, 1 lesson"]
    assert kdquiz("check", "--quick", str(path.parent)).lines == ["no problems in 2 files: 0 questions, 2 lessons"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Raw $\\frac{1}{T}$.", ":10:1: raw TeX"),
        ("```\n" + "x" * 80 + "\n```", ":10:1: a line of code is 80 columns wide"),
        ("| a | {{ p[0] : .2f }} |\n|---|---|\n| {{ softmax(p)[0] * (1 + 2) / 3 : .3f }} | b |\n\n{{ T : d }}", ""),
        ("word " * 701, ":10:1: the page takes 3.5 minutes to read"),
        ("{{ T ** 9999 }}", ":10:"),
    ],
)
def test_what_a_terminal_cannot_show_or_nobody_reads_is_a_problem(
    kdquiz: Kdquiz, pack: Path, text: str, told: str
) -> None:
    path = write(pack, HEAD + text)
    ran = kdquiz("check", "--quick", str(path))
    assert ran.code == (1 if told else 0)
    assert told in ran.out
