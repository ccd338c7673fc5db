"""Where the app starts. Values; imports `sessions` alone."""

from dataclasses import dataclass
from pathlib import Path

from kdquiz.sessions.selection import Wish


@dataclass(frozen=True, slots=True)
class Home:
    """Start on the home screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Start with a quiz; the app ends after its summary."""

    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillStart:
    """Start with a drill; the app ends when it is left."""

    drill_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchStart:
    """Start with a drill that is written in the learner's own editor; the app ends when it is left."""

    drill_id: str
    file: Path
    """Graded at every save, never written."""


Start = Home | Quiz | DrillStart | WatchStart
