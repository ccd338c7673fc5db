"""The benchmark of durability runs, and its tables are whole; a fault that it finds stands in them."""

import pytest

from tests.bench import durability
from tests.bench.measure import Quantity
from tests.durability import life


def test_kills_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "WAYS", {"forked": ({}, 900, 3)})
    heard: list[str] = []
    table = durability.killed(heard.append, quick=True, seed=1)
    (row,) = table.rows
    way, kills, shown, faults, *last = [cell.value if isinstance(cell, Quantity) else cell for cell in row]
    assert (way, kills, faults, sum(map(float, last))) == ("forked", 3, 0, 3)
    assert float(shown) > 0
    assert heard == ["forked: 3 of 3 kills"]


def test_what_is_lost_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise AssertionError("lost: an answer")

    monkeypatch.setattr(durability, "WAYS", {"forked": ({}, 900, 1)})
    monkeypatch.setattr(life, "found_in", lost)
    table = durability.killed(lambda words: None, quick=True, seed=1)
    assert str(table.rows[0][3]) == "1"
    assert table.notes[-1] == "Life 0: lost: an answer"


def test_two_at_once_are_counted() -> None:
    (row,) = durability.at_once(lambda words: None, 0.5, seed=1).rows
    assert str(row[-1]) == "0"
