"""A learner whose app is killed again and again, and who starts it anew each time, over one database.

Imports the rest of this package. Goes in: a launcher, a folder, a seed. Comes out: nothing where all is well, an
AssertionError where something was lost, doubled or half; and how the kills fell.
"""

import random
import time
from collections import Counter
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Unpack

from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from kdquiz.memory.model import ReviewLog
from tests.durability.app import App
from tests.durability.kept import found_in
from tests.durability.launcher import How, Launcher
from tests.durability.learner import Learner, Step
from tests.durability.pack import DRILL, TOPIC, write_pack
from tests.durability.picture import Picture
from tests.durability.states import State

STEPS_AT_MOST = 6
AT_START = 0.12
"""How often the app is killed while it starts."""
START_SECONDS = 0.25
STEP_SECONDS = 0.05
"""Within so many seconds after the last key comes the kill: about as long as an answer takes to the screen."""
LOOK_SECONDS = 0.005
PATIENCE_SECONDS = 20.0


class Home:
    """A learner's data folder, with the pack beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "home"
        self.packs = write_pack(folder / "pack")
        self.folder.mkdir()
        load_library((shipped_content(), self.packs), self.folder)  # read once, and not by the first app

    @property
    def database(self) -> Path:
        return self.folder / "kdquiz.sqlite"

    @property
    def environment(self) -> dict[str, str]:
        return {"KDQUIZ_HOME": str(self.folder), "KDQUIZ_CONTENT": str(self.packs)}

    def quiz(self, launcher: Launcher, seed: int = 1, *only: str, **how: Unpack[How]) -> AbstractContextManager[App]:
        """An app that asks the pack's questions, or those of some kinds."""
        kinds = [word for kind in only for word in ("--kind", kind)]
        arguments = ["quiz", "--topic", TOPIC, "--all", *kinds, "--seed", str(seed)]
        return App(launcher.start(arguments, self.environment, **how))

    def drill(self, launcher: Launcher) -> AbstractContextManager[App]:
        """An app with the pack's drill open. Its grading processes cannot be started, which its editor can do without;
        they would cost a second of each start."""
        return App(launcher.start(["drill", DRILL], self.environment, interpreter="/nowhere/python"))


class Life:
    """Over one home; `how` its apps are started is the launcher's matter."""

    def __init__(self, launcher: Launcher, home: Home, seed: int, **how: Unpack[How]) -> None:
        self._launcher = launcher
        self._home = home
        self._how = how
        self._rng = random.Random(seed)
        self._learner = Learner(self._rng)
        self._logs: list[ReviewLog] = []
        self._aside = State().aside
        self.acknowledged = 0
        """How many steps of which something was to be kept were seen to be done."""
        self.fell: Counter[str] = Counter()
        """How many kills came before anything was kept of the last step, after it was kept and before that was shown,
        after that, or while nothing was on its way."""

    def run_and_kill(self) -> None:
        """Start the app, do some steps, kill it within the next one, and look at the database."""
        self._learner.sit_down(State(aside=self._aside))
        with self._home.quiz(self._launcher, self._rng.getrandbits(16), **self._how) as app:
            step = None
            if self._rng.random() < AT_START:
                app.read_for(self._rng.uniform(0, START_SECONDS))
            else:
                app.wait(Picture.of)
                for _ in range(self._rng.randint(0, STEPS_AT_MOST)):
                    step = self._learner.next_step(app.text)
                    self._learner.do(app, step, partial(self._wait_until_kept, app))
                    self.acknowledged += bool(step.states)
                step = self._learner.next_step(app.text)
                self._learner.begin(app, step)
                app.read_for(self._rng.uniform(0, STEP_SECONDS))
            app.kill()
            self._look(app, step)

    def _look(self, app: App, step: Step | None) -> None:
        shown = step is not None and step.shown and step.seen(app.text)
        if step is not None and shown:
            self._learner.end(step)
            self.acknowledged += bool(step.states)
        possible = self._learner.possible
        self._logs, state = found_in(self._home.database, self._logs, possible)
        self._aside = state.aside
        if step is None or not step.states:
            self.fell["nothing was to be kept"] += 1
        else:
            self.fell["shown" if shown else "not kept" if state is possible[0] else "kept, not shown"] += 1

    def _wait_until_kept(self, app: App) -> None:
        """The screen does not show it, so look at the database until it is there."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        wanted = self._learner.possible[-1]
        while found_in(self._home.database, self._logs, self._learner.possible)[1] is not wanted:
            assert time.monotonic() < deadline, f"never kept: {wanted}"
            app.read_for(LOOK_SECONDS)
