"""What the screen of a quiz shows, and when it shows what is waited for.

Imports `pack`. Goes in: the text of a screen. Comes out: a `Picture`, or whether it is as it should be.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.durability.pack import can_be_answered, named

SHOWN = re.compile(r"<<([a-z]+-\d+)>>")
REVEALED = re.compile(r"(?:✓ Right|◐ Partly right|✗ Wrong|How well did you recall it\?)  ·  after")
PLACE = re.compile(r"(marked · )?(\d+) of (\d+)")
DONE = "Session done"

Seen = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Picture:
    """What the screen shows of a quiz."""

    id: str
    revealed: bool
    marked: bool
    number: int
    total: int

    @classmethod
    def of(cls, text: str) -> "Picture | None":
        """None where no question is on it, or not all of one."""
        shown, place, revealed = SHOWN.search(text), PLACE.search(text), bool(REVEALED.search(text))
        if not shown or not place or DONE in text or not (revealed or can_be_answered(shown[1], text)):
            return None
        return cls(shown[1], revealed, bool(place[1]), int(place[2]), int(place[3]))


def another(picture: Picture) -> Seen:
    """Another question is on the screen, or the end of them."""
    return lambda text: named(picture.id) not in text and (Picture.of(text) or DONE in text)


def looks_like(wanted: Picture) -> Seen:
    """That question is on the screen, open or revealed, marked or not, as then."""

    def looks(text: str) -> bool:
        picture = Picture.of(text)
        return picture is not None and (picture.id, picture.revealed, picture.marked) == (
            wanted.id,
            wanted.revealed,
            wanted.marked,
        )

    return looks


def begun_anew(text: str) -> bool:
    """The first question of a sitting is on the screen, and no longer the last one of the sitting before."""
    picture = Picture.of(text)
    return picture is not None and picture.number == 1 and not picture.revealed


def is_open(text: str) -> bool:
    """An open question is on the screen, or the end of them."""
    picture = Picture.of(text)
    return DONE in text or (picture is not None and not picture.revealed)
