"""What the app is given by whoever starts it (the command line, a test): values and doors, no screens.

Imports the rooms below; goes in: nothing; comes out: `Services`.
"""

from __future__ import annotations  # what is only named here need not be imported by a quiz

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from kdquiz.library.library import Library
from kdquiz.library.problems import Problem
from kdquiz.memory.day import Calendar
from kdquiz.store.store import Store

if TYPE_CHECKING:
    from kdquiz.grading.client import Grader
    from kdquiz.library.compiled.refresh import LeftOut
    from kdquiz.library.load import Loaded
    from kdquiz.store.recovery import Recovery


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything a screen may need. `clock` tells the time in UTC; `grader` makes a grader that is not yet started."""

    library: Library
    problems: tuple[Problem, ...]
    """What is wrong with content that could not be loaded."""
    left_out: tuple[LeftOut, ...] = ()
    """The packs that could not be loaded."""
    reload: Callable[[], Loaded]
    """Opens the library again, as the content is now; the one before stays open."""
    store: Store
    calendar: Calendar
    """Tells the learner's day."""
    clock: Callable[[], datetime]
    rng: random.Random
    grader: Callable[[], Grader]
    recovery: Recovery | None = None
    """What was recovered of a damaged database at the start."""
