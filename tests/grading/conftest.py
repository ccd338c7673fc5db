"""Fixtures of the grading tests: one real zygote for all tests of a worker that want only its runners."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.grading.processes import Lab


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """A zygote with the tiny judge. A test must leave it in order; one that kills it makes its own `Lab`."""
    lab = Lab()
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter that has nothing installed."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    return folder / "bin" / "python"
