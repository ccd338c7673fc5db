"""What the app is given by whoever starts it (the command line, a test): values and doors, no screens.

Imports the rooms below; goes in: nothing; comes out: `Services`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kdquiz.grading.client import Grader
from kdquiz.library.model import Library
from kdquiz.library.problems import Problem
from kdquiz.memory.schedule import Schedule
from kdquiz.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a screen may need. `clock` tells the time in UTC; `grader` makes a grader that is not yet started."""

    library: Library
    problems: tuple[Problem, ...]
    """What is wrong with content that could not be loaded."""
    store: Store
    schedule: Schedule
    clock: Callable[[], datetime]
    rng: random.Random
    grader: Callable[[], Grader]
