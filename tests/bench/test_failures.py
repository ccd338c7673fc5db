"""The benchmark of failures runs; what it counts as a fault, it does not find."""

import asyncio

import pytest

from tests.bench import failures
from tests.bench.measure import Quantity


@pytest.mark.usefixtures("quick_zygotes")
def test_kills_are_counted_and_nothing_is_left() -> None:
    heard: list[str] = []
    table = asyncio.run(failures.survive("zygote", 10, heard.append))
    assert len(heard) == 10
    numbers = [[cell.value for cell in row[1:-1] if isinstance(cell, Quantity)] for row in table.rows]
    assert sum(row[0] for row in numbers) == 10
    for grades, accepted, internal, not_started, hung, other in numbers:
        assert accepted + internal + not_started == grades
        assert hung == other == 0
    assert "Afterwards 0 processes are left, and 0 descriptors." in table.notes
