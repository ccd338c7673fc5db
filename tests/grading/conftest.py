"""Fixtures of the grading tests: one real zygote for all tests of a worker that want only its runners."""

from collections.abc import Iterator

import pytest

from tests.grading.processes import Lab


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    """A zygote with the tiny judge. A test must leave it in order; one that kills it makes its own `Lab`."""
    lab = Lab()
    yield lab
    lab.close()
