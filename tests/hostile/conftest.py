"""The arenas, for all tests of a worker: starting one takes two seconds, asking it some milliseconds."""

from collections.abc import Iterator

import pytest

from tests.hostile.handle import Arenas


@pytest.fixture(scope="session")
def arenas() -> Iterator[Arenas]:
    """One an identity, started when it is needed."""
    found = Arenas()
    yield found
    assert found.close() == []
