"""Two learners with an app each, at once over one database.

Imports the rest of this package. Goes in: a launcher, a home, and until when. Comes out: how many answers each app had
shown; an AssertionError where the database has not exactly those.
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from typing import Unpack

from tests.durability.app import App
from tests.durability.kept import found_in
from tests.durability.launcher import How, Launcher
from tests.durability.learner import Learner
from tests.durability.life import Home
from tests.durability.picture import Picture
from tests.durability.states import State

TheyGoOn = Callable[[int], bool]
"""Whether there is another step, after so many."""


def learn_at_once(
    launcher: Launcher, home: Home, seed: int, they_go_on: TheyGoOn, **how: Unpack[How]
) -> tuple[int, int]:
    """Two learn until they no longer go on; the answers that each gave and did not take back."""
    rngs = random.Random(seed), random.Random(seed + 1)
    with home.quiz(launcher, seed, **how) as left, home.quiz(launcher, seed + 1, **how) as right:
        with ThreadPoolExecutor(2) as both:
            first, second = both.map(_learn, (left, right), rngs, (they_go_on, they_go_on))
        left.kill()
        right.kill()
    numbers = count()
    answers = [replace(one, number=next(numbers)) for state in (first, second) for one in state.answers]
    found_in(home.database, (), [State(tuple(answers))])
    return len(first.answers), len(second.answers)


def _learn(app: App, rng: random.Random, they_go_on: TheyGoOn) -> State:
    learner = Learner(rng, in_company=True)
    app.wait(Picture.of)
    for done in count():
        if not they_go_on(done):
            return learner.state
        learner.do(app, learner.next_step(app.text), lambda: None)
    raise AssertionError("there is no end to counting")
