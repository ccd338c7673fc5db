"""The benchmark of the grader runs, and its tables are whole. No time is asserted: the benchmark tells those."""

import asyncio
import json
import math
from collections.abc import Sequence

import pytest

from tests.bench import __main__ as program
from tests.bench import frames, grading, many, memory, verdicts
from tests.bench.measure import Quantity, Table, p50, p95


def say(words: str) -> None:
    assert words


def numbers(table: Table) -> list[float]:
    return [cell.value for row in table.rows for cell in row if isinstance(cell, Quantity)]


def check(table: Table, names: Sequence[str]) -> None:
    """One row for each name that begins so, in order, with numbers that can be."""
    assert all(str(row[0]).startswith(name) for row, name in zip(table.rows, names, strict=True)), table.rows
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert all(map(math.isfinite, numbers(table)))
    assert table.as_markdown().count("\n|") == len(table.rows) + 2


def test_verdicts_and_memory() -> None:
    times, bytes_used = asyncio.run(grading.with_a_grader(say, quick=True))
    names = [verdicts.ACCEPTED, *["verdict: wrong"] * 3, verdicts.START, "`pytest`", "`python", "torch-judge"]
    check(times, names)
    assert min(numbers(times)) > 0
    check(bytes_used, ["a runner", "the judge", "the zygote"])


def test_memory_that_is_hidden_is_said_to_be() -> None:
    found = memory.table({"runner": [-1.0], "judge": [2.0**21]}, 2.0**28)
    assert [str(row[2]) for row in found.rows] == ["hidden from this user", "2 MiB", "256 MiB"]
    assert any("run this as root" in note for note in found.notes)


def test_late_frames() -> None:
    check(frames.measure(say, quick=True), [name for name, _ in frames.WAYS.values()])


def test_many_files() -> None:
    check(many.measure(say, quick=True), ["1 file, accepted", "2 files, all accepted", "2 files, all wrong"])


class Steps:
    """A benchmark for the tests of the program."""

    TITLE = "Steps"

    def run(self, say: object, quick: bool) -> list[Table]:
        return [Table("Walking", ("what", "time"), [("a | b", Quantity(0.25 if quick else 1.5, "s"))], ["A note."])]


def test_tables_are_printed_as_markdown_and_as_json(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "benchmarks", lambda: {"steps": Steps()})
    assert program.main(["steps"]) == 0
    heading, _, *lines = capsys.readouterr().out.splitlines()
    assert heading.startswith("## Steps (20")
    assert lines == [
        "### Walking",
        "",
        "| what   |  time |",
        "|--------|------:|",
        "| a \\| b | 1.5 s |",
        "",
        "- A note.",
        "",
    ]
    assert program.main(["--quick", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["rows"] == [["a | b", {"value": 0.25, "unit": "s"}]]
    assert data["circumstances"].endswith(", quick")


def test_a_benchmark_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        program.main(["gradign"])
    said = capsys.readouterr().err
    assert "there is no benchmark gradign; known: " in said
    assert "grading" in said.partition("known: ")[2]


def test_the_grader_s_is_found_by_itself() -> None:
    assert program.benchmarks()["grading"].TITLE == "Grading"


def test_samples() -> None:
    assert (p50([3, 1, 2]), p95(range(1, 101)), p95([7.0])) == (2, 95, 7.0)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(0.0123456, "s"), "12.3 ms"),
        (Quantity(1.5, "s"), "1.5 s"),
        (Quantity(1234.5, "s"), "1,234 s"),
        (Quantity(0.0, "s"), "0 ms"),
        (Quantity(4.2 * 2**20, "bytes"), "4.2 MiB"),
        (Quantity(87.6, "×"), "87.6 ×"),
        (Quantity(200), "200"),
    ],
)
def test_quantities_are_written_to_three_digits(quantity: Quantity, text: str) -> None:
    assert str(quantity) == text
