"""The commands that print: what stands on standard output, what on standard error, and the exit codes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kdquiz
from tests.library.test_load import TOPIC, write_pack


def test_help_lists_every_command_and_the_exit_codes(kdquiz: Kdquiz) -> None:
    ran = kdquiz("--help")
    assert ran.code == 0
    for word in ("check", "doctor", "drill", "grade", "list", "quiz", "show", "Exit codes", "KDQUIZ_HOME"):
        assert word in ran.out


@pytest.mark.parametrize("command", ["check", "doctor", "drill", "grade", "list", "quiz", "show"])
def test_every_command_has_help(kdquiz: Kdquiz, command: str) -> None:
    ran = kdquiz(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: kdquiz")
    assert len(ran.lines) > 5


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lst"], "Did you mean 'list'?"),
        (["show", "why-t-sqared"], "Did you mean 'why-t-squared'?"),
        (["quiz", "--topic", "temprature"], "Did you mean 'temperature'?"),
        (["quiz", "--level", "hard"], "Known: warm-up, core, advanced."),
        (["quiz", "--kind", "chioce"], "Did you mean 'choice'?"),
        (["drill", "distilation-loss"], "Did you mean 'distillation-loss'?"),
        (["grade", "distilation-loss", "x.py"], "Did you mean 'distillation-loss'?"),
        (["grade", "distillation-loss", "/no/such/file.py"], "cannot read /no/such/file.py"),
        (["grade", "distillation-loss"], "Missing argument"),
        (["check", "/no/such/folder"], "there is no /no/such/folder"),
        (["quiz", "-n", "0"], "0 is not in the range"),
        (["quiz", "--frobnicate"], "No such option"),
    ],
)
def test_a_wrong_command_line_is_told_with_a_suggestion_and_exit_code_2(
    kdquiz: Kdquiz, arguments: list[str], told: str
) -> None:
    ran = kdquiz(*arguments)
    assert ran.code == 2
    assert told in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("arguments", [[], ["quiz"], ["drill", "distillation-loss"]])
def test_without_a_terminal_the_app_says_what_works_instead(kdquiz: Kdquiz, arguments: list[str]) -> None:
    ran = kdquiz(*arguments)
    assert ran.code == 2
    assert "the app needs a terminal" in ran.err
    assert "--plain" in ran.err


def test_list_json_is_one_object_a_line(kdquiz: Kdquiz) -> None:
    rows = [json.loads(line) for line in kdquiz("list", "--json").lines]
    assert len(rows) >= 40
    assert all(set(row) == {"id", "kind", "pack", "topic", "level", "title"} for row in rows)
    assert {row["kind"] for row in rows} >= {"flashcard", "choice", "multi", "short"}
    drills = [json.loads(line) for line in kdquiz("list", "drills", "--json").lines]
    assert drills[0]["id"] == "distillation-loss"
    assert "drill" in drills[0]
    topics = [json.loads(line)["id"] for line in kdquiz("list", "topics", "--json").lines]
    assert topics[:2] == ["teacher-and-student", "soft-targets"]


def test_show_hides_the_answer_until_asked(kdquiz: Kdquiz) -> None:
    asked, answered = kdquiz("show", "why-t-squared"), kdquiz("show", "why-t-squared", "--answer")
    assert "Source:" not in asked.out
    assert "Source:" in answered.out
    assert "Points:" in answered.out
    assert "def distillation_loss" in kdquiz("show", "distillation-loss").out


def test_a_broken_pack_is_named_and_the_rest_works(
    kdquiz: Kdquiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path / "packs" / "mine")
    (pack / "alpha.yaml").write_text(TOPIC.format(topic="alpha").replace("flashcard", "flashcrd"), encoding="utf-8")
    monkeypatch.setenv("KDQUIZ_CONTENT", str(tmp_path / "packs"))
    ran = kdquiz("list", "questions")
    assert ran.code == 0
    assert "why-t-squared" in ran.out
    assert "the pack 'mine' is left out" in ran.err
    assert "alpha.yaml:15:11: unknown kind 'flashcrd' Did you mean 'flashcard'?" in ran.err


def test_check_tells_problems_and_ends_with_1(kdquiz: Kdquiz, tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "mine")
    (pack / "beta.yaml").write_text("format: 1\ntopic: beta\n", encoding="utf-8")
    ran = kdquiz("check", "--quick", str(pack))
    assert ran.code == 1
    assert f"{pack}/beta.yaml:1:1: `title` is missing" in ran.lines
    rows = [json.loads(line) for line in kdquiz("check", "--quick", "--json", str(pack)).lines]
    assert [row["key"] for row in rows] == ["questions", "title"]
    assert set(rows[0]) == {"path", "line", "column", "key", "message", "hint"}


def test_a_data_folder_that_is_a_file(kdquiz: Kdquiz, home: Path) -> None:
    home.write_text("not a folder")
    ran = kdquiz("quiz", "--plain")
    assert ran.code == 3
    assert str(home) in ran.err
    assert "KDQUIZ_HOME" in ran.err


def test_doctor_names_every_part(kdquiz: Kdquiz, home: Path) -> None:
    ran = kdquiz("doctor", "--json")
    rows = {row["name"]: row for row in map(json.loads, ran.lines)}
    assert ran.code == 0, rows
    assert set(rows) == {"kdquiz", "packages", "content", "database", "free space", "grading"}
    assert str(home) in rows["database"]["detail"]
    assert "torch 2" in rows["packages"]["detail"]


def test_doctor_says_what_is_broken(kdquiz: Kdquiz, home: Path) -> None:
    home.write_text("not a folder")
    ran = kdquiz("doctor")
    assert ran.code == 3
    assert "BAD  database" in ran.out
