"""How well this machine keeps a learner's code away from everything else, in words. Values alone; no torch.

Found by real attacks when the grading processes start (`probe`); never concluded from a version.
"""

from dataclasses import dataclass
from typing import Literal

from kdquiz.library.wording import listed

_MEANS = {
    "read-files": "read your files",
    "inspection": "look into your other processes",
    "write-files": "create files",
    "network": "open network connections",
    "processes": "start other processes",
    "signals": "end your other processes",
    "other-limits": "change the limits of your other processes",
}
_READING = {"read-files", "inspection"}

Level = Literal["full protection", "no read protection", "reduced protection"]


@dataclass(frozen=True, slots=True)
class Protection:
    """`open` names the attacks that got through; there are none on a machine with full protection."""

    open: tuple[str, ...]

    @property
    def level(self) -> Level:
        """In a few words."""
        if not self.open:
            return "full protection"
        return "no read protection" if _READING.issuperset(self.open) else "reduced protection"

    @property
    def sentence(self) -> str:
        """What code in a drill could do on this machine; empty where it can do nothing."""
        if not self.open:
            return ""
        could = listed(_MEANS.get(name, name) for name in self.open)
        return f"Code in a drill could {could}: grade only code that you trust."
