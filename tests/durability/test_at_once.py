"""Two apps at once over one database lose and double no answer; for a minute in the benchmark."""

from tests.durability.company import learn_at_once
from tests.durability.launcher import Launcher
from tests.durability.life import Home

STEPS = 50


def test_two_apps_at_once_lose_and_double_nothing(launcher: Launcher, home: Home) -> None:
    answers = learn_at_once(launcher, home, 11, lambda done: done < STEPS)
    assert min(answers) > STEPS // 10
