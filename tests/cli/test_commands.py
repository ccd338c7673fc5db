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
    assert "distillation-loss" in {row["id"] for row in drills}
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
    assert "alpha.yaml:15:11: unknown kind 'flashcrd'. Did you mean 'flashcard'?" in ran.err


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


@pytest.mark.usefixtures("cold_start")
def test_doctor_names_every_part(kdquiz: Kdquiz, home: Path) -> None:
    ran = kdquiz("doctor", "--json")
    rows = {row["name"]: row for row in map(json.loads, ran.lines)}
    assert ran.code == 0, rows
    assert set(rows) == {"kdquiz", "packages", "content", "database", "backup", "free space", "grading", "protection"}
    assert str(home) in rows["database"]["detail"]
    assert "torch 2" in rows["packages"]["detail"]
    assert "protection. " in rows["protection"]["detail"]
    assert "own-session" in rows["protection"]["hint"]


@pytest.mark.usefixtures("quick_zygotes")
def test_doctor_says_what_is_broken(kdquiz: Kdquiz, home: Path) -> None:
    home.write_text("not a folder")
    ran = kdquiz("doctor")
    assert ran.code == 3
    assert "BAD  database" in ran.out


def test_a_question_of_a_broken_pack_is_not_told_to_be_unknown_alone(
    kdquiz: Kdquiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = write_pack(tmp_path / "packs" / "mine")
    (pack / "alpha.yaml").write_text("format: 1\n", encoding="utf-8")
    monkeypatch.setenv("KDQUIZ_CONTENT", str(tmp_path / "packs"))
    for command in (["quiz", "--plain", "--topic", "alpha"], ["show", "alpha-one"], ["grade", "double", "x.py"]):
        ran = kdquiz(*command)
        assert ran.code == 2
        assert "the pack 'mine' is left out" in ran.err


def test_a_folder_of_packs_that_is_not_there_is_named(
    kdquiz: Kdquiz, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KDQUIZ_CONTENT", f"{tmp_path}/absent:~nobody-of-this-name")
    ran = kdquiz("list", "topics")
    assert ran.code == 0
    assert f"{tmp_path}/absent:1:1: no such folder of packs" in ran.err
    assert "~nobody-of-this-name:1:1: no such folder of packs" in ran.err


@pytest.mark.usefixtures("quick_zygotes")
def test_check_goes_on_after_a_drill_whose_code_ends_the_judge(kdquiz: Kdquiz, tmp_path: Path) -> None:
    for name in ("ends", "sound"):
        pack = write_pack(tmp_path / name, name)
        drill = pack / "drills" / "double"
        text = (drill / "drill.yaml").read_text(encoding="utf-8")
        (drill / "drill.yaml").write_text(text.replace("id: double", f"id: {name}"), encoding="utf-8")
    reference = tmp_path / "ends" / "drills" / "double" / "reference.py"
    reference.write_text("import os\n\nos._exit(3)\n" + reference.read_text(encoding="utf-8"), encoding="utf-8")
    ran = kdquiz("check", str(tmp_path))
    assert ran.code == 1, ran.err
    assert ran.lines[0].startswith(f"{reference}:4:1: the drill cannot be proved: The grader stopped in the middle")
    assert ran.lines[1].startswith("sound: kill rate 100.0 %")
    assert ran.lines[2] == "1 problem in 4 files: 4 questions, 1 drill proved"


@pytest.mark.usefixtures("quick_zygotes")
def test_doctor_looks_at_the_disk_also_where_the_database_is_broken(kdquiz: Kdquiz, home: Path) -> None:
    home.mkdir()
    (home / "kdquiz.sqlite").write_text("no database")
    rows = {row["name"]: row for row in map(json.loads, kdquiz("doctor", "--json").lines)}
    assert rows["database"]["ok"] is False
    assert rows["free space"]["ok"] is True
