"""SIGKILL at random moments of a sitting: what the screen had shown is in the database, once, and nothing half.

The app is the real one over a real database, in a terminal of its own; see `launcher` for what is left out, and the
benchmark for a thousand kills.
"""

import random
import sys
from pathlib import Path

import pytest

from kdquiz.store.store import Store
from tests.durability.launcher import Launcher
from tests.durability.life import STEP_SECONDS, Home, Life
from tests.durability.pack import DRILL, STARTER

LIVES, KILLS = 3, 20
DRAFTS = 6
KDQUIZ = str(Path(sys.executable).with_name("kdquiz"))


@pytest.mark.parametrize("seed", range(LIVES))
def test_a_kill_at_any_moment_loses_nothing_that_was_shown(launcher: Launcher, home: Home, seed: int) -> None:
    life = Life(launcher, home, seed)
    for _ in range(KILLS):
        life.run_and_kill()
    assert life.fell.total() == KILLS
    assert life.acknowledged > KILLS


def test_the_installed_command_loses_nothing_either(launcher: Launcher, home: Home) -> None:
    life = Life(launcher, home, 99, program=[KDQUIZ])
    for _ in range(3):
        life.run_and_kill()
    assert life.fell.total() == 3


def test_a_draft_is_kept_as_it_was_or_as_it_is(launcher: Launcher, home: Home) -> None:
    """Leaving keeps what stands in the editor; who is killed on leaving has that, or what was kept before."""
    rng, kept = random.Random(5), STARTER
    for letter in "abcdef"[:DRAFTS]:
        with home.drill(launcher) as app:
            app.wait("No grading")
            app.type("\x1bOR")  # F3
            app.wait(kept.splitlines()[0])
            app.type(letter)
            app.wait(letter + kept.splitlines()[0])
            app.type("\x11")
            app.read_for(rng.uniform(0, STEP_SECONDS))
            left = app.over
            app.kill()
        with Store(home.database) as store:
            found = store.draft(DRILL) or STARTER
            assert store.verify() == []
        assert found == letter + kept or (found == kept and not left)
        kept = found
