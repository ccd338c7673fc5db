"""Steps that a learner puts in order, as a value: where each stands, where the cursor is, whether a step is held.

No widget in here: what the learner does goes in, the next arrangement comes out. Places count from 0.
"""

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`steps` names the steps, in the learner's order so far."""

    steps: tuple[int, ...]
    cursor: int = 0
    held: bool = False
    """Whether the step at the cursor is picked up, so that it goes where the cursor goes."""

    def go(self, by: int) -> Self:
        """The cursor goes on by some places, around the ends; a held step is carried along, to an end at most."""
        return self.put(self.cursor + by) if self.held else self.go_to((self.cursor + by) % len(self.steps))

    def go_to(self, place: int) -> Self:
        """The cursor goes to a place, and moves nothing."""
        return replace(self, cursor=place)

    def put(self, place: int) -> Self:
        """The step at the cursor goes to a place, the first or last one at most; the others close up."""
        place = max(0, min(place, len(self.steps) - 1))
        others = (*self.steps[: self.cursor], *self.steps[self.cursor + 1 :])
        steps = (*others[:place], self.steps[self.cursor], *others[place:])
        return replace(self, steps=steps, cursor=place)

    def pick_up(self) -> Self:
        """Hold the step at the cursor."""
        return replace(self, held=True)

    def put_down(self) -> Self:
        """Let go of the step at the cursor, where it is."""
        return replace(self, held=False)
