"""For all tests: properties are checked without a stopwatch, since the machine may be busy; and garbage is looked for
as seldom as in the app, which takes a fifth off the tests of the screens. For those that start zygotes: a nursery.
"""

import gc
import subprocess
from collections.abc import Iterator

import pytest
from hypothesis import settings

from kdquiz.cli import OBJECTS_BEFORE_COLLECTING
from kdquiz.grading import launch
from tests.grading.nursery import CLONE, Nursery

settings.register_profile("kdquiz", deadline=None)
settings.load_profile("kdquiz")
gc.set_threshold(OBJECTS_BEFORE_COLLECTING)


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """A process that has imported torch, for all tests of a worker."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture(scope="module")
def quick_zygotes(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every zygote that the tests of a module start is forked and not started, but for those with `cold_start`."""
    with pytest.MonkeyPatch.context() as patch:
        if CLONE is not None:
            patch.setattr(launch, "subprocess", request.getfixturevalue("nursery").subprocess)
        yield


@pytest.fixture
def cold_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Zygotes are started as the app does: the start is what the test is about."""
    monkeypatch.setattr(launch, "subprocess", subprocess)
