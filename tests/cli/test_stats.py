"""`kdquiz stats`: for people, for programs, as CSV; fitting the weights, and the exit codes."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kdquiz.cli import services
from kdquiz.library.folders import content_folders
from kdquiz.library.load import load_library
from kdquiz.memory.day import Calendar
from kdquiz.store.store import Store
from tests.cli.conftest import Kdquiz
from tests.histories import Past, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def past(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two months of reviews of shipped questions, seen from their last day."""
    monkeypatch.setattr(services, "now", lambda: NOW)
    ids = load_library(content_folders()).library.ids()[:12]
    with Store(home / "kdquiz.sqlite") as store:
        write(store, Past(ids=ids, reviews=150, today=Calendar().day(NOW), days=60, drills=("distillation-loss",)))
    return home


def test_people_read_every_page(kdquiz: Kdquiz, past: Path) -> None:
    ran = kdquiz("stats")
    assert ran.code == 0
    for said in (
        "Overview -",
        "Recall -",
        "Load -",
        "Topics -",
        "Mistakes -",
        "Drills -",
        "Mon ",
        "predicted",
        "100 %",
    ):
        assert said in ran.out
    assert max(map(len, ran.lines)) <= 80
    assert "\x1b" not in ran.out


def test_a_narrow_terminal_gets_plain_lines(kdquiz: Kdquiz, past: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "66")
    ran = kdquiz("stats")
    assert not set(ran.out) & set("░▒█│⡇")
    assert max(map(len, ran.lines)) <= 66
    assert "recalled" in ran.out


def test_a_newcomer_is_told_what_to_do(kdquiz: Kdquiz) -> None:
    ran = kdquiz("stats")
    assert ran.code == 0
    assert "Nothing has been answered yet." in ran.out
    told = [json.loads(line)["line"] for line in kdquiz("stats", "--json").lines]
    assert told.count("topic") == len(kdquiz("list", "topics").lines)


def test_json_is_one_object_a_line_of_the_kinds_that_the_help_lists(kdquiz: Kdquiz, past: Path) -> None:
    rows = [json.loads(line) for line in kdquiz("stats", "--json").lines]
    told = kdquiz("stats", "--help").out
    for row in rows:
        listed = next(line for line in told.splitlines() if line.split()[:1] == [row["line"]])
        if row["line"] != "retention":  # told over several lines
            assert set(row) - {"line"} == set(listed.split(maxsplit=1)[1].split(", "))
        assert all(key in told for key in row)
    assert {row["line"] for row in rows} >= {"total", "day", "retention", "calibration", "load", "topic", "drill"}


def test_csv_on_standard_output_and_in_a_file(kdquiz: Kdquiz, past: Path, tmp_path: Path) -> None:
    ran = kdquiz("stats", "--csv", "-")
    assert ran.code == 0
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert len(rows) > 100
    assert {row["topic"] for row in rows} == {"teacher-and-student"}
    file = tmp_path / "log.csv"
    told = kdquiz("stats", "--csv", str(file))
    assert told.out == f"{len(rows)} reviews written to {file}\n"
    assert file.read_bytes().decode() == ran.out
    lost = kdquiz("stats", "--csv", str(tmp_path / "absent" / "log.csv"))
    assert (lost.code, lost.out) == (2, "")
    assert "cannot write" in lost.err


def test_a_fit_to_too_few_reviews_is_a_no_and_says_how_many_are_missing(kdquiz: Kdquiz, past: Path) -> None:
    ran = kdquiz("stats", "--fit")
    assert ran.code == 1
    assert "more reviews are needed" in ran.out
    row = json.loads(kdquiz("stats", "--fit", "--json").out)
    assert (row["line"], row["adopted"]) == ("fit", False)
    assert f"{row['missing']} more reviews" in ran.out


def test_a_fit_is_kept_only_if_it_is_better_and_can_be_given_up(
    kdquiz: Kdquiz, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "now", lambda: NOW)
    ids = [f"question-{number}" for number in range(150)]
    with Store(home / "kdquiz.sqlite") as store:
        write(store, Past(ids=ids, reviews=2500, today=Calendar().day(NOW), days=200, optimism=0.15))
    ran = kdquiz("stats", "--fit", "--json")
    row = json.loads(ran.out)
    assert (ran.code, row["adopted"]) == (0, True)
    assert row["loss_after"] < row["loss_before"]
    again = kdquiz("stats", "--fit")
    assert again.code == 1
    assert "nothing is changed" in again.out
    assert next(json.loads(line) for line in kdquiz("stats", "--json").lines if '"all"' in line)["fitted"] is True
    assert kdquiz("stats", "--default-weights").code == 0
    assert kdquiz("stats", "--default-weights").code == 1  # they are in use already
    with Store(home / "kdquiz.sqlite") as store:
        assert [fit.weights is None for fit in store.fits()] == [False, True]
        assert store.verify() == []


@pytest.mark.parametrize(
    "arguments", [("--json", "--csv", "-"), ("--fit", "--csv", "-"), ("--fit", "--default-weights")]
)
def test_one_thing_at_a_time(kdquiz: Kdquiz, arguments: tuple[str, ...]) -> None:
    ran = kdquiz("stats", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "Give one of them." in ran.err
