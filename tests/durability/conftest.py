"""One launcher for all tests of a worker, and a home for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.durability.launcher import Launcher
from tests.durability.life import Home
from tests.store.test_full_disk import small_disk

__all__ = ["small_disk"]


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    with Launcher() as launcher:
        yield launcher


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)
